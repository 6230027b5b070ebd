"""An officer finds the request of those who came, mends what was entered wrongly, hands it on.

Foreign, absent and wrong are one answer. Every try is kept and audited; who looks in vain too
often waits. Confirming itself is `CertificateDecisions.confirm`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, or_, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Certificate, Child, Person, PointLookup
from core.domain.actors import Actor
from core.domain.calendar import local_date
from core.domain.certificates import (
    LIVE,
    UNDECIDED,
    CertificateState,
    check_age_for_request,
)
from core.domain.children import ChildState
from core.domain.codes import code_hash
from core.domain.confirmation import (
    MOST_TRIES,
    TRIES_WITHIN,
    CheckedLocked,
    FindingWay,
    NamedChild,
    TooManyTries,
    VisitCode,
)
from core.domain.names import ChildName
from core.domain.outgoing import Notice
from core.domain.refusals import AlreadyDecided, NotAllowed, NotFound
from core.domain.silence import QuietHours, after_silence
from core.domain.snils import read_snils
from core.domain.staff import CardSubject, Right
from core.services.audit.steps import record
from core.services.certificates.visits import ENTITY, end_visit_timers
from core.services.chats.steps import show_card
from core.services.children.steps import name_index
from core.services.confirmation.doors import lock_visited
from core.services.confirmation.points import own_point
from core.services.outgoing.steps import enqueue
from core.services.staff.steps import rights_of


@dataclass(frozen=True, kw_only=True)
class Mending:
    """What the papers say otherwise; None leaves a field as it is. `snils` as written."""

    name: ChildName | None = None
    born: date | None = None
    snils: str | None = None


class PointVisits:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def find_by_code(self, actor: Actor, code: VisitCode) -> int:
        """The request's number. Raises NotAllowed, TooManyTries, NotFound."""
        return await self._find(
            actor,
            FindingWay.CODE,
            Certificate.id == code.number,
            Certificate.visit_code == code.written,
        )

    async def find_by_name(self, actor: Actor, child: NamedChild) -> int:
        """Exactly this name and birth date, and nobody else there has them: one or nothing.

        Raises NotAllowed, TooManyTries, NotFound.
        """
        return await self._find(
            actor,
            FindingWay.NAME,
            Child.name_key == name_index(self._cipher, child.name),
            Child.born == child.born,
            Certificate.state.in_(sorted(LIVE)),
            Certificate.import_id.is_(None),  # nobody has asked for those here
        )

    async def find_by_link(self, actor: Actor, token: str) -> int:
        """By the code in the QR of the family's card. Raises NotAllowed, TooManyTries, NotFound."""
        return await self._find(
            actor, FindingWay.LINK, Certificate.token_sha256 == code_hash(token)
        )

    async def mend(
        self, actor: Actor, certificate_id: int, mending: Mending, *, version: int
    ) -> None:
        """Before confirming, on the spot; the parent is told. The same again changes nothing.

        Raises NotAllowed, NotFound, AlreadyDecided, CheckedLocked, BadValue (snils), TooYoung,
        TooOld.
        """
        values = self._values(mending)
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await lock_visited(tx, actor, certificate_id, now)
            if row.state not in UNDECIDED:
                raise AlreadyDecided(state=row.state)
            if row.child_state != ChildState.ENTERED:
                raise CheckedLocked()
            if mending.born is not None:
                check_age_for_request(mending.born, local_date(now, row.timezone))
            fields = await _changed(tx, row.child_id, mending, values, self._cipher)
            if not fields:
                return
            if row.version != version:
                raise AlreadyDecided(state=row.state)
            await tx.execute(update(Child).where(Child.id == row.child_id).values(**values))
            await self._move(
                tx,
                actor,
                row,
                now,
                action="certificate.mended",
                fields=fields,
                values={},
                notice="certificate.mended",
            )

    async def hand_to_specialist(self, actor: Actor, certificate_id: int, *, version: int) -> None:
        """What the papers say differs: a moderator decides. The same again changes nothing.

        Raises NotAllowed, NotFound, AlreadyDecided.
        """
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await lock_visited(tx, actor, certificate_id, now)
            if row.state == CertificateState.UNDER_REVIEW:
                return
            if row.state not in UNDECIDED or row.version != version:
                raise AlreadyDecided(state=row.state)
            await end_visit_timers(tx, row.id, now)
            await self._move(
                tx,
                actor,
                row,
                now,
                action="certificate.handed_on",
                fields=("state",),
                values={"state": CertificateState.UNDER_REVIEW, "state_since": now},
                notice="certificate.under_review",
            )

    async def _find(self, actor: Actor, way: FindingWay, *brought: ColumnElement[bool]) -> int:
        async with self._database.write() as tx:
            now = self._clock.now()
            # one officer's tries go one after another, so they are counted exactly
            await tx.execute(
                select(Person.id).where(Person.id == actor.person_id).with_for_update()
            )
            right = own_point(actor, await rights_of(tx, actor.person_id, now))
            if right is None:
                raise NotAllowed()
            await _brake(tx, actor, now)
            certificate_id = await _one(tx, right, *brought)
            await _keep_try(tx, actor, right, way, certificate_id, now)
        # outside: a try in vain is kept too
        if certificate_id is None:
            raise NotFound(what="certificate")
        return certificate_id

    def _values(self, mending: Mending) -> dict[str, Any]:
        """Columns of the child."""
        values: dict[str, Any] = {}
        if mending.name is not None:
            values |= {
                "last_name": mending.name.last,
                "first_name": mending.name.first,
                "patronymic": mending.name.patronymic,
                "name_key": name_index(self._cipher, mending.name),
            }
        if mending.born is not None:
            values["born"] = mending.born
        if mending.snils is not None:
            digits = read_snils(mending.snils)
            values |= {
                "snils_sealed": self._cipher.seal_text("snils", digits),
                "snils_index": self._cipher.blind_index("snils", digits),
            }
        return values

    async def _move(
        self,
        tx: Tx,
        actor: Actor,
        row: Row[*tuple[Any, ...]],
        now: datetime,
        *,
        action: str,
        fields: tuple[str, ...],
        values: dict[str, Any],
        notice: str,
    ) -> None:
        """The next version of the request; the family and the staff chats hear of it."""
        version = row.version + 1
        await tx.execute(
            update(Certificate).where(Certificate.id == row.id).values(version=version, **values)
        )
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action=action,
            entity=ENTITY,
            entity_id=row.id,
            municipality_id=row.municipality_id,
            fields=fields,
            details={"version": version},
        )
        if row.requested_by is not None:
            await enqueue(
                tx,
                Notice(
                    kind=notice,
                    entity=ENTITY,
                    entity_id=row.id,
                    version=version,
                    person_id=row.requested_by,
                    not_before=after_silence(now, row.timezone, self._quiet),
                ),
                now=now,
                cipher=self._cipher,
            )
        await show_card(
            tx,
            CardSubject.CERTIFICATES,
            row.id,
            version=version,
            municipality_id=row.municipality_id,
            now=now,
            cipher=self._cipher,
        )


