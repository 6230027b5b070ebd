"""Lines of a list of programmes, whatever chose them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select

from core.db.engine import Tx
from core.db.models import Organisation, Programme
from core.domain.programmes import ProgrammeState
from core.services.programmes.seats import seats_of, seen_import
from core.services.programmes.views import ProgrammeLine


def line_rows() -> Select[*tuple[Any, ...]]:
    """Rows for `as_lines`; add the conditions and the order."""
    return select(
        Programme.id,
        Programme.municipality_id,
        Programme.title,
        Organisation.name.label("organisation_name"),
        Programme.age_from_months,
        Programme.age_to_months,
        Programme.price_kopecks,
    ).join(Organisation, Organisation.id == Programme.organisation_id)


def shown_programmes() -> tuple[ColumnElement[bool], ...]:
    """What parents may see: published, and of no import that is not visible yet."""
    return Programme.state == ProgrammeState.PUBLISHED, seen_import(Programme.import_id)


async def as_lines(
    tx: Tx, rows: Sequence[Row[*tuple[Any, ...]]], today: date
) -> tuple[ProgrammeLine, ...]:
    """The rows in their order, with the seats of this moment."""
    seats = await seats_of(tx, [row.id for row in rows], today)
    return tuple(
        ProgrammeLine(
            id=row.id,
            municipality_id=row.municipality_id,
            title=row.title,
            organisation_name=row.organisation_name,
            age_from_months=row.age_from_months,
            age_to_months=row.age_to_months,
            seats_left=seats.get(row.id, 0),
            price_kopecks=row.price_kopecks,
        )
        for row in rows
    )
