"""A copy of the database in one file, and back.

SQLite: the online backup of the engine itself, so the bot may go on working. PostgreSQL: its own
`pg_dump` and `pg_restore`. A backup never contains DATA_KEY: without it the sealed fields (СНИЛС,
phones, numbers, dialogues) cannot be opened, so the key is kept apart and apart from the backup.

After a restore a fence stands: the outbox sends nothing until an operator lifts it, or people would
hear again what they were told after the backup was made. It comes in the same transaction as the
data. The database that a restore replaces (SQLite) is kept beside it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.engine import URL, make_url

from core.db.engine import Database
from core.db.models import Lease
from core.domain.refusals import Refusal

FENCE = "fence"
_LAY_FENCE = (
    f"INSERT INTO leases (name, owner, epoch, until) VALUES ('{FENCE}', 'restore', 1, NULL) "
    "ON CONFLICT (name) DO UPDATE SET owner = 'restore'"
)
_SQLITE_HEAD = b"SQLite format 3\0"
_DUMP_HEAD = b"PGDMP"
_PATIENCE = 40  # steps of 0.25 s while somebody holds the database


class BackupRefused(Refusal):
    """params: `reason` is exists, absent, not-a-backup, locked, no-tool or tool-failed."""

    def __init__(self, reason: str, **params: str | int) -> None:
        super().__init__(reason=reason, **params)


async def backup(database_url: str, place: Path) -> None:
    """Write a new file, mode 600. Raises BackupRefused."""
    url = make_url(database_url)
    part = _part_of(place)
    try:
        if url.get_backend_name() == "sqlite":
            await asyncio.to_thread(_copy_into_one_file, _existing(url), part)
        else:
            await _run(
                ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}"],
                url,
            )
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)


async def restore(database_url: str, place: Path, now: datetime) -> Path | None:
    """Replace the database by a backup, fenced. Where the replaced one is kept (SQLite), if there
    was one. Raises BackupRefused."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return await asyncio.to_thread(_restore_sqlite, url, place, now)
    _check_head(place, _DUMP_HEAD)
    await _restore_postgres(url, place)
    return None


async def lift_fence(database: Database) -> bool:
    """Whether there was one."""
    async with database.write() as tx:
        gone = await tx.execute(delete(Lease).where(Lease.name == FENCE))
        return bool(gone.rowcount)


def _part_of(place: Path) -> Path:
    """The file that grows until it is whole; nobody else may read it."""
    if place.exists():
        raise BackupRefused("exists")
    part = place.with_name(place.name + ".part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    except OSError as error:
        raise BackupRefused("absent") from error
    return part


def _existing(url: URL) -> Path:
    place = Path(url.database or "")
    if not place.is_file():
        raise BackupRefused("absent")
    return place


def _copy_sqlite(source: Path, target: Path) -> None:
    steps = 0

    def count_steps(_status: int, remaining: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        if remaining and steps > _PATIENCE:
            raise BackupRefused("locked")

    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new, progress=count_steps, sleep=0.25)
    except sqlite3.OperationalError as error:
        raise BackupRefused("locked") from error


def _copy_into_one_file(source: Path, target: Path) -> None:
    """A copy with nothing beside it, for a place where nobody else is."""
    _copy_sqlite(source, target)
    with closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")


def _restore_sqlite(url: URL, place: Path, now: datetime) -> Path | None:
    _check_head(place, _SQLITE_HEAD)
    target = Path(url.database or "")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".restoring")
    kept = target.with_name(f"{target.name}.before-restore-{now:%Y%m%d-%H%M%S}")
    try:
        shutil.copyfile(place, fresh)
        fresh.chmod(0o600)
        _check_and_fence(fresh)
        if target.exists():
            _copy_into_one_file(target, kept)
            kept.chmod(0o600)
        else:
            kept = target
        _copy_sqlite(fresh, target)  # a running bot goes on with the restored data
    finally:
        fresh.unlink(missing_ok=True)
    return None if kept == target else kept


def _check_head(place: Path, head: bytes) -> None:
    try:
        with place.open("rb") as file:
            found = file.read(len(head))
    except OSError as error:
        raise BackupRefused("absent") from error
    if found != head:
        raise BackupRefused("not-a-backup")


def _check_and_fence(place: Path) -> None:
    try:
        with closing(sqlite3.connect(place)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupRefused("not-a-backup")
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute(_LAY_FENCE)
            connection.commit()
    except sqlite3.Error as error:
        raise BackupRefused("not-a-backup") from error


async def _restore_postgres(url: URL, place: Path) -> None:
    """The dump as SQL goes into one transaction of psql, and the fence after it: nobody ever sees
    the old data without the fence."""
    _find_tool("psql")
    script = await _run(
        [
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-privileges",
            "--file=-",
            str(place),
        ],
        url,
    )
    await _run(
        ["psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"],
        url,
        given=script + f"\n;SET search_path = public; {_LAY_FENCE};\n".encode(),
    )


async def _run(command: list[str], url: URL, *, given: bytes | None = None) -> bytes:
    """What the tool prints. Names and password go by environment, where no process list shows
    them."""
    process = await asyncio.create_subprocess_exec(
        _find_tool(command[0]),
        *command[1:],
        stdin=asyncio.subprocess.PIPE if given is not None else asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **_connection(url)},
    )
    said, _complaint = await process.communicate(given)
    if process.returncode != 0:
        raise BackupRefused("tool-failed", tool=command[0])
    return said


def _find_tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupRefused("no-tool", tool=name)
    return found


def _connection(url: URL) -> Mapping[str, str]:
    said = {
        "PGHOST": url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
    }
    return {name: value for name, value in said.items() if value}
