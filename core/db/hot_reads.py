"""Reads where fractions of a millisecond count: a search, a word while it is being typed.

On SQLite every step of a statement (cursor, execute, fetch, close) is a trip to the driver's thread
and back, and costs more than the statement; here it is one trip. PostgreSQL goes the usual way.
Made once for a statement and given its values each time, so nothing is compiled twice.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Dialect, Select
from sqlalchemy.sql.compiler import SQLCompiler

from core.db.engine import Tx, away_is_said


class HotRead:
    """The rows have the columns of the statement as attributes, as the database gives them: no type
    of a column is applied on SQLite, so moments and JSON are not for here."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._ready: _Ready | None = None

    async def rows(self, tx: Tx, values: Mapping[str, Any]) -> Sequence[Any]:
        """Every bound name must be in `values`; lists go as one value (`core.db.lists`)."""
        if tx.dialect.name != "sqlite":
            return (await tx.execute(self._statement, dict(values))).all()
        if self._ready is None:
            self._ready = _Ready(self._statement, tx.dialect)
        raw = await tx.get_raw_connection()
        driver: Any = raw.driver_connection
        with away_is_said():
            found = await driver.execute_fetchall(self._ready.sql, self._ready.given(values))
        return [self._ready.row(*columns) for columns in found]


class _Ready:
    """A statement in SQLite's words."""

    def __init__(self, statement: Select[*tuple[Any, ...]], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("a statement that selects is wanted")
        self.sql = str(compiled)
        self._constants = dict(compiled.params)
        self._names = list(compiled.positiontup or ())
        self.row: Callable[..., Any] = _row_of(
            [column.name for column in statement.selected_columns]
        )

    def given(self, values: Mapping[str, Any]) -> list[Any]:
        return [_plain(values.get(name, self._constants[name])) for name in self._names]


def _row_of(names: Sequence[str]) -> Callable[..., Any]:
    return namedtuple("Row", names)


def _plain(value: Any) -> Any:
    """SQLite keeps days as text."""
    return value.isoformat() if isinstance(value, date) else value
