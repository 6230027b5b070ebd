"""Inviting staff, accepting an invitation, revoking a right.

An invitation is a link with a one-time code of at least 128 random bits; it lives seven days and
only the hash of its code is kept. Junk, expired, used and somebody else's codes get one and the
same answer. The one who accepted it may follow the link again: the answer is the same and nothing
happens, as long as the right it gave still holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select, update

from core.clock import Chance, Clock
from core.db.engine import Database, Tx
from core.db.models import Municipality, Organisation, Person, StaffInvitation, StaffRight
from core.domain.actors import Actor
from core.domain.codes import CODE_LENGTH, code_hash
from core.domain.refusals import NotFound
from core.domain.staff import (
    NEEDS_ORGANISATION,
    InvitationInvalid,
    OrganisationNeeded,
    Right,
    Role,
)
from core.services.audit.steps import record
from core.services.municipalities.steps import get_municipality_id
from core.services.staff.queries import StaffMember, list_members
from core.services.staff.steps import rights_of

INVITATION_LIFE = timedelta(days=7)
_CODE = re.compile(r"[A-Za-z0-9_-]{22,62}")
_NAME_LENGTH = 64


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Shown once; `link` opens the bot with the code."""

    code: str
    link: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class GrantedRight:
    """What an accepted invitation gave."""

    right_id: int
    role: Role
    municipality_id: int
    municipality_name: str
    organisation_id: int | None
    organisation_name: str | None


@dataclass(frozen=True, kw_only=True)
class _Offer:
    role: Role
    municipality_id: int
    organisation_id: int | None


class Staff:
    """Rights of staff persons."""

    def __init__(self, database: Database, clock: Clock, chance: Chance) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance

    async def invite(
        self,
        role: Role,
        municipality_code: str,
        organisation_id: int | None = None,
        *,
        bot_username: str,
    ) -> Invitation:
        """Make an invitation. Raises NotFound (no such municipality, or the organisation is not
        of it) and OrganisationNeeded.
        """
        code = self._chance.token(CODE_LENGTH)
        now = self._clock.now()
        async with self._database.write() as tx:
            municipality_id = await get_municipality_id(tx, municipality_code)
            await _check_organisation(tx, role, municipality_id, organisation_id)
            invitation_id = (
                await tx.execute(
                    insert(StaffInvitation)
                    .values(
                        code_sha256=code_hash(code),
                        role=role,
                        municipality_id=municipality_id,
                        organisation_id=organisation_id,
                        made_at=now,
                        expires_at=now + INVITATION_LIFE,
                    )
                    .returning(StaffInvitation.id)
                )
            ).scalar_one()
            await record(
                tx,
                at=now,
                actor="cli",
                action="staff.invited",
                entity="staff_invitations",
                entity_id=invitation_id,
                municipality_id=municipality_id,
                details={"role": str(role), "organisation_id": organisation_id},
            )
        return Invitation(
            code=code,
            link=f"https://t.me/{bot_username}?start=i_{code}",
            expires_at=now + INVITATION_LIFE,
        )

    async def accept_invitation(
        self, actor: Actor, code: str, *, name: str | None = None
    ) -> GrantedRight:
        """Give the right to the one who followed the link. Raises InvitationInvalid.

        `name` is how the person calls himself: cards tell by it who decided. It is kept only when
        none is known yet.
        """
        if not _CODE.fullmatch(code):
            raise InvitationInvalid()
        now = self._clock.now()
        async with self._database.write() as tx:
            # one person's acceptances go one after another
            await tx.execute(
                select(Person.id).where(Person.id == actor.person_id).with_for_update()
            )
            offer, taken = await _take(tx, code, actor.person_id, now)
            right_id = await _live_right(tx, actor.person_id, offer, now)
            if right_id is None and not taken:
                # taken earlier and revoked since: the old link brings nothing back
                raise InvitationInvalid()
            if right_id is None:
                right_id = await _grant(tx, actor.person_id, offer, now)
            if taken:
                await _introduce(tx, actor.person_id, offer.municipality_id, name)
            return await _granted(tx, right_id)

    async def rights(self, actor: Actor) -> list[Right]:
        """What the actor holds now; empty for everybody who is no staff."""
        async with self._database.read() as tx:
            return await rights_of(tx, actor.person_id, self._clock.now())

    async def list_all(self) -> list[StaffMember]:
        """Everybody who holds a right now."""
        async with self._database.read() as tx:
            return await list_members(tx, self._clock.now())

    async def revoke(self, right_id: int) -> None:
        """Take the right away, at once; a second time changes nothing. Raises NotFound."""
        now = self._clock.now()
        async with self._database.write() as tx:
            row = (
                await tx.execute(
                    select(StaffRight.municipality_id, StaffRight.revoked_at)
                    .where(StaffRight.id == right_id)
                    .with_for_update()
                )
            ).one_or_none()
            if row is None:
                raise NotFound()
            if row.revoked_at is not None:
                return
            await tx.execute(
                update(StaffRight).where(StaffRight.id == right_id).values(revoked_at=now)
            )
            await record(
                tx,
                at=now,
                actor="cli",
                action="staff.revoked",
                entity="staff_rights",
                entity_id=right_id,
                municipality_id=row.municipality_id,
            )


