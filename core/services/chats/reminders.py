"""Staff are reminded of what waits too long, by working days of the municipality's calendar.

Once a working day, at ten in the municipality: one line in each topic of its moderation chats, not
a copy of each card. A request under review and an application count from the second working day; on
the fifth the club hears of its application in private, on the seventh the centre does. Whoever was
down at ten says it when up again, but not in the evening. Nothing is written when nothing waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, null, or_, select, update

from core import words
from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import (
    Application,
    BoundChat,
    Certificate,
    Municipality,
    Organisation,
    Programme,
    StaffRight,
)
from core.domain.calendar import local_date
from core.domain.certificates import CertificateState
from core.domain.enrolment import ApplicationState
from core.domain.outgoing import Notice
from core.domain.staff import MODERATORS, CardSubject, Role
from core.services.chats.steps import moderation_chats
from core.services.outgoing.steps import enqueue
from core.services.staff.steps import holds

REMINDED = "cards.waiting"
SILENT = "application.silent"
OVERDUE = "application.overdue"
BEGINS, ENDS = time(10), time(21)
TEAM_AFTER, CLUB_AFTER, CENTRE_AFTER = 2, 5, 7
"""Working days without a decision after which staff, the club and the centre are told."""


_PLACE = (Municipality.id, Municipality.timezone, Municipality.reminded_on)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits too long: how much, and the oldest with its working days."""

    count: int
    oldest_id: int
    days: int


@dataclass(frozen=True, kw_only=True)
class SilentApplication:
    """An application nobody has answered, without a word about the family."""

    id: int
    days: int
    programme: str
    organisation: str
    centre: str
    phone: str | None


@dataclass(frozen=True, kw_only=True)
class _Place:
    id: int
    timezone: str
    reminded_on: date | None


@dataclass(frozen=True, kw_only=True)
class _One:
    id: int
    days: int
    organisation_id: int | None = None


async def remind_of_waiting(database: Database, *, now: datetime, cipher: Cipher) -> int:
    """Order the reminders that are due; how many municipalities were reminded."""
    async with database.read() as tx:
        rows = await tx.execute(select(*_PLACE).order_by(Municipality.ordinal))
        places = [_Place(**row._mapping) for row in rows]
    done = 0
    for place in places:
        if not _is_time(place, now):
            continue
        async with database.read() as tx:
            waits = await _waits(tx, place, now)
        if not waits:
            continue
        async with database.write() as tx:
            today = local_date(now, place.timezone)
            # another process may have been first
            mine = await tx.execute(
                update(Municipality)
                .where(
                    Municipality.id == place.id,
                    or_(Municipality.reminded_on.is_(None), Municipality.reminded_on != today),
                )
                .values(reminded_on=today)
            )
            if mine.rowcount == 1:
                await _remind(tx, place, now=now, cipher=cipher)
                done += 1
    return done


