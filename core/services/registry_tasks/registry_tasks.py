"""Staff enter what was decided into the registry kept elsewhere and type its answer back.

The first answer wins; rights are those at commit time. Who may decide a request may enter it: who
holds no such role is told so, who holds one elsewhere cannot tell a foreign task from an absent
one.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Application, Certificate, Person
from core.domain.actors import Actor
from core.domain.certificates import CertificateRefusal, CertificateState
from core.domain.enrolment import ApplicationRefusal, ApplicationState
from core.domain.municipality import RegistryMode
from core.domain.outgoing import Notice
from core.domain.refusals import AlreadyDecided, NotFound
from core.domain.registry_tasks import TaskState
from core.domain.silence import QuietHours
from core.domain.staff import CardSubject
from core.services.audit.looks import note_look
from core.services.audit.steps import record
from core.services.certificates.numbers import give_number, refuse_double
from core.services.certificates.queries import seal_number
from core.services.chats.cards import PrivateChatClosed
from core.services.enrolments.queries import NOTE_PURPOSE
from core.services.enrolments.steps import give_seat_back
from core.services.outgoing.steps import enqueue
from core.services.registry_tasks.queries import (
    entering_rights,
    find_task_of,
    get_fields,
    list_tasks,
    lock_task,
)
from core.services.registry_tasks.steps import ENTITY, end_tasks
from core.services.registry_tasks.telling import tell_of_applications, tell_of_certificates
from core.services.registry_tasks.views import TaskFields, TaskLine

_LOOKED_AT = ("last_name", "first_name", "patronymic", "born", "snils", "guardian_name", "phone")


class RegistryTasks:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def list_open(self, actor: Actor) -> list[TaskLine]:
        """What the actor may enter, the oldest first. Raises NotAllowed."""
        async with self._database.read() as tx:
            rights = await entering_rights(tx, actor.person_id, self._clock.now())
            return await list_tasks(tx, rights)

    async def open(self, actor: Actor, task_id: int) -> TaskFields:
        """The fields to copy; the audit notes who looked. Raises NotAllowed, NotFound."""
        async with self._database.write() as tx:
            now = self._clock.now()
            task = await self._lock(tx, actor, task_id, now)
            await note_look(
                tx,
                at=now,
                actor=actor.mark,
                action="registry_task.looked_at",
                entity=ENTITY,
                entity_id=task_id,
                municipality_id=task.municipality_id,
                fields=_LOOKED_AT,
                version=task.version,
            )
            return await get_fields(tx, task, self._cipher)

    async def send_to(
        self, actor: Actor, subject: CardSubject, subject_id: int, *, tap: str
    ) -> None:
        """A card in a staff chat was pressed: the way to the task goes to the private chat.

        `tap` names the press: the same press again sends nothing more. Raises NotAllowed, NotFound,
        PrivateChatClosed.
        """
        async with self._database.write() as tx:
            now = self._clock.now()
            rights = await entering_rights(tx, actor.person_id, now)
            task_id = await find_task_of(tx, subject, subject_id)
            task = await lock_task(tx, rights, task_id or 0)
            blocked = await tx.scalar(select(Person.blocked_at).where(Person.id == actor.person_id))
            if blocked is not None:
                raise PrivateChatClosed()
            notice = Notice(
                kind="registry_task.asked",
                entity=ENTITY,
                entity_id=task.id,
                version=int.from_bytes(sha256(tap.encode()).digest()[:8], "big") >> 1,
                person_id=actor.person_id,
            )
            await enqueue(tx, notice, now=now, cipher=self._cipher)

    async def enter_number(self, actor: Actor, task_id: int, *, version: int, number: str) -> None:
        """The other registry gave this number: the certificate is in force, the family hears.

        The same person's same answer again is harmless. Raises NotAllowed, NotFound,
        AlreadyDecided, BadValue (number: digits, taken), CertificateDouble.
        """
        async with self._database.write() as tx:
            now = self._clock.now()
            task = await self._lock(tx, actor, task_id, now, subject=CardSubject.CERTIFICATES)
            if _repeated(task, actor, version):
                return
            _check_open(task, version)
            held = await _lock_certificate(tx, task.subject_id)
            await refuse_double(tx, held.id, held.child_id)
            given = await give_number(
                tx,
                task.municipality_id,
                RegistryMode.EXTERNAL,
                typed=number,
                cipher=self._cipher,
            )
            await self._write_certificate(
                tx,
                actor,
                task,
                held.version,
                CertificateState.ACTIVE,
                "certificate.entered",
                now,
                columns=seal_number(self._cipher, given),
            )

    async def mark_entered(self, actor: Actor, task_id: int, *, version: int) -> None:
        """The application stands in the other registry. The same person's same answer again is
        harmless. Raises NotAllowed, NotFound, AlreadyDecided."""
        async with self._database.write() as tx:
            now = self._clock.now()
            task = await self._lock(tx, actor, task_id, now, subject=CardSubject.APPLICATIONS)
            if _repeated(task, actor, version):
                return
            _check_open(task, version)
            held = await _lock_application(tx, task.subject_id)
            await self._write_application(
                tx, actor, task, held, {}, "application.entered", "application.entered", now
            )

    async def refuse(self, actor: Actor, task_id: int, *, version: int, note: str) -> None:
        """The other registry did not take it: `note` says why, and the family reads it.

        The same person's same answer again is harmless. Raises NotAllowed, NotFound,
        AlreadyDecided.
        """
        async with self._database.write() as tx:
            now = self._clock.now()
            task = await self._lock(tx, actor, task_id, now)
            if _repeated(task, actor, version):
                return
            _check_open(task, version)
            sealed = self._cipher.seal_text(NOTE_PURPOSE, note)
            if task.subject == CardSubject.CERTIFICATES:
                held = await _lock_certificate(tx, task.subject_id)
                await self._write_certificate(
                    tx,
                    actor,
                    task,
                    held.version,
                    CertificateState.REFUSED,
                    "certificate.refused",
                    now,
                    columns={"refusal_reason": CertificateRefusal.OTHER, "refusal_note": sealed},
                )
                return
            application = await _lock_application(tx, task.subject_id)
            columns = {
                "state": ApplicationState.REFUSED,
                "refusal_reason": ApplicationRefusal.OTHER,
                "refusal_note": sealed,
            }
            await self._write_application(
                tx,
                actor,
                task,
                application,
                columns,
                "application.refused",
                "application.decided",
                now,
            )
            await give_seat_back(tx, application.group_id)

    async def _lock(
        self,
        tx: Tx,
        actor: Actor,
        task_id: int,
        now: datetime,
        *,
        subject: CardSubject | None = None,
    ) -> Row[*tuple[Any, ...]]:
        rights = await entering_rights(tx, actor.person_id, now)
        task = await lock_task(tx, rights, task_id)
        if subject is not None and task.subject != subject:
            raise NotFound(what="registry_task")
        return task

    async def _write_certificate(
        self,
        tx: Tx,
        actor: Actor,
        task: Row[*tuple[Any, ...]],
        version: int,
        state: CertificateState,
        action: str,
        now: datetime,
        *,
        columns: dict[str, Any],
    ) -> None:
        await tx.execute(
            update(Certificate)
            .where(Certificate.id == task.subject_id)
            .values(
                state=state,
                version=version + 1,
                state_since=now,
                decided_by=actor.person_id,
                decided_at=now,
                **columns,
            )
        )
        await self._end(tx, actor, task, action, version + 1, ("state", *sorted(columns)), now)
        await tell_of_certificates(
            tx, [task.subject_id], now=now, cipher=self._cipher, quiet=self._quiet
        )

    async def _write_application(
        self,
        tx: Tx,
        actor: Actor,
        task: Row[*tuple[Any, ...]],
        held: Row[*tuple[Any, ...]],
        columns: dict[str, Any],
        action: str,
        notice: str,
        now: datetime,
    ) -> None:
        version = held.version + 1
        decided = {"decided_by": actor.person_id, "decided_at": now} if columns else {}
        await tx.execute(
            update(Application)
            .where(Application.id == task.subject_id)
            .values(version=version, **decided, **columns)
        )
        await self._end(tx, actor, task, action, version, tuple(sorted(columns)), now)
        await tell_of_applications(
            tx, [task.subject_id], notice, now=now, cipher=self._cipher, quiet=self._quiet
        )

    async def _end(
        self,
        tx: Tx,
        actor: Actor,
        task: Row[*tuple[Any, ...]],
        action: str,
        version: int,
        fields: tuple[str, ...],
        now: datetime,
    ) -> None:
        """The audit of the subject and of the task, which is done."""
        subject = CardSubject(task.subject)
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action=action,
            entity=subject.value,
            entity_id=task.subject_id,
            municipality_id=task.municipality_id,
            fields=fields,
            details={"version": version, "task_id": task.id},
        )
        await end_tasks(
            tx,
            subject,
            [task.subject_id],
            TaskState.DONE,
            actor=actor.mark,
            now=now,
            done_by=actor.person_id,
        )


async def _lock_certificate(tx: Tx, certificate_id: int) -> Row[*tuple[Any, ...]]:
    """Raises AlreadyDecided when it waits for a number no more."""
    row: Row[*tuple[Any, ...]] = (
        await tx.execute(
            select(Certificate.id, Certificate.child_id, Certificate.state, Certificate.version)
            .where(Certificate.id == certificate_id)
            .with_for_update()
        )
    ).one()
    if row.state != CertificateState.TO_ENTER:
        raise AlreadyDecided(state=row.state)
    return row


async def _lock_application(tx: Tx, application_id: int) -> Row[*tuple[Any, ...]]:
    """Raises AlreadyDecided when it is confirmed no more."""
    row: Row[*tuple[Any, ...]] = (
        await tx.execute(
            select(Application.id, Application.group_id, Application.state, Application.version)
            .where(Application.id == application_id)
            .with_for_update()
        )
    ).one()
    if row.state != ApplicationState.CONFIRMED:
        raise AlreadyDecided(state=row.state)
    return row


def _repeated(task: Row[*tuple[Any, ...]], actor: Actor, version: int) -> bool:
    """(task, version) is the key: the same answer delivered again."""
    return bool(
        task.version == version + 1
        and task.state == TaskState.DONE
        and task.done_by == actor.person_id
    )


def _check_open(task: Row[*tuple[Any, ...]], version: int) -> None:
    if task.version != version or task.state != TaskState.OPEN:
        raise AlreadyDecided(state=task.state)
