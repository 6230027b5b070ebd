"""A family on paper: an officer copies child and guardian; certificate at once, no account.

The ground is the guardian's consent on paper. What looks like somebody known already is entered
too, but a specialist compares before a number is given. The family gets a one-time link by which
it joins its child later; only its hash is kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Certificate, Child, JoinSlip, Municipality, PaperConsent, Person
from core.domain.actors import Actor
from core.domain.calendar import local_date
from core.domain.certificates import (
    LIVE,
    NUMBERED,
    CertificateKind,
    CertificateState,
    check_age_for_request,
)
from core.domain.children import ChildState
from core.domain.codes import code_hash
from core.domain.confirmation import SLIP_LIFE, check_paper_consent
from core.domain.municipality import RegistryMode
from core.domain.refusals import NotAllowed
from core.domain.snils import read_snils
from core.domain.staff import CardSubject, Right
from core.services.audit.steps import record
from core.services.certificates.numbers import give_number
from core.services.certificates.queries import seal_number
from core.services.certificates.visits import ENTITY
from core.services.chats.steps import show_card
from core.services.children.steps import NAME, name_index, name_of
from core.services.confirmation.doors import note_point
from core.services.confirmation.points import own_point
from core.services.confirmation.views import EnteredFamily, PaperFamily
from core.services.people.phones import read_phone
from core.services.registry_tasks.steps import open_task
from core.services.staff.steps import rights_of

_HELD = sorted(LIVE | NUMBERED)


class PaperFamilies:
    def __init__(self, database: Database, clock: Clock, cipher: Cipher) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher

    async def enter(
        self,
        actor: Actor,
        family: PaperFamily,
        *,
        slip_code: str,
        key: str,
        number: str | None = None,
    ) -> EnteredFamily:
        """The same key gives the same family. `slip_code`: of the family's link, random (at least
        128 bits); `number` only where the registry is external.

        Raises NotAllowed, TooYoung, TooOld, BadValue (snils, phone, consent, number),
        NumbersRunOut.
        """
        child = self._child_columns(family)
        async with self._database.write() as tx:
            now = self._clock.now()
            # one officer's entries go one after another, so the same key meets itself
            await tx.execute(
                select(Person.id).where(Person.id == actor.person_id).with_for_update()
            )
            right = own_point(actor, await rights_of(tx, actor.person_id, now))
            if right is None or right.organisation_id is None:
                raise NotAllowed()
            earlier = await self._entered(tx, actor, key)
            if earlier is not None:
                return earlier
            # entries of a municipality one after another: of two equal ones the second is seen
            place = (
                await tx.execute(
                    select(Municipality.timezone, Municipality.registry_mode)
                    .where(Municipality.id == right.municipality_id)
                    .with_for_update()
                )
            ).one()
            today = local_date(now, place.timezone)
            check_age_for_request(family.born, today)
            check_paper_consent(family.consent_on, today)
            doubtful = await _is_known(tx, child)
            state = _state_of(doubtful, place.registry_mode, number)
            given = (
                await give_number(
                    tx,
                    right.municipality_id,
                    place.registry_mode,
                    typed=number,
                    cipher=self._cipher,
                )
                if state is CertificateState.ACTIVE
                else None
            )
            child_id = await _insert_child(tx, right, child, doubtful, key, now)
            certificate_id = await self._insert_certificate(
                tx, actor, right, child_id, state, given, key, now
            )
            await self._keep_ground(tx, actor, right, family, child_id, now)
            await _keep_slip(tx, actor, child_id, slip_code, now)
            if not doubtful:
                await note_point(tx, actor, certificate_id, right.organisation_id, now)
            await self._tell(tx, actor, right, certificate_id, state, now)
            entered = await self._entered(tx, actor, key)
            if entered is None:
                raise LookupError("what was entered just now is not there")
            return entered

    def _child_columns(self, family: PaperFamily) -> dict[str, Any]:
        columns: dict[str, Any] = {
            "last_name": family.name.last,
            "first_name": family.name.first,
            "patronymic": family.name.patronymic,
            "name_key": name_index(self._cipher, family.name),
            "born": family.born,
        }
        if family.snils is not None:
            digits = read_snils(family.snils)
            columns |= {
                "snils_sealed": self._cipher.seal_text("snils", digits),
                "snils_index": self._cipher.blind_index("snils", digits),
            }
        return columns

    async def _entered(self, tx: Tx, actor: Actor, key: str) -> EnteredFamily | None:
        """What this officer has entered under this key."""
        row = (
            await tx.execute(
                select(
                    Certificate.id,
                    Certificate.state,
                    Certificate.number_sealed,
                    *NAME,
                    JoinSlip.expires_at,
                )
                .join(Child, Child.id == Certificate.child_id)
                .join(PaperConsent, PaperConsent.child_id == Child.id)
                .join(JoinSlip, JoinSlip.child_id == Child.id)
                .where(Certificate.key == _key(key), PaperConsent.taken_by == actor.person_id)
                .order_by(JoinSlip.id)
                .limit(1)
            )
        ).one_or_none()
        if row is None:
            return None
        sealed = row.number_sealed
        return EnteredFamily(
            certificate_id=row.id,
            child_name=name_of(row),
            state=CertificateState(row.state),
            number=self._cipher.open_text("certificate", sealed) if sealed else None,
            slip_until=row.expires_at,
        )

    async def _insert_certificate(
        self,
        tx: Tx,
        actor: Actor,
        right: Right,
        child_id: int,
        state: CertificateState,
        number: str | None,
        key: str,
        now: datetime,
    ) -> int:
        decided = state is not CertificateState.UNDER_REVIEW
        certificate_id: int = (
            await tx.execute(
                insert(Certificate)
                .values(
                    municipality_id=right.municipality_id,
                    child_id=child_id,
                    kind=CertificateKind.RECORD,
                    state=state,
                    state_since=now,
                    version=1,
                    key=_key(key),
                    requested_at=now,
                    decided_by=actor.person_id if decided else None,
                    decided_at=now if decided else None,
                    **(seal_number(self._cipher, number) if number is not None else {}),
                )
                .returning(Certificate.id)
            )
        ).scalar_one()
        return certificate_id

    async def _keep_ground(
        self, tx: Tx, actor: Actor, right: Right, family: PaperFamily, child_id: int, now: datetime
    ) -> None:
        phone = read_phone(family.phone) if family.phone is not None else None
        await tx.execute(
            insert(PaperConsent).values(
                child_id=child_id,
                organisation_id=right.organisation_id,
                number=family.consent_number,
                given_on=family.consent_on,
                guardian_name_sealed=self._cipher.seal_text("name", family.guardian_name),
                phone_sealed=self._cipher.seal_text("phone", phone) if phone else None,
                taken_by=actor.person_id,
                taken_at=now,
            )
        )
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action="child.entered_on_paper",
            entity="children",
            entity_id=child_id,
            municipality_id=right.municipality_id,
            fields=("last_name", "first_name", "patronymic", "born", "snils", "phone"),
            details={"organisation_id": right.organisation_id},
        )

    async def _tell(
        self,
        tx: Tx,
        actor: Actor,
        right: Right,
        certificate_id: int,
        state: CertificateState,
        now: datetime,
    ) -> None:
        """The audit; the staff chats, and whoever enters it into the registry kept elsewhere."""
        actions = {
            CertificateState.ACTIVE: "certificate.confirmed",
            CertificateState.TO_ENTER: "certificate.seen",
            CertificateState.UNDER_REVIEW: "certificate.handed_on",
        }
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action=actions[state],
            entity=ENTITY,
            entity_id=certificate_id,
            municipality_id=right.municipality_id,
            fields=("state",),
            details={"version": 1, "organisation_id": right.organisation_id},
        )
        if state is CertificateState.TO_ENTER:
            await open_task(
                tx,
                CardSubject.CERTIFICATES,
                certificate_id,
                municipality_id=right.municipality_id,
                actor=actor.mark,
                now=now,
            )
        await show_card(
            tx,
            CardSubject.CERTIFICATES,
            certificate_id,
            version=1,
            municipality_id=right.municipality_id,
            now=now,
            cipher=self._cipher,
        )


def _key(key: str) -> str:
    """Of the child and of the certificate: never one that a family's own form has."""
    return f"paper:{key}"