class Reminders:
    """What a reminder says, read at the moment of sending."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def find_waiting(self, subject: CardSubject, bound_chat_id: int) -> Waiting | None:
        """None when all has been decided meanwhile, or the chat is bound no more."""
        now = self._clock.now()
        async with self._database.read() as tx:
            row = (
                await tx.execute(
                    select(*_PLACE)
                    .join(BoundChat, BoundChat.municipality_id == Municipality.id)
                    .where(BoundChat.id == bound_chat_id, BoundChat.unbound_at.is_(None))
                )
            ).one_or_none()
            if row is None:
                return None
            late = await _late(tx, subject, _Place(**row._mapping), now)
        if not late:
            return None
        return Waiting(count=len(late), oldest_id=late[0].id, days=late[0].days)

    async def find_silent(self, application_id: int) -> SilentApplication | None:
        """None when it has been answered meanwhile."""
        now = self._clock.now()
        async with self._database.read() as tx:
            row = (
                await tx.execute(
                    select(
                        Application.applied_at,
                        Programme.title,
                        Organisation.name,
                        Municipality.timezone,
                        func.coalesce(Municipality.centre_name, Municipality.name).label("centre"),
                        Municipality.centre_phone,
                    )
                    .join(Programme, Programme.id == Application.programme_id)
                    .join(Organisation, Organisation.id == Programme.organisation_id)
                    .join(Municipality, Municipality.id == Application.municipality_id)
                    .where(
                        Application.id == application_id,
                        Application.state == ApplicationState.NEW,
                    )
                )
            ).one_or_none()
        if row is None:
            return None
        return SilentApplication(
            id=application_id,
            days=_days(local_date(row.applied_at, row.timezone), local_date(now, row.timezone)),
            programme=row.title,
            organisation=row.name,
            centre=row.centre,
            phone=row.centre_phone,
        )


def _is_time(place: _Place, now: datetime) -> bool:
    local = now.astimezone(ZoneInfo(place.timezone))
    return (
        place.reminded_on != local.date()
        and BEGINS <= local.time() < ENDS
        and words.working_calendar().is_working(local.date())
    )


async def _waits(tx: Tx, place: _Place, now: datetime) -> bool:
    for subject in CardSubject:
        if await _late(tx, subject, place, now):
            return True
    return False


async def _remind(tx: Tx, place: _Place, *, now: datetime, cipher: Cipher) -> None:
    today = local_date(now, place.timezone)
    evening = datetime.combine(today, ENDS, tzinfo=ZoneInfo(place.timezone)).astimezone(UTC)
    chats = await moderation_chats(tx, place.id)
    for subject in CardSubject:
        if not await _late(tx, subject, place, now):
            continue
        for chat in chats:
            notice = Notice(
                kind=REMINDED,
                entity=subject.value,
                entity_id=chat.id,
                version=today.toordinal(),
                bound_chat_id=chat.id,
                expires_at=evening,
            )
            await enqueue(tx, notice, now=now, cipher=cipher)
    for one in await _late(tx, CardSubject.APPLICATIONS, place, now):
        for notice in await _told_of(tx, one, place.id, [chat.id for chat in chats], now):
            await enqueue(tx, notice, now=now, cipher=cipher)


async def _told_of(
    tx: Tx, one: _One, municipality_id: int, chats: list[int], now: datetime
) -> list[Notice]:
    """The club from its day on, the centre from its own; each hears of an application once."""
    told: list[Notice] = []
    if one.days >= CLUB_AFTER:
        told += [
            _of_application(SILENT, one, person_id=person)
            for person in await _holders(
                tx,
                frozenset({Role.PROVIDER}),
                municipality_id=municipality_id,
                organisation_id=one.organisation_id,
                now=now,
            )
        ]
    if one.days >= CENTRE_AFTER and chats:
        told += [_of_application(OVERDUE, one, bound_chat_id=chat) for chat in chats]
    elif one.days >= CENTRE_AFTER:
        told += [
            _of_application(OVERDUE, one, person_id=person)
            for person in await _holders(
                tx, MODERATORS, municipality_id=municipality_id, organisation_id=None, now=now
            )
        ]
    return told


def _of_application(
    kind: str, one: _One, *, person_id: int | None = None, bound_chat_id: int | None = None
) -> Notice:
    return Notice(
        kind=kind,
        entity=CardSubject.APPLICATIONS.value,
        entity_id=one.id,
        version=0,
        person_id=person_id,
        bound_chat_id=bound_chat_id,
    )


async def _holders(
    tx: Tx,
    roles: frozenset[Role],
    *,
    municipality_id: int,
    organisation_id: int | None,
    now: datetime,
) -> list[int]:
    people = await tx.scalars(
        select(StaffRight.person_id)
        .where(
            StaffRight.role.in_(sorted(roles)),
            StaffRight.municipality_id == municipality_id,
            StaffRight.organisation_id.is_not_distinct_from(organisation_id),
            holds(now),
        )
        .distinct()
    )
    return sorted(people)


async def _late(tx: Tx, subject: CardSubject, place: _Place, now: datetime) -> list[_One]:
    """What has waited long enough for a reminder, the oldest first."""
    asked: Select[*tuple[Any, ...]]
    if subject is CardSubject.CERTIFICATES:
        since = func.coalesce(Certificate.state_since, Certificate.requested_at)
        asked = select(Certificate.id, since.label("since"), null().label("organisation_id")).where(
            Certificate.municipality_id == place.id,
            Certificate.state == CertificateState.UNDER_REVIEW,
        )
    else:
        asked = (
            select(Application.id, Application.applied_at.label("since"), Programme.organisation_id)
            .join(Programme, Programme.id == Application.programme_id)
            .where(
                Application.municipality_id == place.id,
                Application.state == ApplicationState.NEW,
            )
        )
    today = local_date(now, place.timezone)
    found = [
        _One(
            id=row.id,
            days=_days(local_date(row.since, place.timezone), today),
            organisation_id=row.organisation_id,
        )
        for row in (await tx.execute(asked)).all()
    ]
    late = [one for one in found if one.days >= TEAM_AFTER]
    return sorted(late, key=lambda one: (-one.days, one.id))


def _days(since: date, today: date) -> int:
    """Working days that have passed; the day it came does not count."""
    return words.working_calendar().count_working_days(since, today)
