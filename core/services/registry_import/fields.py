"""How each field of a registry is read, and what is remembered of it.

A registry of a hundred thousand rows says the same few words over and over: each column remembers
what its cells meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.domain.naming import normal_form
from core.domain.programmes import Level, StudyForm
from core.domain.writing import plain
from core.files.tables import Cell
from core.services.registry_import import cells, when
from core.services.registry_import.cells import Unreadable
from core.services.registry_import.vocabulary import Vocabulary

Read = Callable[[Cell], Any]

LONGEST_NAME = 300
LONGEST_TITLE = 500
LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000
REMEMBERED = 4_000  # cells a column
_FIRST_WORD = re.compile(r"[^\W\d_]+")
MANDATORY = frozenset({"municipality", "organisation", "title", "direction"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A name as it stands and the form it is compared in."""

    text: str
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FormSaid:
    """A form of study; «дистанционная» says nothing of it but that."""

    form: StudyForm | None
    remote: bool | None


@dataclass(kw_only=True, slots=True)
class Column:
    """One column of a file. `place` counts from 0; None: the file has no such column, and its cells
    are ''."""

    place: int | None
    title: str
    read: Read
    _known: dict[Any, Any] = field(default_factory=dict)

    def cell(self, row: list[Cell]) -> Cell:
        return row[self.place] if self.place is not None and self.place < len(row) else ""

    def value(self, cell: Cell) -> Any:
        """Raises Unreadable."""
        # 1, 1.0 and True are one key of a dict, yet not one cell
        known_by = cell if type(cell) is str else (type(cell), cell)
        try:
            return self._known[known_by]
        except KeyError:
            value = self.read(cell)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[known_by] = value
        return value


def readers(words: Vocabulary, municipality: Callable[[Cell], int]) -> Mapping[str, Read]:
    """Field -> what reads its cell; None comes from an empty one, which mandatory fields refuse."""
    found: dict[str, Read] = {
        "municipality": municipality,
        "organisation": _named(LONGEST_NAME),
        "title": _named(LONGEST_TITLE),
        "annotation": _line(LONGEST_TEXT),
        "direction": lambda cell: _meant(cell, words.directions.find, "unknown-direction"),
        "age": lambda cell: cells.ages(cell, words.ages),
        "age_from": lambda cell: cells.youngest(cell, words.ages),
        "age_to": lambda cell: cells.oldest(cell, words.ages),
        "level": lambda cell: _meant(cell, lambda text: _level(text, words), "unknown-level"),
        "form": lambda cell: _meant(cell, lambda text: _form(text, words), "unknown-form"),
        "registry_kind": lambda cell: _meant(cell, words.registry_kinds.find, "unknown-registry"),
        "hours": lambda cell: cells.count(cell, words.count_units),
        "price": lambda cell: cells.kopecks(cell, words),
        "normative_price": lambda cell: cells.kopecks(cell, words),
        "adapted": _flag(words.flags),
        "remote": _flag(words.remote_flags),
        "holiday": _flag(words.holiday_flags),
        "group_name": _named(LONGEST_NAME),
        "teacher": _line(LONGEST_NAME),
        "address": _line(LONGEST_LINE),
        "schedule": lambda cell: when.week(cell, words),
        "period": lambda cell: when.period(cell, words),
        "capacity": lambda cell: _capacity(cell, words),
        "starts_on": cells.day,
        "ends_on": cells.day,
        "applications_from": cells.day,
        "applications_until": cells.day,
        "applications": lambda cell: when.period(cell, words),
    }
    return {name: _must(read) if name in MANDATORY else read for name, read in found.items()}


def _must(read: Read) -> Read:
    def read_filled(cell: Cell) -> Any:
        value = read(cell)
        if value is None:
            raise Unreadable("empty")
        return value

    return read_filled


def _line(longest: int) -> Read:
    return lambda cell: cells.text(cell, longest=longest)


def _named(longest: int) -> Read:
    def read(cell: Cell) -> Named | None:
        text = cells.text(cell, longest=longest)
        return None if text is None else Named(text=text, key=normal_form(text))

    return read


def _flag(known: Mapping[str, bool]) -> Read:
    def read(cell: Cell) -> bool | None:
        if cells.is_blank(cell):
            return None
        try:
            return cells.flag(cell, known)
        except Unreadable:  # «да (для детей с ТНР)»
            first = _FIRST_WORD.match(cells.shown(cell))
            said = None if first is None else known.get(normal_form(first.group()))
            if said is None:
                raise
            return said

    return read


def _capacity(cell: Cell, words: Vocabulary) -> int | None:
    """«до 15» and «по 15» are fifteen; of «10-15» nobody can say how many the group takes."""
    said = plain(cell) if isinstance(cell, str) else ""
    if said in words.unlimited:
        return None
    if words.two_counts.search(said):
        raise Unreadable("count-range")
    greatest = words.greatest.search(said)
    return cells.count(cell if greatest is None else greatest[1], words.count_units)


def _meant(cell: Cell, find: Callable[[str], Any], reason: str) -> Any:
    if cells.is_blank(cell):
        return None
    found = find(cells.shown(cell))
    if found is None:
        raise Unreadable(reason)
    return found


def _level(text: str, words: Vocabulary) -> Level | None:
    """«Стартовый, базовый» is several."""
    found = words.levels.find_each(text)
    if len(found) > 1:
        return Level.SEVERAL
    return found.pop() if found else None


def _form(text: str, words: Vocabulary) -> FormSaid | None:
    form = words.forms.find(text)
    if form is not None:
        return FormSaid(form=form, remote=None)
    told = words.forms.telling_words(text)
    far = next((at for at, word in enumerate(told) if word.startswith(words.remote_form)), None)
    if far is None:
        return None
    before = [word for word in told[:far] if word not in words.remote_joints]
    form = words.forms.find(" ".join(before)) if before else None
    return None if before and form is None else FormSaid(form=form, remote=True)
