"""What the registry has and the file lacks: looked for only when somebody asks.

A published programme of a municipality in the file that the file does not name goes to the archive.
A group that a programme of the file has no more stops taking applications: its window closes the
day before, and `listed` says why. Live applications go on in both. What rows that were refused seem
to speak of is left alone: nobody can say whether the file lacks it.

A file that lacks much of a municipality, of its programmes or of the groups of those it has, is
more likely cut off than tells of closures: it is refused until somebody says that this many are
meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, select

from core.db.engine import Database
from core.db.models import Group, Municipality, Organisation, Programme
from core.domain.calendar import local_date
from core.domain.naming import normal_form
from core.domain.programmes import ProgrammeState
from core.domain.refusals import Refusal
from core.services.programmes.seats import seen_import
from core.services.registry_import.report import Missing
from core.services.registry_import.rows import Unclear
from core.services.registry_import.sheet import GroupKey, ProgrammeKey

LOOKED_AT_ONCE = 2_000
FEW = 10
"""Programmes, or groups, that may leave a municipality at once, and at most half of them."""
FEW_OF = 5
"""So may a fifth of those there are."""
HALF_OF = 2


class ManyMissing(Refusal):
    """The file lacks much of what a municipality has published; params: `missing` of `published`
    programmes, `groups` of `listed` groups of those that the file has."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """All that a file names. `unclear`: what refused rows say of their programmes."""

    programmes: Collection[ProgrammeKey]
    groups: Collection[GroupKey]
    unclear: Collection[Unclear]

    def may_name(self, municipality_id: int, organisation_key: str, title: str) -> bool:
        """Whether a refused row may be about this programme."""
        if not self.unclear:
            return False
        title_key = normal_form(title)
        return any(
            Unclear(municipality_id=place, organisation_key=organisation, title_key=named)
            in self.unclear
            for place in (municipality_id, None)
            for organisation in (organisation_key, None)
            for named in (title_key, None)
        )


@dataclass(kw_only=True)
class Vanished:
    """Programmes to archive, and groups to close with their columns."""

    programmes: list[int] = field(default_factory=list)
    groups: dict[int, dict[str, Any]] = field(default_factory=dict)
    published: Counter[int] = field(default_factory=Counter)
    """Programmes by municipality, the missing ones too."""
    missing: Counter[int] = field(default_factory=Counter)
    listed: Counter[int] = field(default_factory=Counter)
    """Groups that take applications, by municipality, of programmes that the file has."""
    closed: Counter[int] = field(default_factory=Counter)
    """Those of them that the file lacks."""

    @property
    def count(self) -> int:
        return len(self.programmes) + len(self.groups)

    @property
    def told(self) -> Missing:
        return Missing(
            programmes=len(self.programmes),
            groups=len(self.groups),
            published=self.published.total(),
            listed=self.listed.total(),
            many=self._struck() is not None,
        )

    def refuse_many(self) -> None:
        """Raises ManyMissing."""
        struck = self._struck()
        if struck is not None:
            raise ManyMissing(
                missing=self.missing[struck],
                published=self.published[struck],
                groups=self.closed[struck],
                listed=self.listed[struck],
            )

    def _struck(self) -> int | None:
        """The municipality that would lose most, if that is many."""
        for gone, there in ((self.missing, self.published), (self.closed, self.listed)):
            for place, missing in gone.most_common():
                if _is_many(missing, there[place]):
                    return place
        return None


def _is_many(missing: int, there: int) -> bool:
    return missing * HALF_OF > there or (missing > FEW and missing * FEW_OF > there)


async def find_vanished(
    database: Database, municipality_ids: Collection[int], listed: Listed, now: datetime
) -> Vanished:
    """Reads only, in pages; rows of this import are named by the file and so never found."""
    found = Vanished()
    async for row in _pages(database, _programmes(municipality_ids)):
        found.published[row.municipality_id] += 1
        is_named = (row.municipality_id, row.identity_key) in listed.programmes
        if not is_named and not listed.may_name(row.municipality_id, row.name_key, row.title):
            found.programmes.append(row.id)
            found.missing[row.municipality_id] += 1
    async for row in _pages(database, _groups(municipality_ids)):
        key = row.municipality_id, row.identity_key
        if key not in listed.programmes:
            continue
        found.listed[row.municipality_id] += 1
        if (key, row.group_key) in listed.groups:
            continue
        if not listed.may_name(row.municipality_id, row.name_key, row.title):
            found.groups[row.id] = _closed(row, now)
            found.closed[row.municipality_id] += 1
    return found


def _closed(row: Row[*tuple[Any, ...]], now: datetime) -> dict[str, Any]:
    yesterday = local_date(now, row.timezone) - timedelta(days=1)
    until: date | None = row.applications_until
    return {
        "listed": False,
        "applications_until": yesterday if until is None else min(until, yesterday),
    }


def _programmes(municipality_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Programme.id,
            Programme.municipality_id,
            Programme.identity_key,
            Programme.title,
            Organisation.name_key,
        )
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(
            Programme.municipality_id.in_(sorted(municipality_ids)),
            Programme.state == ProgrammeState.PUBLISHED,
            seen_import(Programme.import_id),
        )
        .order_by(Programme.id)
    )


def _groups(municipality_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Group.id,
            Group.name_key.label("group_key"),
            Group.applications_until,
            Programme.municipality_id,
            Programme.identity_key,
            Programme.title,
            Organisation.name_key,
            Municipality.timezone,
        )
        .join(Programme, Programme.id == Group.programme_id)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .join(Municipality, Municipality.id == Programme.municipality_id)
        .where(Programme.municipality_id.in_(sorted(municipality_ids)), Group.listed)
        .order_by(Group.id)
    )


async def _pages(
    database: Database, query: Select[*tuple[Any, ...]]
) -> AsyncIterator[Row[*tuple[Any, ...]]]:
    """All rows, a read a page: no read stays open while a long table is walked."""
    by = query.selected_columns[0]
    last = 0
    while True:
        async with database.read() as tx:
            rows = (await tx.execute(query.where(by > last).limit(LOOKED_AT_ONCE))).all()
        for row in rows:
            yield row
        if len(rows) < LOOKED_AT_ONCE:
            return
        last = rows[-1].id
