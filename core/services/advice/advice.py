"""Advice for a child of the family, or for an age: the rules rank, here the registry is read.

What a child goes to, has gone to or has applied for counts as tried; its live sessions must not
clash with those advised. Nothing is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, select

from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Application, Group, Municipality, Organisation, Programme
from core.domain.actors import Actor
from core.domain.advice import (
    Advised,
    Candidate,
    CandidateGroup,
    Engagement,
    Learner,
    Taste,
    advise,
)
from core.domain.ages import MONTHS_IN_YEAR, full_years, months_between
from core.domain.enrolment import SEAT_STATES, ApplicationState
from core.domain.programmes import Direction, RegistryKind
from core.domain.refusals import NotFound
from core.domain.schedule import from_stored
from core.services.advice.views import AdviceView, AdvisedProgramme
from core.services.children.steps import Reach, get_child
from core.services.programmes.lines import shown_programmes
from core.services.programmes.seats import taking_applications

_PAID_BY_BUDGET = (
    RegistryKind.PREPROFESSIONAL,
    RegistryKind.SIGNIFICANT,
    RegistryKind.OTHER,
)
_TRIED = sorted(SEAT_STATES | {ApplicationState.FINISHED})
_AROUND_MONTHS = 18
"""A group may have begun a year ago or begin in a year: the exact age is judged by the rules."""
_MOST_GROUPS = 3000
"""Of one age in one municipality: above it an advice would take longer than a parent waits."""


class Advice:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def for_child(self, actor: Actor, child_id: int, taste: Taste) -> AdviceView:
        """In the child's own municipality. Raises NotFound: not the actor's child."""
        async with self._database.read() as tx:
            child = await get_child(tx, actor, child_id, Reach.FAMILY)
            today = await self._today_in(tx, child.municipality_id)
            learner = await _learner(tx, child_id, child.born)
            months = months_between(child.born, today)
            rows = await _groups(tx, child.municipality_id, today, months)
        return AdviceView(
            items=_advised(rows, learner, taste, today, mixing=child_id),
            child_name=child.name,
            years=full_years(child.born, today),
        )

    async def for_age(self, municipality_id: int, years: int, taste: Taste) -> AdviceView:
        """Full years are enough; no rights are needed. Raises NotFound (the municipality)."""
        async with self._database.read() as tx:
            today = await self._today_in(tx, municipality_id)
            rows = await _groups(tx, municipality_id, today, years * MONTHS_IN_YEAR)
        items = _advised(rows, Learner(years=years), taste, today, mixing=years)
        return AdviceView(items=items, child_name=None, years=years)

    async def _today_in(self, tx: Tx, municipality_id: int) -> date:
        zone = await tx.scalar(
            select(Municipality.timezone).where(Municipality.id == municipality_id)
        )
        if zone is None:
            raise NotFound(what="municipality")
        return self._clock.now().astimezone(ZoneInfo(zone)).date()


async def _learner(tx: Tx, child_id: int, born: date) -> Learner:
    rows = (
        await tx.execute(
            select(
                Application.state,
                Application.programme_id,
                Programme.direction,
                Programme.organisation_id,
                Group.schedule,
                Group.ends_on,
            )
            .join(Programme, Programme.id == Application.programme_id)
            .join(Group, Group.id == Application.group_id)
            .where(Application.child_id == child_id, Application.state.in_(_TRIED))
        )
    ).all()
    live = [row for row in rows if row.state in SEAT_STATES]
    return Learner(
        born=born,
        tried=frozenset(Direction(row.direction) for row in rows),
        busy=tuple(
            Engagement(sessions=from_stored(row.schedule), until=row.ends_on) for row in live
        ),
        places=frozenset(row.organisation_id for row in live),
        programmes=frozenset(row.programme_id for row in live),
    )


async def _groups(
    tx: Tx, municipality_id: int, today: date, months: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Groups that take applications, of programmes whose ages may fit."""
    return (
        await tx.execute(
            select(
                Programme.id.label("programme_id"),
                Programme.title,
                Programme.direction,
                Programme.age_from_months,
                Programme.age_to_months,
                Programme.price_kopecks,
                Programme.registry_kind,
                Programme.organisation_id,
                Organisation.name.label("organisation_name"),
                Group.id.label("group_id"),
                Group.schedule,
                Group.schedule_note,
                Group.starts_on,
                Group.capacity,
                Group.taken,
            )
            .join(Group, Group.programme_id == Programme.id)
            .join(Organisation, Organisation.id == Programme.organisation_id)
            .where(
                *shown_programmes(),
                taking_applications(today),
                Programme.municipality_id == municipality_id,
                *_ages_around(months),
            )
            .order_by(Programme.id, Group.id)
            .limit(_MOST_GROUPS)
        )
    ).all()


def _ages_around(months: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Programme.age_from_months <= months + _AROUND_MONTHS,
        Programme.age_to_months >= months - _AROUND_MONTHS,
    )


def _advised(
    rows: Iterable[Row[*tuple[Any, ...]]],
    learner: Learner,
    taste: Taste,
    today: date,
    *,
    mixing: int,
) -> tuple[AdvisedProgramme, ...]:
    by_programme: dict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    by_group: dict[int, Row[*tuple[Any, ...]]] = {}
    for row in rows:
        by_programme[row.programme_id].append(row)
        by_group[row.group_id] = row
    candidates = [_candidate(groups) for groups in by_programme.values()]
    return tuple(
        _view(one, by_group[one.group.id])
        for one in advise(candidates, learner, taste, today=today, mixing=mixing)
    )


def _candidate(rows: Sequence[Row[*tuple[Any, ...]]]) -> Candidate:
    one = rows[0]
    return Candidate(
        programme_id=one.programme_id,
        title=one.title,
        organisation_id=one.organisation_id,
        direction=Direction(one.direction),
        age_from_months=one.age_from_months,
        age_to_months=one.age_to_months,
        free=one.price_kopecks == 0 or one.registry_kind in _PAID_BY_BUDGET,
        groups=tuple(
            CandidateGroup(
                id=row.group_id,
                starts_on=row.starts_on,
                sessions=from_stored(row.schedule),
                seats_left=None if row.capacity is None else max(0, row.capacity - row.taken),
            )
            for row in rows
        ),
    )


def _view(one: Advised, row: Row[*tuple[Any, ...]]) -> AdvisedProgramme:
    return AdvisedProgramme(
        programme_id=row.programme_id,
        title=row.title,
        organisation_name=row.organisation_name,
        price_kopecks=row.price_kopecks,
        group_id=row.group_id,
        schedule=one.group.sessions,
        schedule_note=row.schedule_note,
        starts_on=row.starts_on,
        seats_left=one.group.seats_left,
        reasons=one.reasons,
    )
