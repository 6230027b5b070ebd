"""Looking into the registry. Plain reads: nothing is locked, seats are those of this moment.

Seen are published programmes only, and rows of an import only once it is visible: a file of a
hundred thousand rows comes in by chunks and appears at one moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.sql.expression import collate

from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Group, Municipality, Organisation, Programme
from core.domain.programmes import Direction, Level, ProgrammeState, RegistryKind, StudyForm
from core.domain.refusals import NotFound
from core.domain.schedule import from_stored
from core.services.programmes.lines import as_lines, line_rows
from core.services.programmes.seats import seen_import as seen_import
from core.services.programmes.views import GroupView, Page, ProgrammeCard, ProgrammeLine


class Programmes:
    """What parents look through. No rights are needed: the registry is public."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def directions(self, municipality_id: int) -> list[tuple[Direction, int]]:
        """Directions that have programmes, in their usual order, with how many."""
        counted = (
            select(Programme.direction, func.count())
            .where(_seen_programmes(municipality_id))
            .group_by(Programme.direction)
        )
        async with self._database.read() as tx:
            counts = {row[0]: row[1] for row in await tx.execute(counted)}
        return [(name, counts[name]) for name in Direction if name in counts]

    async def browse(
        self, municipality_id: int, direction: Direction, *, offset: int, limit: int
    ) -> Page[ProgrammeLine]:
        """Programmes of a direction by title. An offset past the end gives an empty page."""
        chosen = and_(_seen_programmes(municipality_id), Programme.direction == direction)
        async with self._database.read() as tx:
            today = await self._today_in(tx, municipality_id)
            total = (
                await tx.execute(select(func.count()).select_from(Programme).where(chosen))
            ).scalar_one()
            rows = await tx.execute(
                line_rows()
                .where(chosen)
                .order_by(_by_title(tx), Programme.id)
                .offset(offset)
                .limit(limit)
            )
            return Page(items=await as_lines(tx, rows.all(), today), total=total, offset=offset)

    async def lines_of(self, programme_ids: Sequence[int]) -> list[ProgrammeLine]:
        """These programmes in this order; what is not shown (any more) is left out."""
        if not programme_ids:
            return []
        async with self._database.read() as tx:
            rows = await tx.execute(
                line_rows().where(
                    Programme.id.in_(programme_ids), _published(), _seen(Programme.import_id)
                )
            )
            lines = await as_lines(tx, rows.all(), self._clock.now().date())
        known = {line.id: line for line in lines}
        return [known[programme_id] for programme_id in programme_ids if programme_id in known]

    async def card(self, programme_id: int) -> ProgrammeCard:
        """Raises NotFound: absent, not published, or of an import that is not visible yet."""
        async with self._database.read() as tx:
            found = (
                await tx.execute(
                    select(
                        *_CARD,
                        Organisation.name.label("organisation_name"),
                    )
                    .join(Organisation, Organisation.id == Programme.organisation_id)
                    .where(Programme.id == programme_id, _seen(Programme.import_id), _published())
                )
            ).one_or_none()
            if found is None:
                raise NotFound(what="programme")
            today = await self._today_in(tx, found.municipality_id)
            groups = await tx.execute(
                select(*_GROUP)
                .where(Group.programme_id == programme_id, _seen(Group.import_id))
                .order_by(Group.name_key, Group.id)
            )
            return _card(found, [_group(row, today) for row in groups])

    async def programme_of(self, group_id: int) -> int:
        """The programme a group belongs to, for links to a group. Raises NotFound."""
        async with self._database.read() as tx:
            found: int | None = await tx.scalar(
                select(Group.programme_id).where(Group.id == group_id, _seen(Group.import_id))
            )
        if found is None:
            raise NotFound(what="group")
        return found

    async def _today_in(self, tx: Tx, municipality_id: int) -> date:
        zone = (
            await tx.execute(
                select(Municipality.timezone).where(Municipality.id == municipality_id)
            )
        ).scalar_one_or_none()
        if zone is None:
            raise NotFound(what="municipality")
        return self._clock.now().astimezone(ZoneInfo(zone)).date()


_CARD = (
    Programme.id,
    Programme.municipality_id,
    Programme.organisation_id,
    Programme.title,
    Programme.annotation,
    Programme.direction,
    Programme.age_from_months,
    Programme.age_to_months,
    Programme.level,
    Programme.form,
    Programme.registry_kind,
    Programme.hours,
    Programme.price_kopecks,
    Programme.adapted,
    Programme.remote,
    Programme.holiday,
)
_GROUP = (
    Group.id,
    Group.name,
    Group.teacher,
    Group.address,
    Group.schedule,
    Group.schedule_note,
    Group.capacity,
    Group.taken,
    Group.starts_on,
    Group.ends_on,
    Group.applications_from,
    Group.applications_until,
)


def takes_applications(
    today: date,
    *,
    ends_on: date | None,
    applications_from: date | None,
    applications_until: date | None,
) -> bool:
    """Without a window a group takes applications until its end, all days inclusive."""
    if ends_on is not None and today > ends_on:
        return False
    if applications_from is not None and today < applications_from:
        return False
    return applications_until is None or today <= applications_until


_seen = seen_import


def _published() -> ColumnElement[bool]:
    return Programme.state == ProgrammeState.PUBLISHED


def _seen_programmes(municipality_id: int) -> ColumnElement[bool]:
    return and_(
        Programme.municipality_id == municipality_id, _published(), _seen(Programme.import_id)
    )


def _by_title(tx: Tx) -> ColumnElement[Any]:
    """One order on both databases: PostgreSQL would sort by the locale of its cluster."""
    if tx.dialect.name == "postgresql":
        return collate(Programme.title, "C")
    return Programme.title.expression


def _card(row: Row[*tuple[Any, ...]], groups: Iterable[GroupView]) -> ProgrammeCard:
    return ProgrammeCard(
        id=row.id,
        municipality_id=row.municipality_id,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        title=row.title,
        annotation=row.annotation,
        direction=Direction(row.direction),
        age_from_months=row.age_from_months,
        age_to_months=row.age_to_months,
        level=None if row.level is None else Level(row.level),
        form=None if row.form is None else StudyForm(row.form),
        registry_kind=None if row.registry_kind is None else RegistryKind(row.registry_kind),
        hours=row.hours,
        price_kopecks=row.price_kopecks,
        adapted=row.adapted,
        remote=row.remote,
        holiday=row.holiday,
        groups=tuple(groups),
    )


def _group(row: Row[*tuple[Any, ...]], today: date) -> GroupView:
    return GroupView(
        id=row.id,
        name=row.name,
        teacher=row.teacher,
        address=row.address,
        schedule=from_stored(row.schedule),
        schedule_note=row.schedule_note,
        capacity=row.capacity,
        seats_left=None if row.capacity is None else max(0, row.capacity - row.taken),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        takes_applications=takes_applications(
            today,
            ends_on=row.ends_on,
            applications_from=row.applications_from,
            applications_until=row.applications_until,
        ),
    )
