"""A person asks to be told when a programme has a seat again.

A watch knows an account and a programme, no child. It ends when its person has been told, or by a
tap. A seat may appear in many ways (an application taken back or refused, an import, a window that
opens, a change by staff), so nobody has to remember to tell: one use case looks at all watched
programmes, is woken when a seat is given back and looks by itself now and then.

Each appearance is told once. A seat that goes before its notice leaves (the night is silent) takes
the notice with it, and the watch waits for the next one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Municipality, Organisation, Person, Programme, SeatWatch
from core.domain.actors import Actor
from core.domain.calendar import local_date
from core.domain.outgoing import Notice
from core.domain.programmes import ProgrammeState
from core.domain.refusals import NotFound
from core.domain.silence import QuietHours, after_silence
from core.domain.watches import MOST_WATCHES, TooManyWatches
from core.services.outgoing.steps import enqueue
from core.services.programmes.seats import seats_of, seen_import
from core.services.watches.views import WatchView

ENTITY = "seat_watches"
_CHUNK = 500
_AT_ONCE = 100
"""Notices of one write."""


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """A live watch beside what the registry says now."""

    id: int
    person_id: int
    appearances: int
    noticed: bool
    has_seat: bool
    zone: str


class SeatWatches:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def watch(self, actor: Actor, programme_id: int) -> WatchView:
        """Wait for a seat; once more is harmless. Raises NotFound, TooManyWatches."""
        async with self._database.write() as tx:
            # one person's watches are begun one after the other
            await tx.execute(
                select(Person.id).where(Person.id == actor.person_id).with_for_update()
            )
            if not await _is_shown(tx, programme_id):
                raise NotFound(what="programme")
            live = await _live_programmes(tx, actor)
            if programme_id not in live:
                if len(live) >= MOST_WATCHES:
                    raise TooManyWatches(most=MOST_WATCHES)
                await tx.execute(
                    insert(SeatWatch).values(
                        person_id=actor.person_id,
                        programme_id=programme_id,
                        appearances=0,
                        since=self._clock.now(),
                    )
                )
            return (await self._views(tx, actor, SeatWatch.programme_id == programme_id))[0]

    async def unwatch(self, actor: Actor, programme_id: int) -> None:
        """Wait no more; where nothing was watched, nothing happens."""
        async with self._database.write() as tx:
            await tx.execute(
                update(SeatWatch)
                .where(*_live(actor), SeatWatch.programme_id == programme_id)
                .values(ended_at=self._clock.now())
            )

    async def watches(self, actor: Actor, programme_id: int) -> bool:
        """Whether the actor waits for a seat there."""
        async with self._database.read() as tx:
            return programme_id in await _live_programmes(tx, actor)

    async def list_mine(self, actor: Actor) -> list[WatchView]:
        """What the actor watches, the latest first; programmes that are gone are left out."""
        async with self._database.read() as tx:
            return await self._views(tx, actor)

    async def find_noticed(self, watch_id: int) -> WatchView | None:
        """The watch whose notice is due, while it lives and the seat is still there."""
        async with self._database.read() as tx:
            person_id = await tx.scalar(
                select(SeatWatch.person_id).where(
                    SeatWatch.id == watch_id,
                    SeatWatch.ended_at.is_(None),
                    SeatWatch.noticed_at.is_not(None),
                )
            )
            if person_id is None:
                return None
            actor = Actor(person_id=person_id, locale="", municipality_id=None)
            found = await self._views(tx, actor, SeatWatch.id == watch_id)
        return found[0] if found and found[0].seats_left != 0 else None

    async def told(self, tx: Tx, watch_id: int) -> None:
        """In the write that settles the notice: the watch has done its work."""
        await tx.execute(
            update(SeatWatch)
            .where(SeatWatch.id == watch_id, SeatWatch.ended_at.is_(None))
            .values(ended_at=self._clock.now())
        )

    async def tell_of_seats(self) -> int:
        """One look at all that is watched; how many notices it made. Costs one read when nothing
        has changed."""
        now = self._clock.now()
        async with self._database.read() as tx:
            seen = await _look(tx, now)
        appeared = [one for one in seen if one.has_seat and not one.noticed]
        gone = [one.id for one in seen if one.noticed and not one.has_seat]
        if not appeared and not gone:
            return 0
        async with self._database.write() as tx:
            await _wait_on(tx, gone)
        told = 0
        for start in range(0, len(appeared), _AT_ONCE):
            # an import may free seats that thousands wait for: nobody waits half a second for it
            async with self._database.write() as tx:
                for one in appeared[start : start + _AT_ONCE]:
                    told += await self._tell(tx, one, now)
        return told

    async def _tell(self, tx: Tx, one: _Seen, now: datetime) -> bool:
        """False when another process has told it meanwhile, or the person watches no more."""
        noted = await tx.execute(
            update(SeatWatch)
            .where(
                SeatWatch.id == one.id,
                SeatWatch.ended_at.is_(None),
                SeatWatch.noticed_at.is_(None),
            )
            .values(noticed_at=now, appearances=one.appearances + 1)
        )
        if noted.rowcount != 1:
            return False
        await enqueue(
            tx,
            Notice(
                kind="seat.appeared",
                entity=ENTITY,
                entity_id=one.id,
                version=one.appearances + 1,
                person_id=one.person_id,
                not_before=after_silence(now, one.zone, self._quiet),
            ),
            now=now,
            cipher=self._cipher,
        )
        return True

    async def _views(self, tx: Tx, actor: Actor, *more: Any) -> list[WatchView]:
        return await watch_views(tx, actor, *more, now=self._clock.now())


async def watch_views(tx: Tx, actor: Actor, *more: Any, now: datetime) -> list[WatchView]:
    """The actor's live watches, the latest first, inside somebody's transaction."""
    rows = (
        await tx.execute(
            select(
                SeatWatch.id,
                SeatWatch.programme_id,
                SeatWatch.since,
                Programme.title,
                Organisation.name.label("organisation_name"),
                Municipality.timezone,
            )
            .join(Programme, Programme.id == SeatWatch.programme_id)
            .join(Organisation, Organisation.id == Programme.organisation_id)
            .join(Municipality, Municipality.id == Programme.municipality_id)
            .where(*_live(actor), *_shown(), *more)
            .order_by(SeatWatch.id.desc())
        )
    ).all()
    seats = await _seats(tx, rows, now)
    return [
        WatchView(
            id=row.id,
            programme_id=row.programme_id,
            programme_title=row.title,
            organisation_name=row.organisation_name,
            seats_left=seats.get(row.programme_id, 0),
            since=row.since,
        )
        for row in rows
    ]


async def _look(tx: Tx, now: datetime) -> list[_Seen]:
    rows = (
        await tx.execute(
            select(
                SeatWatch.id,
                SeatWatch.person_id,
                SeatWatch.programme_id,
                SeatWatch.appearances,
                SeatWatch.noticed_at,
                Municipality.timezone,
            )
            .join(Programme, Programme.id == SeatWatch.programme_id)
            .join(Municipality, Municipality.id == Programme.municipality_id)
            .where(SeatWatch.ended_at.is_(None), *_shown())
            .order_by(SeatWatch.id)
        )
    ).all()
    seats = await _seats(tx, rows, now)
    return [
        _Seen(
            id=row.id,
            person_id=row.person_id,
            appearances=row.appearances,
            noticed=row.noticed_at is not None,
            has_seat=seats.get(row.programme_id, 0) != 0,
            zone=row.timezone,
        )
        for row in rows
    ]


async def _seats(
    tx: Tx, rows: Sequence[Row[*tuple[Any, ...]]], now: datetime
) -> dict[int, int | None]:
    """Seats left by programme, each on the day of its own municipality."""
    of_zone: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        of_zone[row.timezone].add(row.programme_id)
    seats: dict[int, int | None] = {}
    for zone, programme_ids in of_zone.items():
        wanted = sorted(programme_ids)
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            seats.update(await seats_of(tx, chunk, local_date(now, zone)))
    return seats


async def _wait_on(tx: Tx, watch_ids: Collection[int]) -> None:
    """The seat went before its notice left: the next appearance is told anew."""
    if watch_ids:
        await tx.execute(
            update(SeatWatch)
            .where(SeatWatch.id.in_(watch_ids), SeatWatch.ended_at.is_(None))
            .values(noticed_at=None)
        )


async def _live_programmes(tx: Tx, actor: Actor) -> set[int]:
    return set((await tx.execute(select(SeatWatch.programme_id).where(*_live(actor)))).scalars())


async def _is_shown(tx: Tx, programme_id: int) -> bool:
    found = await tx.scalar(
        select(func.count()).select_from(Programme).where(Programme.id == programme_id, *_shown())
    )
    return bool(found)


def _live(actor: Actor) -> tuple[Any, ...]:
    return SeatWatch.person_id == actor.person_id, SeatWatch.ended_at.is_(None)


def _shown() -> tuple[Any, ...]:
    return Programme.state == ProgrammeState.PUBLISHED, seen_import(Programme.import_id)
