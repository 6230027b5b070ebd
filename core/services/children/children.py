"""Children: a guardian who has consented enters name and birth date, nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, insert, select

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Child, Guardianship, Municipality, Person
from core.domain.actors import Actor
from core.domain.ages import full_years
from core.domain.birth import check_birth_date
from core.domain.calendar import local_date
from core.domain.children import AlreadyRegistered, ChildState
from core.domain.family import FamilyRole
from core.domain.names import ChildName
from core.domain.refusals import NotFound
from core.services.audit.steps import record
from core.services.children.steps import NAME, get_child, guarded_by, name_index, name_of
from core.services.children.views import ChildView
from core.services.consents.steps import require_processing
from core.services.families.promises import promise
from core.services.municipalities.steps import get_municipality


class Children:
    def __init__(self, database: Database, clock: Clock, cipher: Cipher) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher

    async def register(self, actor: Actor, name: ChildName, born: date, *, key: str) -> ChildView:
        """The same key gives the same child. Raises ConsentNeeded(kind="processing"),
        AlreadyRegistered, NotFound (no municipality chosen), BadValue (born)."""
        async with self._database.write() as tx:
            await _lock_family(tx, actor)
            return await self._register(tx, actor, name, born, key)

    async def register_twins(
        self, actor: Actor, child_id: int, first_names: Sequence[str], *, key: str
    ) -> list[ChildView]:
        """Born on the same day as the actor's own child, with its last name and patronymic: all in
        one write, or none. The same key gives the same children. Raises as `register`."""
        async with self._database.write() as tx:
            await _lock_family(tx, actor)
            other = await get_child(tx, actor, child_id)
            return [
                await self._register(
                    tx, actor, replace(other.name, first=first), other.born, f"{key}:{place}"
                )
                for place, first in enumerate(first_names)
            ]

    async def list_mine(self, actor: Actor) -> list[ChildView]:
        """The children the actor is a guardian or a helper of, the eldest first."""
        async with self._database.read() as tx:
            rows = await tx.execute(_views(actor).order_by(Child.born, Child.id))
            return [self._view(row) for row in rows]

    async def get_mine(self, actor: Actor, child_id: int) -> ChildView:
        """Raises NotFound."""
        async with self._database.read() as tx:
            return await self._mine(tx, actor, child_id)

    async def _register(
        self, tx: Tx, actor: Actor, name: ChildName, born: date, key: str
    ) -> ChildView:
        earlier = (await tx.execute(select(Child.id).where(Child.key == key))).scalar()
        if earlier is not None:
            return await self._mine(tx, actor, earlier)
        await require_processing(tx, actor.person_id)
        municipality = await get_municipality(tx, actor.municipality_id)
        now = self._clock.now()
        check_birth_date(born, local_date(now, municipality.timezone))
        name_key = name_index(self._cipher, name)
        await _refuse_own_double(tx, actor, name_key, born)
        child_id = (
            await tx.execute(
                insert(Child)
                .values(
                    municipality_id=municipality.id,
                    last_name=name.last,
                    first_name=name.first,
                    patronymic=name.patronymic,
                    name_key=name_key,
                    born=born,
                    state=ChildState.ENTERED,
                    key=key,
                    entered_at=now,
                )
                .returning(Child.id)
            )
        ).scalar_one()
        await tx.execute(
            insert(Guardianship).values(
                child_id=child_id,
                person_id=actor.person_id,
                role=FamilyRole.GUARDIAN,
                kind=await _kind_said(tx, actor),
                since=now,
            )
        )
        await promise(tx, child_id, born, zone=municipality.timezone, now=now)
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action="child.registered",
            entity="children",
            entity_id=child_id,
            municipality_id=municipality.id,
            fields=("last_name", "first_name", "patronymic", "born"),
        )
        return await self._mine(tx, actor, child_id)

    async def _mine(self, tx: Tx, actor: Actor, child_id: int) -> ChildView:
        row = (await tx.execute(_views(actor).where(Child.id == child_id))).one_or_none()
        if row is None:
            raise NotFound(what="child")
        return self._view(row)

    def _view(self, row: Row[*tuple[Any, ...]]) -> ChildView:
        today = local_date(self._clock.now(), row.timezone)
        return ChildView(
            id=row.id,
            name=name_of(row),
            born=row.born,
            age_years=full_years(row.born, today),
            state=ChildState(row.state),
            role=FamilyRole(row.role),
            municipality_id=row.municipality_id,
            changes_in_person=row.changes_in_person,
        )


def _views(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Child.id,
            *NAME,
            Child.born,
            Child.state,
            Child.municipality_id,
            Child.changes_in_person,
            Guardianship.role,
            Municipality.timezone,
        )
        .join(Guardianship, Guardianship.child_id == Child.id)
        .join(Municipality, Municipality.id == Child.municipality_id)
        .where(
            Guardianship.person_id == actor.person_id,
            Guardianship.ended_at.is_(None),
            Child.born.is_not(None),
        )
    )


async def _lock_family(tx: Tx, actor: Actor) -> None:
    """One family's registrations go one after the other."""
    await tx.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update())


async def _kind_said(tx: Tx, actor: Actor) -> str | None:
    """Who the person is to their children: said once, it holds for the next one."""
    return await tx.scalar(
        select(Guardianship.kind)
        .where(
            Guardianship.person_id == actor.person_id,
            Guardianship.role == FamilyRole.GUARDIAN,
            Guardianship.ended_at.is_(None),
            Guardianship.kind.is_not(None),
        )
        .order_by(Guardianship.id.desc())
        .limit(1)
    )


async def _refuse_own_double(tx: Tx, actor: Actor, name_key: bytes, born: date) -> None:
    double = (
        await tx.execute(
            select(Child.id)
            .where(
                Child.name_key == name_key,
                Child.born == born,
                Child.id.in_(guarded_by(actor)),
            )
            .limit(1)
        )
    ).scalar()
    if double is not None:
        raise AlreadyRegistered(child_id=double)
