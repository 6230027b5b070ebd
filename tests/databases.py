"""Fresh databases for tests: a migrated SQLite file, or a PostgreSQL database made from a template.

`KRUZHOK_TEST_POSTGRES` names the server (an async SQLAlchemy address without a database). Where no
server answers, tests marked `postgres` are skipped with the reason, and fail when `CI=true`.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import URL, make_url

from core.db import migrate
from core.db.engine import Database

SERVER = make_url(
    os.environ.get("KRUZHOK_TEST_POSTGRES", "postgresql+asyncpg://postgres@127.0.0.1:5432")
)
_RUN = uuid.uuid4().hex[:8]
_TEMPLATE = f"kruzhok_template_{_RUN}"


async def sqlite_file(folder: Path, template: Path) -> str:
    """A copy of a migrated file; gives its address."""
    place = folder / "kruzhok.db"
    shutil.copyfile(template, place)
    return f"sqlite+aiosqlite:///{place}"


def make_sqlite_template(folder: Path) -> Path:
    """An empty database at head, to be copied."""
    place = folder / "template.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{place}"))
    return place


def postgres_or_skip() -> None:
    """Skip (or, in CI, fail) where no server answers."""
    try:
        asyncio.run(_ping())
    except (OSError, asyncpg.PostgresError) as error:
        reason = f"no PostgreSQL at {SERVER.host}:{SERVER.port} ({type(error).__name__})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


def make_postgres_template() -> Iterator[str]:
    """A migrated template database of this test run; dropped at the end."""
    asyncio.run(administer(f'CREATE DATABASE "{_TEMPLATE}"'))
    try:
        asyncio.run(_migrate(_address(_TEMPLATE)))
        yield _TEMPLATE
    finally:
        asyncio.run(administer(f'DROP DATABASE IF EXISTS "{_TEMPLATE}" WITH (FORCE)'))


@asynccontextmanager
async def postgres_database(template: str) -> AsyncIterator[str]:
    """A database of one test; gives its address and drops it afterwards."""
    name = f"kruzhok_test_{uuid.uuid4().hex[:12]}"
    await administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield _address(name)
    finally:
        await administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _address(name: str) -> str:
    return SERVER.set(database=name).render_as_string(hide_password=False)


async def _migrate(url: str) -> None:
    database = Database(url)
    await migrate.upgrade(database)
    await database.close()


async def _ping() -> None:
    connection = await _connect(SERVER)
    await connection.close()


async def administer(statement: str) -> None:
    connection = await _connect(SERVER)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _connect(server: URL) -> asyncpg.Connection:
    return await asyncpg.connect(
        host=server.host or "127.0.0.1",
        port=server.port or 5432,
        user=server.username or "postgres",
        password=server.password,
        database="postgres",
        timeout=5,
    )
