"""Coming into the web desk by a one-time link from the bot, staying a while, leaving.

Of codes and sessions only hashes are kept. Junk, expired, used codes and those of people who lost
their right get one answer; so do sessions that never were, have ended or lost their right. Rights
are read anew at each visit, so the desk closes with the last right that opens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from core.clock import Chance, Clock
from core.db.engine import Database, Tx
from core.db.models import DeskEntry, DeskSession, Municipality, Person
from core.domain.actors import Actor
from core.domain.codes import CODE_LENGTH, code_hash
from core.domain.desk import (
    ENTRY_LIFE,
    SEEN_EVERY,
    SESSION_IDLE,
    SESSION_LIFE,
    DeskClosed,
    DeskLinkInvalid,
    opens_desk,
    session_holds,
)
from core.domain.refusals import NotAllowed
from core.domain.staff import Right
from core.services.audit.steps import record
from core.services.staff.steps import require, rights_of

_ENTITY = "desk_sessions"
_SPENT_CODES_STAY = timedelta(days=1)
_PAST_SESSIONS_STAY = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class EntryCode:
    """Shown once, to the one who asked."""

    code: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One look of somebody who is in. `timezone` is that of the first municipality served."""

    session_id: int
    actor: Actor
    name: str | None
    rights: tuple[Right, ...]
    timezone: str


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """A browser that is in now."""

    id: int
    begun_at: datetime
    seen_at: datetime


class DeskEntrances:
    def __init__(self, database: Database, clock: Clock, chance: Chance) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance

    async def invite(self, actor: Actor) -> EntryCode:
        """A code for one entry; codes the person asked for earlier open nothing any more.

        Raises NotAllowed.
        """
        code = self._chance.token(CODE_LENGTH)
        async with self._database.write() as tx:
            now = self._clock.now()
            await require(tx, actor.person_id, now=now, allows=opens_desk)
            await tx.execute(
                delete(DeskEntry).where(DeskEntry.expires_at < now - _SPENT_CODES_STAY)
            )
            await tx.execute(
                delete(DeskSession).where(DeskSession.expires_at < now - _PAST_SESSIONS_STAY)
            )
            await tx.execute(
                update(DeskEntry)
                .where(
                    DeskEntry.person_id == actor.person_id,
                    DeskEntry.used_at.is_(None),
                    DeskEntry.expires_at > now,
                )
                .values(expires_at=now)
            )
            await tx.execute(
                insert(DeskEntry).values(
                    code_sha256=code_hash(code),
                    person_id=actor.person_id,
                    made_at=now,
                    expires_at=now + ENTRY_LIFE,
                )
            )
        return EntryCode(code=code, expires_at=now + ENTRY_LIFE)

    async def enter(self, code: str) -> str:
        """The token of a new session. Raises DeskLinkInvalid."""
        token = self._chance.token(CODE_LENGTH)
        async with self._database.write() as tx:
            now = self._clock.now()
            person_id = await _spend(tx, code, now)
            rights = await rights_of(tx, person_id, now)
            if not opens_desk(rights):
                raise DeskLinkInvalid()
            session_id = (
                await tx.execute(
                    insert(DeskSession)
                    .values(
                        token_sha256=code_hash(token),
                        person_id=person_id,
                        begun_at=now,
                        seen_at=now,
                        expires_at=now + SESSION_LIFE,
                    )
                    .returning(DeskSession.id)
                )
            ).scalar_one()
            await _note(tx, now, person_id, "desk.entered", session_id)
        return token

    async def visit(self, token: str) -> Visit:
        """Who looks, with the rights of this moment. Raises DeskClosed."""
        now = self._clock.now()
        async with self._database.read() as tx:
            row = await _find(tx, token)
            if row is None or not _holds(row, now):
                raise DeskClosed()
            rights = await rights_of(tx, row.person_id, now)
            zone = await _zone(tx, rights) if opens_desk(rights) else None
        if zone is None:
            await self._end(row.person_id, now, session_id=row.id)
            raise DeskClosed()
        if now - row.seen_at >= SEEN_EVERY:
            await self._note_seen(row.id, now)
        return Visit(
            session_id=row.id,
            actor=Actor(
                person_id=row.person_id, locale=row.locale, municipality_id=row.municipality_id
            ),
            name=row.name,
            rights=tuple(rights),
            timezone=zone,
        )

    async def leave(self, visit: Visit) -> None:
        """This browser only."""
        await self._end(visit.actor.person_id, self._clock.now(), session_id=visit.session_id)

    async def leave_everywhere(self, actor: Actor) -> None:
        """Every browser of this person."""
        await self._end(actor.person_id, self._clock.now())

    async def list_sessions(self, actor: Actor) -> list[OpenSession]:
        """The person's own that hold now, newest first."""
        now = self._clock.now()
        async with self._database.read() as tx:
            rows = await tx.execute(
                select(DeskSession.id, DeskSession.begun_at, DeskSession.seen_at)
                .where(
                    DeskSession.person_id == actor.person_id,
                    DeskSession.ended_at.is_(None),
                    DeskSession.expires_at > now,
                    DeskSession.seen_at > now - SESSION_IDLE,
                )
                .order_by(DeskSession.id.desc())
            )
            return [OpenSession(id=r.id, begun_at=r.begun_at, seen_at=r.seen_at) for r in rows]

    async def _end(self, person_id: int, now: datetime, *, session_id: int | None = None) -> None:
        mine = [DeskSession.person_id == person_id, DeskSession.ended_at.is_(None)]
        if session_id is not None:
            mine.append(DeskSession.id == session_id)
        async with self._database.write() as tx:
            ended = await tx.execute(
                update(DeskSession).where(*mine).values(ended_at=now).returning(DeskSession.id)
            )
            for ended_id in ended.scalars().all():
                await _note(tx, now, person_id, "desk.left", ended_id)

    async def _note_seen(self, session_id: int, now: datetime) -> None:
        async with self._database.write() as tx:
            await tx.execute(
                update(DeskSession)
                .where(DeskSession.id == session_id, DeskSession.ended_at.is_(None))
                .values(seen_at=now)
            )


