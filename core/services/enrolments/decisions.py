"""The provider answers applications. The first decision wins; rights are those at commit time.

Who holds no deciding role is told so; who holds one elsewhere cannot tell a foreign application
from an absent one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Application, Municipality, Programme
from core.domain.actors import Actor
from core.domain.enrolment import UNDECIDED, ApplicationRefusal, ApplicationState
from core.domain.municipality import RegistryMode
from core.domain.outgoing import Notice
from core.domain.refusals import AlreadyDecided, NotAllowed, NotFound
from core.domain.silence import QuietHours, after_silence
from core.domain.staff import MODERATORS, CardSubject, Role, may_decide_applications
from core.services.audit.looks import note_look
from core.services.audit.steps import record
from core.services.chats.steps import show_card
from core.services.enrolments.queries import NOTE_PURPOSE, get_card, get_details, get_view
from core.services.enrolments.steps import ENTITY, give_seat_back
from core.services.enrolments.views import ApplicationCard, ApplicationDetails, ApplicationView
from core.services.families.steps import people_around
from core.services.outgoing.steps import enqueue
from core.services.registry_tasks.steps import open_task
from core.services.staff.steps import rights_of

_DECIDING = MODERATORS | {Role.PROVIDER}
_LOOKED_AT = ("last_name", "first_name", "patronymic", "born", "guardian_name", "phone")


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """What a decision makes of an application."""

    state: ApplicationState
    action: str
    reason: ApplicationRefusal | None = None
    note: bytes | None = None


_ACCEPTED = _Outcome(state=ApplicationState.CONFIRMED, action="application.accepted")


class ApplicationDecisions:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def accept(self, actor: Actor, application_id: int, *, version: int) -> ApplicationView:
        """Where the registry is kept elsewhere a task to enter it there is opened. The same
        person's same decision again is harmless. Raises NotAllowed, NotFound, AlreadyDecided."""
        return await self._decide(actor, application_id, version, _ACCEPTED)

    async def refuse(
        self,
        actor: Actor,
        application_id: int,
        *,
        version: int,
        reason: ApplicationRefusal,
        note: str | None = None,
    ) -> ApplicationView:
        """The seat is free again. The same person's same decision again is harmless. Raises
        NotAllowed, NotFound, AlreadyDecided."""
        outcome = _Outcome(
            state=ApplicationState.REFUSED,
            action="application.refused",
            reason=reason,
            note=self._cipher.seal_text(NOTE_PURPOSE, note) if note else None,
        )
        return await self._decide(actor, application_id, version, outcome)

    async def open(self, actor: Actor, application_id: int) -> ApplicationDetails:
        """The personal fields; the audit notes who looked. Raises NotAllowed, NotFound."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await _lock(tx, actor, application_id, now)
            await note_look(
                tx,
                at=now,
                actor=actor.mark,
                action="application.opened",
                entity=ENTITY,
                entity_id=application_id,
                municipality_id=row.municipality_id,
                fields=_LOOKED_AT,
                version=row.version,
            )
            return await get_details(tx, application_id, now=now, cipher=self._cipher)

    async def card(self, application_id: int) -> ApplicationCard:
        """For staff chats. Raises NotFound."""
        async with self._database.read() as tx:
            return await get_card(tx, application_id, now=self._clock.now())

    async def _decide(
        self, actor: Actor, application_id: int, version: int, outcome: _Outcome
    ) -> ApplicationView:
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await _lock(tx, actor, application_id, now)
            if not _repeated(row, actor, version, outcome):
                if row.version != version or row.state not in UNDECIDED:
                    raise AlreadyDecided(state=row.state)
                await self._settle(tx, actor, row, outcome, now)
            return await get_view(tx, application_id, self._cipher)

    async def _settle(
        self,
        tx: Tx,
        actor: Actor,
        row: Row[*tuple[Any, ...]],
        outcome: _Outcome,
        now: datetime,
    ) -> None:
        """Write the decision down and tell the family and the staff chats."""
        version = row.version + 1
        await tx.execute(
            update(Application)
            .where(Application.id == row.id, Application.version == row.version)
            .values(
                state=outcome.state,
                version=version,
                decided_by=actor.person_id,
                decided_at=now,
                refusal_reason=outcome.reason,
                refusal_note=outcome.note,
            )
        )
        if outcome.state is ApplicationState.REFUSED:
            await give_seat_back(tx, row.group_id)
        elif row.registry_mode == RegistryMode.EXTERNAL:
            await open_task(
                tx,
                CardSubject.APPLICATIONS,
                row.id,
                municipality_id=row.municipality_id,
                actor=actor.mark,
                now=now,
            )
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action=outcome.action,
            entity=ENTITY,
            entity_id=row.id,
            municipality_id=row.municipality_id,
            fields=("state",),
            details={"version": version, "reason": outcome.reason},
        )
        told = await people_around(tx, row.child_id) if row.applied_by is not None else []
        for person_id in told:
            await enqueue(
                tx,
                Notice(
                    kind="application.decided",
                    entity=ENTITY,
                    entity_id=row.id,
                    version=version,
                    person_id=person_id,
                    not_before=after_silence(now, row.timezone, self._quiet),
                ),
                now=now,
                cipher=self._cipher,
            )
        await show_card(
            tx,
            CardSubject.APPLICATIONS,
            row.id,
            version=version,
            municipality_id=row.municipality_id,
            now=now,
            cipher=self._cipher,
        )


async def _lock(tx: Tx, actor: Actor, application_id: int, now: datetime) -> Row[*tuple[Any, ...]]:
    """The application, held until the write ends, if the actor may decide it now."""
    rights = await rights_of(tx, actor.person_id, now)
    if not any(right.role in _DECIDING for right in rights):
        raise NotAllowed()
    row: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(
                Application.id,
                Application.municipality_id,
                Application.group_id,
                Application.applied_by,
                Application.child_id,
                Application.state,
                Application.version,
                Application.decided_by,
                Application.refusal_reason,
                Programme.organisation_id,
                Municipality.timezone,
                Municipality.registry_mode,
            )
            .join(Programme, Programme.id == Application.programme_id)
            .join(Municipality, Municipality.id == Application.municipality_id)
            .where(Application.id == application_id)
            .with_for_update(of=Application)
        )
    ).one_or_none()
    if row is None or not may_decide_applications(
        rights, municipality_id=row.municipality_id, organisation_id=row.organisation_id
    ):
        raise NotFound(what="application")
    return row


def _repeated(row: Row[*tuple[Any, ...]], actor: Actor, version: int, outcome: _Outcome) -> bool:
    """(card, version, decision) is the key: the same tap delivered again."""
    return bool(
        row.version == version + 1
        and row.state == outcome.state
        and row.decided_by == actor.person_id
        and row.refusal_reason == outcome.reason
    )