def _state_of(doubtful: bool, registry_mode: str, number: str | None) -> CertificateState:
    if doubtful:
        return CertificateState.UNDER_REVIEW
    if registry_mode == RegistryMode.EXTERNAL and number is None:
        return CertificateState.TO_ENTER
    return CertificateState.ACTIVE


async def _is_known(tx: Tx, child: dict[str, Any]) -> bool:
    """Whether somebody with the same name and birth date, or insurance number, holds one."""
    same = (Child.name_key == child["name_key"]) & (Child.born == child["born"])
    if "snils_index" in child:
        same = or_(same, Child.snils_index == child["snils_index"])
    found = await tx.execute(
        select(Certificate.id)
        .join(Child, Child.id == Certificate.child_id)
        .where(same, Certificate.state.in_(_HELD))
        .limit(1)
    )
    return found.first() is not None


async def _insert_child(
    tx: Tx, right: Right, child: dict[str, Any], doubtful: bool, key: str, now: datetime
) -> int:
    child_id: int = (
        await tx.execute(
            insert(Child)
            .values(
                municipality_id=right.municipality_id,
                # a specialist may still have to mend the record of a possible double
                state=ChildState.ENTERED if doubtful else ChildState.CONFIRMED,
                key=_key(key),
                entered_at=now,
                **child,
            )
            .returning(Child.id)
        )
    ).scalar_one()
    return child_id


async def _keep_slip(tx: Tx, actor: Actor, child_id: int, code: str, now: datetime) -> None:
    await tx.execute(
        insert(JoinSlip).values(
            child_id=child_id,
            code_sha256=code_hash(code),
            made_by=actor.person_id,
            made_at=now,
            expires_at=now + SLIP_LIFE,
        )
    )
