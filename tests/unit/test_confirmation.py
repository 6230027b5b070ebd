"""What is typed at a point of confirmation: codes in every usual form, consents on paper, plans."""

from __future__ import annotations

from datetime import date

import pytest

from core.domain.confirmation import (
    MOST_AT_ONCE,
    is_a_code,
    read_paper_mark,
    read_plan,
    read_visit_code,
    read_visit_codes,
    split_name_and_date,
)
from core.domain.refusals import BadValue

TODAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "318-47",
        " 318 – 47 ",
        "318 47",
        "31847",
        "№318-47",
        "код 318-47",
        "Код семьи: 318—47.",
        "0318-47",
    ],
)
def test_a_code_is_read_in_every_usual_form(typed: str) -> None:
    assert read_visit_code(typed).written == "318-47"
    assert is_a_code(typed)


@pytest.mark.parametrize(
    "typed", ["", "31", "318-4", "318-470", "0-47", "1" * 18, "Ли Ян 05032017", "Ли Ян 5.3.2017"]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(BadValue):
        read_visit_code(typed)


def test_codes_of_a_class_are_read_once_each_in_their_order() -> None:
    found = read_visit_codes("318-47 319 – 05, 32011;\n318-47 Петров абв1")
    assert [code.written for code in found.codes] == ["318-47", "319-05", "320-11"]
    assert found.unread == ("абв1",)


def test_too_many_codes_and_none_are_refused() -> None:
    with pytest.raises(BadValue) as many:
        read_visit_codes(" ".join(f"{n}-11" for n in range(1, MOST_AT_ONCE + 2)))
    assert many.value.params["reason"] == "many"
    with pytest.raises(BadValue) as none:
        read_visit_codes("Петров, Иванова")
    assert none.value.params["reason"] == "unreadable"


def test_a_name_and_a_date_are_told_apart() -> None:
    assert split_name_and_date("Петрова Алиса, 5 марта 2017") == ("Петрова Алиса", "5 марта 2017")
    for typed in ("Петрова Алиса", "05.03.2017"):
        with pytest.raises(BadValue):
            split_name_and_date(typed)


@pytest.mark.parametrize(
    ("typed", "number", "day"),
    [
        ("№ 12 от 20.08.2026", "12", date(2026, 8, 20)),
        ("12/3-п 1.9.26", "12/3-п", date(2026, 9, 1)),
        ("7", "7", TODAY),
    ],
)
def test_a_consent_on_paper_has_a_number_and_a_day(typed: str, number: str, day: date) -> None:
    mark = read_paper_mark(typed, TODAY)
    assert (mark.number, mark.given_on) == (number, day)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("от 20.08.2026", "unreadable"),
        ("12 от 31.02.2026", "day"),
        ("12 02.09.2026", "day"),
        ("12 от 01.01.2020", "day"),
        ("", "unreadable"),
    ],
)
def test_a_consent_that_cannot_be_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(BadValue) as refusal:
        read_paper_mark(typed, TODAY)
    assert refusal.value.params["reason"] == reason


def test_a_plan_is_a_number_of_children() -> None:
    assert read_plan(" 1 260 ") == 1260
    for typed in ("", "0", "-5", "много", "1" * 30, "0" * 9 + "51234567", "²"):
        with pytest.raises(BadValue):
            read_plan(typed)
