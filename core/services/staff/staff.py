"""Inviting staff, accepting an invitation, revoking a right.

An invitation is a link with a one-time code of at least 128 random bits; it lives seven days and
only the hash of its code is kept. Junk, expired, used and somebody else's codes get one and the
same answer. The one who accepted it may follow the link again: the answer is the same and nothing
happens, as long as the right it gave still holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update

from core.cipher import Cipher
from core.clock import Chance, Clock
from core.db.engine import Database, Tx
from core.db.models import Municipality, Organisation, Person, StaffRight
from core.domain.actors import CLI, Actor
from core.domain.calendar import local_date
from core.domain.codes import CODE_LENGTH, may_be_code
from core.domain.municipality import MunicipalityView
from core.domain.refusals import NotFound
from core.domain.staff import InvitationInvalid, Right, Role
from core.domain.terms import ALWAYS, Term, last_day
from core.services.municipalities.steps import get_municipality, get_municipality_id
from core.services.staff.granting import (
    Offer,
    check_organisation,
    end_right,
    grant,
    make_invitation,
    order_menu,
    standing_right,
    take_invitation,
)
from core.services.staff.queries import StaffMember, list_members
from core.services.staff.steps import holds, rights_of

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
    first: date | None = None  # days of the municipality's calendar, both inclusive
    last: date | None = None


class Staff:
    """Rights of staff persons."""

    def __init__(self, database: Database, clock: Clock, chance: Chance, cipher: Cipher) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._cipher = cipher

    async def invite(
        self,
        role: Role,
        municipality_code: str,
        organisation_id: int | None = None,
        *,
        bot_username: str,
        term: Term = ALWAYS,
    ) -> Invitation:
        """Make an invitation at the command line. Raises NotFound (no such municipality, or the
        organisation is not of it), OrganisationNeeded, BadValue (the term).
        """
        code = self._chance.token(CODE_LENGTH)
        now = self._clock.now()
        async with self._database.write() as tx:
            place = await get_municipality(tx, await get_municipality_id(tx, municipality_code))
            offer = offer_of(role, place, organisation_id, term, now=now)
            await check_organisation(tx, offer)
            expires_at = await make_invitation(tx, offer, code, actor=CLI, now=now)
        return Invitation(
            code=code, link=invitation_link(bot_username, code), expires_at=expires_at
        )

    async def accept_invitation(
        self, actor: Actor, code: str, *, name: str | None = None
    ) -> GrantedRight:
        """Give the right to the one who followed the link. Raises InvitationInvalid.

        `name` is how the person calls himself: cards tell by it who decided. It is kept only when
        none is known yet.
        """
        if not may_be_code(code):
            raise InvitationInvalid()
        now = self._clock.now()
        async with self._database.write() as tx:
            # one person's acceptances go one after another
            await tx.execute(
                select(Person.id).where(Person.id == actor.person_id).with_for_update()
            )
            offer, taken = await take_invitation(tx, code, actor.person_id, now)
            standing = await standing_right(tx, actor.person_id, offer, now)
            if standing is None and not taken:
                # taken earlier and revoked since: the old link brings nothing back
                raise InvitationInvalid()
            if standing is None or (taken and offer.outlasts(standing[1])):
                right_id = await grant(tx, actor.person_id, offer, now=now, cipher=self._cipher)
            else:
                right_id = standing[0]
            if taken:
                await _introduce(tx, actor.person_id, offer.municipality_id, name)
            return await _granted(tx, right_id)

    async def rights(self, actor: Actor) -> list[Right]:
        """What the actor holds now; empty for everybody who is no staff."""
        async with self._database.read() as tx:
            return await rights_of(tx, actor.person_id, self._clock.now())

    async def order_menus(self, version: int) -> None:
        """At the start: everybody of the staff gets the menu of commands of this version once."""
        now = self._clock.now()
        async with self._database.read() as tx:
            people = list(
                await tx.scalars(select(StaffRight.person_id).where(holds(now)).distinct())
            )
        if not people:
            return
        async with self._database.write() as tx:
            for person_id in sorted(people):
                await order_menu(tx, person_id, version, now=now, cipher=self._cipher)

    async def list_all(self) -> list[StaffMember]:
        """Everybody who holds a right now."""
        async with self._database.read() as tx:
            return await list_members(tx, self._clock.now())

    async def revoke(self, right_id: int) -> None:
        """Take the right away, at once; a second time changes nothing. Raises NotFound."""
        now = self._clock.now()
        async with self._database.write() as tx:
            found = await tx.scalar(
                select(StaffRight.id).where(StaffRight.id == right_id).with_for_update()
            )
            if found is None:
                raise NotFound()
            await end_right(tx, right_id, actor=CLI, now=now, cipher=self._cipher)


def offer_of(
    role: Role,
    place: MunicipalityView,
    organisation_id: int | None,
    term: Term,
    *,
    now: datetime,
    granted_by: int | None = None,
) -> Offer:
    """The right in moments of the municipality's calendar. Raises BadValue (the term)."""
    term.checked(local_date(now, place.timezone))
    return Offer(
        role=role,
        municipality_id=place.id,
        organisation_id=organisation_id,
        starts_at=term.starts_at(place.timezone),
        ends_at=term.ends_at(place.timezone),
        granted_by=granted_by,
    )


def invitation_link(bot_username: str, code: str) -> str:
    """Opens the bot with the code."""
    return f"https://t.me/{bot_username}?start=i_{code}"


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
                StaffRight.starts_at,
                StaffRight.ends_at,
                Municipality.timezone,
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
        first=None if row.starts_at is None else local_date(row.starts_at, row.timezone),
        last=None if row.ends_at is None else last_day(row.ends_at, row.timezone),
    )
