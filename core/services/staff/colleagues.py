"""The people of a centre, as its head and they themselves see them in the bot.

The head lists, invites and revokes in the municipality he heads; everybody of the staff hands his
own right over to a colleague for the days of a leave. What is handed over ends by itself, ends with
the right it came from, and is not handed on. To the one who asks, what is not his and what is not
there are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, select

from core.cipher import Cipher
from core.clock import Chance, Clock
from core.db.engine import Database, Tx
from core.db.models import Municipality, Organisation, Person, StaffRight
from core.domain.actors import Actor
from core.domain.calendar import local_date
from core.domain.codes import CODE_LENGTH
from core.domain.outgoing import Notice
from core.domain.refusals import BadValue, NotAllowed, NotFound
from core.domain.staff import INVITED_BY_HEAD, HandingOverTwice, Role, headed
from core.domain.terms import ALWAYS, Term, last_day
from core.services.municipalities.steps import get_municipality
from core.services.outgoing.steps import enqueue
from core.services.staff.granting import (
    check_organisation,
    end_right,
    grant,
    make_invitation,
    standing_right,
)
from core.services.staff.queries import StaffMember, list_members
from core.services.staff.staff import Invitation, invitation_link, offer_of
from core.services.staff.steps import rights_of, stands

HANDED_OVER = "staff.handed-over"


@dataclass(frozen=True, kw_only=True)
class HandingOver:
    """A right handed over: to whom, what, and for which days (both inclusive)."""

    right_id: int
    colleague_name: str | None
    role: Role
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class HandedRight:
    """The same for the one who got it, at the moment of telling; `zone` for its days."""

    role: Role
    place: str
    first: date
    last: date
    giver_name: str | None


class Colleagues:
    """Each call asks for the actor's rights anew."""

    def __init__(self, database: Database, clock: Clock, chance: Chance, cipher: Cipher) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._cipher = cipher

    async def headed_places(self, actor: Actor) -> list[int]:
        """The municipalities the actor heads, by their numbers; empty for everybody else."""
        async with self._database.read() as tx:
            return sorted(headed(await rights_of(tx, actor.person_id, self._clock.now())))

    async def list_of_head(self, actor: Actor, municipality_id: int) -> list[StaffMember]:
        """Everybody who holds a right there now or will. Raises NotAllowed."""
        now = self._clock.now()
        async with self._database.read() as tx:
            await _require_head(tx, actor, municipality_id, now)
            return await list_members(tx, now, StaffRight.municipality_id == municipality_id)

    async def list_organisations(self, actor: Actor, municipality_id: int) -> list[tuple[int, str]]:
        """(id, name) of where a person may be invited to, by name. Raises NotAllowed."""
        async with self._database.read() as tx:
            await _require_head(tx, actor, municipality_id, self._clock.now())
            rows = await tx.execute(
                select(Organisation.id, Organisation.name)
                .where(Organisation.municipality_id == municipality_id)
                .order_by(Organisation.name_key, Organisation.id)
            )
            return [(row.id, row.name) for row in rows]

    async def invite(
        self,
        actor: Actor,
        role: Role,
        municipality_id: int,
        organisation_id: int | None,
        *,
        term: Term = ALWAYS,
        bot_username: str,
    ) -> Invitation:
        """A one-time link to be given to one person. Raises NotAllowed, NotFound,
        OrganisationNeeded, BadValue (the term).
        """
        code = self._chance.token(CODE_LENGTH)
        now = self._clock.now()
        async with self._database.write() as tx:
            await _require_head(tx, actor, municipality_id, now)
            if role not in INVITED_BY_HEAD:
                raise NotAllowed()
            place = await get_municipality(tx, municipality_id)
            offer = offer_of(
                role, place, organisation_id, term, now=now, granted_by=actor.person_id
            )
            await check_organisation(tx, offer)
            expires_at = await make_invitation(tx, offer, code, actor=actor.mark, now=now)
        return Invitation(
            code=code, link=invitation_link(bot_username, code), expires_at=expires_at
        )

    async def revoke(self, actor: Actor, right_id: int) -> None:
        """Take a right away at once: the head's deed, or one's own handing over taken back; a
        second time changes nothing. Raises NotFound.
        """
        now = self._clock.now()
        async with self._database.write() as tx:
            right = (
                await tx.execute(
                    select(
                        StaffRight.municipality_id,
                        StaffRight.person_id,
                        StaffRight.granted_by,
                        StaffRight.delegated_from,
                    )
                    .where(StaffRight.id == right_id)
                    .with_for_update()
                )
            ).one_or_none()
            heads = headed(await rights_of(tx, actor.person_id, now))
            if right is None:
                raise NotFound()
            own = right.delegated_from is not None and right.granted_by == actor.person_id
            by_head = right.municipality_id in heads and right.person_id != actor.person_id
            if not own and not by_head:
                raise NotFound()
            await end_right(tx, right_id, actor=actor.mark, now=now, cipher=self._cipher)

    async def list_own(self, actor: Actor) -> list[StaffMember]:
        """What the actor may hand over: rights of his own, not those handed to him."""
        now = self._clock.now()
        async with self._database.read() as tx:
            found = await list_members(
                tx, now, StaffRight.person_id == actor.person_id, _began(now)
            )
            return [right for right in found if right.delegated_from is None]

    async def list_handed(self, actor: Actor) -> list[StaffMember]:
        """What the actor has handed over and that has not ended."""
        now = self._clock.now()
        async with self._database.read() as tx:
            return await list_members(
                tx,
                now,
                StaffRight.granted_by == actor.person_id,
                StaffRight.delegated_from.is_not(None),
            )

    async def list_receivers(self, actor: Actor, right_id: int) -> list[tuple[int, str | None]]:
        """(person, name) of the colleagues there who do not hold this right. Raises NotFound."""
        now = self._clock.now()
        async with self._database.read() as tx:
            right = await self._own_right(tx, actor, right_id, now)
            return await _receivers(tx, right, now)

    async def hand_over(
        self, actor: Actor, right_id: int, person_id: int, term: Term
    ) -> HandingOver:
        """Give a colleague the same right for these days. Raises NotFound, HandingOverTwice,
        BadValue (the term: both days are needed).
        """
        now = self._clock.now()
        async with self._database.write() as tx:
            # one colleague's rights change one after another
            await tx.execute(select(Person.id).where(Person.id == person_id).with_for_update())
            right = await self._own_right(tx, actor, right_id, now)
            place = await get_municipality(tx, right.municipality_id)
            today = local_date(now, place.timezone)
            first, last = term.first or today, term.last
            if last is None:
                raise BadValue(field="term", reason="open")
            Term(first=first, last=last).checked(today)
            offer = offer_of(
                right.role,
                place,
                right.organisation_id,
                Term(first=first, last=last),
                now=now,
                granted_by=actor.person_id,
            )
            offer = replace(
                offer,
                delegated_from=right_id,
                starts_at=None if first <= today else offer.starts_at,
                ends_at=_earlier(offer.ends_at, right.ends_at),
            )
            if await standing_right(tx, person_id, offer, now) is not None:
                raise HandingOverTwice()
            names = dict(await _receivers(tx, right, now))
            if person_id not in names:
                raise NotFound()
            made = await grant(tx, person_id, offer, now=now, cipher=self._cipher)
            await enqueue(
                tx,
                Notice(
                    kind=HANDED_OVER,
                    entity="staff_rights",
                    entity_id=made,
                    version=0,
                    person_id=person_id,
                    expires_at=offer.ends_at,
                ),
                now=now,
                cipher=self._cipher,
            )
        return HandingOver(
            right_id=made,
            colleague_name=names[person_id],
            role=right.role,
            first=first,
            last=last,
        )

    async def find_handed(self, actor: Actor, right_id: int) -> HandedRight | None:
        """What was handed to the actor, while it stands."""
        now = self._clock.now()
        async with self._database.read() as tx:
            row = (
                await tx.execute(
                    select(
                        StaffRight.role,
                        StaffRight.granted_at,
                        StaffRight.starts_at,
                        StaffRight.ends_at,
                        Municipality.name,
                        Municipality.timezone,
                        Organisation.name.label("organisation_name"),
                        Person.name.label("giver_name"),
                    )
                    .join(Municipality, Municipality.id == StaffRight.municipality_id)
                    .outerjoin(Organisation, Organisation.id == StaffRight.organisation_id)
                    .outerjoin(Person, Person.id == StaffRight.granted_by)
                    .where(
                        StaffRight.id == right_id,
                        StaffRight.person_id == actor.person_id,
                        StaffRight.delegated_from.is_not(None),
                        stands(now),
                    )
                )
            ).one_or_none()
        if row is None or row.ends_at is None:
            return None
        return HandedRight(
            role=Role(row.role),
            place=row.organisation_name or row.name,
            first=local_date(row.starts_at or row.granted_at, row.timezone),
            last=last_day(row.ends_at, row.timezone),
            giver_name=row.giver_name,
        )

    async def _own_right(self, tx: Tx, actor: Actor, right_id: int, now: datetime) -> StaffMember:
        found = await list_members(
            tx,
            now,
            StaffRight.id == right_id,
            StaffRight.person_id == actor.person_id,
            _began(now),
        )
        if not found:
            raise NotFound()
        if found[0].delegated_from is not None:
            raise HandingOverTwice()
        return found[0]


def _began(now: datetime) -> ColumnElement[bool]:
    return StaffRight.starts_at.is_(None) | (StaffRight.starts_at <= now)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    known = [moment for moment in (one, other) if moment is not None]
    return min(known, default=None)


async def _require_head(tx: Tx, actor: Actor, municipality_id: int, now: datetime) -> None:
    if municipality_id not in headed(await rights_of(tx, actor.person_id, now)):
        raise NotAllowed()


async def _receivers(tx: Tx, right: StaffMember, now: datetime) -> list[tuple[int, str | None]]:
    """Colleagues who do not hold the right themselves: of the organisation for a right held there,
    else of the municipality's own bodies; a club does not get what the centre may do."""
    near = [
        StaffRight.municipality_id == right.municipality_id,
        StaffRight.organisation_id.is_not_distinct_from(right.organisation_id),
    ]
    held = await list_members(tx, now, *near)
    have = {
        one.person_id
        for one in held
        if (one.role, one.organisation_id) == (right.role, right.organisation_id)
    }
    return sorted(
        {(one.person_id, one.person_name) for one in held if one.person_id not in have},
        key=lambda one: (one[1] or "", one[0]),
    )
