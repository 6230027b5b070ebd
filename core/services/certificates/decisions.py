"""Staff decide on requests. The first decision wins; rights are those at commit time.

Confirming means: documents were seen. The child becomes confirmed, the certificate active, and
its number is given in the same write. Where the registry is kept elsewhere and nobody has typed its
number, the certificate waits until a person has entered the child there. Who holds no deciding role
is told so; who holds one elsewhere cannot tell a foreign request from an absent one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Certificate, Child, Municipality
from core.domain.actors import Actor
from core.domain.certificates import (
    UNDECIDED,
    CertificateRefusal,
    CertificateState,
)
from core.domain.children import ChildState
from core.domain.municipality import RegistryMode
from core.domain.outgoing import Notice
from core.domain.refusals import AlreadyDecided, NotAllowed, NotFound
from core.domain.silence import QuietHours, after_silence
from core.domain.staff import CardSubject, may_decide_certificates
from core.services.audit.looks import note_look
from core.services.audit.steps import record
from core.services.certificates.numbers import give_number, refuse_double
from core.services.certificates.queries import get_card, get_details, get_view, seal_number
from core.services.certificates.views import (
    CertificateCard,
    CertificateDetails,
    CertificateView,
)
from core.services.certificates.visits import ENTITY, end_visit_timers
from core.services.chats.steps import show_card
from core.services.confirmation.doors import keep_point, open_in_person
from core.services.outgoing.steps import enqueue
from core.services.registry_tasks.steps import open_task
from core.services.staff.steps import rights_of

_LOOKED_AT = (
    "last_name",
    "first_name",
    "patronymic",
    "born",
    "snils",
    "guardian_name",
    "phone",
)


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """What a decision makes of a request."""

    state: CertificateState
    action: str
    reason: CertificateRefusal | None = None


_CONFIRMED = _Outcome(state=CertificateState.ACTIVE, action="certificate.confirmed")
_SEEN = _Outcome(state=CertificateState.TO_ENTER, action="certificate.seen")


class CertificateDecisions:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def confirm(
        self, actor: Actor, certificate_id: int, *, version: int, number: str | None = None
    ) -> CertificateView:
        """Documents were seen. `number` (ten digits) only where the registry is external; without
        it a task to enter the child there is opened.

        The same person's same decision again is harmless. Raises NotAllowed, NotFound,
        AlreadyDecided, CertificateDouble, NumbersRunOut, BadValue (number).
        """
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await _lock(tx, actor, certificate_id, now, in_person=True)
            elsewhere = row.registry_mode == RegistryMode.EXTERNAL and number is None
            outcome = _SEEN if elsewhere else _CONFIRMED
            if _repeated(row, actor, version, outcome):
                return await get_view(tx, certificate_id, self._cipher)
            _check_open(row, version)
            await refuse_double(tx, certificate_id, row.child_id)
            columns = {} if elsewhere else await self._give(tx, row, number)
            await tx.execute(
                update(Child).where(Child.id == row.child_id).values(state=ChildState.CONFIRMED)
            )
            await self._settle(tx, actor, row, outcome, now, columns=columns)
            if elsewhere:
                await open_task(
                    tx,
                    CardSubject.CERTIFICATES,
                    certificate_id,
                    municipality_id=row.municipality_id,
                    actor=actor.mark,
                    now=now,
                )
            await keep_point(tx, actor, certificate_id, now)
            return await get_view(tx, certificate_id, self._cipher)

    async def refuse(
        self,
        actor: Actor,
        certificate_id: int,
        *,
        version: int,
        reason: CertificateRefusal,
        note: str | None = None,
    ) -> CertificateView:
        """The same person's same decision again is harmless. Raises NotAllowed, NotFound,
        AlreadyDecided."""
        outcome = _Outcome(
            state=CertificateState.REFUSED, action="certificate.refused", reason=reason
        )
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await _lock(tx, actor, certificate_id, now)
            if _repeated(row, actor, version, outcome):
                return await get_view(tx, certificate_id, self._cipher)
            _check_open(row, version)
            sealed = self._cipher.seal_text("note", note) if note else None
            await self._settle(
                tx,
                actor,
                row,
                outcome,
                now,
                columns={"refusal_reason": reason, "refusal_note": sealed},
            )
            return await get_view(tx, certificate_id, self._cipher)

    async def open(self, actor: Actor, certificate_id: int) -> CertificateDetails:
        """The personal fields; the audit notes who looked. Raises NotAllowed, NotFound."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await _lock(tx, actor, certificate_id, now, in_person=True)
            await note_look(
                tx,
                at=now,
                actor=actor.mark,
                action="certificate.opened",
                entity=ENTITY,
                entity_id=certificate_id,
                municipality_id=row.municipality_id,
                fields=_LOOKED_AT,
                version=row.version,
            )
            return await get_details(tx, certificate_id, now=now, cipher=self._cipher)

    async def card(self, certificate_id: int) -> CertificateCard:
        """For staff chats. Raises NotFound."""
        async with self._database.read() as tx:
            return await get_card(tx, certificate_id, now=self._clock.now())

    async def _give(
        self, tx: Tx, row: Row[*tuple[Any, ...]], typed: str | None
    ) -> dict[str, object]:
        """The columns of a number given once."""
        number = await give_number(
            tx, row.municipality_id, row.registry_mode, typed=typed, cipher=self._cipher
        )
        return seal_number(self._cipher, number)

    async def _settle(
        self,
        tx: Tx,
        actor: Actor,
        row: Row[*tuple[Any, ...]],
        outcome: _Outcome,
        now: datetime,
        *,
        columns: dict[str, Any],
    ) -> None:
        """Write the decision down and tell the family and the staff chats."""
        version = row.version + 1
        await tx.execute(
            update(Certificate)
            .where(Certificate.id == row.id, Certificate.version == row.version)
            .values(
                state=outcome.state,
                version=version,
                state_since=now,
                decided_by=actor.person_id,
                decided_at=now,
                **columns,
            )
        )
        await end_visit_timers(tx, row.id, now)
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action=outcome.action,
            entity=ENTITY,
            entity_id=row.id,
            municipality_id=row.municipality_id,
            fields=("state", *sorted(columns)),
            details={"version": version, "reason": outcome.reason},
        )
        if row.requested_by is not None:
            await enqueue(
                tx,
                Notice(
                    kind="certificate.decided",
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


async def _lock(
    tx: Tx, actor: Actor, certificate_id: int, now: datetime, *, in_person: bool = False
) -> Row[*tuple[Any, ...]]:
    """The request, held until the write ends, if the actor may decide it now; `in_person`: an
    officer may too, about those who came to him."""
    rights = await rights_of(tx, actor.person_id, now)
    places = [
        right.municipality_id
        for right in rights
        if may_decide_certificates([right], municipality_id=right.municipality_id)
    ]
    if not places and not in_person:
        raise NotAllowed()
    here = (
        open_in_person(rights, places, person_id=actor.person_id, now=now)
        if in_person
        else Certificate.municipality_id.in_(places)
    )
    row: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(
                Certificate.id,
                Certificate.child_id,
                Certificate.municipality_id,
                Certificate.requested_by,
                Certificate.state,
                Certificate.version,
                Certificate.decided_by,
                Certificate.refusal_reason,
                Municipality.timezone,
                Municipality.registry_mode,
            )
            .join(Municipality, Municipality.id == Certificate.municipality_id)
            .where(Certificate.id == certificate_id, here)
            .with_for_update(of=Certificate)
        )
    ).one_or_none()
    if row is None:
        raise NotFound(what="certificate")
    return row


def _repeated(row: Row[*tuple[Any, ...]], actor: Actor, version: int, outcome: _Outcome) -> bool:
    """(card, version, decision) is the key: the same tap delivered again."""
    return bool(
        row.version == version + 1
        and row.state == outcome.state
        and row.decided_by == actor.person_id
        and row.refusal_reason == outcome.reason
    )


def _check_open(row: Row[*tuple[Any, ...]], version: int) -> None:
    if row.version != version or row.state not in UNDECIDED:
        raise AlreadyDecided(state=row.state)
