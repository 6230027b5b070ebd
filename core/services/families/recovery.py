"""A lost account: a guardian keeps a family code and comes back with it from a new one.

The code is shown once and only its hash is kept; a new one puts the old one out of force. A wrong
code and a wrong birth date get one answer by one statement, five tries an hour. What the old
account stood for moves to the new one in one write, and the old account is told.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from core.cipher import Cipher
from core.clock import Chance, Clock
from core.db.engine import Database, Tx
from core.db.models import (
    Application,
    Certificate,
    Child,
    FamilyCode,
    FamilyInvitation,
    Guardianship,
    Municipality,
    Person,
    RecoveryTry,
)
from core.domain.actors import Actor
from core.domain.codes import CODE_LENGTH, code_hash, may_be_code
from core.domain.family import MOST_TRIES, TRIES_IN, FamilyRole, RecoveryRefused, RecoveryTriesOver
from core.domain.refusals import NotFound
from core.domain.silence import QuietHours
from core.services.audit.steps import record
from core.services.children.steps import guarded_by
from core.services.consents.steps import require_processing
from core.services.families.steps import end, join, tell

ENTITY = "family_codes"


class FamilyRecovery:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        chance: Chance,
        cipher: Cipher,
        quiet: QuietHours | None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._cipher = cipher
        self._quiet = quiet

    async def make_code(self, actor: Actor) -> str:
        """A new code; the one before it is worth nothing any more. Raises NotFound: the actor is
        no child's guardian."""
        code, now = self._chance.token(CODE_LENGTH), self._clock.now()
        async with self._database.write() as tx:
            await tx.execute(
                select(Person.id).where(Person.id == actor.person_id).with_for_update()
            )
            child = await tx.scalar(guarded_by(actor).limit(1))
            if child is None:
                raise NotFound(what="child")
            await tx.execute(
                update(FamilyCode)
                .where(FamilyCode.person_id == actor.person_id, *_live())
                .values(dropped_at=now)
            )
            code_id = (
                await tx.execute(
                    insert(FamilyCode)
                    .values(person_id=actor.person_id, code_sha256=code_hash(code), made_at=now)
                    .returning(FamilyCode.id)
                )
            ).scalar_one()
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="family.code_made",
                entity=ENTITY,
                entity_id=code_id,
                municipality_id=actor.municipality_id,
            )
        return code

    async def recover(self, actor: Actor, code: str, born: date) -> int:
        """How many children moved to this account. Raises ConsentNeeded, RecoveryRefused,
        RecoveryTriesOver."""
        now = self._clock.now()
        async with self._database.write() as tx:
            await tx.execute(
                select(Person.id).where(Person.id == actor.person_id).with_for_update()
            )
            await require_processing(tx, actor.person_id)
            await _check_pace(tx, actor, now)
            found = await _find(tx, actor, code.strip(), born)
            if found is not None:
                return await self._move(tx, actor, found, now)
            await tx.execute(insert(RecoveryTry).values(person_id=actor.person_id, at=now))
        raise RecoveryRefused()

    async def _move(self, tx: Tx, actor: Actor, code: Row[*tuple[Any, ...]], now: datetime) -> int:
        await tx.execute(
            update(FamilyCode)
            .where(FamilyCode.id == code.id)
            .values(used_at=now, used_by=actor.person_id)
        )
        children = (
            await tx.execute(
                select(
                    Guardianship.child_id,
                    Guardianship.role,
                    Guardianship.kind,
                    Child.municipality_id,
                    Municipality.timezone,
                )
                .join(Child, Child.id == Guardianship.child_id)
                .join(Municipality, Municipality.id == Child.municipality_id)
                .where(Guardianship.person_id == code.person_id, Guardianship.ended_at.is_(None))
                .order_by(Guardianship.child_id)
            )
        ).all()
        for child in children:
            await join(
                tx,
                child.child_id,
                actor.person_id,
                FamilyRole(child.role),
                now=now,
                kind=child.kind,
            )
            await end(tx, child.child_id, code.person_id, now)
            await _move_business(tx, child.child_id, code.person_id, actor.person_id)
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="family.recovered",
                entity="children",
                entity_id=child.child_id,
                municipality_id=child.municipality_id,
                details={"from_person": code.person_id},
            )
        await _move_person(tx, code.person_id, actor.person_id, children[0].municipality_id)
        await tx.execute(
            update(FamilyInvitation)
            .where(
                FamilyInvitation.inviter_id == code.person_id, FamilyInvitation.used_at.is_(None)
            )
            .values(revoked_at=now)
        )
        await tell(
            tx,
            "family.recovered",
            code.person_id,
            entity=ENTITY,
            entity_id=code.id,
            version=1,
            zone=children[0].timezone,
            now=now,
            cipher=self._cipher,
            quiet=self._quiet,
        )
        return len(children)


def _live() -> tuple[Any, ...]:
    return FamilyCode.used_at.is_(None), FamilyCode.dropped_at.is_(None)


async def _check_pace(tx: Tx, actor: Actor, now: datetime) -> None:
    row = (
        await tx.execute(
            select(func.count(), func.min(RecoveryTry.at).label("first")).where(
                RecoveryTry.person_id == actor.person_id, RecoveryTry.at > now - TRIES_IN
            )
        )
    ).one()
    if row[0] >= MOST_TRIES:
        wait = row.first + TRIES_IN - now
        raise RecoveryTriesOver(minutes=-(-wait // timedelta(minutes=1)))


async def _find(tx: Tx, actor: Actor, code: str, born: date) -> Row[*tuple[Any, ...]] | None:
    hashed = code_hash(code if may_be_code(code) else "")
    row: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(FamilyCode.id, FamilyCode.person_id)
            .where(
                FamilyCode.code_sha256 == hashed,
                FamilyCode.person_id != actor.person_id,
                *_live(),
                select(Guardianship.id)
                .join(Child, Child.id == Guardianship.child_id)
                .where(
                    Guardianship.person_id == FamilyCode.person_id,
                    Guardianship.role == FamilyRole.GUARDIAN,
                    Guardianship.ended_at.is_(None),
                    Child.born == born,
                )
                .exists(),
            )
            .with_for_update(of=FamilyCode)
        )
    ).one_or_none()
    return row


async def _move_business(tx: Tx, child_id: int, old: int, new: int) -> None:
    """Answers go to the account that lives."""
    await tx.execute(
        update(Certificate)
        .where(Certificate.child_id == child_id, Certificate.requested_by == old)
        .values(requested_by=new)
    )
    await tx.execute(
        update(Application)
        .where(Application.child_id == child_id, Application.applied_by == old)
        .values(applied_by=new)
    )


async def _move_person(tx: Tx, old: int, new: int, municipality_id: int) -> None:
    """Staff call the number that was given; the old account keeps none."""
    held = (
        await tx.execute(select(Person.phone_sealed, Person.phone_index).where(Person.id == old))
    ).one()
    await tx.execute(
        update(Person)
        .where(Person.id == new)
        .values(
            phone_sealed=func.coalesce(Person.phone_sealed, held.phone_sealed),
            phone_index=func.coalesce(Person.phone_index, held.phone_index),
            municipality_id=municipality_id,
        )
    )
    await tx.execute(
        update(Person).where(Person.id == old).values(phone_sealed=None, phone_index=None)
    )
