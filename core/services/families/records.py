"""Changes of a child's record: mended at once, or asked for and decided by staff.

A request that is being compared with documents meanwhile gets a new version: whoever decides has
seen what stands.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Certificate, Child, ChildChange, Municipality
from core.domain.actors import Actor
from core.domain.birth import check_birth_date
from core.domain.calendar import local_date
from core.domain.certificates import UNDECIDED
from core.domain.children import LOCKED, ChildState
from core.domain.family_records import (
    ChangeDetails,
    ChangeState,
    ChangeView,
    ChangeWaits,
    Correction,
    OnlyInPerson,
    RecordField,
    as_stored,
    from_stored,
)
from core.domain.outgoing import Notice
from core.domain.refusals import AlreadyDecided, NotFound
from core.domain.silence import QuietHours
from core.domain.snils import read_snils
from core.domain.staff import MODERATORS, CardSubject, Role
from core.services.audit.looks import note_look
from core.services.audit.steps import record
from core.services.chats.steps import moderation_chats, show_card
from core.services.children.steps import NAME, followed_by, lock_child, name_of
from core.services.consents.steps import require_processing
from core.services.families.promises import promise
from core.services.families.staff import require_place
from core.services.families.steps import tell
from core.services.families.values import standing, write_down
from core.services.municipalities.steps import get_municipality
from core.services.outgoing.steps import enqueue

ENTITY = "child_changes"
_COLUMNS = {
    RecordField.NAME: ("last_name", "first_name", "patronymic"),
    RecordField.BORN: ("born",),
    RecordField.SNILS: ("snils",),
}
_DECIDERS = MODERATORS | {Role.OFFICER}


class ChildRecords:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def change(
        self, actor: Actor, child_id: int, correction: Correction, *, key: str
    ) -> ChangeView | None:
        """None: it was not locked and is changed. Otherwise the request that was made; the same
        key gives the same one. Raises NotFound, GuardianNeeded, ConsentNeeded, OnlyInPerson,
        ChangeWaits, BadValue (snils, born)."""
        if correction.snils is not None:
            correction = Correction(snils=read_snils(correction.snils))
        async with self._database.write() as tx:
            child = await lock_child(tx, actor, child_id)
            earlier = (
                await tx.execute(
                    _requests().where(ChildChange.key == key, ChildChange.child_id == child_id)
                )
            ).one_or_none()
            if earlier is not None:
                return _view(earlier)
            await require_processing(tx, actor.person_id)
            now = self._clock.now()
            place = await get_municipality(tx, child.municipality_id)
            if correction.born is not None:
                check_birth_date(correction.born, local_date(now, place.timezone))
            await _refuse_marked(tx, child_id)
            if child.state is ChildState.CHANGE_REQUESTED:
                raise ChangeWaits()
            if child.state not in LOCKED:
                await write_down(tx, child_id, correction, cipher=self._cipher)
                await self._renew_requests(tx, child_id, now)
                if correction.born is not None:
                    await promise(tx, child_id, correction.born, zone=place.timezone, now=now)
                await self._note(tx, actor, "child.corrected", child_id, place.id, correction, now)
                return None
            return await self._ask(tx, actor, child_id, place.id, correction, key, now)

    async def get_mine(self, actor: Actor, change_id: int) -> ChangeView:
        """For the one who asked, while they see the child. Raises NotFound."""
        async with self._database.read() as tx:
            row = (
                await tx.execute(
                    _requests().where(
                        ChildChange.id == change_id,
                        ChildChange.requested_by == actor.person_id,
                        ChildChange.child_id.in_(followed_by(actor)),
                    )
                )
            ).one_or_none()
        if row is None:
            raise NotFound(what="change")
        return _view(row)

    async def list_open(self, staff: Actor, municipality_id: int) -> list[ChangeView]:
        """What waits for a decision, the oldest first. Raises NotAllowed."""
        async with self._database.read() as tx:
            await require_place(
                tx, staff, self._clock.now(), roles=MODERATORS, municipality_id=municipality_id
            )
            rows = await tx.execute(
                _requests()
                .where(
                    Child.municipality_id == municipality_id,
                    ChildChange.state == ChangeState.OPEN,
                )
                .order_by(ChildChange.id)
            )
            return [_view(row) for row in rows]

    async def open(self, staff: Actor, change_id: int) -> ChangeDetails:
        """The values; the audit notes who looked. Raises NotAllowed, NotFound."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await self._lock(tx, staff, change_id, now)
            await note_look(
                tx,
                at=now,
                actor=staff.mark,
                action="child.change_opened",
                entity=ENTITY,
                entity_id=change_id,
                municipality_id=row.municipality_id,
                fields=_COLUMNS[RecordField(row.field)],
                version=1,
            )
            opened = self._cipher.open_json("child", row.wanted) if row.wanted else None
            return ChangeDetails(
                id=row.id,
                child_id=row.child_id,
                field=RecordField(row.field),
                state=ChangeState(row.state),
                stands=await standing(
                    tx, row.child_id, RecordField(row.field), cipher=self._cipher
                ),
                wanted=from_stored(opened) if opened is not None else None,
                requested_at=row.requested_at,
            )

    async def decide(self, staff: Actor, change_id: int, *, accepted: bool) -> ChangeState:
        """Once; the same person's same decision again is harmless. Raises NotAllowed, NotFound,
        AlreadyDecided."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await self._lock(tx, staff, change_id, now)
            state = ChangeState.ACCEPTED if accepted else ChangeState.REFUSED
            if row.state != ChangeState.OPEN:
                if row.state == state and row.decided_by == staff.person_id:
                    return state
                raise AlreadyDecided(state=row.state)
            former: bytes | None = None
            if accepted:
                correction = from_stored(self._cipher.open_json("child", row.wanted))
                stood = await standing(tx, row.child_id, correction.field, cipher=self._cipher)
                if stood is not None:
                    former = self._cipher.seal_json("child", as_stored(stood))
                await write_down(tx, row.child_id, correction, cipher=self._cipher)
            await tx.execute(
                update(ChildChange)
                .where(ChildChange.id == change_id)
                .values(
                    state=state,
                    wanted=None,
                    former=former,
                    decided_by=staff.person_id,
                    decided_at=now,
                )
            )
            await tx.execute(
                update(Child).where(Child.id == row.child_id).values(state=ChildState.CONFIRMED)
            )
            await record(
                tx,
                at=now,
                actor=staff.mark,
                action=f"child.change_{state.value}",
                entity=ENTITY,
                entity_id=change_id,
                municipality_id=row.municipality_id,
                fields=_COLUMNS[RecordField(row.field)] if accepted else (),
                details={"child_id": row.child_id},
            )
            await tell(
                tx,
                "child.change_decided",
                row.requested_by,
                entity=ENTITY,
                entity_id=change_id,
                version=1,
                zone=row.timezone,
                now=now,
                cipher=self._cipher,
                quiet=self._quiet,
            )
            return state

    async def keep_in_person(self, staff: Actor, change_id: int, *, on: bool) -> None:
        """For families in dispute: the record of this request's child is changed in person only,
        or in the bot again. Raises NotAllowed, NotFound."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await self._lock(tx, staff, change_id, now)
            await tx.execute(
                update(Child).where(Child.id == row.child_id).values(changes_in_person=on)
            )
            await record(
                tx,
                at=now,
                actor=staff.mark,
                action="child.in_person_set" if on else "child.in_person_lifted",
                entity="children",
                entity_id=row.child_id,
                municipality_id=row.municipality_id,
                fields=("changes_in_person",),
            )

    async def _ask(
        self,
        tx: Tx,
        actor: Actor,
        child_id: int,
        municipality_id: int,
        correction: Correction,
        key: str,
        now: datetime,
    ) -> ChangeView:
        change_id = (
            await tx.execute(
                insert(ChildChange)
                .values(
                    child_id=child_id,
                    requested_by=actor.person_id,
                    state=ChangeState.OPEN,
                    field=correction.field,
                    wanted=self._cipher.seal_json("child", as_stored(correction)),
                    key=key,
                    requested_at=now,
                )
                .returning(ChildChange.id)
            )
        ).scalar_one()
        await tx.execute(
            update(Child).where(Child.id == child_id).values(state=ChildState.CHANGE_REQUESTED)
        )
        await self._note(
            tx, actor, "child.change_requested", child_id, municipality_id, correction, now
        )
        for chat in await moderation_chats(tx, municipality_id):
            notice = Notice(
                kind="child.change_requested",
                entity=ENTITY,
                entity_id=change_id,
                version=1,
                bound_chat_id=chat.id,
            )
            await enqueue(tx, notice, now=now, cipher=self._cipher)
        return _view((await tx.execute(_requests().where(ChildChange.id == change_id))).one())

    async def _note(
        self,
        tx: Tx,
        actor: Actor,
        action: str,
        child_id: int,
        municipality_id: int,
        correction: Correction,
        now: datetime,
    ) -> None:
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action=action,
            entity="children",
            entity_id=child_id,
            municipality_id=municipality_id,
            fields=_COLUMNS[correction.field],
        )

    async def _renew_requests(self, tx: Tx, child_id: int, now: datetime) -> None:
        """Who looked at the old values decides about them no more."""
        renewed = await tx.execute(
            update(Certificate)
            .where(Certificate.child_id == child_id, Certificate.state.in_(sorted(UNDECIDED)))
            .values(version=Certificate.version + 1)
            .returning(Certificate.id, Certificate.version, Certificate.municipality_id)
        )
        for row in renewed.all():
            await show_card(
                tx,
                CardSubject.CERTIFICATES,
                row.id,
                version=row.version,
                municipality_id=row.municipality_id,
                now=now,
                cipher=self._cipher,
            )

    async def _lock(
        self, tx: Tx, staff: Actor, change_id: int, now: datetime
    ) -> Row[*tuple[Any, ...]]:
        places = await require_place(tx, staff, now, roles=_DECIDERS)
        row: Row[*tuple[Any, ...]] | None = (
            await tx.execute(
                select(
                    ChildChange.id,
                    ChildChange.child_id,
                    ChildChange.requested_by,
                    ChildChange.state,
                    ChildChange.field,
                    ChildChange.wanted,
                    ChildChange.requested_at,
                    ChildChange.decided_by,
                    Child.municipality_id,
                    Municipality.timezone,
                )
                .join(Child, Child.id == ChildChange.child_id)
                .join(Municipality, Municipality.id == Child.municipality_id)
                .where(ChildChange.id == change_id, Child.municipality_id.in_(places))
                .with_for_update(of=ChildChange)
            )
        ).one_or_none()
        if row is None:
            raise NotFound(what="change")
        return row


def _requests() -> Select[*tuple[Any, ...]]:
    return select(
        ChildChange.id, ChildChange.child_id, *NAME, ChildChange.field, ChildChange.state
    ).join(Child, Child.id == ChildChange.child_id)


def _view(row: Row[*tuple[Any, ...]]) -> ChangeView:
    return ChangeView(
        id=row.id,
        child_id=row.child_id,
        child_name=name_of(row),
        field=RecordField(row.field),
        state=ChangeState(row.state),
    )


async def _refuse_marked(tx: Tx, child_id: int) -> None:
    if await tx.scalar(select(Child.changes_in_person).where(Child.id == child_id)):
        raise OnlyInPerson()
