"""The words a registry's cells are understood by, as look-ups by normal form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from core.domain.naming import normal_form
from core.domain.programmes import Direction, Level, RegistryKind, StudyForm
from core.domain.writing import one_of
from core.domain.written_ages import AgeWords
from core.domain.written_dates import DateWords
from core.domain.written_money import MoneyWords
from core.domain.written_schedule import ScheduleWords
from core.services.registry_import.short_names import Names, names
from core.words import age_words, date_words, load, money_words, schedule_words


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Keys of all mappings and sets are normal forms, unless said otherwise."""

    columns: Mapping[str, str]  # header -> field
    column_titles: Mapping[str, str]  # field -> how we call the column
    directions: Names[Direction]
    levels: Names[Level]
    forms: Names[StudyForm]
    remote_form: tuple[str, ...]  # how words begin, small letters
    remote_joints: frozenset[str]
    registry_kinds: Names[RegistryKind]
    flags: Mapping[str, bool]
    remote_flags: Mapping[str, bool]
    holiday_flags: Mapping[str, bool]
    ages: AgeWords
    money: MoneyWords
    dates: DateWords
    schedule: ScheduleWords
    durations: tuple[str, ...]  # small letters
    count_units: tuple[str, ...]  # small letters
    greatest: re.Pattern[str]  # the greatest number, with what follows
    two_counts: re.Pattern[str]  # the least and the greatest number
    unlimited: frozenset[str]  # small letters
    today: date | None  # None: nothing may depend on the day
    default_group: str


@cache
def vocabulary() -> Vocabulary:
    """Made once from `core/words/ru`."""
    columns = load("columns")["programmes"]
    registries, levels, short = load("registries"), load("levels"), load("short_names")
    flags = _flags(registries["flag"])
    return Vocabulary(
        columns={normal_form(word): field for field, words in columns.items() for word in words},
        column_titles={field: words[0] for field, words in columns.items()},
        directions=names(Direction, load("directions"), short["direction"]),
        levels=names(Level, levels["level"], short["level"]),
        forms=names(StudyForm, levels["form"], short["form"]),
        remote_form=tuple(short["remote_form"]["words"]),
        remote_joints=frozenset(short["remote_form"]["joints"]),
        registry_kinds=names(RegistryKind, registries["kind"], short["registry_kind"]),
        flags=flags,
        remote_flags={**flags, **_flags(registries["remote"])},
        holiday_flags={**flags, **_flags(registries["holiday"])},
        ages=age_words(),
        money=money_words(),
        dates=date_words(),
        schedule=schedule_words(),
        durations=tuple(load("periods")["durations"]),
        count_units=tuple(registries["count"]["units"]),
        greatest=_greatest(one_of(registries["count"]["till"])),
        two_counts=_two_counts(registries["count"]),
        unlimited=frozenset(registries["count"]["unlimited"]),
        today=None,
        default_group=registries["default_group"],
    )


@cache
def totals() -> tuple[str, ...]:
    """How a row of totals begins, in small letters."""
    return tuple(load("registries")["beside"]["totals"])


def confirms_certificates(organisation: str) -> bool:
    """Whether an organisation of this name confirms certificates in person: every school,
    kindergarten and institution of supplementary education does [S2]."""
    marks = load("organisations")["confirms"]
    said = " ".join(normal_form(word) for word in organisation.split())
    words = said.split()
    return (
        any(word in marks["words"] for word in words)
        or any(word.startswith(start) for word in words for start in marks["beginnings"])
        or any(phrase in said for phrase in marks["phrases"])
    )


def _greatest(till: str) -> re.Pattern[str]:
    return re.compile(rf"^{till}\s?(\d.*)$")


def _two_counts(words: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    since, till = one_of(words["since"]), one_of(words["till"])
    return re.compile(rf"^(?:{since}\s?)?\d+\s?(?:-|/|{till})\s?\d")


def _flags(table: Mapping[str, Iterable[str]]) -> dict[str, bool]:
    return {normal_form(word): name == "yes" for name, words in table.items() for word in words}
