"""Words understood: what people type and files contain, as data in `ru/*.toml`, loaded once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from core.domain.calendar import WorkingCalendar
from core.domain.programmes import MONTHS_IN_YEAR, AgeSpan, age_span
from core.domain.written_ages import AgeWords
from core.domain.written_dates import DateWords
from core.domain.written_money import MoneyWords
from core.domain.written_schedule import ScheduleWords

_RUSSIAN = Path(__file__).parent / "ru"


@cache
def load(name: str) -> Mapping[str, Any]:
    """The table `ru/<name>.toml` as it stands; do not change what you get."""
    with (_RUSSIAN / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def months() -> Mapping[str, int]:
    """Words for months in small letters, in every usual form -> 1…12."""
    return {word: int(number) for number, words in load("months").items() for word in words}


@cache
def schedule_words() -> ScheduleWords:
    """Words of schedules: days, and what joins them."""
    words = load("weekdays")
    links = words["links"]
    return ScheduleWords(
        days={word: (day,) for word, day in words["day"].items()}
        | {word: tuple(days) for word, days in words["days"].items()},
        since=frozenset(links["since"]),
        till=frozenset(links["till"]),
        idle=frozenset(links["idle"]),
    )


@cache
def date_words() -> DateWords:
    """Words of days and periods."""
    words = load("periods")
    school = {name: _month_day(text) for name, text in words["school"].items()}
    return DateWords(
        months=months(),
        since=words["since"],
        till=words["till"],
        year=words["year"],
        school_year=words["school_year"],
        school_first=school["first"],
        school_last=school["last"],
    )


@cache
def age_words() -> AgeWords:
    """Words of ages and grades."""
    words = load("ages")
    grade, preschool = words["first_grade"], words["preschool"]
    return AgeWords(
        since=words["since"],
        till=words["till"],
        years=words["years"],
        months=words["months"],
        onward=words["onward"],
        grades=words["grades"],
        endings=words["endings"],
        idle=words["idle"],
        any=frozenset(words["any"]),
        youngest_years=words["open"]["youngest"],
        oldest_years=words["open"]["oldest"],
        first_grade=AgeSpan(from_months=grade["from_months"], to_months=grade["to_months"]),
        last_grade=grade["last"],
        joints=words["joints"],
        numbers={said: digits for digits, forms in words["numbers"].items() for said in forms},
        named={
            said: age_span(
                preschool["from"] * MONTHS_IN_YEAR, preschool["to"] * MONTHS_IN_YEAR + 11
            )
            for said in preschool["words"]
        },
    )


@cache
def money_words() -> MoneyWords:
    """Words of prices."""
    words = load("money")
    return MoneyWords(
        nothing=words["nothing"],
        unsaid=frozenset(words["unsaid"]),
        units=words["units"],
        hundredths=words["hundredths"],
        whole=words["whole"],
        joints=words["joints"],
        parts=words["parts"],
        since=words["since"],
        till=words["till"],
    )


@cache
def name_particles() -> frozenset[str]:
    """Words that belong to the patronymic before them."""
    return frozenset(load("names")["patronymic_particles"])


@cache
def working_calendar() -> WorkingCalendar:
    """The production calendar; years not in the data have weekends only."""
    years = load("calendar").values()
    return WorkingCalendar(
        holidays=[_day(text) for year in years for text in year["holidays"]],
        extra=[_day(text) for year in years for text in year["extra"]],
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
