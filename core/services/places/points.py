"""Points of organisations: staff send the place, «near» is counted from it.

A point of a house is public, so it is kept as exact as it was sent, unlike the place of a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select, update

from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Organisation
from core.domain.actors import CLI, Actor
from core.domain.refusals import NotFound
from core.domain.staff import is_moderator
from core.domain.wishes import Point
from core.services.audit.steps import record
from core.services.staff.steps import require


@dataclass(frozen=True, kw_only=True)
class OrganisationPlace:
    """An organisation and where it is; `point` None: nobody has said yet."""

    id: int
    name: str
    address: str | None
    point: Point | None


class OrganisationPoints:
    """For the consultants and the head of a municipality. Everything they do raises NotAllowed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list_places(self, actor: Actor, municipality_id: int) -> list[OrganisationPlace]:
        """Those without a point first, then by name."""
        async with self._database.read() as tx:
            await self._require(tx, actor, municipality_id)
            rows = await tx.execute(
                _places()
                .where(Organisation.municipality_id == municipality_id)
                .order_by(
                    Organisation.latitude.is_not(None), Organisation.name_key, Organisation.id
                )
            )
            return [_place(row) for row in rows]

    async def get_place(self, actor: Actor, organisation_id: int) -> OrganisationPlace:
        """Raises NotFound."""
        async with self._database.read() as tx:
            row = await self._look(tx, actor, organisation_id)
            return _place(row)

    async def set_point(
        self, actor: Actor, organisation_id: int, point: Point
    ) -> OrganisationPlace:
        """The house is there; another point takes the place of the first. Raises NotFound."""
        async with self._database.write() as tx:
            row = await self._look(tx, actor, organisation_id)
            await self._write(tx, row, point, actor.mark)
            return _place(await self._look(tx, actor, organisation_id))

    async def place_all(self, municipality_id: int, points: Mapping[str, Point]) -> int:
        """For an operator: by name, those that have no point yet; how many there were."""
        async with self._database.write() as tx:
            rows = await tx.execute(
                _places().where(
                    Organisation.municipality_id == municipality_id,
                    Organisation.name.in_(sorted(points)),
                    Organisation.latitude.is_(None),
                )
            )
            found = rows.all()
            for row in found:
                await self._write(tx, row, points[row.name], CLI)
            return len(found)

    async def _write(self, tx: Tx, row: Row[*tuple[Any, ...]], point: Point, mark: str) -> None:
        await tx.execute(
            update(Organisation)
            .where(Organisation.id == row.id)
            .values(latitude=point.latitude, longitude=point.longitude)
        )
        await record(
            tx,
            at=self._clock.now(),
            actor=mark,
            action="organisation.placed",
            entity="organisations",
            entity_id=row.id,
            municipality_id=row.municipality_id,
            fields=("latitude", "longitude"),
        )

    async def _look(self, tx: Tx, actor: Actor, organisation_id: int) -> Row[*tuple[Any, ...]]:
        row: Row[*tuple[Any, ...]] | None = (
            await tx.execute(_places().where(Organisation.id == organisation_id))
        ).one_or_none()
        if row is None:
            raise NotFound(what="organisation")
        await self._require(tx, actor, row.municipality_id)
        return row

    async def _require(self, tx: Tx, actor: Actor, municipality_id: int) -> None:
        await require(
            tx,
            actor.person_id,
            now=self._clock.now(),
            allows=lambda rights: is_moderator(rights, municipality_id=municipality_id),
        )


def _places() -> Select[*tuple[Any, ...]]:
    return select(
        Organisation.id,
        Organisation.municipality_id,
        Organisation.name,
        Organisation.address,
        Organisation.latitude,
        Organisation.longitude,
    )


def _place(row: Row[*tuple[Any, ...]]) -> OrganisationPlace:
    known = row.latitude is not None and row.longitude is not None
    return OrganisationPlace(
        id=row.id,
        name=row.name,
        address=row.address,
        point=Point(latitude=row.latitude, longitude=row.longitude) if known else None,
    )
