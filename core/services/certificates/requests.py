"""A family asks for a certificate of record, then shows documents within thirty days.

A possible double is taken all the same and with the same words: staff see the mark and decide.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update

from core.cipher import Cipher
from core.clock import Chance, Clock
from core.db.engine import Database, Tx
from core.db.models import Certificate, Child, Municipality, Person
from core.domain.actors import Actor
from core.domain.calendar import local_date
from core.domain.certificates import (
    LIVE,
    VISIT_DAYS,
    CertificateExists,
    CertificateKind,
    CertificateState,
    check_age_for_request,
    check_reopening,
)
from core.domain.children import LOCKED
from core.domain.refusals import AlreadyDecided, NotFound
from core.domain.snils import read_snils
from core.domain.staff import CardSubject
from core.services.audit.steps import record
from core.services.certificates.queries import as_view, get_view, views
from core.services.certificates.views import CertificateView
from core.services.certificates.visits import ENTITY, await_visit
from core.services.chats.steps import show_card
from core.services.children.steps import (
    ChildRecord,
    Reach,
    followed_by,
    get_child,
    guarded_by,
    lock_child,
)
from core.services.consents.steps import require_processing
from core.services.municipalities.steps import get_municipality
from core.services.people.phones import read_phone


class CertificateRequests:
    def __init__(self, database: Database, clock: Clock, chance: Chance, cipher: Cipher) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._cipher = cipher

    async def request(
        self, actor: Actor, child_id: int, *, snils: str | None, phone: str | None, key: str
    ) -> CertificateView:
        """The same key gives the same request. Raises NotFound, ConsentNeeded, TooYoung, TooOld,
        CertificateExists, BadValue (snils, phone)."""
        snils = read_snils(snils) if snils is not None else None
        phone = read_phone(phone) if phone is not None else None
        async with self._database.write() as tx:
            child = await lock_child(tx, actor, child_id)
            earlier = (
                await tx.execute(
                    views().where(Certificate.key == key, Certificate.child_id == child_id)
                )
            ).one_or_none()
            if earlier is not None:
                return as_view(earlier, self._cipher)
            await require_processing(tx, actor.person_id)
            now = self._clock.now()
            zone = (await get_municipality(tx, child.municipality_id)).timezone
            today = local_date(now, zone)
            check_age_for_request(child.born, today)
            await _refuse_second(tx, child_id)
            fields = await self._keep_numbers(tx, actor, child, snils=snils, phone=phone)
            visit_until = today + timedelta(days=VISIT_DAYS)
            certificate_id = await self._insert(tx, actor, child, key, now, visit_until)
            await await_visit(tx, certificate_id, visit_until, zone)
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="certificate.requested",
                entity=ENTITY,
                entity_id=certificate_id,
                municipality_id=child.municipality_id,
                fields=fields,
                details={"child_id": child_id},
            )
            await show_card(
                tx,
                CardSubject.CERTIFICATES,
                certificate_id,
                version=1,
                municipality_id=child.municipality_id,
                now=now,
                cipher=self._cipher,
            )
            return await get_view(tx, certificate_id, self._cipher)

    async def reopen(self, actor: Actor, certificate_id: int) -> CertificateView:
        """A request that closed because nobody came waits thirty more days, with its number, code
        and data. Once open, again is harmless.

        Raises NotFound, ConsentNeeded, ReopenTooLate, TooOld, CertificateExists, AlreadyDecided.
        """
        async with self._database.write() as tx:
            row = await _lock_mine(tx, actor, certificate_id)
            if row.state == CertificateState.AWAITING_VISIT:
                return await get_view(tx, certificate_id, self._cipher)
            if row.state != CertificateState.CLOSED:
                raise AlreadyDecided(state=row.state)
            await require_processing(tx, actor.person_id)
            now = self._clock.now()
            today = local_date(now, row.timezone)
            check_reopening(local_date(row.state_since or row.requested_at, row.timezone), today)
            check_age_for_request(row.born, today)
            await _refuse_second(tx, row.child_id)
            version, visit_until = row.version + 1, today + timedelta(days=VISIT_DAYS)
            await tx.execute(
                update(Certificate)
                .where(Certificate.id == certificate_id, Certificate.version == row.version)
                .values(
                    state=CertificateState.AWAITING_VISIT,
                    state_since=now,
                    visit_until=visit_until,
                    requested_by=actor.person_id,
                    version=version,
                )
            )
            await await_visit(tx, certificate_id, visit_until, row.timezone)
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="certificate.reopened",
                entity=ENTITY,
                entity_id=certificate_id,
                municipality_id=row.municipality_id,
                fields=("state", "visit_until"),
                details={"version": version},
            )
            await show_card(
                tx,
                CardSubject.CERTIFICATES,
                certificate_id,
                version=version,
                municipality_id=row.municipality_id,
                now=now,
                cipher=self._cipher,
            )
            return await get_view(tx, certificate_id, self._cipher)

    async def of_child(self, actor: Actor, child_id: int) -> CertificateView | None:
        """The child's certificate in force, else the latest one or request. Raises NotFound
        (child)."""
        async with self._database.read() as tx:
            await get_child(tx, actor, child_id, Reach.FAMILY)
            row = (
                await tx.execute(
                    views()
                    .where(Certificate.child_id == child_id)
                    .order_by(Certificate.state.in_(_ONE_AT_A_TIME).desc(), Certificate.id.desc())
                    .limit(1)
                )
            ).one_or_none()
            return as_view(row, self._cipher) if row is not None else None

    async def get_mine(self, actor: Actor, certificate_id: int) -> CertificateView:
        """Raises NotFound."""
        async with self._database.read() as tx:
            row = (
                await tx.execute(
                    views().where(
                        Certificate.id == certificate_id,
                        Certificate.child_id.in_(followed_by(actor)),
                    )
                )
            ).one_or_none()
            if row is None:
                raise NotFound(what="certificate")
            return as_view(row, self._cipher)

    async def show_number(self, actor: Actor, certificate_id: int) -> str:
        """The whole number, to the guardian only. Raises NotFound, also while there is none."""
        async with self._database.read() as tx:
            sealed = (
                await tx.execute(
                    select(Certificate.number_sealed).where(
                        Certificate.id == certificate_id,
                        Certificate.child_id.in_(guarded_by(actor)),
                    )
                )
            ).scalar()
        if sealed is None:
            raise NotFound(what="certificate")
        return self._cipher.open_text("certificate", sealed)

    async def _insert(
        self,
        tx: Tx,
        actor: Actor,
        child: ChildRecord,
        key: str,
        now: datetime,
        visit_until: date,
    ) -> int:
        digits = self._chance.digits(2)
        certificate_id = (
            await tx.execute(
                insert(Certificate)
                .values(
                    municipality_id=child.municipality_id,
                    child_id=child.id,
                    requested_by=actor.person_id,
                    kind=CertificateKind.RECORD,
                    state=CertificateState.AWAITING_VISIT,
                    visit_code=digits,
                    visit_until=visit_until,
                    version=1,
                    key=key,
                    requested_at=now,
                    state_since=now,
                )
                .returning(Certificate.id)
            )
        ).scalar_one()
        # what the family says at the visit begins with the number of the request
        await tx.execute(
            update(Certificate)
            .where(Certificate.id == certificate_id)
            .values(visit_code=f"{certificate_id}-{digits}")
        )
        return certificate_id

    async def _keep_numbers(
        self,
        tx: Tx,
        actor: Actor,
        child: ChildRecord,
        *,
        snils: str | None,
        phone: str | None,
    ) -> tuple[str, ...]:
        """Keep what was given; a confirmed child's insurance number is locked."""
        kept: list[str] = []
        locked = child.state in LOCKED and child.snils_index is not None
        if snils is not None and not locked:
            await tx.execute(
                update(Child)
                .where(Child.id == child.id)
                .values(
                    snils_sealed=self._cipher.seal_text("snils", snils),
                    snils_index=self._cipher.blind_index("snils", snils),
                )
            )
            kept.append("snils")
        if phone is not None:
            await tx.execute(
                update(Person)
                .where(Person.id == actor.person_id)
                .values(
                    phone_sealed=self._cipher.seal_text("phone", phone),
                    phone_index=self._cipher.blind_index("phone", phone),
                )
            )
            kept.append("phone")
        return tuple(kept)


