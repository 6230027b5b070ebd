"""One process per database and INSTANCE: the second one is refused before it touches a row.

What a process holds is marked with its instance's name, and a start takes back whatever bears it.
Two living processes of one name would take each other's work, so the name itself is held while the
process lives. SQLite: `flock` on `<database>.<instance>.lock`, which the system lets go when the
process ends, however it ends. PostgreSQL: an advisory lock of a session on a connection of its own;
the server lets it go with the connection, a moment after a crash, so a start waits a little.
The lock file stays where it is: removing it would let two processes hold two files of one name.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from core.db.engine import Database, away_is_said

PATIENCE_S = 5.0
"""How long PostgreSQL may take to notice that a process is gone."""
_PAUSE_S = 0.25


class AlreadyRunning(Exception):
    """Another process holds this instance's name; `instance` is that name."""

    def __init__(self, instance: str) -> None:
        super().__init__(instance)
        self.instance = instance


class InstanceLock:
    """Held from `take()` to `release()`, or to the end of the process."""

    def __init__(self, database: Database, instance: str) -> None:
        self._url = database.url
        self._instance = instance
        self._file: int | None = None
        self._engine: AsyncEngine | None = None
        self._connection: AsyncConnection | None = None

    async def take(self) -> None:
        """Raises AlreadyRunning, DatabaseAway, OSError (no file can be made there)."""
        if self._url.get_backend_name() != "sqlite":
            await self._take_session()
        elif self._url.database and self._url.database != ":memory:":
            self._take_file(lock_file(Path(self._url.database), self._instance))

    async def release(self) -> None:
        """Also where nothing is held, or the connection is long gone."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self._connection is not None:
            # the session's end is what lets go: a pool would keep it
            connection, self._connection = self._connection, None
            try:
                await connection.close()
            except (SQLAlchemyError, OSError):
                await connection.invalidate()
        if self._engine is not None:
            await self._engine.dispose()
            self._engine = None

    def _take_file(self, place: Path) -> None:
        handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise AlreadyRunning(self._instance) from error
        self._file = handle

    async def _take_session(self) -> None:
        # autocommit: an open transaction would hold back the cleaning of dead rows for days
        self._engine = create_async_engine(
            self._url, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True
        )
        with away_is_said():
            self._connection = await self._engine.connect()
            ends = asyncio.get_running_loop().time() + PATIENCE_S
            while not await self._try_session(self._connection):
                if asyncio.get_running_loop().time() >= ends:
                    await self.release()
                    raise AlreadyRunning(self._instance)
                await asyncio.sleep(_PAUSE_S)

    async def _try_session(self, connection: AsyncConnection) -> bool:
        taken = await connection.scalar(
            text("SELECT pg_try_advisory_lock(:number)"), {"number": lock_number(self._instance)}
        )
        return bool(taken)


def lock_file(database: Path, instance: str) -> Path:
    """Beside the database, whatever link or relative way leads there."""
    place = database.resolve()
    return place.with_name(f"{place.name}.{quote(instance, safe='')}.lock")


def lock_number(instance: str) -> int:
    """64 bits with a sign, as PostgreSQL wants them; its locks belong to one database anyway."""
    digest = hashlib.sha256(f"kruzhok:instance:{instance}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
