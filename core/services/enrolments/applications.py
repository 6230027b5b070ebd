"""A family applies for a seat in a group. The seat is theirs from the application on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Application
from core.domain.actors import Actor
from core.domain.calendar import WorkingCalendar
from core.domain.consents import ConsentKind, ConsentNeeded
from core.domain.enrolment import (
    ANSWER_WORKING_DAYS,
    WITHDRAWABLE,
    ApplicationSource,
    ApplicationState,
    SeatTaken,
)
from core.domain.family import FamilyRole
from core.domain.refusals import AlreadyDecided, NotFound
from core.domain.registry_tasks import TaskState
from core.domain.schedule import from_stored
from core.domain.staff import CardSubject
from core.services.audit.steps import record
from core.services.chats.steps import show_card
from core.services.children.steps import Reach, followed_by, get_child, guarded_by, lock_child
from core.services.enrolments.doors import Doors
from core.services.enrolments.queries import as_view, get_view, views
from core.services.enrolments.rules import Prospect, find_by_key, judge, look_at
from core.services.enrolments.steps import ENTITY, give_seat_back, is_full_for, take_seat
from core.services.enrolments.views import ApplicationView, Weighing
from core.services.registry_tasks.steps import end_tasks


class Applications:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, calendar: WorkingCalendar
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._calendar = calendar
        self._doors = Doors()

    async def weigh(self, actor: Actor, child_id: int, group_id: int) -> Weighing:
        """What applying would mean now; nothing is held. Raises the refusals of `apply`, except
        that a missing transfer consent is `consent_needed`."""
        async with self._database.read() as tx:
            child = await get_child(tx, actor, child_id, Reach.FAMILY)
            row = await look_at(tx, child, group_id, person_id=actor.person_id)
        prospect = judge(row, child, group_id, now=self._clock.now())
        if prospect.seats_left == 0:
            raise SeatTaken()
        group = prospect.row
        return Weighing(
            municipality_id=prospect.municipality_id,
            child_id=child_id,
            group_id=group_id,
            programme_title=group.title,
            organisation_name=group.organisation_name,
            organisation_id=group.organisation_id,
            group_name=group.group_name,
            schedule=from_stored(group.schedule),
            schedule_note=group.schedule_note,
            address=group.address,
            starts_on=group.starts_on,
            price_kopecks=prospect.price_kopecks,
            seats_left=prospect.seats_left,
            answer_by=self._calendar.add_working_days(prospect.today, ANSWER_WORKING_DAYS),
            consent_needed=child.role is FamilyRole.GUARDIAN and not prospect.transfer_consent,
        )

    async def apply(
        self, actor: Actor, child_id: int, group_id: int, *, key: str
    ) -> ApplicationView:
        """Take a seat. The same key gives the same application.

        Raises NotFound, AlreadyApplied, GroupFinished, NotYetOpen, WindowClosed, TooOld,
        AgeOutOfBounds, CertificateNeeded, ConsentNeeded, SeatTaken.
        """
        async with self._doors.to(group_id):
            async with self._database.look() as tx:
                # a look before the writers' queue: in the rush most are told so; it only refuses
                if await is_full_for(tx, actor, child_id, group_id, key):
                    raise SeatTaken()
            return await self._apply(actor, child_id, group_id, key)

    async def _apply(self, actor: Actor, child_id: int, group_id: int, key: str) -> ApplicationView:
        async with self._database.write() as tx:
            child = await lock_child(tx, actor, child_id)
            row = await look_at(tx, child, group_id, person_id=actor.person_id, key=key)
            same = row.same_key if row is not None else await find_by_key(tx, child, key)
            if same is not None:
                return await get_view(tx, same, self._cipher)
            now = self._clock.now()
            prospect = judge(row, child, group_id, now=now)
            if not prospect.transfer_consent:
                raise ConsentNeeded(
                    kind=ConsentKind.TRANSFER, organisation_id=prospect.organisation_id
                )
            await take_seat(tx, group_id)
            application_id = await self._insert(tx, actor, child_id, prospect, key, now)
            await self._tell(
                tx,
                actor,
                "application.made",
                application_id,
                version=1,
                municipality_id=prospect.municipality_id,
                details={"child_id": child_id, "group_id": group_id},
                now=now,
            )
            return await get_view(tx, application_id, self._cipher)

    async def withdraw(self, actor: Actor, application_id: int) -> ApplicationView:
        """Give the seat back; once withdrawn, again is harmless. Raises NotFound,
        AlreadyDecided (refused, studying, finished)."""
        async with self._database.write() as tx:
            row = await _lock_mine(tx, actor, application_id)
            if row.state == ApplicationState.WITHDRAWN:
                return await get_view(tx, application_id, self._cipher)
            if row.state not in WITHDRAWABLE:
                raise AlreadyDecided(state=row.state)
            now = self._clock.now()
            version = row.version + 1
            await tx.execute(
                update(Application)
                .where(Application.id == application_id, Application.version == row.version)
                .values(state=ApplicationState.WITHDRAWN, version=version)
            )
            await give_seat_back(tx, row.group_id)
            await end_tasks(
                tx,
                CardSubject.APPLICATIONS,
                [application_id],
                TaskState.DROPPED,
                actor=actor.mark,
                now=now,
            )
            await self._tell(
                tx,
                actor,
                "application.withdrawn",
                application_id,
                version=version,
                municipality_id=row.municipality_id,
                details={"from": row.state},
                now=now,
            )
            return await get_view(tx, application_id, self._cipher)

    async def list_mine(self, actor: Actor) -> list[ApplicationView]:
        """The family's applications, the latest first."""
        async with self._database.read() as tx:
            rows = await tx.execute(
                views()
                .where(Application.child_id.in_(followed_by(actor)))
                .order_by(Application.id.desc())
            )
            return [as_view(row, self._cipher) for row in rows]

    async def get_mine(self, actor: Actor, application_id: int) -> ApplicationView:
        """Raises NotFound."""
        async with self._database.read() as tx:
            row = (
                await tx.execute(
                    views().where(
                        Application.id == application_id,
                        Application.child_id.in_(followed_by(actor)),
                    )
                )
            ).one_or_none()
            if row is None:
                raise NotFound(what="application")
            return as_view(row, self._cipher)

    async def _insert(
        self, tx: Tx, actor: Actor, child_id: int, prospect: Prospect, key: str, now: datetime
    ) -> int:
        return (
            await tx.execute(
                insert(Application)
                .values(
                    municipality_id=prospect.municipality_id,
                    child_id=child_id,
                    programme_id=prospect.programme_id,
                    group_id=prospect.group_id,
                    applied_by=actor.person_id,
                    source=ApplicationSource.BOT,
                    state=ApplicationState.NEW,
                    answer_by=self._calendar.add_working_days(prospect.today, ANSWER_WORKING_DAYS),
                    version=1,
                    key=key,
                    applied_at=now,
                )
                .returning(Application.id)
            )
        ).scalar_one()

    async def _tell(
        self,
        tx: Tx,
        actor: Actor,
        action: str,
        application_id: int,
        *,
        version: int,
        municipality_id: int,
        details: dict[str, int | str | None],
        now: datetime,
    ) -> None:
        """Note the act and show it on the staff's cards."""
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action=action,
            entity=ENTITY,
            entity_id=application_id,
            municipality_id=municipality_id,
            fields=("state",),
            details={"version": version, **details},
        )
        await show_card(
            tx,
            CardSubject.APPLICATIONS,
            application_id,
            version=version,
            municipality_id=municipality_id,
            now=now,
            cipher=self._cipher,
        )


async def _lock_mine(tx: Tx, actor: Actor, application_id: int) -> Row[*tuple[Any, ...]]:
    """The family's application, held until the write ends. Raises NotFound."""
    row: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(
                Application.group_id,
                Application.municipality_id,
                Application.state,
                Application.version,
            )
            .where(
                Application.id == application_id,
                Application.child_id.in_(guarded_by(actor)),
            )
            .with_for_update(of=Application)
        )
    ).one_or_none()
    if row is None:
        raise NotFound(what="application")
    return row
