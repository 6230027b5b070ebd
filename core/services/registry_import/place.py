"""Whose programme a row is.

A municipality chosen for the whole file wins over the column; that the column names another one is
worth one warning. Without a choice the column decides by name or code; without a column, or with an
empty cell, it is clear only when the database has a single municipality.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from core.db.engine import Tx
from core.db.models import Municipality
from core.domain.naming import normal_form
from core.domain.refusals import NotFound
from core.files.tables import Cell
from core.services.registry_import.cells import Unreadable, is_blank, shown


class Places:
    """`known`: (id, code, name) of all municipalities; `chosen`: the id for the whole file."""

    def __init__(self, *, known: Iterable[tuple[int, str, str]], chosen: int | None) -> None:
        self._chosen = chosen
        self._by_word: dict[str, int] = {}
        for municipality_id, code, name in known:
            self._by_word.setdefault(normal_form(code), municipality_id)
            self._by_word.setdefault(normal_form(name), municipality_id)
        ids = set(self._by_word.values())
        self._only = min(ids) if len(ids) == 1 else None
        self.others_named = ""
        """The first other municipality that the column named although one was chosen."""

    def resolve(self, cell: Cell) -> int:
        """Raises Unreadable."""
        blank = is_blank(cell)
        named = None if blank else self._by_word.get(normal_form(shown(cell)))
        if self._chosen is not None:
            if not blank and named != self._chosen and not self.others_named:
                self.others_named = shown(cell)
            return self._chosen
        if named is not None:
            return named
        if not blank:
            raise Unreadable("unknown-municipality")
        if self._only is None:
            raise Unreadable("municipality-unsaid")
        return self._only


async def load_places(tx: Tx, municipality_code: str | None) -> Places:
    """With the municipality chosen for the whole file, if any. Raises NotFound."""
    rows = (await tx.execute(select(Municipality.id, Municipality.code, Municipality.name))).all()
    chosen = [row.id for row in rows if row.code == municipality_code]
    if municipality_code is not None and not chosen:
        raise NotFound(what="municipality", municipality_code=municipality_code)
    return Places(
        known=[(row.id, row.code, row.name) for row in rows],
        chosen=chosen[0] if chosen else None,
    )
