"""A guardian invites a second parent, a helper, or a child of fourteen and more.

The link holds a one-time code of 144 random bits that lives three days; only its hash is kept.
Junk, expired, used, revoked and one's own codes get one and the same answer by one and the same
statement. Whoever joins as a guardian has consented first; the inviter hears it and may end it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from core.cipher import Cipher
from core.clock import Chance, Clock
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
from core.domain.calendar import local_date
from core.domain.codes import CODE_LENGTH, code_hash, may_be_code
from core.domain.family import (
    INVITATION_LIFE,
    FamilyInvitationInvalid,
    FamilyInvitationMade,
    FamilyOffer,
    FamilyRole,
    InvitationWaiting,
    Joined,
    check_own_account,
)
from core.domain.refusals import NotFound
from core.domain.silence import QuietHours
from core.services.audit.steps import record
from core.services.children.steps import NAME, get_child, name_of
from core.services.consents.steps import require_processing
from core.services.families.steps import join, tell
from core.services.municipalities.steps import get_municipality

ENTITY = "family_invitations"
_OF_INVITER = aliased(Guardianship)


class FamilyInvitations:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        chance: Chance,
        cipher: Cipher,
        quiet: QuietHours | None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._cipher = cipher
        self._quiet = quiet

    async def invite(
        self, actor: Actor, child_ids: Sequence[int], role: FamilyRole
    ) -> FamilyInvitationMade:
        """Raises NotFound, GuardianNeeded, TooYoungForAccount (the child's own account)."""
        if not child_ids:
            raise NotFound(what="child")
        code, now = self._chance.token(CODE_LENGTH), self._clock.now()
        async with self._database.write() as tx:
            municipality_id = None
            for child_id in sorted(set(child_ids)):
                child = await get_child(tx, actor, child_id)
                municipality_id = child.municipality_id
                if role is FamilyRole.CHILD:
                    zone = (await get_municipality(tx, child.municipality_id)).timezone
                    check_own_account(child.born, local_date(now, zone))
            invitation_id = (
                await tx.execute(
                    insert(FamilyInvitation)
                    .values(
                        code_sha256=code_hash(code),
                        inviter_id=actor.person_id,
                        role=role,
                        made_at=now,
                        expires_at=now + INVITATION_LIFE,
                    )
                    .returning(FamilyInvitation.id)
                )
            ).scalar_one()
            await tx.execute(
                insert(FamilyInvitationChild),
                [
                    {"invitation_id": invitation_id, "child_id": child_id}
                    for child_id in sorted(set(child_ids))
                ],
            )
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="family.invited",
                entity=ENTITY,
                entity_id=invitation_id,
                municipality_id=municipality_id,
                details={"role": role},
            )
        return FamilyInvitationMade(
            id=invitation_id, code=code, role=role, expires_at=now + INVITATION_LIFE
        )

    async def list_waiting(self, actor: Actor, child_id: int) -> list[InvitationWaiting]:
        """The actor's invitations to this child that may still be followed. Raises NotFound,
        GuardianNeeded."""
        async with self._database.read() as tx:
            await get_child(tx, actor, child_id)
            rows = await tx.execute(
                select(FamilyInvitation.id, FamilyInvitation.role, FamilyInvitation.expires_at)
                .join(
                    FamilyInvitationChild,
                    FamilyInvitationChild.invitation_id == FamilyInvitation.id,
                )
                .where(
                    FamilyInvitationChild.child_id == child_id,
                    FamilyInvitation.inviter_id == actor.person_id,
                    *_waits(self._clock.now()),
                )
                .order_by(FamilyInvitation.id)
            )
            return [
                InvitationWaiting(id=row.id, role=FamilyRole(row.role), expires_at=row.expires_at)
                for row in rows
            ]

    async def revoke(self, actor: Actor, invitation_id: int) -> None:
        """The link opens nothing any more; a second time changes nothing. Raises NotFound."""
        now = self._clock.now()
        async with self._database.write() as tx:
            row = (
                await tx.execute(
                    select(FamilyInvitation.revoked_at, FamilyInvitation.used_at)
                    .where(
                        FamilyInvitation.id == invitation_id,
                        FamilyInvitation.inviter_id == actor.person_id,
                    )
                    .with_for_update()
                )
            ).one_or_none()
            if row is None:
                raise NotFound(what="invitation")
            if row.revoked_at is not None or row.used_at is not None:
                return
            await tx.execute(
                update(FamilyInvitation)
                .where(FamilyInvitation.id == invitation_id)
                .values(revoked_at=now)
            )
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="family.invitation_revoked",
                entity=ENTITY,
                entity_id=invitation_id,
                municipality_id=actor.municipality_id,
            )

    async def look(self, actor: Actor, code: str) -> FamilyOffer:
        """What the link offers; nothing of the children yet. Raises FamilyInvitationInvalid."""
        async with self._database.read() as tx:
            row = await self._find(tx, actor, code)
        return FamilyOffer(
            invitation_id=row.id,
            role=FamilyRole(row.role),
            inviter_name=row.inviter_name,
            children=row.children,
            expires_at=row.expires_at,
        )

    async def accept(self, actor: Actor, code: str) -> Joined:
        """Join; the one who did may follow the link again. Raises FamilyInvitationInvalid,
        ConsentNeeded(kind="processing") where a guardian joins."""
        now = self._clock.now()
        async with self._database.write() as tx:
            row = await self._find(tx, actor, code, lock=True)
            role = FamilyRole(row.role)
            if role is FamilyRole.GUARDIAN:
                await require_processing(tx, actor.person_id)
            children = (await tx.execute(_children(row.id, row.inviter_id))).all()
            if row.used_by is None:
                await self._join(tx, actor, row, role, children, now)
            return _joined(role, children)

    async def find_joined(self, inviter_id: int, invitation_id: int) -> Joined | None:
        """For the inviter's notice; None when the inviter is a guardian of them no more."""
        async with self._database.read() as tx:
            role = await tx.scalar(
                select(FamilyInvitation.role).where(
                    FamilyInvitation.id == invitation_id,
                    FamilyInvitation.inviter_id == inviter_id,
                    FamilyInvitation.used_at.is_not(None),
                )
            )
            children = (await tx.execute(_children(invitation_id, inviter_id))).all()
        if role is None or not children:
            return None
        return _joined(FamilyRole(role), children)

    async def _join(
        self,
        tx: Tx,
        actor: Actor,
        row: Row[*tuple[Any, ...]],
        role: FamilyRole,
        children: Sequence[Row[*tuple[Any, ...]]],
        now: datetime,
    ) -> None:
        await tx.execute(
            update(FamilyInvitation)
            .where(FamilyInvitation.id == row.id)
            .values(used_at=now, used_by=actor.person_id)
        )
        for child in children:
            await join(tx, child.id, actor.person_id, role, now=now, kind=None)
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="family.joined",
                entity="children",
                entity_id=child.id,
                municipality_id=child.municipality_id,
                details={"role": role, "invitation_id": row.id},
            )
        await tx.execute(
            update(Person)
            .where(Person.id == actor.person_id, Person.municipality_id.is_(None))
            .values(municipality_id=children[0].municipality_id)
        )
        await tell(
            tx,
            "family.joined",
            row.inviter_id,
            entity=ENTITY,
            entity_id=row.id,
            version=1,
            zone=children[0].timezone,
            now=now,
            cipher=self._cipher,
            quiet=self._quiet,
        )

    async def _find(
        self, tx: Tx, actor: Actor, code: str, *, lock: bool = False
    ) -> Row[*tuple[Any, ...]]:
        """The invitation this person may follow. Raises FamilyInvitationInvalid."""
        hashed = code_hash(code if may_be_code(code) else "")
        query = (
            select(
                FamilyInvitation.id,
                FamilyInvitation.role,
                FamilyInvitation.inviter_id,
                FamilyInvitation.used_by,
                FamilyInvitation.expires_at,
                Person.name.label("inviter_name"),
                _live_children().label("children"),
            )
            .join(Person, Person.id == FamilyInvitation.inviter_id)
            .where(
                FamilyInvitation.code_sha256 == hashed,
                FamilyInvitation.inviter_id != actor.person_id,
                or_(and_(*_waits(self._clock.now())), _still_in(actor)),
            )
        )
        if lock:
            query = query.with_for_update(of=FamilyInvitation)
        row: Row[*tuple[Any, ...]] | None = (await tx.execute(query)).one_or_none()
        if row is None or row.children == 0:
            raise FamilyInvitationInvalid()
        return row


