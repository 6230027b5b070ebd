"""Age on the group's start date and the window of applications: bounds are inclusive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.ages import birthday
from core.domain.enrolment import (
    AgeOutOfBounds,
    GroupFinished,
    GroupTerms,
    NotYetOpen,
    WindowClosed,
    check_age,
    check_window,
)

START = date(2026, 9, 1)
TERMS = GroupTerms(
    age_from_months=84,
    age_to_months=131,
    starts_on=START,
    ends_on=date(2027, 5, 31),
    applications_from=date(2026, 8, 1),
    applications_until=date(2026, 9, 30),
)
ANY_DAY = START


@pytest.mark.parametrize("born", [date(2019, 9, 1), date(2015, 9, 2), date(2017, 3, 5)])
def test_seven_to_ten_is_till_the_day_before_the_eleventh_birthday(born: date) -> None:
    check_age(born, TERMS, ANY_DAY)


@pytest.mark.parametrize(("born", "years"), [(date(2019, 9, 2), 6), (date(2015, 9, 1), 11)])
def test_out_of_bounds_names_the_bounds_and_the_age(born: date, years: int) -> None:
    with pytest.raises(AgeOutOfBounds) as refusal:
        check_age(born, TERMS, ANY_DAY)
    assert refusal.value.params == {
        "years_from": 7,
        "years_to": 10,
        "age_years": years,
        "on": "2026-09-01",
    }


@given(born=st.dates(date(2012, 1, 1), date(2022, 1, 1)))
def test_age_is_what_birthdays_say(born: date) -> None:
    fits = birthday(born, 7) <= START < birthday(born, 11)
    try:
        check_age(born, TERMS, ANY_DAY)
    except AgeOutOfBounds:
        assert not fits
    else:
        assert fits


def test_without_a_start_date_the_age_is_todays() -> None:
    terms = replace(TERMS, starts_on=None)
    check_age(date(2019, 9, 2), terms, date(2026, 9, 2))
    with pytest.raises(AgeOutOfBounds):
        check_age(date(2019, 9, 2), terms, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("today", "refusal"),
    [
        (date(2026, 7, 31), NotYetOpen),
        (date(2026, 10, 1), WindowClosed),
        (date(2027, 6, 1), GroupFinished),
    ],
)
def test_outside_its_window_a_group_says_why(today: date, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_window(TERMS, today)


@given(step=st.integers(0, 60))
def test_inside_its_window_a_group_takes_applications(step: int) -> None:
    check_window(TERMS, date(2026, 8, 1) + timedelta(days=step))


def test_without_a_window_a_group_takes_applications_until_it_ends() -> None:
    terms = replace(TERMS, applications_from=None, applications_until=None)
    check_window(terms, date(2027, 5, 31))
    with pytest.raises(GroupFinished):
        check_window(terms, date(2027, 6, 1))
