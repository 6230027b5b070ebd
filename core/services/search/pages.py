"""What is shown of programmes that were found, with the seats of this moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, case, func, select

from core.db.hot_reads import HotLook, HotRead
from core.db.lists import among, as_list
from core.db.models import Group, Organisation, Programme
from core.domain.programmes import Direction
from core.search.ranking.ordering import Candidate
from core.services.programmes.seats import taking_applications
from core.services.search.views import FoundProgramme

Line = Any
"""A row of `_lines`."""


async def lines_of(look: HotLook, programme_ids: Collection[int], today: date) -> dict[int, Line]:
    """By id, each with `seats` and `unlimited` groups among those that take applications."""
    if not programme_ids:
        return {}
    dialect = look.dialect
    rows = await _lines(today, dialect).rows(look, {"ids": as_list(dialect, programme_ids)})
    return {row.id: row for row in rows}


def open_seats(line: Line | None) -> float:
    """Endless where nothing limits them."""
    if line is None:
        return 0
    return float("inf") if line.unlimited else line.seats or 0


def as_found(line: Line, chosen: Candidate) -> FoundProgramme:
    return FoundProgramme(
        id=line.id,
        title=line.title,
        organisation_name=line.organisation_name,
        age_from_months=line.age_from_months,
        age_to_months=line.age_to_months,
        seats_left=None if line.unlimited else int(line.seats or 0),
        price_kopecks=line.price_kopecks,
        municipality_id=line.municipality_id,
        direction=Direction(line.direction),
        score=round(chosen.score, 4),
        distance_m=chosen.distance_m,
    )


@lru_cache(maxsize=8)
def _lines(today: date, dialect: str) -> HotRead:
    left = case((Group.taken < Group.capacity, Group.capacity - Group.taken), else_=0)
    counted = and_(Group.programme_id == Programme.id, taking_applications(today))
    return HotRead(
        select(
            Programme.id,
            Programme.municipality_id,
            Programme.title,
            Programme.direction,
            Programme.age_from_months,
            Programme.age_to_months,
            Programme.price_kopecks,
            Organisation.name.label("organisation_name"),
            func.sum(left).label("seats"),
            func.sum(
                case((and_(Group.id.is_not(None), Group.capacity.is_(None)), 1), else_=0)
            ).label("unlimited"),
        )
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .outerjoin(Group, counted)
        .where(among(dialect, Programme.id.expression, "ids"))
        .group_by(Programme.id, Organisation.id),
        short=True,
    )