async def _brake(tx: Tx, actor: Actor, now: datetime) -> None:
    """Raises TooManyTries."""
    tried = await tx.scalar(
        select(func.count())
        .select_from(PointLookup)
        .where(
            PointLookup.person_id == actor.person_id,
            PointLookup.at > now - TRIES_WITHIN,
            or_(PointLookup.certificate_id.is_(None), PointLookup.way == FindingWay.NAME),
        )
    )
    if (tried or 0) >= MOST_TRIES:
        raise TooManyTries(most=MOST_TRIES)


async def _one(tx: Tx, right: Right, *brought: ColumnElement[bool]) -> int | None:
    """The only request of the point's municipality that fits."""
    found = (
        await tx.execute(
            select(Certificate.id)
            .join(Child, Child.id == Certificate.child_id)
            .where(
                Certificate.municipality_id == right.municipality_id,
                *brought,
            )
            .limit(2)
        )
    ).scalars()
    ids = list(found)
    return ids[0] if len(ids) == 1 else None


async def _keep_try(
    tx: Tx,
    actor: Actor,
    right: Right,
    way: FindingWay,
    certificate_id: int | None,
    now: datetime,
) -> None:
    lookup_id = (
        await tx.execute(
            insert(PointLookup)
            .values(
                person_id=actor.person_id,
                organisation_id=right.organisation_id,
                way=way,
                certificate_id=certificate_id,
                at=now,
            )
            .returning(PointLookup.id)
        )
    ).scalar_one()
    await record(
        tx,
        at=now,
        actor=actor.mark,
        action="point.looked_up",
        entity="point_lookups",
        entity_id=lookup_id,
        municipality_id=right.municipality_id,
        details={
            "way": str(way),
            "organisation_id": right.organisation_id,
            "certificate_id": certificate_id,
        },
    )


async def _changed(
    tx: Tx, child_id: int, mending: Mending, values: dict[str, Any], cipher: Cipher
) -> tuple[str, ...]:
    """Names of the fields that really become others."""
    child = (
        await tx.execute(
            select(
                Child.last_name, Child.first_name, Child.patronymic, Child.born, Child.snils_index
            ).where(Child.id == child_id)
        )
    ).one()
    changed: list[str] = [
        field
        for field in ("last_name", "first_name", "patronymic", "born")
        if field in values and values[field] != getattr(child, field)
    ]
    if mending.snils is not None and values["snils_index"] != child.snils_index:
        changed.append("snils")
    return tuple(changed)
