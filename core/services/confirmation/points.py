"""Where an officer works, and the point's own figures: «confirmed 214 of 260»."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, update

from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Municipality, Organisation, PointConfirmation
from core.domain.actors import Actor
from core.domain.calendar import day_begins, local_date
from core.domain.municipality import RegistryMode
from core.domain.refusals import NotAllowed, NotFound
from core.domain.staff import Right, is_head, points_of
from core.services.audit.steps import record
from core.services.confirmation.views import PointFigures, PointView
from core.services.staff.steps import rights_of


class ConfirmationPoints:
    """Officers see their own point; the head sees all of the municipality and sets plans."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def find_point(self, actor: Actor) -> PointView | None:
        """The point in the municipality he looks at, else his first one. None: no officer."""
        async with self._database.read() as tx:
            right = own_point(actor, await rights_of(tx, actor.person_id, self._clock.now()))
            return await view_of(tx, right) if right is not None else None

    async def own_figures(self, actor: Actor) -> PointFigures:
        """Raises NotAllowed."""
        async with self._database.read() as tx:
            now = self._clock.now()
            right = own_point(actor, await rights_of(tx, actor.person_id, now))
            if right is None:
                raise NotAllowed()
            rows = await tx.execute(
                _figures(await _day(tx, right.municipality_id, now), actor).where(
                    Organisation.id == right.organisation_id
                )
            )
            return _as_figures(rows.one())

    async def all_figures(self, actor: Actor, municipality_id: int) -> list[PointFigures]:
        """Of all points of the municipality, by name. For its head. Raises NotAllowed."""
        async with self._database.read() as tx:
            now = self._clock.now()
            await _require_head(tx, actor, municipality_id, now)
            rows = await tx.execute(
                _figures(await _day(tx, municipality_id, now), actor)
                .where(
                    Organisation.municipality_id == municipality_id,
                    Organisation.confirms_certificates,
                )
                .order_by(Organisation.name_key, Organisation.id)
            )
            return [_as_figures(row) for row in rows]

    async def set_plan(
        self, actor: Actor, municipality_id: int, organisation_id: int, plan: int
    ) -> None:
        """How many children the point expects in a year. Raises NotAllowed, NotFound."""
        async with self._database.write() as tx:
            now = self._clock.now()
            await _require_head(tx, actor, municipality_id, now)
            changed = await tx.execute(
                update(Organisation)
                .where(
                    Organisation.id == organisation_id,
                    Organisation.municipality_id == municipality_id,
                    Organisation.confirms_certificates,
                )
                .values(confirmation_plan=plan)
            )
            if changed.rowcount != 1:
                raise NotFound(what="organisation")
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="point.planned",
                entity="organisations",
                entity_id=organisation_id,
                municipality_id=municipality_id,
                fields=("confirmation_plan",),
                details={"plan": plan},
            )


def own_point(actor: Actor, rights: list[Right]) -> Right | None:
    """The officer's right he works by now."""
    points = points_of(rights)
    here = [right for right in points if right.municipality_id == actor.municipality_id]
    return next(iter(here or points), None)


async def view_of(tx: Tx, right: Right) -> PointView:
    """The point of an officer's right."""
    row = (
        await tx.execute(
            select(
                Organisation.id,
                Organisation.name,
                Municipality.id.label("municipality_id"),
                Municipality.name.label("municipality_name"),
                Municipality.timezone,
                Municipality.registry_mode,
            )
            .join(Municipality, Municipality.id == Organisation.municipality_id)
            .where(Organisation.id == right.organisation_id)
        )
    ).one()
    return PointView(
        organisation_id=row.id,
        organisation_name=row.name,
        municipality_id=row.municipality_id,
        municipality_name=row.municipality_name,
        timezone=row.timezone,
        external=row.registry_mode == RegistryMode.EXTERNAL,
    )


async def _require_head(tx: Tx, actor: Actor, municipality_id: int, now: datetime) -> None:
    if not is_head(await rights_of(tx, actor.person_id, now), municipality_id=municipality_id):
        raise NotAllowed()


async def _day(tx: Tx, municipality_id: int, now: datetime) -> tuple[datetime, datetime]:
    """When the year and the day began there."""
    zone = (
        await tx.execute(select(Municipality.timezone).where(Municipality.id == municipality_id))
    ).scalar_one()
    today = local_date(now, zone)
    return day_begins(date(today.year, 1, 1), zone), day_begins(today, zone)


def _figures(since: tuple[datetime, datetime], actor: Actor) -> Select[*tuple[Any, ...]]:
    year, day = since

    def confirmed(*conditions: ColumnElement[bool]) -> Any:
        return (
            select(func.count())
            .select_from(PointConfirmation)
            .where(PointConfirmation.organisation_id == Organisation.id, *conditions)
            .correlate(Organisation)
            .scalar_subquery()
        )

    mine = PointConfirmation.person_id == actor.person_id
    return select(
        Organisation.id,
        Organisation.name,
        Organisation.confirmation_plan,
        confirmed(PointConfirmation.at >= year).label("this_year"),
        confirmed(PointConfirmation.at >= day).label("today"),
        confirmed(PointConfirmation.at >= day, mine).label("mine_today"),
        confirmed(PointConfirmation.at >= year, mine).label("mine_this_year"),
    )


def _as_figures(row: Row[*tuple[Any, ...]]) -> PointFigures:
    return PointFigures(
        organisation_id=row.id,
        organisation_name=row.name,
        this_year=row.this_year,
        today=row.today,
        mine_today=row.mine_today,
        mine_this_year=row.mine_this_year,
        plan=row.confirmation_plan,
    )
