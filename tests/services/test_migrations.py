"""Migrations go up and down on filled data, on both databases, and lose no row and no trigger.

There is one revision yet, so a second one that rebuilds tables is thrown in beside a copy of the
product's own: what bites later (`render_as_batch`) is tried now.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from sqlalchemy import Connection, delete, inspect, text, update
from sqlalchemy.exc import DBAPIError

from core.db import fulltext, migrate
from core.db.engine import Database
from core.db.models import AuditRecord, Child
from core.db.triggers import list_triggers
from tests.services.lived_in import Rows, rows_of, settle

TRIGGERS = {
    "sqlite": ["audit_no_delete", "audit_no_update", *sorted(fulltext.TRIGGERS)],
    "postgresql": ["audit_append_only"],
}

REBUILDS = """
    def upgrade():
        with op.batch_alter_table("children") as batch:
            batch.add_column(sa.Column("note", sa.String()))
            batch.alter_column("state", existing_type=sa.String(), type_=sa.String(40))
        with op.batch_alter_table("certificates") as batch:
            batch.alter_column("kind", existing_type=sa.String(), nullable=True)
        with op.batch_alter_table("audit") as batch:
            batch.add_column(sa.Column("note", sa.String()))
            batch.alter_column("action", existing_type=sa.String(), type_=sa.String(200))


    def downgrade():
        with op.batch_alter_table("audit") as batch:
            batch.alter_column("action", existing_type=sa.String(200), type_=sa.String())
            batch.drop_column("note")
        with op.batch_alter_table("certificates") as batch:
            batch.alter_column("kind", existing_type=sa.String(), nullable=False)
        with op.batch_alter_table("children") as batch:
            batch.alter_column("state", existing_type=sa.String(40), type_=sa.String())
            batch.drop_column("note")
"""

FORGETS_ROWS = """
    def upgrade():
        op.execute("DELETE FROM guardianships")


    def downgrade():
        pass
"""

CUTS_LOOSE = """
    def upgrade():
        op.execute("UPDATE guardianships SET child_id = child_id + 1000")


    def downgrade():
        pass
"""


def _with_later(folder: Path, deeds: str) -> Path:
    """The product's revisions and one more."""
    scripts = folder / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    last = migrate.revisions()[-1]
    head = f"""
        import sqlalchemy as sa
        from alembic import op

        revision = "later"
        down_revision = "{last}"
        branch_labels = None
        depends_on = None
    """
    later = scripts / "versions" / "later.py"
    later.write_text(f"{dedent(head)}\n\n{dedent(deeds)}", encoding="utf-8")
    return scripts


@pytest.fixture
async def filled(database: Database, tmp_path: Path) -> Rows:
    """What stands in every table before anything migrates."""
    await settle(database, tmp_path)
    rows = await rows_of(database)
    assert [name for name, held in rows.items() if not held] == []
    return rows


async def _tables(database: Database) -> set[str]:
    async with database.read() as tx:
        names = await tx.run_sync(lambda connection: inspect(connection).get_table_names())
    return {name for name in names if not fulltext.is_of_index(name)} - {"alembic_version"}


async def _columns(database: Database) -> dict[str, set[str]]:
    """Each table's columns, as they stand now."""

    def named(connection: Connection, table: str) -> set[str]:
        return {column["name"] for column in inspect(connection).get_columns(table)}

    names = await _tables(database)
    async with database.read() as tx:
        return {name: await tx.run_sync(named, name) for name in names}


def _only(rows: Rows, columns: dict[str, set[str]]) -> Rows:
    return {
        name: [{key: row[key] for key in row if key in stood} for row in rows[name]]
        for name, stood in columns.items()
    }


async def _triggers(database: Database) -> list[str]:
    async with database.read() as tx:
        return await tx.run_sync(list_triggers)


def _described(connection: Connection) -> list[str]:
    """Indexes word for word, partial ones with their conditions, and what points where."""
    if connection.dialect.name == "sqlite":
        indexes = "SELECT name || ' ' || sql FROM sqlite_master WHERE type = 'index' AND sql <> ''"
    else:
        indexes = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
    found = [str(row[0]) for row in connection.execute(text(indexes))]
    for name in inspect(connection).get_table_names():
        for key in inspect(connection).get_foreign_keys(name):
            columns, target = key["constrained_columns"], key["referred_table"]
            found.append(f"{name}{columns} -> {target}")
        unique = inspect(connection).get_unique_constraints(name)
        found += [f"{name} unique {sorted(one['column_names'])}" for one in unique]
    return sorted(found)