async def _check_organisation(
    tx: Tx, role: Role, municipality_id: int, organisation_id: int | None
) -> None:
    if organisation_id is None:
        if role in NEEDS_ORGANISATION:
            raise OrganisationNeeded(role=str(role))
        return
    found = await tx.scalar(
        select(Organisation.id).where(
            Organisation.id == organisation_id, Organisation.municipality_id == municipality_id
        )
    )
    if found is None:
        raise NotFound()


async def _take(tx: Tx, code: str, person_id: int, now: datetime) -> tuple[_Offer, bool]:
    """The invitation's offer, and whether it was taken just now (not by this person earlier)."""
    row = (
        await tx.execute(
            select(
                StaffInvitation.id,
                StaffInvitation.role,
                StaffInvitation.municipality_id,
                StaffInvitation.organisation_id,
                StaffInvitation.expires_at,
                StaffInvitation.used_by,
            )
            .where(StaffInvitation.code_sha256 == code_hash(code))
            .with_for_update()
        )
    ).one_or_none()
    if row is None:
        raise InvitationInvalid()
    offer = _Offer(
        role=Role(row.role),
        municipality_id=row.municipality_id,
        organisation_id=row.organisation_id,
    )
    if row.used_by is not None:
        if row.used_by != person_id:
            raise InvitationInvalid()
        return offer, False
    if row.expires_at <= now:
        raise InvitationInvalid()
    await tx.execute(
        update(StaffInvitation)
        .where(StaffInvitation.id == row.id)
        .values(used_at=now, used_by=person_id)
    )
    return offer, True


async def _live_right(tx: Tx, person_id: int, offer: _Offer, now: datetime) -> int | None:
    for right in await rights_of(tx, person_id, now):
        if (right.role, right.municipality_id, right.organisation_id) == (
            offer.role,
            offer.municipality_id,
            offer.organisation_id,
        ):
            return right.id
    return None


async def _grant(tx: Tx, person_id: int, offer: _Offer, now: datetime) -> int:
    same = (
        StaffRight.person_id == person_id,
        StaffRight.role == offer.role,
        StaffRight.municipality_id == offer.municipality_id,
        StaffRight.organisation_id.is_not_distinct_from(offer.organisation_id),
        StaffRight.revoked_at.is_(None),
    )
    # one that ran out by its date makes room for the new one
    await tx.execute(update(StaffRight).where(*same).values(revoked_at=StaffRight.ends_at))
    right_id = (
        await tx.execute(
            insert(StaffRight)
            .values(
                person_id=person_id,
                role=offer.role,
                municipality_id=offer.municipality_id,
                organisation_id=offer.organisation_id,
                granted_at=now,
            )
            .returning(StaffRight.id)
        )
    ).scalar_one()
    await record(
        tx,
        at=now,
        actor=f"person:{person_id}",
        action="staff.granted",
        entity="staff_rights",
        entity_id=right_id,
        municipality_id=offer.municipality_id,
        details={"role": str(offer.role), "organisation_id": offer.organisation_id},
    )
    return right_id


async def _introduce(tx: Tx, person_id: int, municipality_id: int, name: str | None) -> None:
    # invisible marks would let one name pass for another, and turn a card's text around
    visible = "".join(letter if letter.isprintable() else " " for letter in name or "")
    shown = " ".join(visible.split())[:_NAME_LENGTH] or None
    await tx.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(
            name=func.coalesce(Person.name, shown),
            municipality_id=func.coalesce(Person.municipality_id, municipality_id),
        )
    )


async def _granted(tx: Tx, right_id: int) -> GrantedRight:
    row = (
        await tx.execute(
            select(
                StaffRight.role,
                StaffRight.municipality_id,
                Municipality.name,
                StaffRight.organisation_id,
                Organisation.name.label("organisation_name"),
            )
            .join(Municipality, Municipality.id == StaffRight.municipality_id)
            .outerjoin(Organisation, Organisation.id == StaffRight.organisation_id)
            .where(StaffRight.id == right_id)
        )
    ).one()
    return GrantedRight(
        right_id=right_id,
        role=Role(row.role),
        municipality_id=row.municipality_id,
        municipality_name=row.name,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
    )
