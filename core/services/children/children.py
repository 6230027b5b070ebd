"""Children: a guardian who has consented enters name and birth date, nothing more."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row, Select, insert, select

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Child, Guardianship, Municipality, Person
from core.domain.actors import Actor
from core.domain.ages import ADULT_YEARS, full_years
from core.domain.calendar import local_date
from core.domain.children import AlreadyRegistered, ChildState
from core.domain.names import ChildName
from core.domain.refusals import BadValue, NotFound
from core.services.audit.steps import record
from core.services.children.steps import NAME, guarded_by, name_index, name_of
from core.services.children.views import ChildView
from core.services.consents.steps import require_processing
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
            # one family's registrations go one after the other
            await tx.execute(
                select(Person.id).where(Person.id == actor.person_id).with_for_update()
            )
            earlier = (await tx.execute(select(Child.id).where(Child.key == key))).scalar()
            if earlier is not None:
                return await self._mine(tx, actor, earlier)
            await require_processing(tx, actor.person_id)
            municipality = await get_municipality(tx, actor.municipality_id)
            now = self._clock.now()
            _check_born(born, local_date(now, municipality.timezone))
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
                insert(Guardianship).values(child_id=child_id, person_id=actor.person_id, since=now)
            )
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

    async def list_mine(self, actor: Actor) -> list[ChildView]:
        """The actor's children, the eldest first."""
        async with self._database.read() as tx:
            rows = await tx.execute(_views(actor).order_by(Child.born, Child.id))
            return [self._view(row) for row in rows]

    async def get_mine(self, actor: Actor, child_id: int) -> ChildView:
        """Raises NotFound."""
        async with self._database.read() as tx:
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
        )


def _views(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(Child.id, *NAME, Child.born, Child.state, Municipality.timezone)
        .join(Municipality, Municipality.id == Child.municipality_id)
        .where(Child.id.in_(guarded_by(actor)), Child.born.is_not(None))
    )


def _check_born(born: date, today: date) -> None:
    if born > today:
        raise BadValue(field="born", reason="in-future")
    if full_years(born, today) >= ADULT_YEARS:
        raise BadValue(field="born", reason="too-old")


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
