"""Records that may be one child: found by the machine, decided by two staff persons.

The record that goes is emptied, and what it held is sealed for seven days, in which the merge can
be undone; what moved is written down by table and id. One certificate survives.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Child, ChildMerge, Guardianship, Municipality
from core.domain.actors import Actor
from core.domain.family import FamilyRole
from core.domain.family_doubles import (
    UNDO_FOR,
    MergeState,
    PossibleDouble,
    SecondPersonNeeded,
    UndoTooLate,
)
from core.domain.refusals import AlreadyDecided, NotFound
from core.domain.silence import QuietHours
from core.domain.staff import MODERATORS
from core.services.audit.looks import note_look
from core.services.audit.steps import record
from core.services.families.likenesses import (
    alike,
    get_records,
    list_merges,
    put_in_order,
    undecided,
)
from core.services.families.merging import bring_back, forget_record, take_in
from core.services.families.staff import require_place
from core.services.families.steps import tell
from core.services.timers.steps import set_timer

ENTITY = "child_merges"
UNDO_TIMER = "child.merge_over"
"""Its entity is the merge: what was sealed for an undo goes."""


class ChildDoubles:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def list_possible(self, staff: Actor, municipality_id: int) -> list[PossibleDouble]:
        """Pairs nobody has decided about, and merges that may still be undone; the audit notes
        the look. Raises NotAllowed."""
        async with self._database.write() as tx:
            now = self._clock.now()
            await require_place(tx, staff, now, roles=MODERATORS, municipality_id=municipality_id)
            merges = await list_merges(tx, municipality_id)
            pairs = undecided(await alike(tx, municipality_id), merges)
            wanted = [one for one in merges if one.state == MergeState.PROPOSED]
            numbers = {number for pair in pairs for number in pair}
            numbers |= {number for one in wanted for number in (one.kept_id, one.gone_id)}
            records = await get_records(tx, numbers)
            if records:
                await note_look(
                    tx,
                    at=now,
                    actor=staff.mark,
                    action="child.doubles_seen",
                    entity="municipalities",
                    entity_id=municipality_id,
                    municipality_id=municipality_id,
                    fields=("last_name", "first_name", "patronymic", "born"),
                    version=len(records),
                )
        proposed = [
            PossibleDouble(
                kept=records[one.kept_id],
                gone=records[one.gone_id],
                merge_id=one.id,
                state=MergeState(one.state),
                mine=one.proposed_by == staff.person_id,
            )
            for one in wanted
            if one.kept_id in records and one.gone_id in records
        ]
        return proposed + [
            put_in_order(records[left], records[right])
            for left, right in pairs
            if left in records and right in records
        ]

    async def list_undoable(self, staff: Actor, municipality_id: int) -> list[int]:
        """Numbers of merges that may still be undone, the latest first. Raises NotAllowed."""
        async with self._database.read() as tx:
            now = self._clock.now()
            await require_place(tx, staff, now, roles=MODERATORS, municipality_id=municipality_id)
            rows = await tx.execute(
                select(ChildMerge.id)
                .where(
                    ChildMerge.municipality_id == municipality_id,
                    ChildMerge.state == MergeState.CONFIRMED,
                    ChildMerge.undo_until > now,
                )
                .order_by(ChildMerge.id.desc())
            )
            return list(rows.scalars())

    async def propose(self, staff: Actor, kept_id: int, gone_id: int) -> int:
        """The merge's number; a second proposal of the same is the first one. Raises NotAllowed,
        NotFound (no such pair here)."""
        return await self._begin(staff, kept_id, gone_id, MergeState.PROPOSED)

    async def part(self, staff: Actor, kept_id: int, gone_id: int) -> None:
        """These are two children: they are not proposed again. Raises NotAllowed, NotFound."""
        await self._begin(staff, kept_id, gone_id, MergeState.REFUSED)

    async def confirm(self, staff: Actor, merge_id: int) -> None:
        """By another person than the one who proposed. The same person's confirmation again is
        harmless. Raises NotAllowed, NotFound, SecondPersonNeeded, AlreadyDecided, MergeWaits."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await _lock(tx, staff, merge_id, now)
            if row.state == MergeState.CONFIRMED and row.decided_by == staff.person_id:
                return
            if row.state != MergeState.PROPOSED:
                raise AlreadyDecided(state=row.state)
            if row.proposed_by == staff.person_id:
                raise SecondPersonNeeded()
            told = await _guardians(tx, row.gone_id)
            moved, sealed = await take_in(
                tx, kept_id=row.kept_id, gone_id=row.gone_id, now=now, cipher=self._cipher
            )
            undo_until = now + UNDO_FOR
            await tx.execute(
                update(ChildMerge)
                .where(ChildMerge.id == merge_id)
                .values(
                    state=MergeState.CONFIRMED,
                    decided_by=staff.person_id,
                    decided_at=now,
                    undo_until=undo_until,
                    moved=moved,
                    record=sealed,
                )
            )
            await set_timer(tx, UNDO_TIMER, merge_id, undo_until)
            await _note(tx, staff, "child.merged", row, now)
            for person_id in told:
                await tell(
                    tx,
                    "child.merged",
                    person_id,
                    entity=ENTITY,
                    entity_id=merge_id,
                    version=1,
                    zone=row.timezone,
                    now=now,
                    cipher=self._cipher,
                    quiet=self._quiet,
                )

    async def refuse(self, staff: Actor, merge_id: int) -> None:
        """These are two children after all. Again is harmless. Raises NotAllowed, NotFound,
        AlreadyDecided."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await _lock(tx, staff, merge_id, now)
            if row.state == MergeState.REFUSED:
                return
            if row.state != MergeState.PROPOSED:
                raise AlreadyDecided(state=row.state)
            await _settle(tx, staff, merge_id, MergeState.REFUSED, now)
            await _note(tx, staff, "child.merge_refused", row, now)

    async def undo(self, staff: Actor, merge_id: int) -> None:
        """Everything stands where it stood. Again is harmless. Raises NotAllowed, NotFound,
        AlreadyDecided, UndoTooLate."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await _lock(tx, staff, merge_id, now)
            if row.state == MergeState.UNDONE:
                return
            if row.state != MergeState.CONFIRMED:
                raise AlreadyDecided(state=row.state)
            if row.record is None or row.undo_until is None or row.undo_until <= now:
                raise UndoTooLate()
            await bring_back(
                tx,
                kept_id=row.kept_id,
                gone_id=row.gone_id,
                moved=row.moved,
                sealed=row.record,
                cipher=self._cipher,
            )
            await _settle(tx, staff, merge_id, MergeState.UNDONE, now)
            await forget_record(tx, merge_id)
            await _note(tx, staff, "child.merge_undone", row, now)

    async def merged_into(self, actor_id: int, merge_id: int) -> int | None:
        """For the notice: the child that stayed, if this person stands by it."""
        async with self._database.read() as tx:
            found: int | None = await tx.scalar(
                select(ChildMerge.kept_id)
                .join(Guardianship, Guardianship.child_id == ChildMerge.kept_id)
                .where(
                    ChildMerge.id == merge_id,
                    ChildMerge.state == MergeState.CONFIRMED,
                    Guardianship.person_id == actor_id,
                    Guardianship.ended_at.is_(None),
                )
            )
            return found

    async def _begin(self, staff: Actor, kept_id: int, gone_id: int, state: MergeState) -> int:
        async with self._database.write() as tx:
            now = self._clock.now()
            places = await require_place(tx, staff, now, roles=MODERATORS)
            place = await _place_of(tx, kept_id, gone_id, places)
            earlier = await tx.scalar(
                select(ChildMerge.id).where(
                    ChildMerge.gone_id == gone_id,
                    ChildMerge.kept_id == kept_id,
                    ChildMerge.state.in_([state]),
                )
            )
            if earlier is not None:
                return earlier
            taken = await tx.scalar(
                select(ChildMerge.state).where(
                    or_(
                        ChildMerge.gone_id.in_([kept_id, gone_id]),
                        (ChildMerge.kept_id == gone_id),
                    ),
                    ChildMerge.state == MergeState.PROPOSED,
                )
            )
            if taken is not None:
                raise AlreadyDecided(state=taken)
            merge_id = (
                await tx.execute(
                    insert(ChildMerge)
                    .values(
                        municipality_id=place,
                        kept_id=kept_id,
                        gone_id=gone_id,
                        state=state,
                        proposed_by=staff.person_id,
                        proposed_at=now,
                        moved=[],
                    )
                    .returning(ChildMerge.id)
                )
            ).scalar_one()
            await record(
                tx,
                at=now,
                actor=staff.mark,
                action=f"child.merge_{state.value}",
                entity=ENTITY,
                entity_id=merge_id,
                municipality_id=place,
                details={"kept_id": kept_id, "gone_id": gone_id},
            )
            return merge_id


