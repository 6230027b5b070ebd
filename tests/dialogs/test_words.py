"""What is read from a parent's words, and what is said back: pure, without the sandbox."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.dialogs.answers import Answer, read_answer
from bot.dialogs.documents import Document, document_in
from bot.dialogs.refusing import refusal_text
from bot.views import consents, days, programmes
from bot.views.typed import said_back
from core.domain.consents import ConsentKind
from core.domain.enrolment import AgeOutOfBounds
from core.domain.refusals import BadValue
from core.domain.schedule import WeeklySession
from core.i18n import Texts

SPEECH = Texts().speak("ru")
OPERATOR = consents.Operator(name="ДДТ <центр>", address="ул. Ленина, 1", phone="+7 86161 3-00-00")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("да", Answer.YES),
        ("Да.", Answer.YES),
        ("ОК", Answer.YES),
        ("👍", Answer.YES),
        ("👍🏿", Answer.YES),
        ("всё верно!", Answer.YES),
        ("нет", Answer.NO),
        ("Нет...", Answer.NO),
        ("👎", Answer.NO),
        ("да нет", None),
        ("дата", None),
        ("", None),
    ],
)
def test_yes_and_no_are_read(text: str, answer: Answer | None) -> None:
    assert read_answer(text) is answer


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("112-233-445 95", Document.SNILS),
        ("вот 11223344595 мой", Document.SNILS),
        ("112 233 445 96", Document.SNILS),
        ("0314 123456", Document.PASSPORT),
        ("03 14 123456", Document.PASSPORT),
        ("паспорт 0314123456", Document.NUMBER),
        ("9181234567", Document.NUMBER),
        ("9912345678 и 03 14 123456", Document.PASSPORT),
        ("+7 918 123-45-67", None),
        ("8 (918) 123-45-67", None),
        ("05.03.2017", None),
        ("кабинет 12, 2026 год", None),
    ],
)
def test_numbers_of_documents_are_recognised(text: str, document: Document | None) -> None:
    assert document_in(text) is document


def test_typed_text_is_said_back_without_what_no_message_can_carry() -> None:
    assert said_back("a\x00b\u202ec\u200bd\ud800e") == "abcde"
    assert len(said_back("слово " * 1000)) <= 80
    assert said_back("<b>жирно</b>") == "<b>жирно</b>"


def test_the_day_of_an_answer_stands_in_the_genitive() -> None:
    assert days.until(date(2026, 9, 2), SPEECH) == "среды, 2 сентября"
    assert days.until(date(2026, 9, 8), SPEECH) == "вторника, 8 сентября"


@pytest.mark.parametrize(
    ("left", "words"),
    [(0, "мест нет"), (1, "1 место"), (2, "2 места"), (5, "5 мест"), (21, "21 место")],
)
def test_seats_are_counted_in_the_right_form(left: int, words: str) -> None:
    assert programmes.seats(left, SPEECH) == words


def test_a_schedule_groups_days_of_equal_hours() -> None:
    late = [WeeklySession(weekday=day, starts=time(16), ends=time(17, 30)) for day in (2, 4)]
    early = WeeklySession(weekday=6, starts=time(9), ends=time(10))
    assert (
        programmes.schedule([*late, early], None, SPEECH) == "сб 09:00–10:00; вт и чт 16:00–17:30"
    )
    assert programmes.schedule([], "по договорённости", SPEECH) == "по договорённости"


@pytest.mark.parametrize("kind", ConsentKind)
def test_a_consent_names_the_operator_literally_and_fits_a_message(kind: ConsentKind) -> None:
    text = consents.consent_text(kind, OPERATOR, provider="Школа <1>")
    assert "ДДТ &lt;центр&gt;" in text.body
    assert OPERATOR.phone in text.body
    assert f"Версия {text.version}" in text.body
    assert len(text.body) < 3500
    assert ("Школа &lt;1&gt;" in text.body) == (kind is ConsentKind.TRANSFER)


def test_a_refusal_says_its_figures_and_dates() -> None:
    said = refusal_text(
        AgeOutOfBounds(years_from=7, years_to=10, age_years=5, on="2026-09-01"), SPEECH
    )
    assert "7–10 лет" in said
    assert "5 лет" in said


def test_an_unknown_reason_of_a_bad_value_still_has_words() -> None:
    assert refusal_text(BadValue(field="shoe", reason="size"), SPEECH)


def test_a_long_title_is_cut_at_a_word() -> None:
    assert programmes.label("Мастерская рукоделия модуль первый и второй") == (
        "Мастерская рукоделия модуль…"
    )
