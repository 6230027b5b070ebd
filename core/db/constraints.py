"""Which constraint a refused row hit. SQLite names columns, PostgreSQL the constraint."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError


def hits(error: IntegrityError, table: Table, name: str) -> bool:
    """Whether the error is of the unique index or constraint `name` of `table`."""
    columns = _columns(table, name)
    said = str(error.orig)
    if "UNIQUE constraint failed" in said:
        failed = {part.strip() for part in said.partition(":")[2].split(",")}
        return failed == {f"{table.name}.{column}" for column in columns}
    return f'"{name}"' in said


def _columns(table: Table, name: str) -> list[str]:
    for item in (*table.indexes, *table.constraints):
        if isinstance(item, Index | UniqueConstraint) and item.name == name:
            return [column.name for column in item.columns]
    raise LookupError(f"{table.name} has no unique index or constraint {name}")
