"""A cry for help is told from a question about drums."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.services.questions.danger import is_cry_for_help

DEMO = Path(__file__).parents[2] / "demo"

CRIES = [
    "ребёнка избивает педагог",
    "Ребенка ударил тренер!!",
    "тренер по боксу ударил моего сына",
    "дочка не хочет жить",
    "сын говорит, что хочет умереть",
    "Помогите, пропал ребёнок",
    "дочь ушла в кружок и не вернулась",
    "домогается",
    "руководитель кружка домогается дочери",
    "учитель бьёт детей линейкой",
    "меня бьют в секции",
    "меня ударил тренер что делать",
    "над сыном издеваются в кружке",
    "дочку травят в группе",
    "преподаватель трогает девочек",
    "сыну угрожают старшие",
    "ребёнок без сознания",
    "подросток режет себя",
    "хочу покончить с собой",
    "тренер пристаёт к дочке",
    "незнакомый мужчина увёл ребёнка",
    "потерялся ребенок после занятия",
    "педагог поднял руку на ребёнка",
    "в школе сына избили",
    "педофил ведёт кружок",
]
CALM = [
    "ударные инструменты",
    "ударник",
    "ударная установка для детей 8 лет",
    "бьёт в барабан",
    "ребёнок бьёт в барабан, куда отдать",
    "у меня сын бьёт всех подряд, есть ли бокс",
    "бокс: научите бить",
    "научите ребёнка бить по мячу",
    "пропал сертификат",
    "у ребёнка пропал сертификат",
    "пропала заявка",
    "ребёнок пропал из личного кабинета",
    "у дочки пропал интерес к рисованию",
    "потеряли номер сертификата сына",
    "сын побил рекорд школы",
    "самооборона от насилия для подростков",
    "не хочет ходить на кружок",
    "дочка не хочет заниматься",
    "помогите выбрать кружок ребёнку",
    "помогите записать сына",
    "детей не бьют у вас?",
    "кто ведёт кружок",
    "вечером рисование для девочки",
    "умереть со смеху театр",
    "кружок первой помощи, что делать если человек не дышит",
    "ребёнка мучает вопрос, куда пойти",
    "жить в станице и ходить в кружок",
    "у меня отклонили заявку, ударили по деньгам",
]


@pytest.mark.parametrize("text", CRIES)
def test_a_cry_is_heard(text: str) -> None:
    assert is_cry_for_help(text)


@pytest.mark.parametrize("text", CALM)
def test_what_is_calm_alarms_nobody(text: str) -> None:
    assert not is_cry_for_help(text)


def test_nothing_that_people_ask_or_look_for_is_taken_for_a_cry() -> None:
    texts = []
    for name in ("questions.jsonl", "questions_off_topic.jsonl", "queries.jsonl"):
        lines = (DEMO / "bench" / name).read_text(encoding="utf-8").splitlines()
        texts += [str(next(iter(json.loads(line).values()))) for line in lines]
    for line in (DEMO / "knowledge_base.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        texts += [entry["question"], *entry["paraphrases"]]

    assert len(texts) > 1000
    cries = [text for text in texts if is_cry_for_help(text)]
    assert cries == ["вызвать скорую", "ребенка травят в классе"], "off the topic, and cries indeed"
