"""A family attaches a certificate it already has: number and birth date together are the proof.

Looked for among what imports brought and nobody has claimed. A child the family had entered itself
goes into the imported record, so one record survives. What is not found becomes a task for staff.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import AttachTask, AttachTry, Certificate, Child, Guardianship, Person
from core.domain.actors import Actor
from core.domain.attaching import (
    ALL_TRIES_AN_HOUR,
    TRIES_AN_HOUR,
    TRIES_COUNT_FOR,
    CertificateUnknown,
    TriesSpent,
    read_number,
)
from core.domain.certificates import NUMBERED, UNDECIDED
from core.domain.family import FamilyRole
from core.domain.family_doubles import MergeWaits
from core.domain.outgoing import Notice
from core.services.audit.steps import record
from core.services.certificates.queries import get_view
from core.services.certificates.views import CertificateView
from core.services.certificates.visits import ENTITY, end_visit_timers
from core.services.chats.steps import moderation_chats
from core.services.children.steps import guarded_by
from core.services.consents.steps import require_processing
from core.services.families.merging import take_in
from core.services.outgoing.steps import enqueue
from core.services.programmes.seats import seen_import

TASK_ENTITY = "attach_tasks"


class Attaching:
    def __init__(self, database: Database, clock: Clock, cipher: Cipher) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher

    async def attach(self, actor: Actor, number: str, born: date) -> CertificateView:
        """One's own already attached is shown again.

        Raises BadValue (number), ConsentNeeded, TriesSpent, CertificateUnknown.
        """
        number = read_number(number)
        async with self._database.write() as tx:
            # one person's tries go one after the other
            await tx.execute(
                select(Person.id).where(Person.id == actor.person_id).with_for_update()
            )
            await require_processing(tx, actor.person_id)
            now = self._clock.now()
            await _check_tries(tx, actor, now)
            row = await self._find(tx, actor, number, born)
            if row is None:
                await self._note_try(tx, actor, number, born, now)
            else:
                if not row.mine:
                    await self._take(tx, actor, row, now)
                return await get_view(tx, row.id, self._cipher)
        # the try is written down: only what is committed counts against the next one
        raise CertificateUnknown()

    async def _find(
        self, tx: Tx, actor: Actor, number: str, born: date
    ) -> Row[*tuple[Any, ...]] | None:
        """The certificate, free or the actor's own; None: wrong, absent, somebody else's, or of a
        child about whom a family is in dispute: that is settled in person."""
        mine = Child.id.in_(guarded_by(actor))
        claimed = exists().where(
            Guardianship.child_id == Child.id,
            Guardianship.ended_at.is_(None),
            Guardianship.role == FamilyRole.GUARDIAN,
        )
        return (
            await tx.execute(
                select(
                    Certificate.id,
                    Certificate.child_id,
                    Certificate.municipality_id,
                    Child.name_key,
                    Child.born,
                    mine.label("mine"),
                )
                .join(Child, Child.id == Certificate.child_id)
                .where(
                    Certificate.number_index == self._cipher.blind_index("certificate", number),
                    Certificate.state.in_(sorted(NUMBERED)),
                    Child.born == born,
                    seen_import(Certificate.import_id),
                    mine
                    | (
                        Child.import_id.is_not(None)
                        & seen_import(Child.import_id)
                        & Child.changes_in_person.is_(False)
                        & ~claimed
                    ),
                )
                .with_for_update(of=[Certificate, Child])
            )
        ).one_or_none()

    async def _take(self, tx: Tx, actor: Actor, row: Row[*tuple[Any, ...]], now: datetime) -> None:
        """The child's guardian from now on; the record the family had entered goes into it."""
        await self._guard(tx, actor, row.child_id, now)
        own = (
            await tx.execute(
                select(Child.id)
                .where(
                    Child.id.in_(guarded_by(actor)),
                    Child.id != row.child_id,
                    Child.import_id.is_(None),
                    Child.name_key == row.name_key,
                    Child.born == row.born,
                )
                .order_by(Child.id)
                .with_for_update()
            )
        ).scalars()
        joined = None
        for child_id in own.all():
            if await self._join(tx, kept_id=row.child_id, gone_id=child_id, now=now):
                joined = child_id
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action="certificate.attached",
            entity=ENTITY,
            entity_id=row.id,
            municipality_id=row.municipality_id,
            fields=("guardian",),
            details={"child_id": row.child_id, "joined": joined},
        )
        await tx.execute(
            update(AttachTask)
            .where(AttachTask.person_id == actor.person_id, AttachTask.settled_at.is_(None))
            .values(settled_at=now, typed_sealed=None)
        )

    async def _guard(self, tx: Tx, actor: Actor, child_id: int, now: datetime) -> None:
        """A guardianship that ended begins again."""
        upsert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
        await tx.execute(
            upsert(Guardianship)
            .values(
                child_id=child_id,
                person_id=actor.person_id,
                role=FamilyRole.GUARDIAN,
                since=now,
            )
            .on_conflict_do_update(
                index_elements=[Guardianship.child_id, Guardianship.person_id],
                set_={"role": FamilyRole.GUARDIAN, "since": now, "ended_at": None},
            )
        )

    async def _join(self, tx: Tx, *, kept_id: int, gone_id: int, now: datetime) -> bool:
        """False where two seats in one programme stand in the way: staff join those records."""
        waiting = await tx.execute(
            select(Certificate.id).where(
                Certificate.child_id == gone_id, Certificate.state.in_(sorted(UNDECIDED))
            )
        )
        requests = waiting.scalars().all()
        try:
            await take_in(tx, kept_id=kept_id, gone_id=gone_id, now=now, cipher=self._cipher)
        except MergeWaits:
            return False
        for certificate_id in requests:
            await end_visit_timers(tx, certificate_id, now)
        return True

    async def _note_try(self, tx: Tx, actor: Actor, number: str, born: date, now: datetime) -> None:
        """Count the try; the first of a family's becomes a task, of which the chat is told."""
        await tx.execute(insert(AttachTry).values(person_id=actor.person_id, tried_at=now))
        if actor.municipality_id is None:
            return
        upsert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
        typed = self._cipher.seal_json("certificate", {"number": number, "born": born.isoformat()})
        statement = upsert(AttachTask).values(
            municipality_id=actor.municipality_id,
            person_id=actor.person_id,
            typed_sealed=typed,
            made_at=now,
        )
        # the last that was typed is what staff look for
        task_id: int = (
            await tx.execute(
                statement.on_conflict_do_update(
                    index_elements=[AttachTask.person_id],
                    index_where=AttachTask.settled_at.is_(None),
                    set_={"typed_sealed": typed},
                ).returning(AttachTask.id)
            )
        ).scalar_one()
        for chat in await moderation_chats(tx, actor.municipality_id):
            notice = Notice(
                kind="attach.task",
                entity=TASK_ENTITY,
                entity_id=task_id,
                version=1,
                bound_chat_id=chat.id,
            )
            await enqueue(tx, notice, now=now, cipher=self._cipher)


async def _check_tries(tx: Tx, actor: Actor, now: datetime) -> None:
    """Raises TriesSpent."""
    own = func.count().filter(AttachTry.person_id == actor.person_id)
    counted = (
        await tx.execute(
            select(own.label("own"), func.count().label("every")).where(
                AttachTry.tried_at > now - TRIES_COUNT_FOR
            )
        )
    ).one()
    if counted.own >= TRIES_AN_HOUR or counted.every >= ALL_TRIES_AN_HOUR:
        raise TriesSpent()
