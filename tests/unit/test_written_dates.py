"""Days and periods are read in all the forms registries write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.written_dates import NoSuchDay, find_period, read_day
from core.words import date_words

WORDS = date_words()
FIRST, LAST = date(2026, 9, 1), date(2027, 5, 31)


@pytest.mark.parametrize(
    "said",
    [
        "01.09.2026",
        "1.9.2026 г.",
        "01.09.26",
        "01/09/2026",
        "01-09-2026",
        "2026-09-01",
        "2026-09-01 00:00:00",
        "1 сентября 2026",
        "1 сентября 2026 года",
        " 1\u00a0Сент. 2026г. ",
    ],
)
def test_a_day_is_read(said: str) -> None:
    assert read_day(said, WORDS) == FIRST


@pytest.mark.parametrize("said", ["осенью", "1 сентября", "01.09", "46000", "01.09.20266", ""])
def test_what_is_no_day_is_not_read(said: str) -> None:
    assert read_day(said, WORDS) is None


@pytest.mark.parametrize("said", ["31.02.2026", "30 февраля 2026", "01.13.2026", "0.1.2026"])
def test_a_day_the_calendar_lacks_is_said(said: str) -> None:
    with pytest.raises(NoSuchDay):
        read_day(said, WORDS)


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("01.09.2026-31.05.2027", ""),
        ("01.09.2026 – 31.05.2027, пн/ср 15.00-16.30", "пн/ср 15.00-16.30"),
        ("пн/ср 15.00-16.30; с 01.09.26 по 31.05.27", "пн/ср 15.00-16.30"),
        ("с 1 сентября 2026 по 31 мая 2027", ""),
        ("с 1 сентября по 31 мая 2027 г. (вт 17:00)", "вт 17:00"),
        ("01.09-31.05.2027", ""),
        ("2026-09-01 - 2027-05-31", ""),
        ("сентябрь–май 2026/2027", ""),
        ("сентябрь-май 2026-2027 уч. года", ""),
        ("с сентября 2026 г. по май 2027 г.", ""),
        ("Сентябрь 2026 — май 2027", ""),
        ("сентябрь - май 2027", ""),
        ("2026/2027 учебный год", ""),
        ("2026/27 уч.г.", ""),
        ("2026-2027", ""),
    ],
)
def test_a_period_is_found_and_the_rest_given_back(said: str, rest: str) -> None:
    found = find_period(said, WORDS)
    assert found is not None
    assert (found.period.first, found.period.last, found.rest) == (FIRST, LAST, rest)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("с 01.09.2026", FIRST, None),
        ("до 31.05.2027", None, LAST),
        ("сентябрь-декабрь 2026/2027", FIRST, date(2026, 12, 31)),
        ("июнь-август 2027", date(2027, 6, 1), date(2027, 8, 31)),
    ],
)
def test_other_periods(said: str, first: date | None, last: date | None) -> None:
    found = find_period(said, WORDS)
    assert found is not None
    assert (found.period.first, found.period.last) == (first, last)


@pytest.mark.parametrize(
    "said",
    ["", "1 год", "сентябрь-май", "пн 15.00-16.30", "вт 10.12-11.12", "2026-2030", "каб. 2026"],
)
def test_where_no_period_stands_none_is_found(said: str) -> None:
    assert find_period(said, WORDS) is None


@given(
    first=st.dates(date(2020, 1, 1), date(2050, 1, 1)),
    days=st.integers(0, 400),
    shape=st.sampled_from(["{0}-{1}", "с {0} по {1}", "{0} — {1}", "от {0} г. до {1} г."]),
    form=st.sampled_from(["%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d"]),
)
def test_two_days_make_their_period(first: date, days: int, shape: str, form: str) -> None:
    last = first + timedelta(days)
    found = find_period(shape.format(f"{first:{form}}", f"{last:{form}}"), WORDS)
    assert found is not None
    assert (found.period.first, found.period.last, found.rest) == (first, last, "")


@given(st.text(alphabet="0123456789.-/ спомайгд", max_size=30))
def test_nothing_written_breaks_the_search(said: str) -> None:
    with suppress(NoSuchDay):
        find_period(said, WORDS)
