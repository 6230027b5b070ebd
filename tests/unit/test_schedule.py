"""A schedule's cell becomes sessions of the week, or is left to people."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.schedule import WeeklySession, as_stored, from_stored
from core.domain.written_schedule import read_schedule
from core.words import schedule_words

Session = tuple[int, str, str | None]

WORDS = schedule_words()
DAYS = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")


def sessions(*wanted: Session) -> tuple[WeeklySession, ...]:
    return tuple(
        WeeklySession(
            weekday=day,
            starts=time.fromisoformat(begins),
            ends=None if ends is None else time.fromisoformat(ends),
        )
        for day, begins, ends in wanted
    )


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("Ср 15:00–16:30", [(3, "15:00", "16:30")]),
        ("Пт 15:00–16:30; Вт 9:00-10:30", [(2, "09:00", "10:30"), (5, "15:00", "16:30")]),
        ("пн, чт 16.00 - 17.30", [(1, "16:00", "17:30"), (4, "16:00", "17:30")]),
        (
            "понедельник 16:00–17:00, среда 16:00–17:00",
            [(1, "16:00", "17:00"), (3, "16:00", "17:00")],
        ),
        ("Вс. 10:00—11:00;", [(7, "10:00", "11:00")]),
        ("Пн., Ср. с 15:00 до 16:30", [(1, "15:00", "16:30"), (3, "15:00", "16:30")]),
        ("пн/ср 15.00-16.30", [(1, "15:00", "16:30"), (3, "15:00", "16:30")]),
        ("вт,чт 17:00", [(2, "17:00", None), (4, "17:00", None)]),
        ("По вторникам и четвергам в 17.00", [(2, "17:00", None), (4, "17:00", None)]),
        ("пн-ср 9-10", [(1, "09:00", "10:00"), (2, "09:00", "10:00"), (3, "09:00", "10:00")]),
        ("пн-ср-пт 9:00", [(1, "09:00", None), (3, "09:00", None), (5, "09:00", None)]),
        ("с чт по пт с 15 до 16:30", [(4, "15:00", "16:30"), (5, "15:00", "16:30")]),
        ("выходные 10:00 - 11:00", [(6, "10:00", "11:00"), (7, "10:00", "11:00")]),
        ("Сб 16-00 – 17-30", [(6, "16:00", "17:30")]),
        ("Сб 16⁰⁰-17³⁰", [(6, "16:00", "17:30")]),
        ("15:00-16:00 (пн), 17:00-18:00 (ср)", [(1, "15:00", "16:00"), (3, "17:00", "18:00")]),
        ("вторник: 15:00-16:00, 16:10-17:00", [(2, "15:00", "16:00"), (2, "16:10", "17:00")]),
        ("вторник - 15:00-16:00\nсуббота - 9:00", [(2, "15:00", "16:00"), (6, "09:00", None)]),
    ],
)
def test_days_and_hours_are_read(cell: str, wanted: list[Session]) -> None:
    assert read_schedule(cell, WORDS) == sessions(*wanted)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "по договорённости",
        "Пн",
        "15:00-16:00",
        "Пн 15",
        "Пн 25:00–26:00",
        "Пн 16:00–15:00",
        "пт-пн 15:00",
        "Пн 15:00–16:00 и ещё",
        "Пн 15:00–16:00; Вт",
        "2 раза в неделю",
        "01.09.2026, пн 15:00",
        "пн 15:00 №4",
    ],
)
def test_what_cannot_be_read_whole_is_not_read(cell: str) -> None:
    assert read_schedule(cell, WORDS) is None


@given(
    days=st.sets(st.integers(1, 7), min_size=1),
    starts=st.times(max_value=time(22)),
    minutes=st.integers(1, 59),
    between=st.sampled_from([", ", "/", " и ", ",", "; "]),
    dash=st.sampled_from(["-", " – ", "—", " до "]),
)
def test_what_people_write_is_what_they_meant(
    days: set[int], starts: time, minutes: int, between: str, dash: str
) -> None:
    starts = starts.replace(second=0, microsecond=0)
    ends = time(starts.hour + 1, minutes)
    named = between.join(DAYS[day - 1] for day in sorted(days))
    cell = f"{named} {starts:%H:%M}{dash}{ends:%H:%M}"

    wanted = [(day, f"{starts:%H:%M}", f"{ends:%H:%M}") for day in sorted(days)]
    assert read_schedule(cell, WORDS) == sessions(*wanted)


@given(st.text(alphabet="пнвтсрс до-–:.,;/ 0123456789", max_size=40))
def test_nothing_written_breaks_the_reading(cell: str) -> None:
    for session in read_schedule(cell, WORDS) or ():
        assert session.ends is None or session.starts < session.ends


def test_a_session_without_an_end_takes_an_academic_hour() -> None:
    (said,) = sessions((1, "16:00", "17:30"))
    (unsaid,) = sessions((1, "16:30", None))
    (late,) = sessions((1, "23:30", None))
    assert (said.busy_until, unsaid.busy_until) == (time(17, 30), time(17, 15))
    assert late.busy_until == time.max


def test_stored_sessions_come_back_as_they_were() -> None:
    week = sessions((2, "09:05", "10:00"), (6, "18:00", None))
    assert from_stored(as_stored(week)) == week
