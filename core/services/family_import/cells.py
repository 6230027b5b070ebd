"""From a cell to a name, a birth date, a number, a period. What cannot be read is Unreadable."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from core.domain.ages import full_years
from core.domain.certificates import NUMBER_DIGITS
from core.domain.names import ChildName, read_child_name, read_name_part
from core.domain.naming import normal_form
from core.domain.refusals import BadValue
from core.domain.snils import LENGTH as SNILS_DIGITS
from core.domain.snils import read_snils
from core.domain.written_dates import NoSuchDay, find_period, read_day
from core.files.tables import Cell
from core.services.family_import.vocabulary import FamilyWords
from core.services.registry_import import cells
from core.services.registry_import.cells import Unreadable
from core.words import date_words, name_particles

Value = TypeVar("Value")

_SERIAL = re.compile(r"[34]\d{4}|5[0-4]\d{3}")
"""A day as Excel counts it, where a column has lost its format: 42800 is 06.03.2017."""
_FIRST_OF_EXCEL = date(1899, 12, 30)
_YEAR = re.compile(r"(20\d\d)\s*([^\W\d]*\.?)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """When a nominal may be spent, both days inclusive."""

    begins: date
    ends: date


def full_name(cell: Cell) -> ChildName | None:
    """«Фамилия Имя Отчество» in one cell."""
    return _named(cell, lambda text: read_child_name(text, name_particles()))


def name_part(cell: Cell) -> str | None:
    """One of the three."""
    return _named(cell, lambda text: read_name_part(text, name_particles()))


def birth_date(cell: Cell, *, today: date, oldest: int) -> date | None:
    """A date cell, or a day as people write it; below `oldest` full years."""
    if cells.is_blank(cell):
        return None
    born = _day(cell)
    if born > today:
        raise Unreadable("born-ahead")
    if full_years(born, today) >= oldest:
        raise Unreadable("born-long-ago", oldest=oldest)
    return born


def snils(cell: Cell) -> str | None:
    """Eleven digits; as a number the cell has lost the zeros before them."""
    if cells.is_blank(cell):
        return None
    said = cells.shown(cell)
    if not isinstance(cell, str):
        said = said.zfill(SNILS_DIGITS)
    try:
        return read_snils(said)
    except BadValue as wrong:
        raise Unreadable(f"snils-{wrong.params['reason']}") from wrong


def certificate_number(cell: Cell) -> str | None:
    """Ten digits; spaces and dashes between them are nothing."""
    if cells.is_blank(cell):
        return None
    digits = normal_form(cells.shown(cell))
    if len(digits) != NUMBER_DIGITS or not (digits.isascii() and digits.isdecimal()):
        raise Unreadable("not-number-of-certificate")
    return digits


def period(cell: Cell, words: FamilyWords) -> Period | None:
    """«01.01.2026–31.12.2026», «с 1 января по 31 декабря 2026», «2026 год»."""
    if cells.is_blank(cell):
        return None
    said = cells.shown(cell)
    year = _YEAR.fullmatch(said)
    if year and (not year[2] or normal_form(year[2]) in words.after_year):
        return Period(begins=date(int(year[1]), 1, 1), ends=date(int(year[1]), 12, 31))
    try:
        found = find_period(said, date_words())
    except NoSuchDay as error:
        raise Unreadable("no-such-day") from error
    if found is None or found.rest:
        raise Unreadable("not-period")
    return span(found.period.first, found.period.last)


def span(begins: date | None, ends: date | None) -> Period | None:
    """Both bounds, or none."""
    if begins is None and ends is None:
        return None
    if begins is None or ends is None:
        raise Unreadable("half-period")
    if ends < begins:
        raise Unreadable("ends-before", first=begins.strftime("%d.%m.%Y"))
    return Period(begins=begins, ends=ends)


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if serial := _SERIAL.fullmatch(cells.shown(cell).strip()):
        return _FIRST_OF_EXCEL + timedelta(days=int(serial.group()))
    try:
        found = read_day(cell, date_words()) if isinstance(cell, str) else None
    except NoSuchDay as error:
        raise Unreadable("no-such-day") from error
    if found is None:
        raise Unreadable("not-date")
    return found


def _named(cell: Cell, read: Callable[[str], Value]) -> Value | None:
    if cells.is_blank(cell):
        return None
    try:
        return read(cells.shown(cell))
    except BadValue as wrong:
        raise Unreadable(f"name-{wrong.params['reason']}") from wrong
