"""One import at a time, and no trace of one that was cut off.

The turn is a lease named "import", renewed with every chunk; its epoch grows with each holder, so
an importer that slept past its lease cannot write on. Rows left by an import that never became
visible are taken away by the next one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Delete

from core.db.engine import Database, Tx
from core.db.models import Application, Certificate, Child, Group, Import, Lease, Programme
from core.domain.refusals import Refusal

NAME = "import"
LIFE = timedelta(seconds=30)
SWEPT_AT_ONCE = 2_000


class ImportRunning(Refusal):
    """Another import holds the turn."""


async def take_turn(tx: Tx, owner: str, now: datetime) -> int:
    """The epoch of the turn. Raises ImportRunning."""
    make = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    await tx.execute(make(Lease).values(name=NAME, epoch=0).on_conflict_do_nothing())
    epoch: int | None = await tx.scalar(
        update(Lease)
        .where(Lease.name == NAME, or_(Lease.until.is_(None), Lease.until < now))
        .values(owner=owner, epoch=Lease.epoch + 1, until=now + LIFE)
        .returning(Lease.epoch)
    )
    if epoch is None:
        raise ImportRunning()
    return epoch


async def keep_turn(tx: Tx, epoch: int, now: datetime) -> None:
    """Renew inside each write. Raises ImportRunning when somebody else has the turn by now."""
    kept = await tx.execute(
        update(Lease).where(Lease.name == NAME, Lease.epoch == epoch).values(until=now + LIFE)
    )
    if kept.rowcount == 0:
        raise ImportRunning()


async def give_back(tx: Tx, epoch: int) -> None:
    await tx.execute(
        update(Lease).where(Lease.name == NAME, Lease.epoch == epoch).values(owner=None, until=None)
    )


async def sweep(database: Database, epoch: int, now: datetime) -> None:
    """Take away what imports that never became visible left, in chunks: no read has seen it."""
    async with database.read() as tx:
        left = (await tx.scalars(select(Import.id).where(Import.visible_at.is_(None)))).all()
    for import_id in left:
        for table in _BROUGHT:
            statement = _some(table, import_id)
            gone = SWEPT_AT_ONCE
            while gone == SWEPT_AT_ONCE:
                async with database.write() as tx:
                    await keep_turn(tx, epoch, now)
                    gone = (await tx.execute(statement)).rowcount
        async with database.write() as tx:
            await keep_turn(tx, epoch, now)
            await tx.execute(delete(Import).where(Import.id == import_id))


_Brought = type[Application] | type[Certificate] | type[Child] | type[Group] | type[Programme]

# what points goes before what it points to
_BROUGHT: tuple[_Brought, ...] = (Application, Certificate, Child, Group, Programme)


def _some(table: _Brought, import_id: int) -> Delete:
    some = select(table.id).where(table.import_id == import_id).limit(SWEPT_AT_ONCE)
    return delete(table).where(table.id.in_(some))