async def _schema(database: Database) -> list[str]:
    async with database.read() as tx:
        return await tx.run_sync(_described)


async def _refuses(database: Database, statement: Any) -> bool:
    try:
        async with database.write() as tx:
            await tx.execute(statement)
    except DBAPIError as error:
        return "append-only" in str(error.orig)
    return False


async def _audit_stands(database: Database) -> None:
    assert await _triggers(database) == TRIGGERS[database.dialect]
    assert await _refuses(database, update(AuditRecord).values(action="forged"))
    assert await _refuses(database, delete(AuditRecord))


async def test_models_are_the_schema(database: Database) -> None:
    assert await migrate.differences(database) == []
    assert not await migrate.pending(database)
    assert await _triggers(database) == TRIGGERS[database.dialect]


async def test_down_to_every_revision_and_up_again(database: Database, filled: Rows) -> None:
    """The newest is gone down from last, so each one down to it and up is tried."""
    before = await _schema(database)
    for revision in [*migrate.revisions()[::-1], "base"]:
        await migrate.downgrade(database, revision)
        stayed = await _columns(database)
        await migrate.upgrade(database)

        # a column that came later goes with what it held
        assert _only(await rows_of(database), stayed) == _only(filled, stayed)
        assert await migrate.differences(database) == []
        assert await _schema(database) == before
        assert await _triggers(database) == TRIGGERS[database.dialect]


async def test_at_the_base_nothing_is_left(database: Database, filled: Rows) -> None:
    await migrate.downgrade(database, "base")

    assert await _tables(database) == set()
    assert await _triggers(database) == []
    assert await migrate.pending(database)


async def test_rebuilt_tables_keep_rows_triggers_and_conditions(
    database: Database, filled: Rows, tmp_path: Path
) -> None:
    scripts = _with_later(tmp_path, REBUILDS)
    before = await _schema(database)
    for _ in range(2):
        await migrate.upgrade(database, scripts=scripts)
        assert await rows_of(database) == filled
        assert await migrate.differences(database) != []
        assert await _schema(database) == before
        await _audit_stands(database)

        await migrate.downgrade(database, migrate.revisions()[-1], scripts=scripts)
        assert await rows_of(database) == filled
        assert await migrate.differences(database) == []
        assert await _schema(database) == before
        await _audit_stands(database)


async def test_what_points_to_a_rebuilt_table_is_still_guarded(
    database: Database, filled: Rows, tmp_path: Path
) -> None:
    await migrate.upgrade(database, scripts=_with_later(tmp_path, REBUILDS))

    with pytest.raises(DBAPIError):
        async with database.write() as tx:
            await tx.execute(delete(Child))
    assert await rows_of(database) == filled


async def test_a_migration_that_loses_rows_changes_nothing(
    database: Database, filled: Rows, tmp_path: Path
) -> None:
    with pytest.raises(migrate.RowsLost) as raised:
        await migrate.upgrade(database, scripts=_with_later(tmp_path, FORGETS_ROWS))

    assert raised.value.args == (["guardianships"],)
    assert await rows_of(database) == filled
    assert not await migrate.pending(database)
    await _audit_stands(database)


async def test_a_migration_that_cuts_rows_loose_changes_nothing(
    database: Database, filled: Rows, tmp_path: Path
) -> None:
    """PostgreSQL refuses at once; SQLite looks at the end. Keys are watched again afterwards."""
    refusal = migrate.ForeignKeysBroken if database.dialect == "sqlite" else DBAPIError
    with pytest.raises(refusal):
        await migrate.upgrade(database, scripts=_with_later(tmp_path, CUTS_LOOSE))

    assert await rows_of(database) == filled
    assert not await migrate.pending(database)
    with pytest.raises(DBAPIError):
        async with database.write() as tx:
            await tx.execute(delete(Child))


async def test_a_database_of_newer_code_is_refused(database: Database) -> None:
    async with database.write() as tx:
        await tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(migrate.SchemaAhead):
        await migrate.pending(database)
