"""Which lines below a header are rows of data.

Passed over in silence: empty lines, the header once more (every page of a printed table has one),
the numbers of columns under it, totals. Headings across the table and notes below it («Директор
________») are passed over too, but their numbers are told: nothing goes missing unsaid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from core.domain.naming import normal_form
from core.domain.writing import plain
from core.files.tables import Cell
from core.services.registry_import.cells import is_blank, shown
from core.services.registry_import.vocabulary import totals

Line = tuple[int, list[Cell]]

ACROSS = 3  # cells of one text that make a heading
LONGEST_NOTE = 2  # texts in a line below the table that is no row of it

_key = lru_cache(1_000)(normal_form)


def data_rows(lines: Iterable[Line], header: Sequence[str], passed: list[int]) -> Iterator[Line]:
    """`header` in normal form, '' where a column has no name."""
    named = [(place, name) for place, name in enumerate(header) if name]
    longest_note = min(LONGEST_NOTE, (len(named) - 1) // 2)
    waiting: list[Line] = []  # notes, if no row of data follows them
    for number, cells in lines:
        filled = [cell for cell in cells if cell != "" and not is_blank(cell)]
        if not filled or _is_total(filled) or _is_header(cells, named) or _is_count(filled):
            continue
        said = len(set(filled))
        if said == 1 and len(filled) >= ACROSS:
            passed.append(number)
        elif said <= longest_note:
            waiting.append((number, cells))
        else:
            yield from waiting
            waiting.clear()
            yield number, cells
    passed.extend(number for number, _ in waiting)


def _is_header(cells: Sequence[Cell], named: Sequence[tuple[int, str]]) -> bool:
    """Most of its texts are those of the header."""
    if not any(_is_named(cells, place, name) for place, name in named[:ACROSS]):
        return False
    again = sum(_is_named(cells, place, name) for place, name in named)
    return again >= min(ACROSS, len(named)) and again * 2 > len(named)


def _is_named(cells: Sequence[Cell], place: int, name: str) -> bool:
    cell = cells[place] if place < len(cells) else ""
    return isinstance(cell, str) and _key(cell) == name


def _is_total(filled: Sequence[Cell]) -> bool:
    """«Итого» or «Всего: 143» first, and besides it only numbers."""
    first = filled[0]
    if not isinstance(first, str) or not _begins_totals(first):
        return False
    others = (cell for cell in filled if isinstance(cell, str) and cell != first)
    return not any(sign.isalpha() for cell in others for sign in cell)


@lru_cache(1_000)
def _begins_totals(text: str) -> bool:
    return plain(text).startswith(totals())


def _is_count(filled: Sequence[Cell]) -> bool:
    """1, 2, 3… under the header."""
    if len(filled) < ACROSS or filled[0] not in (1, "1"):
        return False
    return [shown(cell) for cell in filled] == [str(place) for place in range(1, len(filled) + 1)]
