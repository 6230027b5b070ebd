"""Rows written by the hundred thousand: the index of search while a registry comes in.

Preparing the parameters of a row in Python costs more than writing the row; where there is nothing
to prepare, SQLite is given them as they are. PostgreSQL goes the usual way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from core.db.engine import Tx, away_is_said
from core.db.models.base import Base

Plain = int | str | bool | None


class PlainInsert:
    """Whole numbers, text and truth values only: no type of a column is applied on SQLite. Columns
    that are not named get the database's own default, if it has one."""

    def __init__(self, model: type[Base], *columns: str) -> None:
        self._model = model
        self._columns = columns
        marks = ", ".join("?" for _ in columns)
        self._sql = f"INSERT INTO {model.__tablename__} ({', '.join(columns)}) VALUES ({marks})"

    async def add(self, tx: Tx, rows: Sequence[tuple[Plain, ...]]) -> None:
        """Each row in the order of the columns. Raises DatabaseAway."""
        if not rows:
            return
        if tx.dialect.name != "sqlite":
            named = [dict(zip(self._columns, row, strict=True)) for row in rows]
            await tx.execute(insert(self._model), named)
            return
        raw = await tx.get_raw_connection()
        driver: Any = raw.driver_connection
        with away_is_said():
            cursor = await driver.executemany(self._sql, rows)
            await cursor.close()
