"""Bring the schema to a revision, on SQLite and PostgreSQL, without losing a row or a trigger.

SQLite: foreign keys are off while tables are rebuilt (with them on, a rebuilt table's children
go by cascade, silently), and checked before the commit.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from core.db.engine import Database, away_is_said
from core.db.fulltext import belongs_to_models, is_of_index
from core.db.models import Base
from core.db.triggers import lay_triggers

SCRIPTS = Path(__file__).parent / "migrations"
"""Where the revisions of the product lie; `scripts` below names another folder of that shape."""


_COMPARED = {"compare_type": True, "include_object": belongs_to_models}


class ForeignKeysBroken(Exception):
    """A migration left rows that point nowhere; nothing was committed."""


class RowsLost(Exception):
    """A migration left a table that stays with fewer rows; nothing was committed."""


async def upgrade(database: Database, revision: str = "head", *, scripts: Path = SCRIPTS) -> None:
    """Go up to `revision`. Raises ForeignKeysBroken, RowsLost, DatabaseAway."""
    await _run(database, revision, scripts, up=True)


async def downgrade(database: Database, revision: str, *, scripts: Path = SCRIPTS) -> None:
    """Go down to `revision` (`base` for an empty schema). Raises ForeignKeysBroken, RowsLost."""
    await _run(database, revision, scripts, up=False)


class SchemaAhead(Exception):
    """The database was brought to a migration this code does not have: it is of a newer one."""


async def pending(database: Database) -> bool:
    """Whether the schema is behind. Raises SchemaAhead."""
    async with database.read() as tx:
        current = await tx.run_sync(
            lambda connection: MigrationContext.configure(connection).get_current_revision()
        )
    if current is not None and current not in revisions():
        raise SchemaAhead(current)
    return current != ScriptDirectory.from_config(_config(SCRIPTS)).get_current_head()


def revisions(scripts: Path = SCRIPTS) -> list[str]:
    """All revisions, the oldest first."""
    walked = ScriptDirectory.from_config(_config(scripts)).walk_revisions()
    return [script.revision for script in walked][::-1]


async def differences(database: Database) -> list[object]:
    """What distinguishes the schema from the models; empty when they are equal."""
    async with database.read() as tx:
        return await tx.run_sync(_compare)


def _compare(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts=_COMPARED)
    return list(compare_metadata(context, Base.metadata))


async def _run(database: Database, revision: str, scripts: Path, *, up: bool) -> None:
    async with AsyncExitStack() as stack:
        with away_is_said():  # not around the migrations: what fails there is no matter of reach
            connection = await stack.enter_async_context(database.writer.connect())
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # a PRAGMA counts only outside a transaction, and SQLAlchemy opens one by itself
            driver = await connection.get_raw_connection()
            await _pragma(driver, "OFF")
            await connection.rollback()
        try:
            async with connection.begin():
                await connection.run_sync(_migrate, revision, scripts, up)
                await connection.run_sync(lay_triggers)
                if sqlite:
                    broken = (
                        await connection.exec_driver_sql("PRAGMA foreign_key_check")
                    ).fetchall()
                    if broken:
                        raise ForeignKeysBroken(sorted({str(row[0]) for row in broken}))
        finally:
            if sqlite:
                driver = await connection.get_raw_connection()
                await _pragma(driver, "ON")


async def _pragma(driver: object, value: str) -> None:
    inner = driver.driver_connection  # type: ignore[attr-defined]
    await inner.execute(f"PRAGMA foreign_keys={value}")


def _migrate(connection: Connection, revision: str, scripts: Path, up: bool) -> None:
    config = _config(scripts)
    config.attributes["connection"] = connection
    before = _counts(connection)
    (command.upgrade if up else command.downgrade)(config, revision)
    after = _counts(connection)
    lost = [name for name, rows in before.items() if name in after and after[name] < rows]
    if lost:
        raise RowsLost(sorted(lost))


def _counts(connection: Connection) -> dict[str, int]:
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
        for name in inspect(connection).get_table_names()
        if name != "alembic_version" and not is_of_index(name)
    }


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    return config