async def _lock_mine(tx: Tx, actor: Actor, certificate_id: int) -> Row[*tuple[Any, ...]]:
    """The family's request; what else would be done about this child waits. Raises NotFound."""
    row: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(
                Certificate.child_id,
                Certificate.municipality_id,
                Certificate.state,
                Certificate.state_since,
                Certificate.requested_at,
                Certificate.version,
                Child.born,
                Municipality.timezone,
            )
            .join(Child, Child.id == Certificate.child_id)
            .join(Municipality, Municipality.id == Certificate.municipality_id)
            .where(
                Certificate.id == certificate_id,
                Certificate.child_id.in_(guarded_by(actor)),
                Child.born.is_not(None),
            )
            .with_for_update(of=[Certificate, Child])
        )
    ).one_or_none()
    if row is None:
        raise NotFound(what="certificate")
    return row


async def _refuse_second(tx: Tx, child_id: int) -> None:
    live = (
        await tx.execute(
            select(Certificate.id)
            .where(Certificate.child_id == child_id, Certificate.state.in_(_ONE_AT_A_TIME))
            .limit(1)
        )
    ).scalar()
    if live is not None:
        raise CertificateExists(certificate_id=live)


# a suspended one is still the child's: it comes back, so a second is not begun
_ONE_AT_A_TIME = sorted(LIVE | {CertificateState.SUSPENDED})