async def _lock(tx: Tx, staff: Actor, merge_id: int, now: datetime) -> Row[*tuple[Any, ...]]:
    places = await require_place(tx, staff, now, roles=MODERATORS)
    row: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(
                ChildMerge.id,
                ChildMerge.municipality_id,
                ChildMerge.kept_id,
                ChildMerge.gone_id,
                ChildMerge.state,
                ChildMerge.proposed_by,
                ChildMerge.decided_by,
                ChildMerge.undo_until,
                ChildMerge.moved,
                ChildMerge.record,
                Municipality.timezone,
            )
            .join(Municipality, Municipality.id == ChildMerge.municipality_id)
            .where(ChildMerge.id == merge_id, ChildMerge.municipality_id.in_(places))
            .with_for_update(of=ChildMerge)
        )
    ).one_or_none()
    if row is None:
        raise NotFound(what="merge")
    return row


async def _place_of(tx: Tx, kept_id: int, gone_id: int, places: Sequence[int]) -> int:
    """The municipality both records are in, where the staff person works. Raises NotFound."""
    rows = (
        await tx.execute(
            select(Child.id, Child.municipality_id)
            .where(
                Child.id.in_([kept_id, gone_id]),
                Child.municipality_id.in_(places),
                Child.born.is_not(None),
            )
            .order_by(Child.id)
            .with_for_update()
        )
    ).all()
    found = {row.municipality_id for row in rows}
    if len(rows) != 2 or len(found) != 1:
        raise NotFound(what="child")
    return int(found.pop())


async def _guardians(tx: Tx, child_id: int) -> list[int]:
    rows = await tx.execute(
        select(Guardianship.person_id)
        .where(
            Guardianship.child_id == child_id,
            Guardianship.role == FamilyRole.GUARDIAN,
            Guardianship.ended_at.is_(None),
        )
        .order_by(Guardianship.person_id)
    )
    return list(rows.scalars())


async def _settle(tx: Tx, staff: Actor, merge_id: int, state: MergeState, now: datetime) -> None:
    await tx.execute(
        update(ChildMerge)
        .where(ChildMerge.id == merge_id)
        .values(state=state, decided_by=staff.person_id, decided_at=now)
    )


async def _note(
    tx: Tx, staff: Actor, action: str, row: Row[*tuple[Any, ...]], now: datetime
) -> None:
    await record(
        tx,
        at=now,
        actor=staff.mark,
        action=action,
        entity=ENTITY,
        entity_id=row.id,
        municipality_id=row.municipality_id,
        details={"kept_id": row.kept_id, "gone_id": row.gone_id},
    )
