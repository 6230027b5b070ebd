"""From a cell to a value. A value that cannot be read raises Unreadable; an empty cell is None.

Numbers may come as text and whole numbers as fractions (15.0): that is how spreadsheets hold them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TypeVar

from core.domain.naming import normal_form
from core.domain.programmes import (
    GREATEST_AGE_YEARS,
    MONTHS_IN_YEAR,
    AgesOutOfOrder,
    AgeSpan,
    AgeTooGreat,
    age_span,
)
from core.domain.refusals import Parameter
from core.domain.writing import one_of, plain
from core.domain.written_ages import AgeWords, NotAges, read_ages, read_oldest, read_youngest
from core.domain.written_dates import NoSuchDay, read_day
from core.domain.written_money import NotMoney, read_decimal, read_roubles
from core.files.tables import Cell
from core.services.registry_import.vocabulary import Vocabulary
from core.words import date_words

Known = TypeVar("Known")

GREATEST_COUNT = 100_000
GREATEST_PRICE = Decimal(10_000_000)  # roubles
YEARS = range(2000, 2100)
_SHOWN = 80
_CENT = Decimal("0.01")
_GAPS = re.compile(r"\s+")


class Unreadable(Exception):
    """`reason` is a code with words in import.ftl."""

    def __init__(self, reason: str, **params: Parameter) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params


def shown(cell: Cell) -> str:
    """The cell as a person sees it in the sheet, cut to a line."""
    if isinstance(cell, float) and cell.is_integer():
        text = str(int(cell))
    elif isinstance(cell, datetime | date):
        text = cell.strftime("%d.%m.%Y")
    else:
        text = _clean(str(cell))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "\N{HORIZONTAL ELLIPSIS}"


def is_blank(cell: Cell) -> bool:
    """Nothing but spaces, dashes and quotes."""
    return isinstance(cell, str) and not cell[:1].isalnum() and not normal_form(cell)


def text(cell: Cell, *, longest: int) -> str | None:
    """Without controls and stray spaces."""
    if is_blank(cell):
        return None
    said = shown(cell) if not isinstance(cell, str) else _clean(cell)
    if len(said) > longest:
        raise Unreadable("too-long", longest=longest)
    return said


def choice(cell: Cell, known: Mapping[str, Known], *, reason: str) -> Known | None:
    """One of the known words, by normal form."""
    if is_blank(cell):
        return None
    found = known.get(normal_form(shown(cell)))
    if found is None:
        raise Unreadable(reason)
    return found


def flag(cell: Cell, known: Mapping[str, bool]) -> bool:
    """Yes or no; an empty cell is no."""
    if isinstance(cell, bool):
        return cell
    return bool(choice(cell, known, reason="not-yes-no"))


def count(cell: Cell, units: tuple[str, ...] = ()) -> int | None:
    """A whole number from 0 on; `units` may stand after it."""
    number = _number(cell, lambda text: _counted(text, units))
    if number is None:
        return None
    if number != number.to_integral_value():
        raise Unreadable("not-whole")
    if number < 0:
        raise Unreadable("negative")
    if number > GREATEST_COUNT:
        raise Unreadable("too-great", greatest=GREATEST_COUNT)
    return int(number)


def kopecks(cell: Cell, words: Vocabulary) -> int | None:
    """Roubles as a number or text with a unit, in kopecks."""
    if isinstance(cell, str) and plain(cell) in words.money.unsaid:
        return None
    try:
        roubles = _number(cell, lambda text: read_roubles(text, words.money))
    except Unreadable as wrong:
        raise Unreadable("not-price") if wrong.reason == "not-number" else wrong from wrong
    if roubles is None:
        return None
    if roubles < 0:
        raise Unreadable("negative")
    if roubles > GREATEST_PRICE:
        raise Unreadable("too-great", greatest=int(GREATEST_PRICE))
    rounded = roubles.quantize(_CENT, ROUND_HALF_UP)
    if isinstance(cell, str) and rounded != roubles:
        raise Unreadable("not-money")
    return int(rounded * 100)


def day(cell: Cell) -> date | None:
    """A date cell, or a day as people write it."""
    if is_blank(cell):
        return None
    if isinstance(cell, datetime):
        found: date | None = cell.date()
    elif isinstance(cell, date):
        found = cell
    else:
        with _said_plainly():
            found = read_day(shown(cell), date_words())
    if found is None:
        raise Unreadable("not-date")
    return in_sight(found)


def in_sight(found: date) -> date:
    """Raises Unreadable for a year that nobody plans for."""
    if found.year not in YEARS:
        raise Unreadable("far-year")
    return found


def ages(cell: Cell, words: AgeWords) -> AgeSpan | None:
    """«7-10 лет», «с 6», «1-4 класс», 7: one cell for both bounds."""
    if is_blank(cell):
        return None
    with _said_plainly():
        return read_ages(_age_text(cell), words)


def youngest(cell: Cell, words: AgeWords) -> int | None:
    """The lower bound in full months."""
    if is_blank(cell):
        return None
    with _said_plainly():
        return _age(read_youngest(_age_text(cell), words))


def oldest(cell: Cell, words: AgeWords) -> int | None:
    """The upper bound in full months, inclusive."""
    if is_blank(cell):
        return None
    with _said_plainly():
        return _age(read_oldest(_age_text(cell), words))


def span(from_months: int, to_months: int) -> AgeSpan:
    """Both bounds in full months, inclusive."""
    with _said_plainly():
        return age_span(from_months, to_months)


@contextmanager
def _said_plainly() -> Iterator[None]:
    """What the rules refuse is unreadable here, with a reason of ours."""
    try:
        yield
    except (NotAges, NotMoney) as error:
        raise Unreadable(error.reason) from error
    except NoSuchDay as error:
        raise Unreadable("no-such-day") from error
    except AgesOutOfOrder as error:
        raise Unreadable("ages-order") from error
    except AgeTooGreat as error:
        raise Unreadable("age-far", greatest=GREATEST_AGE_YEARS) from error


def _age_text(cell: Cell) -> str:
    if isinstance(cell, date):
        raise Unreadable("age-is-date")  # Excel takes «7-10» for the 7th of October
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise Unreadable("not-ages")
    if not isinstance(cell, str) and cell < 0:
        raise AgeTooGreat
    return shown(cell)


def _age(months: int) -> int:
    if months // MONTHS_IN_YEAR > GREATEST_AGE_YEARS:
        raise AgeTooGreat
    return months


def _number(cell: Cell, read: Callable[[str], Decimal]) -> Decimal | None:
    if is_blank(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise Unreadable("not-number")
    if isinstance(cell, str):
        with _said_plainly():
            return read(cell)
    number = Decimal(repr(cell))
    if not number.is_finite():
        raise Unreadable("not-number")
    return number


def _counted(text: str, units: tuple[str, ...]) -> Decimal:
    try:
        return read_decimal(_without(units).sub("", plain(text)))
    except NotMoney as error:
        raise Unreadable("not-number") from error


@cache
def _without(units: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<=\d)\s?{one_of(units)}\.?$" if units else r"(?!)")


def _clean(said: str) -> str:
    """One line without controls, lone surrogates and invisible marks, spaces single."""
    if said.isprintable():  # nearly every cell: no spaces but plain ones, nothing invisible
        return " ".join(said.split())
    visible = "".join(
        sign
        if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}
        else (" " if sign in "\t\r\v\f" else "")
        for sign in said
    )
    return _GAPS.sub(" ", visible).strip()