async def check_visitor(tx: Tx, actor: Actor, now: datetime) -> list[Right]:
    """The actor's rights, if they open the desk. Raises NotAllowed."""
    rights = await rights_of(tx, actor.person_id, now)
    if not opens_desk(rights):
        raise NotAllowed()
    return rights


async def _spend(tx: Tx, code: str, now: datetime) -> int:
    """The code's owner; the code is used up. Raises DeskLinkInvalid."""
    owner = (
        await tx.execute(
            update(DeskEntry)
            .where(
                DeskEntry.code_sha256 == code_hash(code),
                DeskEntry.used_at.is_(None),
                DeskEntry.expires_at > now,
            )
            .values(used_at=now)
            .returning(DeskEntry.person_id)
        )
    ).scalar_one_or_none()
    if owner is None:
        raise DeskLinkInvalid()
    return int(owner)


async def _find(tx: Tx, token: str) -> Row[*tuple[Any, ...]] | None:
    found: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(
                DeskSession.id,
                DeskSession.person_id,
                DeskSession.seen_at,
                DeskSession.expires_at,
                DeskSession.ended_at,
                Person.locale,
                Person.name,
                Person.municipality_id,
            )
            .join(Person, Person.id == DeskSession.person_id)
            .where(DeskSession.token_sha256 == code_hash(token))
        )
    ).one_or_none()
    return found


def _holds(row: Row[*tuple[Any, ...]], now: datetime) -> bool:
    return row.ended_at is None and session_holds(
        seen_at=row.seen_at, expires_at=row.expires_at, now=now
    )


async def _zone(tx: Tx, rights: list[Right]) -> str:
    zone: str = (
        await tx.execute(
            select(Municipality.timezone).where(Municipality.id == rights[0].municipality_id)
        )
    ).scalar_one()
    return zone


async def _note(tx: Tx, now: datetime, person_id: int, action: str, session_id: int) -> None:
    await record(
        tx,
        at=now,
        actor=f"person:{person_id}",
        action=action,
        entity=_ENTITY,
        entity_id=session_id,
        municipality_id=None,
    )
