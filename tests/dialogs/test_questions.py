"""Asking in the chat: an answer, three questions to choose from, a person, a word in passing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.sandbox.client import button_texts, text_of
from core.db.models import QuestionMiss
from core.services.questions.importing import KnowledgeImport
from tests.dialogs.club import Club, Parent
from tests.services.knowledge_files import some_of_demo

MENU = ["Найти кружок", "Сертификат", "Мои дети и заявки", "Спросить"]


@pytest.fixture
async def parent(club: Club, tmp_path: Path) -> Parent:
    await KnowledgeImport(club.app.database, club.app.clock).run(some_of_demo(tmp_path))
    parent = await club.parent()
    await parent.start()
    return parent


async def misses(club: Club) -> list[str]:
    async with club.app.database.read() as tx:
        return list((await tx.scalars(select(QuestionMiss.text).order_by(QuestionMiss.id))).all())


async def test_a_question_is_answered_and_the_answer_stays(parent: Parent) -> None:
    asked = await parent.press("Спросить")
    assert "своими словами" in text_of(asked)

    answer = await parent.say("можно обналичить сертификат?")

    assert "на руки эти деньги не выдают" in text_of(answer)
    assert button_texts(answer) == ["Помогло", "Спросить человека", "Домой"]
    menu = await parent.press("Помогло")
    assert "Хорошо, что разобрались" in text_of(menu)
    assert button_texts(menu) == MENU
    assert any("на руки эти деньги не выдают" in text for text in await parent.texts())


async def test_an_answer_that_did_not_help_leads_to_a_person_and_is_noted(
    club: Club, parent: Parent
) -> None:
    await parent.press("Спросить")
    await parent.say("сгорают ли деньги на сертификате до 8 918 123-45-67 Алисы")

    person = await parent.say("нет")

    assert "Дом детского творчества, телефон +7 86161 3-00-00" in text_of(person)
    noted = await misses(club)
    assert noted == ["сгорают ли деньги на сертификате до … …"]


async def test_an_unsure_question_gets_three_to_choose_from(club: Club, parent: Parent) -> None:
    await parent.press("Спросить")
    unsure = await parent.say("договор")
    assert "О чём вопрос?" in text_of(unsure)
    assert len(button_texts(unsure)) == 5

    answer = await parent.press(button_texts(unsure)[0])
    assert "Помогло" in button_texts(answer)

    await parent.say("договор")
    person = await parent.press("Ни один не подходит")
    assert "На это ответит человек" in text_of(person)
    assert await misses(club) == ["договор"]


@pytest.mark.parametrize(
    ("said", "heard"),
    [("спасибо вам большое", "Я на связи"), ("какая завтра погода?", "Про это не подскажу")],
)
async def test_what_is_no_question_of_ours_gets_a_word_and_the_menu(
    club: Club, parent: Parent, said: str, heard: str
) -> None:
    await parent.press("Спросить")

    menu = await parent.say(said)

    assert heard in text_of(menu)
    assert button_texts(menu) == MENU
    assert await misses(club) == []


async def test_a_question_is_answered_from_the_menu_and_a_wish_is_searched(parent: Parent) -> None:
    assert "Помогло" in button_texts(await parent.say("как отчислиться с кружка"))
    await parent.press("Домой")
    assert "Я на связи" in text_of(await parent.say("здравствуйте"))
    for wish in ("есть шахматы?", "сколько стоит шахматы", "хочу на шахматы"):
        found = await parent.say(wish)
        assert "Нашёлся 1 кружок" in text_of(found), wish
        await parent.start()
    answer = await parent.say("ребенку 4 года можно сертификат")
    assert "Детям от 5 до 18 лет" in text_of(answer)


async def test_a_club_named_where_a_question_is_waited_for_is_looked_for(
    club: Club, parent: Parent
) -> None:
    await parent.press("Спросить")

    found = await parent.say("шахматы")

    assert "Шахматы" in text_of(found)
    assert await misses(club) == []


async def test_a_question_in_the_middle_of_a_form_is_answered_and_the_form_goes_on(
    parent: Parent,
) -> None:
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")
    await parent.press("Согласен")
    await parent.say("Петрова Алиса Ивановна")

    offered = await parent.say("А что будет с сертификатом в 18 лет?")
    assert "Похоже на вопрос" in text_of(offered)
    answer = await parent.press("Да, это вопрос")
    assert "сертификат перестаёт действовать" in text_of(answer)

    form = await parent.press("Вернуться к анкете")
    assert "дат" in text_of(form).lower()
    assert "Алиса" in text_of(await parent.say("05.03.2017"))


async def test_a_parent_never_hears_what_is_for_organisers(parent: Parent) -> None:
    await parent.press("Спросить")

    answer = await parent.say("как отчислить ребенка, какой нужен приказ")

    assert "Издайте приказ" not in text_of(answer)
    for label in button_texts(answer):
        assert "Как отчислить ребёнка" not in label
