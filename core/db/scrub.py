"""Taking erased bytes out of the files of the database.

`secure_delete` overwrites what is deleted inside the pages; older copies of those pages still stand
in the WAL until it is written back and cut off. PostgreSQL keeps its own files: its vacuum takes
dead rows away, and whoever archives its log keeps them as long as the archive.
"""

from __future__ import annotations

import asyncio

from core.db.engine import Database

_TABLES = ("people", "children", "certificates", "dialogue_states", "inbox", "outbox")
_TRIES = 20
_PAUSE_S = 0.05


async def scrub(database: Database) -> bool:
    """False while somebody still reads an older page: try again later."""
    if database.dialect != "sqlite":
        options = database.writer.execution_options(isolation_level="AUTOCOMMIT")
        async with options.connect() as connection:
            await connection.exec_driver_sql(f"VACUUM {', '.join(_TABLES)}")
        return True
    for _ in range(_TRIES):
        if await _cut_wal(database):
            return True
        await asyncio.sleep(_PAUSE_S)
    return False


async def _cut_wal(database: Database) -> bool:
    """Through the writer, past the BEGIN that every transaction of its engine opens with."""
    async with database.writer.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        if raw is None:
            return False
        cursor = await raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = await cursor.fetchone()
        await cursor.close()
        return row is not None and row[0] == 0
