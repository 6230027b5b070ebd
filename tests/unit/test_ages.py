"""Ages: in full months, a birthday counts from its first minute."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.ages import birthday, full_years, months_between

DAYS = st.dates(date(1995, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        (date(2016, 3, 5), date(2016, 3, 5), 0),
        (date(2016, 3, 5), date(2016, 4, 4), 0),
        (date(2016, 3, 5), date(2016, 4, 5), 1),
        (date(2016, 3, 5), date(2027, 3, 4), 131),
        (date(2016, 3, 5), date(2027, 3, 5), 132),
        (date(2016, 1, 31), date(2016, 2, 29), 0),
        (date(2016, 1, 31), date(2016, 3, 1), 1),
        (date(2016, 2, 29), date(2017, 2, 28), 11),
        (date(2016, 2, 29), date(2017, 3, 1), 12),
        (date(2016, 3, 5), date(2016, 3, 4), -1),
    ],
)
def test_months_are_full_ones(born: date, on: date, months: int) -> None:
    assert months_between(born, on) == months


@given(born=DAYS, years=st.integers(0, 30))
def test_the_day_before_a_birthday_is_a_year_younger(born: date, years: int) -> None:
    day = birthday(born, years)
    assert full_years(born, day) == years
    assert full_years(born, day - timedelta(days=1)) == years - 1


@given(born=DAYS, on=DAYS)
def test_a_day_older_is_never_younger(born: date, on: date) -> None:
    months = months_between(born, on)
    assert months <= months_between(born, on + timedelta(days=1)) <= months + 1
