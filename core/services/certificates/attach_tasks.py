"""Certificates the bot did not find: staff look at what the family typed, and say what they found.

What was typed lies sealed until then, and goes with the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import AttachTask, Municipality, Person
from core.domain.actors import Actor
from core.domain.attaching import TaskOutcome
from core.domain.outgoing import Notice
from core.domain.refusals import AlreadyDecided, NotFound
from core.domain.silence import QuietHours, after_silence
from core.domain.staff import may_decide_certificates
from core.services.audit.looks import note_look
from core.services.audit.steps import record
from core.services.certificates.attaching import TASK_ENTITY
from core.services.chats.cards import PrivateChatClosed, press_number
from core.services.outgoing.steps import enqueue
from core.services.staff.steps import rights_of


@dataclass(frozen=True, kw_only=True)
class TaskCard:
    """For a staff chat: no personal data. `outcome`: None while it is open, and where the family
    has found its certificate itself."""

    id: int
    made_at: datetime
    open: bool
    outcome: TaskOutcome | None


@dataclass(frozen=True, kw_only=True)
class TaskDetails:
    """What the family typed, for one member of staff in private; each look is audited."""

    id: int
    number: str
    born: date
    guardian_name: str | None
    phone: str | None


class AttachTasks:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def card(self, task_id: int) -> TaskCard:
        """Raises NotFound."""
        async with self._database.read() as tx:
            row = (
                await tx.execute(
                    select(AttachTask.made_at, AttachTask.outcome, AttachTask.settled_at).where(
                        AttachTask.id == task_id
                    )
                )
            ).one_or_none()
        if row is None:
            raise NotFound(what="task")
        return TaskCard(
            id=task_id,
            made_at=row.made_at,
            open=row.settled_at is None,
            outcome=TaskOutcome(row.outcome) if row.outcome else None,
        )

    async def look(self, actor: Actor, task_id: int, *, tap: str) -> None:
        """Send the details to the actor's private chat. Raises NotFound, PrivateChatClosed."""
        async with self._database.write() as tx:
            now = self._clock.now()
            await _hold(tx, actor, task_id, now)
            if await tx.scalar(select(Person.blocked_at).where(Person.id == actor.person_id)):
                raise PrivateChatClosed()
            notice = Notice(
                kind="attach.details",
                entity=TASK_ENTITY,
                entity_id=task_id,
                version=press_number(tap),
                person_id=actor.person_id,
            )
            await enqueue(tx, notice, now=now, cipher=self._cipher)

    async def open(self, actor: Actor, task_id: int) -> TaskDetails:
        """Raises NotFound, also once it is settled."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await _hold(tx, actor, task_id, now)
            if row.typed_sealed is None:
                raise NotFound(what="task")
            await note_look(
                tx,
                at=now,
                actor=actor.mark,
                action="attach-task.opened",
                entity=TASK_ENTITY,
                entity_id=task_id,
                municipality_id=row.municipality_id,
                fields=("number", "born", "guardian_name", "phone"),
                version=1,
            )
            typed = self._cipher.open_json("certificate", row.typed_sealed)
            phone = row.phone_sealed
            return TaskDetails(
                id=task_id,
                number=typed["number"],
                born=date.fromisoformat(typed["born"]),
                guardian_name=row.name,
                phone=self._cipher.open_text("phone", phone) if phone else None,
            )

    async def settle(self, actor: Actor, task_id: int, outcome: TaskOutcome) -> TaskCard:
        """The family hears it; the same again is harmless. Raises NotFound, AlreadyDecided."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await _hold(tx, actor, task_id, now)
            if row.settled_at is not None:
                if row.outcome != outcome:
                    raise AlreadyDecided(state=row.outcome or "closed")
                return _card(row, outcome)
            await tx.execute(
                update(AttachTask)
                .where(AttachTask.id == task_id)
                .values(
                    outcome=outcome,
                    settled_by=actor.person_id,
                    settled_at=now,
                    typed_sealed=None,
                )
            )
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="attach-task.settled",
                entity=TASK_ENTITY,
                entity_id=task_id,
                municipality_id=row.municipality_id,
                details={"outcome": outcome},
            )
            notice = Notice(
                kind="attach.settled",
                entity=TASK_ENTITY,
                entity_id=task_id,
                version=1,
                person_id=row.person_id,
                not_before=after_silence(now, row.timezone, self._quiet),
            )
            await enqueue(tx, notice, now=now, cipher=self._cipher)
            return _card(row, outcome)


def _card(row: Row[*tuple[Any, ...]], outcome: TaskOutcome) -> TaskCard:
    return TaskCard(id=row.id, made_at=row.made_at, open=False, outcome=outcome)


async def _hold(tx: Tx, actor: Actor, task_id: int, now: datetime) -> Row[*tuple[Any, ...]]:
    """Raises NotFound: absent, foreign, and without a right, all alike."""
    rights = await rights_of(tx, actor.person_id, now)
    places = [
        right.municipality_id
        for right in rights
        if may_decide_certificates([right], municipality_id=right.municipality_id)
    ]
    row: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(
                AttachTask.id,
                AttachTask.municipality_id,
                AttachTask.person_id,
                AttachTask.typed_sealed,
                AttachTask.made_at,
                AttachTask.outcome,
                AttachTask.settled_at,
                Person.name,
                Person.phone_sealed,
                Municipality.timezone,
            )
            .join(Person, Person.id == AttachTask.person_id)
            .join(Municipality, Municipality.id == AttachTask.municipality_id)
            .where(AttachTask.id == task_id, AttachTask.municipality_id.in_(places))
            .with_for_update(of=AttachTask)
        )
    ).one_or_none()
    if row is None:
        raise NotFound(what="task")
    return row
