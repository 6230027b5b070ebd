"""The full-text index beside `programme_texts`: FTS5 on SQLite, a generated tsvector on PostgreSQL.

It is no table of the models; migration 0003 makes it. Words come as stems in two parts, `words` and
`place`, and are only matched here: ranking is done in one place for both databases
(`core.search.ranking.titles`). So FTS5 keeps no sizes of columns and no positions, and shares the
texts with the table.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, OperationalError

FTS: Final = "programme_texts_fts"
_VECTOR: Final = {("column", "vector"), ("index", "ix_programme_texts_vector")}

_ADD = f"INSERT INTO {FTS}(rowid, words, place) VALUES (new.programme_id, new.words, new.place);"
_TAKE = (
    f"INSERT INTO {FTS}({FTS}, rowid, words, place) "
    f"VALUES ('delete', old.programme_id, old.words, old.place);"
)
TRIGGERS: Final = {
    "programme_texts_added": f"AFTER INSERT ON programme_texts BEGIN {_ADD} END",
    "programme_texts_changed": f"AFTER UPDATE ON programme_texts BEGIN {_TAKE} {_ADD} END",
    "programme_texts_removed": f"AFTER DELETE ON programme_texts BEGIN {_TAKE} END",
}
"""On SQLite: they keep the index equal to the table. Laid by `core.db.triggers`."""


def is_of_index(table: str) -> bool:
    """Whether it is the index or one of the tables FTS5 keeps for itself: their rows come and go
    as they like."""
    return table == FTS or table.startswith(f"{FTS}_")


def belongs_to_models(
    _item: Any, name: str | None, kind: str, _reflected: bool, _compared_to: Any
) -> bool:
    """What alembic compares with the models: everything but the index."""
    if kind == "table":
        return not is_of_index(name or "")
    return (kind, name) not in _VECTOR


def is_whole(connection: Connection) -> bool:
    """Whether the index says what the table says. SQLite is asked by a statement that counts as
    writing and writes nothing; PostgreSQL sees to it itself."""
    if connection.dialect.name != "sqlite":
        return True
    try:
        connection.exec_driver_sql(f"INSERT INTO {FTS}({FTS}, rank) VALUES ('integrity-check', 1)")
    except OperationalError:
        raise  # locked or out of reach: that says nothing of the index
    except DatabaseError:
        return False
    return True


def rebuild(connection: Connection) -> None:
    """Make the index anew from the table."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')")
