"""Whether the database itself is whole: file, schema, what points where. Invariants of the domain
are the doctor's."""

from __future__ import annotations

from sqlalchemy import exists, inspect, select

from core.db import migrate
from core.db.backup import FENCE
from core.db.engine import Database
from core.db.models import Lease


async def look_over(database: Database) -> list[str]:
    """Codes of faults: behind, differs, damaged, foreign-keys, fenced. Empty when all is well."""
    if await migrate.pending(database):
        return ["behind"]
    found = []
    if await migrate.differences(database):
        found.append("differs")
    async with database.read() as tx:
        if database.dialect == "sqlite":
            if (await tx.exec_driver_sql("PRAGMA integrity_check")).scalar_one() != "ok":
                found.append("damaged")
            if (await tx.exec_driver_sql("PRAGMA foreign_key_check")).first() is not None:
                found.append("foreign-keys")
        if await tx.scalar(select(exists().where(Lease.name == FENCE))):
            found.append("fenced")
    return found


async def is_empty(database: Database) -> bool:
    """Whether no migration has ever touched it."""
    async with database.read() as tx:
        return await tx.run_sync(lambda connection: not inspect(connection).get_table_names())
