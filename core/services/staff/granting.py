"""Steps that make, give and end rights, inside the caller's write.

Whatever changes what a person may do also orders that person's menu of commands anew: at once, and
at the moments a dated right begins and ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, insert, select, update

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Organisation, StaffInvitation, StaffRight
from core.domain.codes import code_hash
from core.domain.outgoing import Notice
from core.domain.refusals import NotFound
from core.domain.staff import NEEDS_ORGANISATION, InvitationInvalid, OrganisationNeeded, Role
from core.services.audit.steps import record
from core.services.outgoing.steps import enqueue
from core.services.staff.steps import stands

INVITATION_LIFE = timedelta(days=7)
COMMANDS = "commands.staff"
_GIVEN, _ENDED, _BEGINS, _ENDS = range(4)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What right is given. Moments are UTC; None: at once, without an end."""

    role: Role
    municipality_id: int
    organisation_id: int | None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    granted_by: int | None = None
    delegated_from: int | None = None

    def outlasts(self, ends_at: datetime | None) -> bool:
        """Whether it holds longer than until `ends_at`."""
        return ends_at is not None and (self.ends_at is None or self.ends_at > ends_at)


async def check_organisation(tx: Tx, offer: Offer) -> None:
    """Raises OrganisationNeeded, NotFound when it is not of the municipality."""
    if offer.organisation_id is None:
        if offer.role in NEEDS_ORGANISATION:
            raise OrganisationNeeded(role=str(offer.role))
        return
    found = await tx.scalar(
        select(Organisation.id).where(
            Organisation.id == offer.organisation_id,
            Organisation.municipality_id == offer.municipality_id,
        )
    )
    if found is None:
        raise NotFound()


async def make_invitation(
    tx: Tx, offer: Offer, code: str, *, actor: str, now: datetime
) -> datetime:
    """Keep the hash of the code; gives when the invitation expires."""
    expires_at = now + INVITATION_LIFE
    invitation_id = (
        await tx.execute(
            insert(StaffInvitation)
            .values(
                code_sha256=code_hash(code),
                role=offer.role,
                municipality_id=offer.municipality_id,
                organisation_id=offer.organisation_id,
                made_at=now,
                expires_at=expires_at,
                starts_at=offer.starts_at,
                ends_at=offer.ends_at,
                made_by=offer.granted_by,
            )
            .returning(StaffInvitation.id)
        )
    ).scalar_one()
    await record(
        tx,
        at=now,
        actor=actor,
        action="staff.invited",
        entity="staff_invitations",
        entity_id=invitation_id,
        municipality_id=offer.municipality_id,
        details={"role": str(offer.role), "organisation_id": offer.organisation_id},
    )
    return expires_at


async def take_invitation(tx: Tx, code: str, person_id: int, now: datetime) -> tuple[Offer, bool]:
    """The invitation's offer, and whether it was taken just now (not by this person earlier).

    Raises InvitationInvalid.
    """
    row = (
        await tx.execute(
            select(
                StaffInvitation.id,
                StaffInvitation.role,
                StaffInvitation.municipality_id,
                StaffInvitation.organisation_id,
                StaffInvitation.expires_at,
                StaffInvitation.used_by,
                StaffInvitation.starts_at,
                StaffInvitation.ends_at,
                StaffInvitation.made_by,
            )
            .where(StaffInvitation.code_sha256 == code_hash(code))
            .with_for_update()
        )
    ).one_or_none()
    if row is None:
        raise InvitationInvalid()
    offer = Offer(
        role=Role(row.role),
        municipality_id=row.municipality_id,
        organisation_id=row.organisation_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        granted_by=row.made_by,
    )
    if row.used_by is not None:
        if row.used_by != person_id:
            raise InvitationInvalid()
        return offer, False
    if row.expires_at <= now or (offer.ends_at is not None and offer.ends_at <= now):
        raise InvitationInvalid()
    await tx.execute(
        update(StaffInvitation)
        .where(StaffInvitation.id == row.id)
        .values(used_at=now, used_by=person_id)
    )
    return offer, True


