"""Working days, today on the municipality's wall, silence at night."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import words
from core.domain.calendar import day_begins, local_date
from core.domain.silence import QuietHours, after_silence

MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
ZONES = st.sampled_from(["Europe/Moscow", "Europe/Kaliningrad", "Asia/Kamchatka", "UTC"])


@pytest.mark.parametrize(
    ("day", "n", "answer"),
    [
        (date(2026, 8, 24), 7, date(2026, 9, 2)),  # over one weekend
        (date(2026, 8, 22), 1, date(2026, 8, 24)),  # from a Saturday
        (date(2026, 11, 3), 1, date(2026, 11, 5)),  # over the 4th of November
        (date(2026, 12, 30), 1, date(2027, 1, 11)),  # over the New Year
        (date(2026, 5, 8), 1, date(2026, 5, 12)),  # the 9th of May on a Saturday: moved
        (date(2026, 8, 24), 0, date(2026, 8, 24)),
    ],
)
def test_terms_are_working_days(day: date, n: int, answer: date) -> None:
    assert words.working_calendar().add_working_days(day, n) == answer


@given(day=st.dates(date(2026, 1, 1), date(2027, 6, 1)), n=st.integers(1, 60))
def test_a_term_ends_on_a_working_day_and_counts_each_once(day: date, n: int) -> None:
    calendar = words.working_calendar()
    answer = calendar.add_working_days(day, n)
    assert calendar.is_working(answer)
    between = (day + timedelta(days=step) for step in range(1, (answer - day).days + 1))
    assert sum(calendar.is_working(step) for step in between) == n


@given(day=st.dates(date(2026, 1, 1), date(2027, 6, 1)), n=st.integers(0, 60))
def test_days_that_have_passed_are_those_a_term_would_take(day: date, n: int) -> None:
    calendar = words.working_calendar()
    assert calendar.count_working_days(day, calendar.add_working_days(day, n)) == n
    assert calendar.count_working_days(day, day - timedelta(days=n)) == 0


def test_the_year_2026_has_the_working_days_of_the_government() -> None:
    year = words.working_calendar().count_working_days(date(2025, 12, 31), date(2026, 12, 31))
    assert year == 247


def test_a_term_is_counted_forward() -> None:
    with pytest.raises(ValueError, match="forward"):
        words.working_calendar().add_working_days(date(2026, 8, 24), -1)


def test_today_is_what_the_wall_says() -> None:
    at = datetime(2026, 8, 24, 21, 30, tzinfo=UTC)
    assert local_date(at, "Europe/Moscow") == date(2026, 8, 25)
    assert local_date(at, "UTC") == date(2026, 8, 24)


@given(at=MOMENTS, zone=ZONES)
def test_a_day_begins_at_its_midnight(at: datetime, zone: str) -> None:
    begins = day_begins(local_date(at, zone), zone)
    assert begins <= at < begins + timedelta(days=1)


@given(at=MOMENTS, zone=ZONES)
def test_nothing_is_said_between_nine_in_the_evening_and_nine_in_the_morning(
    at: datetime, zone: str
) -> None:
    said = after_silence(at, zone, QuietHours())
    assert at <= said <= at + timedelta(hours=12)
    local = said.astimezone(ZoneInfo(zone)).time()
    assert time(9) <= local < time(21)
    assert said == at or local == time(9)


@given(at=MOMENTS, zone=ZONES)
def test_without_quiet_hours_nothing_waits(at: datetime, zone: str) -> None:
    assert after_silence(at, zone, None) == at
