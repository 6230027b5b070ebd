"""Who stands by a child: said by the guardian, ended by whoever may, handed over by staff.

A guardian ends a helper's access, the child's own, and that of a guardian they invited themselves;
everybody may leave, but a child never loses the last guardian that way.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import (
    Child,
    FamilyInvitation,
    FamilyInvitationChild,
    Guardianship,
    Municipality,
    Person,
)
from core.domain.actors import Actor
from core.domain.family import (
    FamilyRole,
    GuardianKind,
    GuardianNeeded,
    LastGuardian,
    Member,
)
from core.domain.refusals import NotAllowed, NotFound
from core.domain.silence import QuietHours
from core.domain.staff import MODERATORS, Role
from core.services.audit.steps import record
from core.services.children.steps import Reach, get_child, lock_child
from core.services.consents.steps import require_processing
from core.services.families.staff import require_place
from core.services.families.steps import ENTITY, end, has_other_guardian, join, tell
from core.services.municipalities.steps import get_municipality

_IN_PERSON = MODERATORS | {Role.OFFICER}


class Families:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def list_members(self, actor: Actor, child_id: int) -> list[Member]:
        """Guardians first, then in order of coming. Raises NotFound, GuardianNeeded."""
        async with self._database.read() as tx:
            await get_child(tx, actor, child_id)
            rows = await tx.execute(_members(child_id))
            return [_member(row, actor) for row in rows]

    async def kind_of(self, actor: Actor, child_id: int) -> GuardianKind | None:
        """Who the actor is to the child, once said. Raises NotFound, GuardianNeeded."""
        async with self._database.read() as tx:
            await get_child(tx, actor, child_id)
            kind = await tx.scalar(
                select(Guardianship.kind).where(
                    Guardianship.child_id == child_id,
                    Guardianship.person_id == actor.person_id,
                )
            )
        return GuardianKind(kind) if kind else None

    async def say_kind(self, actor: Actor, child_id: int, kind: GuardianKind) -> None:
        """For this child, and for the actor's others about whom it was never said. Raises
        NotFound, GuardianNeeded."""
        if kind is GuardianKind.ORGANISATION:
            raise NotAllowed()
        async with self._database.write() as tx:
            child = await lock_child(tx, actor, child_id)
            mine = (
                Guardianship.person_id == actor.person_id,
                Guardianship.role == FamilyRole.GUARDIAN,
                Guardianship.ended_at.is_(None),
            )
            await tx.execute(
                update(Guardianship)
                .where(*mine, (Guardianship.child_id == child_id) | Guardianship.kind.is_(None))
                .values(kind=kind)
            )
            await record(
                tx,
                at=self._clock.now(),
                actor=actor.mark,
                action="guardian.kind_said",
                entity="children",
                entity_id=child_id,
                municipality_id=child.municipality_id,
                fields=("kind",),
            )

    async def end_access(self, actor: Actor, child_id: int, person_id: int) -> None:
        """Show somebody out, or leave oneself; again is harmless. Raises NotFound,
        GuardianNeeded, LastGuardian."""
        async with self._database.write() as tx:
            leaving = person_id == actor.person_id
            child = await lock_child(
                tx, actor, child_id, Reach.FAMILY if leaving else Reach.GUARDIANS
            )
            row = (await tx.execute(_members(child_id, person_id))).one_or_none()
            if row is None:
                return
            guardian = row.role == FamilyRole.GUARDIAN
            if guardian and not await has_other_guardian(tx, child_id, person_id):
                raise LastGuardian()
            if guardian and not leaving and not await _invited_by(tx, actor, child_id, person_id):
                raise GuardianNeeded()
            now = self._clock.now()
            await end(tx, child_id, person_id, now)
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="family.left" if leaving else "family.ended",
                entity="children",
                entity_id=child_id,
                municipality_id=child.municipality_id,
                details={"person_id": person_id, "role": row.role},
            )
            if not leaving:
                zone = (await get_municipality(tx, child.municipality_id)).timezone
                await tell(
                    tx,
                    "family.ended",
                    person_id,
                    entity=ENTITY,
                    entity_id=row.id,
                    version=_version(now),
                    zone=zone,
                    now=now,
                    cipher=self._cipher,
                    quiet=self._quiet,
                )

    async def document_shown(
        self,
        staff: Actor,
        child_id: int,
        person_id: int,
        *,
        kind: GuardianKind,
        until: date | None,
    ) -> None:
        """Staff saw the guardian's paper; `until`: its last day, None: for ever. Raises
        NotAllowed, NotFound."""
        async with self._database.write() as tx:
            now = self._clock.now()
            municipality_id = await _require_place(tx, staff, child_id, now)
            changed = await tx.execute(
                update(Guardianship)
                .where(
                    Guardianship.child_id == child_id,
                    Guardianship.person_id == person_id,
                    Guardianship.role == FamilyRole.GUARDIAN,
                    Guardianship.ended_at.is_(None),
                )
                .values(kind=kind, document_shown_until=until)
            )
            if changed.rowcount == 0:
                raise NotFound(what="guardian")
            await record(
                tx,
                at=now,
                actor=staff.mark,
                action="guardian.document_shown",
                entity="children",
                entity_id=child_id,
                municipality_id=municipality_id,
                fields=("kind", "document_shown_until"),
                details={"person_id": person_id},
            )

    async def hand_over(self, staff: Actor, child_id: int, to_person: int) -> None:
        """In person: documents were seen, the account in front of staff becomes the guardian's.

        Nobody else loses the child by it: another guardian may have come in the meantime. Again
        is harmless. Raises NotAllowed, NotFound (child), ConsentNeeded (of the receiving person).
        """
        async with self._database.write() as tx:
            now = self._clock.now()
            municipality_id = await _require_place(tx, staff, child_id, now)
            await require_processing(tx, to_person)
            if not await join(tx, child_id, to_person, FamilyRole.GUARDIAN, now=now, kind=None):
                return
            await record(
                tx,
                at=now,
                actor=staff.mark,
                action="family.handed_over",
                entity="children",
                entity_id=child_id,
                municipality_id=municipality_id,
                details={"person_id": to_person},
            )


def _members(child_id: int, person_id: int | None = None) -> Any:
    query = (
        select(
            Guardianship.id,
            Guardianship.person_id,
            Person.name,
            Guardianship.role,
            Guardianship.kind,
            Guardianship.since,
        )
        .join(Person, Person.id == Guardianship.person_id)
        .where(Guardianship.child_id == child_id, Guardianship.ended_at.is_(None))
        .order_by(Guardianship.role != FamilyRole.GUARDIAN, Guardianship.since, Guardianship.id)
    )
    return query if person_id is None else query.where(Guardianship.person_id == person_id)


def _member(row: Row[*tuple[Any, ...]], actor: Actor) -> Member:
    return Member(
        person_id=row.person_id,
        name=row.name,
        role=FamilyRole(row.role),
        kind=GuardianKind(row.kind) if row.kind else None,
        since=row.since,
        me=row.person_id == actor.person_id,
    )


async def _invited_by(tx: Tx, actor: Actor, child_id: int, person_id: int) -> bool:
    found = await tx.execute(
        select(FamilyInvitation.id)
        .join(FamilyInvitationChild, FamilyInvitationChild.invitation_id == FamilyInvitation.id)
        .where(
            FamilyInvitation.inviter_id == actor.person_id,
            FamilyInvitation.used_by == person_id,
            FamilyInvitationChild.child_id == child_id,
        )
        .limit(1)
    )
    return found.first() is not None


async def _require_place(tx: Tx, staff: Actor, child_id: int, now: datetime) -> int:
    """The municipality of the child, where the staff person works with families in person.
    Raises NotAllowed, NotFound."""
    places = await require_place(tx, staff, now, roles=_IN_PERSON)
    found = await tx.scalar(
        select(Child.municipality_id)
        .join(Municipality, Municipality.id == Child.municipality_id)
        .where(Child.id == child_id, Child.municipality_id.in_(places), Child.born.is_not(None))
        .with_for_update(of=Child)
    )
    if found is None:
        raise NotFound(what="child")
    return found


def _version(now: datetime) -> int:
    """One telling for one ending: a person may come and go several times."""
    return int(now.timestamp())
