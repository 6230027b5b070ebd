"""A family moves: its children go to another municipality with their certificates.

A number is given once and stays. What is open is decided first, where it was asked for; staff of
both places hear of each certificate that moved.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Application, Certificate, Child, Person
from core.domain.actors import Actor
from core.domain.certificates import NUMBERED, UNDECIDED
from core.domain.enrolment import SEAT_STATES
from core.domain.family import MoveWaits, SameMunicipality
from core.domain.outgoing import Notice
from core.domain.refusals import NotFound
from core.services.audit.steps import record
from core.services.chats.steps import moderation_chats
from core.services.children.steps import guarded_by
from core.services.consents.steps import require_processing
from core.services.municipalities.steps import get_municipality
from core.services.outgoing.steps import enqueue


class FamilyMoves:
    def __init__(self, database: Database, clock: Clock, cipher: Cipher) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher

    async def move(self, actor: Actor, municipality_id: int) -> int:
        """All children the actor is a guardian of, or none; how many moved. Raises NotFound,
        ConsentNeeded, SameMunicipality, MoveWaits."""
        async with self._database.write() as tx:
            there = await get_municipality(tx, municipality_id)
            children = (
                await tx.execute(
                    select(Child.id, Child.municipality_id)
                    .where(Child.id.in_(guarded_by(actor)))
                    .order_by(Child.id)
                    .with_for_update(of=Child)
                )
            ).all()
            if not children:
                raise NotFound(what="child")
            await require_processing(tx, actor.person_id)
            moving = {
                row.id: row.municipality_id for row in children if row.municipality_id != there.id
            }
            if not moving:
                raise SameMunicipality()
            if await _is_anything_open(tx, list(moving)):
                raise MoveWaits()
            now = self._clock.now()
            for child_id, left in moving.items():
                await self._move_child(tx, actor, child_id, left, there.id, now)
            await tx.execute(
                update(Person).where(Person.id == actor.person_id).values(municipality_id=there.id)
            )
            return len(moving)

    async def _move_child(
        self, tx: Tx, actor: Actor, child_id: int, left: int, there: int, now: datetime
    ) -> None:
        await tx.execute(update(Child).where(Child.id == child_id).values(municipality_id=there))
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action="child.moved",
            entity="children",
            entity_id=child_id,
            municipality_id=there,
            fields=("municipality_id",),
            details={"from": left},
        )
        moved = await tx.execute(
            update(Certificate)
            .where(Certificate.child_id == child_id, Certificate.state.in_(sorted(NUMBERED)))
            .values(municipality_id=there, version=Certificate.version + 1)
            .returning(Certificate.id, Certificate.version)
        )
        for certificate in moved.all():
            for place in (left, there):
                for chat in await moderation_chats(tx, place):
                    await enqueue(
                        tx,
                        Notice(
                            kind="certificate.moved",
                            entity="certificates",
                            entity_id=certificate.id,
                            version=certificate.version,
                            bound_chat_id=chat.id,
                            params={"from": left, "to": there},
                        ),
                        now=now,
                        cipher=self._cipher,
                    )


async def _is_anything_open(tx: Tx, child_ids: list[int]) -> bool:
    requests = await tx.scalar(
        select(func.count())
        .select_from(Certificate)
        .where(Certificate.child_id.in_(child_ids), Certificate.state.in_(sorted(UNDECIDED)))
    )
    applications = await tx.scalar(
        select(func.count())
        .select_from(Application)
        .where(Application.child_id.in_(child_ids), Application.state.in_(sorted(SEAT_STATES)))
    )
    return bool(requests or applications)
