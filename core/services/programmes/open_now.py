"""Programmes with a free seat at this moment: the most wanted ones, and those like another."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, func, or_, select

from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Group, Municipality, Programme
from core.domain.calendar import local_date
from core.domain.likeness import Described, likeness
from core.services.programmes.lines import as_lines, line_rows, shown_programmes
from core.services.programmes.seats import taking_applications
from core.services.programmes.views import Page, ProgrammeLine

_WEIGHED = 300
"""Programmes of the same direction and ages that are compared by their words."""

_ANYWHERE = ZoneInfo("UTC").key
"""Whose day it is where no municipality is known; windows open and close by days."""


class OpenProgrammes:
    """No rights are needed: the registry is public."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def most_wanted(
        self, municipality_id: int | None, *, offset: int, limit: int
    ) -> Page[ProgrammeLine]:
        """Those with seats, the ones most children go to first. None: of all municipalities."""
        async with self._database.read() as tx:
            today = await self._today_in(tx, municipality_id)
            chosen = (*shown_programmes(), _has_seat(today))
            if municipality_id is not None:
                chosen = (*chosen, Programme.municipality_id == municipality_id)
            total = await tx.scalar(select(func.count()).select_from(Programme).where(*chosen))
            taken = (
                select(func.sum(Group.taken))
                .where(Group.programme_id == Programme.id)
                .scalar_subquery()
            )
            rows = await tx.execute(
                line_rows()
                .where(*chosen)
                .order_by(taken.desc(), Programme.id)
                .offset(offset)
                .limit(limit)
            )
            lines = await as_lines(tx, rows.all(), today)
        return Page(items=lines, total=total or 0, offset=offset)

    async def like(self, programme_id: int, *, limit: int) -> tuple[ProgrammeLine, ...]:
        """Others of its direction and municipality whose ages meet its own, the most alike first;
        none when it is not known."""
        async with self._database.read() as tx:
            one = (
                await tx.execute(
                    select(
                        Programme.municipality_id,
                        Programme.direction,
                        Programme.title,
                        Programme.age_from_months,
                        Programme.age_to_months,
                    ).where(Programme.id == programme_id)
                )
            ).one_or_none()
            if one is None:
                return ()
            today = await self._today_in(tx, one.municipality_id)
            rows = await tx.execute(
                line_rows()
                .where(
                    *shown_programmes(),
                    _has_seat(today),
                    Programme.id != programme_id,
                    Programme.municipality_id == one.municipality_id,
                    Programme.direction == one.direction,
                    Programme.age_from_months <= one.age_to_months,
                    Programme.age_to_months >= one.age_from_months,
                )
                .order_by(func.abs(Programme.age_from_months - one.age_from_months), Programme.id)
                .limit(_WEIGHED)
            )
            wanted = _described(one)
            # stable: of those equally alike the nearest by age stay first
            found = sorted(rows.all(), key=lambda row: -likeness(wanted, _described(row)))
            return await as_lines(tx, found[:limit], today)

    async def _today_in(self, tx: Tx, municipality_id: int | None) -> date:
        zone = await tx.scalar(
            select(Municipality.timezone).where(Municipality.id == municipality_id)
        )
        return local_date(self._clock.now(), zone or _ANYWHERE)


def _has_seat(today: date) -> ColumnElement[bool]:
    return (
        select(Group.id)
        .where(
            Group.programme_id == Programme.id,
            taking_applications(today),
            or_(Group.capacity.is_(None), Group.taken < Group.capacity),
        )
        .exists()
    )


def _described(row: Row[*tuple[Any, ...]]) -> Described:
    return Described(title=row.title, from_months=row.age_from_months, to_months=row.age_to_months)
