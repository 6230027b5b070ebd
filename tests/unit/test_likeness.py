"""Which question is meant: in other words, misspelled, or not at all."""

from __future__ import annotations

import pytest

from core.search.likeness.reading import begins_as_question, is_personal, without_names
from core.search.likeness.verdict import Judgement, KnownQuestion, Likeness, Verdict

BASE = Likeness(
    [
        KnownQuestion(
            key=1,
            question="Как получить сертификат?",
            examples=["где взять сертификат"],
            answer="Зарегистрируйтесь и добавьте ребёнка.",
        ),
        KnownQuestion(
            key=2,
            question="Можно ли обналичить сертификат?",
            examples=["снять деньги с сертификата"],
            answer="Нет, на руки деньги не выдают.",
        ),
        KnownQuestion(
            key=3,
            question="Как отчислиться с кружка?",
            examples=["больше не ходим, что делать"],
            answer="Напишите заявление в кружке.",
        ),
        KnownQuestion(
            key=4,
            question="Забыл пароль от Навигатора",
            examples=["не могу войти"],
            answer="Нажмите «Забыли пароль?».",
        ),
        KnownQuestion(
            key=5,
            question="Есть ли кружки в летнем лагере?",
            examples=[],
            answer="Да, на площадках при школах.",
        ),
    ]
)


def first(judged: Judgement) -> int:
    return judged.candidates[0].key


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("как оформить сертификат", 1),
        ("хочу получить деньги наличкой вместо кружка", 2),
        ("надо уйти с секции", 3),
        ("пороль не помню", 4),
        ("как палучить сертефикат", 1),
        ("КАК ОТЧИСЛИТЬСЯ???", 3),
    ],
)
def test_other_words_and_slips_mean_the_same(asked: str, meant: int) -> None:
    assert first(BASE.judge(asked)) == meant


def test_the_question_itself_is_answered() -> None:
    assert BASE.judge("как отчислиться с кружка").verdict is Verdict.ANSWER


def test_three_candidates_whatever_the_verdict() -> None:
    for text in ("как отчислиться с кружка", "кружок", "привет", "", "погода"):
        judged = BASE.judge(text)
        assert len(judged.candidates) == 3
        assert [one.score for one in judged.candidates] == sorted(
            (one.score for one in judged.candidates), reverse=True
        )


@pytest.mark.parametrize(
    "said", ["привет", "Здравствуйте!", "спасибо большое", "ок", "", "...", "👍", "доброе утро"]
)
def test_a_greeting_is_no_question(said: str) -> None:
    judged = BASE.judge(said)

    assert judged.verdict is Verdict.PERSON
    assert judged.courtesy


@pytest.mark.parametrize(
    "said",
    [
        "какая завтра погода",
        "как записать ребёнка в садик",
        "как получить материнский капитал",
        "забыл пароль от электронного дневника",
        "как получить пособие на ребенка",
    ],
)
def test_what_is_about_something_else_is_never_answered(said: str) -> None:
    assert BASE.judge(said).verdict is not Verdict.ANSWER


def test_a_word_of_another_subject_is_ours_where_the_question_has_it() -> None:
    judged = BASE.judge("есть ли кружки в летнем лагере")

    assert (first(judged), judged.verdict) == (5, Verdict.ANSWER)


def test_one_word_is_a_subject_and_no_question() -> None:
    assert BASE.judge("обналичить").verdict is Verdict.CLARIFY


def test_only_what_is_allowed_is_a_candidate() -> None:
    judged = BASE.judge("как отчислиться с кружка", allowed=lambda key: key != 3)

    assert 3 not in [one.key for one in judged.candidates]
    assert judged.verdict is not Verdict.ANSWER


def test_an_empty_base_sends_everybody_to_a_person() -> None:
    judged = Likeness([]).judge("как получить сертификат")

    assert (judged.verdict, judged.candidates) == (Verdict.PERSON, ())


def test_a_sentence_model_is_a_third_look() -> None:
    """What the words do not say a model may: here one that knows two themes."""

    class Themes:
        def question(self, text: str) -> list[float]:
            return [1.0, 0.1] if "пароль" in text or "аккаунт" in text else [0.1, 1.0]

        answer = question

    entries = BASE._entries
    judged = Likeness(entries, meanings=Themes()).judge("аккаунт")

    assert first(judged) == 4


def test_names_are_hidden_and_known_words_stay() -> None:
    line = "Сертификат для Алисы Петровой, МОЦ не отвечает"

    assert without_names(line, BASE.knows) == "Сертификат для … …, МОЦ не отвечает"


def test_how_questions_begin() -> None:
    assert begins_as_question("а можно ли без снилс")
    assert begins_as_question("шахматы есть?")
    assert not begins_as_question("рисование 7 лет")
    assert is_personal("где моя заявка")
    assert not is_personal("где заявка")
