"""Wishes as conditions on the facets of programmes, the same for both databases.

A statement is made once for all queries that wish the same kinds of things and is then only given
their values: building it costs more than running it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    exists,
    literal,
    not_,
    or_,
    select,
)

from core.db.lists import among, as_list
from core.db.models import Import, ProgrammeFacets, ProgrammeHours, ProgrammeTexts
from core.domain.wishes import Understood, Wish, WishKind
from core.search.reading.numbered import place_stems

LONG_SPAN: Final = 24
"""Months from which a wished age is a time of life: one from six is not for «дошкольник»."""

_Facets = ProgrammeFacets


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What kinds of things are wished; equal shapes share a statement."""

    municipality: bool
    ages: int
    flags: frozenset[WishKind]
    places: int
    unwanted: bool
    near: bool
    dialect: str


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The shape of wishes, and the values its conditions are given."""

    shape: Shape
    values: dict[str, Any]
    place_stems: tuple[str, ...]


_FLAGS: Final = (
    (WishKind.CERTIFICATE, _Facets.certificate),
    (WishKind.ADAPTED, _Facets.adapted),
    (WishKind.HOLIDAY, _Facets.holiday),
    (WishKind.REMOTE, _Facets.remote),
)
_SEVERAL: Final = {WishKind.DIRECTION: "directions", WishKind.NOT_DIRECTION: "denied"}
_HOURS: Final = frozenset({WishKind.DAY, WishKind.AFTER, WishKind.BEFORE})


def wanted(
    understood: Understood,
    municipality_id: int | None,
    unwanted_titles: Sequence[int],
    *,
    near: bool,
    dialect: str,
) -> Wanted:
    """All that a programme must meet beside its words."""
    ages = understood.of(WishKind.AGE)
    stems = [stem for wish in understood.of(WishKind.PLACE) for stem in place_stems(wish.value)]
    shape = Shape(
        municipality=municipality_id is not None,
        ages=len(ages),
        flags=frozenset(wish.kind for wish in understood.wishes),
        places=len(stems),
        unwanted=bool(unwanted_titles),
        near=near,
        dialect=dialect,
    )
    values: dict[str, Any] = {
        name: as_list(dialect, (wish.value for wish in understood.of(kind)))
        for kind, name in _SEVERAL.items()
        if kind in shape.flags
    }
    if municipality_id is not None:
        values["municipality_id"] = municipality_id
    if unwanted_titles:
        values["unwanted"] = as_list(dialect, unwanted_titles)
    for number, wish in enumerate(ages):
        values[f"from_{number}"], values[f"to_{number}"] = _middle(wish)
    values |= {f"place_{number}": f" {stem} " for number, stem in enumerate(stems)}
    return Wanted(shape=shape, values=values | _limits(understood), place_stems=tuple(stems))


def conditions(shape: Shape) -> list[ColumnElement[bool]]:
    """Without the places: `stands_at`."""
    found = [_is_seen()]
    if shape.municipality:
        found.append(_Facets.municipality_id == bindparam("municipality_id"))
    for number in range(shape.ages):
        first: BindParameter[int] = bindparam(f"from_{number}")
        last: BindParameter[int] = bindparam(f"to_{number}")
        found.append(and_(_Facets.age_from_months <= last, _Facets.age_to_months >= first))
    if WishKind.DIRECTION in shape.flags:
        found.append(among(shape.dialect, _Facets.direction.expression, "directions"))
    if WishKind.NOT_DIRECTION in shape.flags:
        found.append(not_(among(shape.dialect, _Facets.direction.expression, "denied")))
    if shape.unwanted:
        found.append(not_(among(shape.dialect, _Facets.title_id.expression, "unwanted")))
    if shape.flags & {WishKind.PRICE_UP_TO, WishKind.FREE}:
        found.append(_Facets.price_kopecks <= bindparam("kopecks"))
    found += [flag.expression for kind, flag in _FLAGS if kind in shape.flags]
    if shape.flags & _HOURS:
        found.append(_meets(shape))
    return found


def stands_at(shape: Shape) -> list[ColumnElement[bool]]:
    """All words of the places stand in the programme's addresses and names."""
    if not shape.places:
        return []
    padded = literal(" ") + ProgrammeTexts.place + literal(" ")
    return [
        exists().where(
            ProgrammeTexts.programme_id == _Facets.programme_id,
            *(padded.contains(bindparam(f"place_{number}")) for number in range(shape.places)),
        )
    ]


def _is_seen() -> ColumnElement[bool]:
    """Of no import, or of one that is visible; imports under way are few, so they are listed."""
    hidden = select(Import.id).where(Import.visible_at.is_(None))
    return or_(_Facets.import_id.is_(None), _Facets.import_id.not_in(hidden))


def _meets(shape: Shape) -> ColumnElement[bool]:
    """Some group meets on one of the days, and all its sessions lie within the hours."""
    met: list[ColumnElement[bool]] = [ProgrammeHours.programme_id == _Facets.programme_id]
    if WishKind.DAY in shape.flags:
        met.append(ProgrammeHours.days.bitwise_and(bindparam("days")) != 0)
    if WishKind.AFTER in shape.flags:
        met.append(ProgrammeHours.starts >= bindparam("starts"))
    if WishKind.BEFORE in shape.flags:
        met.append(ProgrammeHours.ends <= bindparam("ends"))
    return exists().where(*met)


def _limits(understood: Understood) -> dict[str, int]:
    """The strictest of each."""
    found: dict[str, int] = {}
    prices = [wish.kopecks for wish in understood.of(WishKind.PRICE_UP_TO)]
    if understood.of(WishKind.FREE):
        prices.append(0)
    if prices:
        found["kopecks"] = min(prices)
    days = {day for wish in understood.of(WishKind.DAY) for day in wish.weekdays}
    if days:
        found["days"] = sum(1 << (day - 1) for day in days)
    if starts := [_minute(wish) for wish in understood.of(WishKind.AFTER)]:
        found["starts"] = max(starts)
    if ends := [_minute(wish) for wish in understood.of(WishKind.BEFORE)]:
        found["ends"] = min(ends)
    return found


def _middle(wish: Wish) -> tuple[int, int]:
    """The months a programme must take some of; of a long span, its middle half."""
    first, last = wish.months
    margin = (last - first + 1) // 4 if last - first >= LONG_SPAN else 0
    return first + margin, last - margin


def _minute(wish: Wish) -> int:
    return wish.hour.hour * 60 + wish.hour.minute
