"""Dates of birth in every form people type."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import words
from core.domain.birth import read_birth_date
from core.domain.refusals import BadValue

TODAY = date(2026, 11, 22)
MARCH = date(2016, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "5.3.2016",
        "05.03.2016",
        " 05.03.2016 ",
        "05032016",
        "050316",
        "5 марта 2016",
        "5 Марта 2016 г.",
        "5 марта 2016 года рождения",
        "5марта2016",
        "5 мар 16",
        "05/03/16",
        "5/3/2016",
        "5-3-2016",
        "5\u20133\u20132016",
        "5, март, 2016",
        "5 3 2016",
        "2016-03-05",
        "2016.3.5",
        "20160305",
        "05.03.2016 г. р.",
    ],
)
def test_usual_forms_are_one_day(text: str) -> None:
    assert read_birth_date(text, words.months(), TODAY) == MARCH


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31.02.2016", "no-such-day"),
        ("29.02.2017", "no-such-day"),
        ("31 апреля 2016", "no-such-day"),
        ("5.13.2016", "no-such-day"),
        ("0.3.2016", "no-such-day"),
        ("5.3.2031", "in-future"),
        ("23.11.2026", "in-future"),
        ("5.3.1900", "too-old"),
        ("22.11.2008", "too-old"),
        ("05.03.99", "too-old"),
        ("2031", "unreadable"),
        ("1900", "unreadable"),
        ("5.3.1899", "unreadable"),
        ("5.3.216", "unreadable"),
        ("5 лет", "unreadable"),
        ("пять", "unreadable"),
        ("5 фомальгаута 2016", "unreadable"),
        ("", "unreadable"),
        ("   ", "unreadable"),
        ("5.3", "unreadable"),
        ("5.3.2016.7", "unreadable"),
        ("5+3+2016", "unreadable"),
        ("<b>5.3.2016</b>", "unreadable"),
        ("{{7*7}}", "unreadable"),
        ("5.3.2016\x00", "unreadable"),
        ("\u202e5.3.2016", "unreadable"),
        ("\u0665.\u0663.\u0662\u0660\u0661\u0666", "unreadable"),  # digits of another script
        ("1" * 10000, "unreadable"),
    ],
)
def test_a_refusal_names_field_reason_and_example(text: str, reason: str) -> None:
    with pytest.raises(BadValue) as refusal:
        read_birth_date(text, words.months(), TODAY)
    params = refusal.value.params
    assert (params["field"], params["reason"]) == ("born", reason)
    assert read_birth_date(str(params["example"]), words.months(), TODAY) < TODAY


def test_the_bounds_are_today_and_the_day_after_the_eighteenth_birthday() -> None:
    assert read_birth_date("22.11.2026", words.months(), TODAY) == TODAY
    assert read_birth_date("23.11.2008", words.months(), TODAY) == date(2008, 11, 23)


@given(born=st.dates(date(2008, 11, 23), TODAY))
def test_every_day_is_read_in_every_form(born: date) -> None:
    named = next(word for word, number in words.months().items() if number == born.month)
    for text in (
        f"{born:%d.%m.%Y}",
        f"{born.day}/{born.month}/{born:%y}",
        f"{born:%d%m%Y}",
        f"{born:%d%m%y}",
        f"{born:%Y-%m-%d}",
        f"{born.day} {named} {born.year}",
    ):
        assert read_birth_date(text, words.months(), TODAY) == born


@given(text=st.text())
def test_anything_is_read_or_refused(text: str) -> None:
    with suppress(BadValue):
        assert read_birth_date(text, words.months(), TODAY) <= TODAY