def _joined(role: FamilyRole, children: Sequence[Row[*tuple[Any, ...]]]) -> Joined:
    return Joined(
        role=role,
        children=tuple(name_of(child) for child in children),
        child_ids=tuple(child.id for child in children),
    )


def _waits(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        FamilyInvitation.used_at.is_(None),
        FamilyInvitation.revoked_at.is_(None),
        FamilyInvitation.expires_at > now,
    )


def _still_in(actor: Actor) -> ColumnElement[bool]:
    """Taken by this very person, who has not been shown out since."""
    return and_(
        FamilyInvitation.used_by == actor.person_id,
        select(Guardianship.id)
        .join(FamilyInvitationChild, FamilyInvitationChild.child_id == Guardianship.child_id)
        .where(
            FamilyInvitationChild.invitation_id == FamilyInvitation.id,
            Guardianship.person_id == actor.person_id,
            Guardianship.ended_at.is_(None),
        )
        .exists(),
    )


def _live_children() -> Any:
    """How many of the children the inviter is still a guardian of."""
    return (
        select(func.count())
        .select_from(FamilyInvitationChild)
        .join(_OF_INVITER, _OF_INVITER.child_id == FamilyInvitationChild.child_id)
        .where(
            FamilyInvitationChild.invitation_id == FamilyInvitation.id,
            _OF_INVITER.person_id == FamilyInvitation.inviter_id,
            _OF_INVITER.role == FamilyRole.GUARDIAN,
            _OF_INVITER.ended_at.is_(None),
        )
        .correlate(FamilyInvitation)
        .scalar_subquery()
    )


def _children(invitation_id: int, inviter_id: int) -> Any:
    """The invitation's children that the inviter is still a guardian of."""
    return (
        select(Child.id, *NAME, Child.municipality_id, Municipality.timezone)
        .join(FamilyInvitationChild, FamilyInvitationChild.child_id == Child.id)
        .join(Guardianship, Guardianship.child_id == Child.id)
        .join(Municipality, Municipality.id == Child.municipality_id)
        .where(
            FamilyInvitationChild.invitation_id == invitation_id,
            Guardianship.person_id == inviter_id,
            Guardianship.role == FamilyRole.GUARDIAN,
            Guardianship.ended_at.is_(None),
        )
        .order_by(Child.born, Child.id)
    )