async def standing_right(
    tx: Tx, person_id: int, offer: Offer, now: datetime
) -> tuple[int, datetime | None] | None:
    """(id, end) of the same right where the person has it already, or will have it."""
    row = (
        await tx.execute(
            select(StaffRight.id, StaffRight.ends_at).where(*_same(person_id, offer), stands(now))
        )
    ).one_or_none()
    return None if row is None else (row.id, row.ends_at)


async def grant(tx: Tx, person_id: int, offer: Offer, *, now: datetime, cipher: Cipher) -> int:
    """Give the right; one that ran out, or is shorter, makes room for it."""
    # one that ran out by its date ended then, whenever anybody noticed
    await tx.execute(
        update(StaffRight)
        .where(*_same(person_id, offer), StaffRight.ends_at <= now)
        .values(revoked_at=StaffRight.ends_at)
    )
    await tx.execute(update(StaffRight).where(*_same(person_id, offer)).values(revoked_at=now))
    right_id = (
        await tx.execute(
            insert(StaffRight)
            .values(
                person_id=person_id,
                role=offer.role,
                municipality_id=offer.municipality_id,
                organisation_id=offer.organisation_id,
                granted_at=now,
                starts_at=offer.starts_at,
                ends_at=offer.ends_at,
                granted_by=offer.granted_by,
                delegated_from=offer.delegated_from,
            )
            .returning(StaffRight.id)
        )
    ).scalar_one()
    await record(
        tx,
        at=now,
        actor=f"person:{person_id}"
        if offer.delegated_from is None
        else f"person:{offer.granted_by}",
        action="staff.granted" if offer.delegated_from is None else "staff.handed-over",
        entity="staff_rights",
        entity_id=right_id,
        municipality_id=offer.municipality_id,
        details={"role": str(offer.role), "organisation_id": offer.organisation_id},
    )
    for moment, what in ((now, _GIVEN), (offer.starts_at, _BEGINS), (offer.ends_at, _ENDS)):
        if moment is not None:
            await _order_commands(tx, person_id, right_id, what, moment, now, cipher)
    return right_id


async def end_right(tx: Tx, right_id: int, *, actor: str, now: datetime, cipher: Cipher) -> None:
    """Take the right away at once, and what was handed over from it; again changes nothing."""
    rows = await tx.execute(
        update(StaffRight)
        .where(
            (StaffRight.id == right_id) | (StaffRight.delegated_from == right_id),
            StaffRight.revoked_at.is_(None),
        )
        .values(revoked_at=now)
        .returning(StaffRight.id, StaffRight.person_id, StaffRight.municipality_id)
    )
    for row in sorted(rows.all()):
        await record(
            tx,
            at=now,
            actor=actor,
            action="staff.revoked",
            entity="staff_rights",
            entity_id=row.id,
            municipality_id=row.municipality_id,
        )
        await _order_commands(tx, row.person_id, row.id, _ENDED, now, now, cipher)


async def order_menu(
    tx: Tx, person_id: int, version: int, *, now: datetime, cipher: Cipher
) -> None:
    """The menu of commands of this version; numbers below zero are no right's."""
    notice = Notice(
        kind=COMMANDS,
        entity="people",
        entity_id=person_id,
        version=-1 - version,
        person_id=person_id,
    )
    await enqueue(tx, notice, now=now, cipher=cipher)


def _same(person_id: int, offer: Offer) -> tuple[ColumnElement[bool], ...]:
    return (
        StaffRight.person_id == person_id,
        StaffRight.role == offer.role,
        StaffRight.municipality_id == offer.municipality_id,
        StaffRight.organisation_id.is_not_distinct_from(offer.organisation_id),
        StaffRight.revoked_at.is_(None),
    )


async def _order_commands(
    tx: Tx,
    person_id: int,
    right_id: int,
    what: int,
    moment: datetime,
    now: datetime,
    cipher: Cipher,
) -> None:
    notice = Notice(
        kind=COMMANDS,
        entity="people",
        entity_id=person_id,
        version=right_id * 4 + what,
        person_id=person_id,
        not_before=moment,
    )
    await enqueue(tx, notice, now=now, cipher=cipher)
