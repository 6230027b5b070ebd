"""Transactions: `Database.write()` for one use case, `Database.read()` for looking.

SQLite: the writer is an engine of one connection that opens `BEGIN IMMEDIATE`, so writers queue
in the pool instead of meeting `database is locked`; readers have their own connections (WAL).
PostgreSQL: one engine; what writers compete for is taken by a conditional UPDATE or a row lock.

Never await the network inside `write()`: `inside_write()` lets the messenger's edge refuse it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from core.db.crash import CrashPoint

Tx = AsyncConnection
"""One open transaction; what services pass to their steps and queries."""

_wanted: ContextVar[set[str] | None] = ContextVar("kruzhok_wake_after_commit", default=None)

BUSY_TIMEOUT_MS = 5000
LOOK_MS = 20
"""How long SQLite waits for the write lock at a time. Left to itself it soon looks for it every
tenth of a second only, and misses the short gaps between the writes of another process."""

WRITER_CACHE_KB = 64_000
"""Pages of SQLite the writer keeps. With the default 2 MB an import of a registry reads again and
again what it wrote a moment ago, and takes a fifth longer."""

_NO_ENTRY = ("28", "3D")  # SQLSTATE classes: authorization, catalogue name
_NOT_NOW = ("53300", "57P03")  # too many connections; starting or shutting down


class DatabaseAway(Exception):
    """The database cannot be reached or is locked: nothing was done, trying again is right."""


class DatabaseRefuses(DatabaseAway):
    """It answers, and lets nobody in: a wrong name, password or database in DATABASE_URL."""


def inside_write() -> bool:
    """Whether this task holds a write transaction right now."""
    return _wanted.get() is not None


def wake(topic: str) -> None:
    """Tell the workers of `topic` (`inbox`, `outbox`, `timers`) once this write has committed."""
    wanted = _wanted.get()
    if wanted is None:
        raise RuntimeError("wake() belongs inside Database.write()")
    wanted.add(topic)


class Database:
    """The one door to the database. `url` is an async SQLAlchemy address."""

    def __init__(self, url: str, *, crash: CrashPoint | None = None, pool_size: int = 5) -> None:
        self.url = make_url(url)
        self.crash = crash or CrashPoint()
        self._signals: dict[str, asyncio.Event] = {}
        self._quick: sqlite3.Connection | None = None
        if self.url.get_backend_name() == "sqlite":
            if self.url.database and self.url.database != ":memory:":
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            self._writer = _sqlite_engine(
                self.url, _begin_writing, LOOK_MS, pool_size=1, cache_kb=WRITER_CACHE_KB
            )
            self._reader = _sqlite_engine(
                self.url, _begin_reading, BUSY_TIMEOUT_MS, pool_size=pool_size
            )
        else:
            self._writer = self._reader = create_async_engine(
                self.url,
                pool_size=pool_size,
                max_overflow=pool_size,
                pool_pre_ping=True,
                hide_parameters=True,
            )
        self._looker = (
            self._reader
            if self.dialect == "sqlite"  # its BEGIN is no journey to a server
            else self._reader.execution_options(isolation_level="AUTOCOMMIT")
        )

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._writer.dialect.name

    @property
    def writer(self) -> AsyncEngine:
        """The engine itself, for migrations and checks only."""
        return self._writer

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """One write transaction; commits when the block ends well. Raises DatabaseAway."""
        if inside_write():
            raise RuntimeError("write() inside write(): pass the transaction to a step instead")
        wanted: set[str] = set()
        with away_is_said():
            async with self._writer.connect() as connection:
                async with connection.begin() as transaction:
                    token = _wanted.set(wanted)
                    try:
                        yield connection
                    finally:
                        _wanted.reset(token)
                    self.crash.before_commit()
                    await transaction.commit()
                self.crash.after_commit()
        for topic in wanted:
            self.signal(topic).set()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """One consistent look; nothing is kept. Raises DatabaseAway."""
        with away_is_said():
            async with self._reader.connect() as connection:
                yield connection

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Tx]:
        """For a single statement, which needs no transaction around it. Raises DatabaseAway."""
        with away_is_said():
            async with self._looker.connect() as connection:
                yield connection

    def quick_reader(self) -> sqlite3.Connection:
        """SQLite only: a connection for the event loop's own thread that reads and never waits.
        Raises sqlite3.OperationalError. For `core.db.hot_reads`."""
        if self._quick is None:
            address = f"file:{quote(self.url.database or '')}?mode=ro"
            self._quick = sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)
        return self._quick

    def signal(self, topic: str) -> asyncio.Event:
        """The in-process event of a topic: set after each commit that called `wake(topic)`."""
        return self._signals.setdefault(topic, asyncio.Event())

    async def close(self) -> None:
        if self._quick is not None:
            self._quick.close()
            self._quick = None
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


@contextmanager
def away_is_said() -> Iterator[None]:
    """Errors that say the database is out of reach become DatabaseAway."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise DatabaseAway(type(error.orig).__name__) from error
    except sqlite3.OperationalError as error:
        # of statements given to the driver as they are: core.db.hot_reads, hot_writes
        raise DatabaseAway(type(error).__name__) from error
    except PoolTimeout as error:
        raise DatabaseAway("pool") from error
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None) or ""
        if state.startswith(_NO_ENTRY):
            raise DatabaseRefuses(state) from error
        if error.connection_invalidated or state in _NOT_NOW:
            raise DatabaseAway(type(error.orig).__name__) from error
        raise
    except OSError as error:
        # asyncpg lets the refusal of a connection through as it is
        raise DatabaseAway(type(error).__name__) from error


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    looks = BUSY_TIMEOUT_MS // LOOK_MS
    for look in range(1, looks + 1):
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if look == looks or not _is_busy(error):
                raise
        else:
            return


def _is_busy(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY


def _sqlite_engine(
    url: URL,
    begin: Callable[[Connection], None],
    busy_timeout_ms: int,
    *,
    pool_size: int,
    cache_kb: int | None = None,
) -> AsyncEngine:
    engine = create_async_engine(
        url, pool_size=pool_size, max_overflow=0, pool_timeout=30, hide_parameters=True
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _on_connect(dbapi_connection: Any, _record: Any) -> None:
        dbapi_connection.isolation_level = None  # the driver must not open transactions itself
        cursor = dbapi_connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")
        if cache_kb is not None:
            cursor.execute(f"PRAGMA cache_size=-{cache_kb}")
        cursor.execute(f"PRAGMA busy_timeout={busy_timeout_ms}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _on_begin(connection: Connection) -> None:
        begin(connection)

    return engine
