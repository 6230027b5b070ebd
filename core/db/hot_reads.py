"""Reads where fractions of a millisecond count: a search, a word while it is being typed.

On SQLite a statement through the driver's thread is a journey there and back, and a transaction
around it two more: together more than the statement itself. So `HotLook` reads in the event loop's
own thread, over one connection that only reads, each statement for itself. It never waits: when the
database is held by somebody, and for statements that may be long, the usual way is taken, as
PostgreSQL always does. Made once for a statement and given its values each time, so nothing is
compiled twice.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from sqlalchemy import Dialect, Select
from sqlalchemy.sql.compiler import SQLCompiler

from core.db.engine import Database, Tx, away_is_said


class HotLook:
    """One look of a search. `tx` stands where every read is to go through it."""

    def __init__(self, database: Database, tx: Tx | None = None) -> None:
        self._database = database
        self._tx = tx

    @property
    def dialect(self) -> str:
        return self._database.dialect

    def at_once(self, ready: _Ready, values: Sequence[Any]) -> list[Any] | None:
        """None when it would have to wait."""
        try:
            return self._database.quick_reader().execute(ready.sql, values).fetchall()
        except sqlite3.OperationalError:
            return None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        if self._tx is not None:
            yield self._tx
        else:
            async with self._database.read() as tx:
                yield tx


@asynccontextmanager
async def hot_look(database: Database) -> AsyncIterator[HotLook]:
    """Raises DatabaseAway."""
    if database.dialect == "sqlite":
        yield HotLook(database)
    else:
        async with database.read() as tx:
            yield HotLook(database, tx)


class HotRead:
    """The rows have the columns of the statement as attributes, as the database gives them: no type
    of a column is applied on SQLite, so moments and JSON are not for here.

    `short`: it takes a millisecond or so at any size of the registry.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]], *, short: bool) -> None:
        self._statement = statement
        self._short = short
        self._ready: _Ready | None = None

    async def rows(self, look: HotLook, values: Mapping[str, Any]) -> Sequence[Any]:
        """Every bound name must be in `values`; lists go as one value (`core.db.lists`)."""
        if look.dialect != "sqlite":
            async with look.transaction() as tx:
                return (await tx.execute(self._statement, dict(values))).all()
        if self._ready is not None and self._short:
            found = look.at_once(self._ready, self._ready.given(values))
            if found is not None:
                return [self._ready.row(*columns) for columns in found]
        async with look.transaction() as tx:
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
