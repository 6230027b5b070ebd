"""The statements of a search: rows of facets by titles, by texts, or by wishes alone.

They gather and count; the order of what they give is made in `core.search.ranking.ordering`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, Literal

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    Label,
    Select,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)

from core.db import fulltext
from core.db.hot_reads import HotLook, HotRead
from core.db.lists import among, as_list
from core.db.models import Organisation, ProgrammeFacets, ProgrammeTexts
from core.domain.wishes import Point
from core.search.ranking.nearness import east_shrink
from core.search.ranking.titles import Term
from core.search.vocabulary.words import stop_stems
from core.services.search.filters import Shape, Wanted, conditions, stands_at

MOST: Final = 300
"""Programmes gathered and counted: nobody leafs further."""
REMEMBERED: Final = 500
"""Statements, by the shape of wishes."""

Facet = Any
"""A row: programme_id, title_id, organisation_id; with a point given, latitude and longitude."""
Statement = Select[*tuple[Any, ...]]
Source = Literal["titles", "texts", "wishes"]

_FTS: Final = table(fulltext.FTS, column("rowid", Integer))


class Gathering:
    """Within one look at the database, for one set of wishes."""

    def __init__(self, look: HotLook, wanted: Wanted, near: Point | None) -> None:
        self._look = look
        self._wanted = wanted
        self._values = dict(wanted.values)
        if near is not None:
            self._values |= {
                "latitude": near.latitude,
                "longitude": near.longitude,
                "shrink": east_shrink(near),
            }

    async def by_titles(
        self, title_ids: Sequence[int], all_ids: Sequence[int]
    ) -> tuple[Sequence[Facet], int]:
        """Programmes of some titles, and how many all titles have, up to `MOST`; 0 where nothing
        is found among the first."""
        dialect = self._wanted.shape.dialect
        rows = await self._rows(
            "titles",
            {"titles": as_list(dialect, title_ids), "all_titles": as_list(dialect, all_ids)},
        )
        return rows, rows[0].total if rows else 0

    async def by_text(self, terms: Iterable[Term]) -> Sequence[Facet]:
        """Programmes whose words hold all terms, at the wished places."""
        words = matching(self._wanted.shape.dialect, terms, self._wanted.place_stems)
        return await self._rows("texts", {"words": words}) if words else []

    async def by_wishes(self) -> Sequence[Facet]:
        return await self._rows("wishes", {})

    async def _rows(self, source: Source, values: dict[str, Any]) -> Sequence[Facet]:
        read = _gathered(source, self._wanted.shape)
        return await read.rows(self._look, {**self._values, **values})


@lru_cache(maxsize=REMEMBERED)
def _gathered(source: Source, shape: Shape) -> HotRead:
    order: list[ColumnElement[Any]] = [ProgrammeFacets.programme_id.expression]
    chosen: Statement = select(
        ProgrammeFacets.programme_id, ProgrammeFacets.title_id, ProgrammeFacets.organisation_id
    )
    if shape.near:
        order = [Organisation.latitude.is_(None), _away(), *order]
        chosen = chosen.add_columns(Organisation.latitude, Organisation.longitude).join(
            Organisation, Organisation.id == ProgrammeFacets.organisation_id
        )
    chosen = _from(source, shape, chosen)
    statement = chosen.where(*conditions(shape)).order_by(*order).limit(MOST)
    # a word that half the texts hold, or no word at all, may be long in sorting
    return HotRead(statement, short=source == "titles")


def _from(source: Source, shape: Shape, chosen: Statement) -> Statement:
    match source:
        case "titles":
            return chosen.add_columns(_total(shape)).where(
                among(shape.dialect, ProgrammeFacets.title_id.expression, "titles"),
                *stands_at(shape),
            )
        case "wishes":
            return chosen.where(*stands_at(shape))
        case "texts" if shape.dialect == "sqlite":
            return chosen.join(_FTS, _FTS.c.rowid == ProgrammeFacets.programme_id).where(
                text(f"{fulltext.FTS} MATCH :words")
            )
        case "texts":
            same = ProgrammeTexts.programme_id == ProgrammeFacets.programme_id
            return chosen.join(ProgrammeTexts, same).where(
                text("programme_texts.vector @@ to_tsquery('simple', :words)")
            )


def _total(shape: Shape) -> Label[int]:
    some: Statement = (
        select(literal_column("1"))
        .select_from(ProgrammeFacets)
        .where(
            among(shape.dialect, ProgrammeFacets.title_id.expression, "all_titles"),
            *stands_at(shape),
            *conditions(shape),
        )
        .limit(MOST)
        .correlate(None)
    )
    return select(func.count()).select_from(some.subquery()).scalar_subquery().label("total")


def _away() -> ColumnElement[float]:
    """Grows with the distance; flat, which is right within a district."""
    north = Organisation.latitude - bindparam("latitude", type_=Float())
    east = Organisation.longitude - bindparam("longitude", type_=Float())
    shrunk = east * bindparam("shrink", type_=Float())
    return func.coalesce(north * north + shrunk * shrunk, 0.0, type_=Float())


def matching(dialect: str, terms: Iterable[Term], places: Iterable[str]) -> str:
    """A full-text query for all of the terms, each in any of its readings, and all of the places.
    Stems hold letters and digits only."""
    sqlite = dialect == "sqlite"
    all_of, any_of = (" AND ", " OR ") if sqlite else (" & ", " | ")

    def said(stem: str) -> str:
        return f'"{stem}"' if sqlite else f"'{stem}'"

    def read(stems: Iterable[str]) -> str:
        return all_of.join(said(stem) for stem in stems if stem not in stop_stems())

    parts = []
    for term in terms:
        readings = [f"({found})" for reading in term.readings if (found := read(reading.stems))]
        if readings:
            parts.append(f"({any_of.join(readings)})")
    parts += [f"place : {said(stem)}" if sqlite else f"{said(stem)}:B" for stem in places]
    return all_of.join(parts)
