"""What all tests share: `database` on SQLite and on PostgreSQL, and the sandbox.

A test that asks for `database` runs twice; `sqlite_url` gives the embedded one only.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from core.db.engine import Database
from tests import databases


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.make_sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    databases.postgres_or_skip()
    yield from databases.make_postgres_template()


@pytest.fixture
async def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    return await databases.sqlite_file(tmp_path, sqlite_template)


@pytest.fixture
async def postgres_url(postgres_template: str) -> AsyncIterator[str]:
    async with databases.postgres_database(postgres_template) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


FULL = os.environ.get("KRUZHOK_FULL") == "1"
CROSSES = ("test_equal_taps", "test_redelivery", "test_planted_bytes")
"""Whole walks that cross modes with databases; the short form takes each of both once."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the other crossings to `make full`; they are counted as deselected."""
    if FULL:
        return
    left_out = [item for item in items if _is_other_crossing(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _is_other_crossing(item: pytest.Item) -> bool:
    if not item.nodeid.rpartition("/")[2].startswith(CROSSES):
        return False
    return any(pair in item.name for pair in ("webhook-sqlite", "sqlite-webhook")) or any(
        pair in item.name for pair in ("polling-postgresql", "postgresql-polling")
    )


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failure: the machine can run them all."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None or exitstatus != 0:
        return
    if reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
