"""A certificate stands still, works again, or ends: by staff in private, or by the family itself.

It is halted only where nobody studies on it; applications that wait are refused with the reason,
and their families hear it. The first decision wins; rights are those at commit time.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Application, Certificate
from core.domain.actors import Actor
from core.domain.certificates import (
    NUMBERED,
    CertificateExists,
    CertificateState,
    HaltReason,
    StudiesNow,
)
from core.domain.enrolment import WITHDRAWABLE, ApplicationRefusal, ApplicationState
from core.domain.outgoing import Notice
from core.domain.refusals import AlreadyDecided
from core.domain.silence import QuietHours, after_silence
from core.domain.staff import CardSubject
from core.services.audit.steps import record
from core.services.certificates.changing import Change, change
from core.services.certificates.holding import Held, hold_as_family, hold_as_staff
from core.services.certificates.queries import get_view
from core.services.certificates.views import CertificateView
from core.services.chats.steps import show_card
from core.services.enrolments.steps import ENTITY as APPLICATIONS
from core.services.enrolments.steps import give_seat_back
from core.services.outgoing.steps import enqueue


class Halting:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def suspend(
        self,
        actor: Actor,
        certificate_id: int,
        *,
        version: int,
        reason: HaltReason,
        note: str | None = None,
    ) -> CertificateView:
        """Raises NotAllowed, NotFound, AlreadyDecided, StudiesNow. The same again is harmless."""
        return await self._by_staff(
            actor, certificate_id, CertificateState.SUSPENDED, version, reason, note
        )

    async def annul(
        self,
        actor: Actor,
        certificate_id: int,
        *,
        version: int,
        reason: HaltReason,
        note: str | None = None,
    ) -> CertificateView:
        """Raises NotAllowed, NotFound, AlreadyDecided, StudiesNow. The same again is harmless."""
        return await self._by_staff(
            actor, certificate_id, CertificateState.ANNULLED, version, reason, note
        )

    async def resume(self, actor: Actor, certificate_id: int, *, version: int) -> CertificateView:
        """Raises NotAllowed, NotFound, AlreadyDecided, CertificateExists."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await hold_as_staff(tx, actor, certificate_id, now)
            if row.version == version + 1 and row.state == CertificateState.ACTIVE:
                return await get_view(tx, certificate_id, self._cipher)
            if row.version != version or row.state != CertificateState.SUSPENDED:
                raise AlreadyDecided(state=row.state)
            other = await tx.scalar(
                select(Certificate.id)
                .where(
                    Certificate.child_id == row.child_id,
                    Certificate.id != row.id,
                    Certificate.state == CertificateState.ACTIVE,
                )
                .limit(1)
            )
            if other is not None:
                raise CertificateExists(certificate_id=other)
            resumed = Change(
                state=CertificateState.ACTIVE,
                action="certificate.resumed",
                actor=actor.mark,
                columns={"halt_reason": None, "halt_note": None},
                told="certificate.decided",
                noted={},
            )
            await change(tx, row, resumed, now=now, cipher=self._cipher, quiet=self._quiet)
            return await get_view(tx, certificate_id, self._cipher)

    async def give_up(self, actor: Actor, certificate_id: int, *, version: int) -> CertificateView:
        """The family wants it no more. Raises NotFound, AlreadyDecided, StudiesNow."""
        async with self._database.write() as tx:
            row = await hold_as_family(tx, actor, certificate_id)
            await self._halt(
                tx, row, actor, CertificateState.ANNULLED, version, HaltReason.FAMILY, None
            )
            return await get_view(tx, certificate_id, self._cipher)

    async def _by_staff(
        self,
        actor: Actor,
        certificate_id: int,
        state: CertificateState,
        version: int,
        reason: HaltReason,
        note: str | None,
    ) -> CertificateView:
        async with self._database.write() as tx:
            row = await hold_as_staff(tx, actor, certificate_id, self._clock.now())
            await self._halt(tx, row, actor, state, version, reason, note)
            return await get_view(tx, certificate_id, self._cipher)

    async def _halt(
        self,
        tx: Tx,
        row: Held,
        actor: Actor,
        state: CertificateState,
        version: int,
        reason: HaltReason,
        note: str | None,
    ) -> None:
        """Raises AlreadyDecided, StudiesNow."""
        if row.version == version + 1 and row.state == state and row.halt_reason == reason:
            return
        if row.version != version or row.state not in NUMBERED or row.state == state:
            raise AlreadyDecided(state=row.state)
        await _refuse_where_studying(tx, row.child_id)
        now = self._clock.now()
        await self._refuse_applications(tx, row, actor, now)
        halted = Change(
            state=state,
            action=f"certificate.{state}",
            actor=actor.mark,
            columns={
                "halt_reason": reason,
                "halt_note": self._cipher.seal_text("note", note) if note else None,
            },
            told="certificate.decided",
            noted={"reason": reason},
        )
        await change(tx, row, halted, now=now, cipher=self._cipher, quiet=self._quiet)

    async def _refuse_applications(self, tx: Tx, row: Held, actor: Actor, now: datetime) -> None:
        """What waits for an answer or a contract cannot go on; seats are free again."""
        waiting = await tx.execute(
            select(
                Application.id,
                Application.group_id,
                Application.municipality_id,
                Application.applied_by,
                Application.version,
            )
            .where(
                Application.child_id == row.child_id,
                Application.state.in_(sorted(WITHDRAWABLE)),
            )
            .order_by(Application.group_id, Application.id)
            .with_for_update()
        )
        for application in waiting.all():
            version = application.version + 1
            await tx.execute(
                update(Application)
                .where(Application.id == application.id)
                .values(
                    state=ApplicationState.REFUSED,
                    refusal_reason=ApplicationRefusal.CERTIFICATE,
                    version=version,
                    decided_by=actor.person_id,
                    decided_at=now,
                )
            )
            await give_seat_back(tx, application.group_id)
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="application.refused",
                entity=APPLICATIONS,
                entity_id=application.id,
                municipality_id=application.municipality_id,
                fields=("state",),
                details={"version": version, "reason": ApplicationRefusal.CERTIFICATE},
            )
            if application.applied_by is not None:
                notice = Notice(
                    kind="application.decided",
                    entity=APPLICATIONS,
                    entity_id=application.id,
                    version=version,
                    person_id=application.applied_by,
                    not_before=after_silence(now, row.timezone, self._quiet),
                )
                await enqueue(tx, notice, now=now, cipher=self._cipher)
            await show_card(
                tx,
                CardSubject.APPLICATIONS,
                application.id,
                version=version,
                municipality_id=application.municipality_id,
                now=now,
                cipher=self._cipher,
            )


async def _refuse_where_studying(tx: Tx, child_id: int) -> None:
    """Raises StudiesNow."""
    studies = await tx.scalar(
        select(
            exists().where(
                Application.child_id == child_id, Application.state == ApplicationState.STUDYING
            )
        )
    )
    if studies:
        raise StudiesNow()
