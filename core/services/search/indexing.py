"""Laying programmes into the index that search reads.

A programme is held thrice: its facets (what wishes other than words are met by), the hours of its
groups, and its stems for the full-text index. Its title becomes one of the distinct titles that
every process keeps in memory. The row of `search_version` is taken first, so writers of the index
follow one another and ids of titles and words appear in order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, delete, exists, insert, or_, select, update

from core.db.engine import Database, Tx
from core.db.hot_writes import Plain, PlainInsert
from core.db.models import (
    Group,
    Municipality,
    Organisation,
    Programme,
    ProgrammeFacets,
    ProgrammeHours,
    ProgrammeTexts,
    SearchTitle,
    SearchVersion,
    SearchWord,
)
from core.domain.programmes import ProgrammeState, RegistryKind, StudyForm
from core.domain.schedule import from_stored
from core.search.reading.facets import says_adapted, says_holiday, says_remote
from core.search.reading.numbered import numbered_stems
from core.search.reading.organisations import kind_stems
from core.search.vocabulary.words import lemma_of, spoken_words, stem_of, stop_stems

EDITION = 2
"""Grows when the same programme is indexed otherwise: numbers and kinds of organisations came
with 2."""
CHUNK = 300
BREATH_S = 0.02
USUAL_SESSION = 60
"""Minutes of a session whose end nobody wrote."""
MOST_TITLE_WORDS = 40
CUT_KEPT = 4_000
_BUDGET = frozenset({RegistryKind.PREPROFESSIONAL, RegistryKind.SIGNIFICANT, RegistryKind.OTHER})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cut:
    """What a programme says of itself: the stems of its title in order, all its words, and their
    stems, each once."""

    title: str
    said: frozenset[str]
    stems: str


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """A programme cut into what the index holds; `place` are words, not stems yet."""

    row: Row[*tuple[Any, ...]]
    cut: _Cut
    place: frozenset[str]
    hours: frozenset[tuple[int, int, int]]


@dataclass(kw_only=True, slots=True)
class Standing:
    """What a long indexing has met of the index, so that it asks for each word and title once.

    `words`: stem -> whether it names a place; `titles`: stems -> id. Neither ever leaves the index;
    but what was met in a write that failed may not stand, so `Standing` ends with it.
    """

    words: dict[str, bool] = field(default_factory=dict)
    titles: dict[str, int] = field(default_factory=dict)


async def index_programmes(
    tx: Tx, programme_ids: Collection[int], standing: Standing | None = None
) -> None:
    """Index these programmes anew, inside the write that made or changed them or their groups.

    Programmes that are not published (any more) leave the index. Those of an import that is not
    visible yet are indexed and stay unseen until it is. `standing` is of the whole import.
    """
    ids = sorted(set(programme_ids))
    met = Standing() if standing is None else standing
    for start in range(0, len(ids), CHUNK):
        await _index(tx, ids[start : start + CHUNK], met)


def cut_ahead(texts: Iterable[tuple[str, str | None]]) -> None:
    """Cut (title, annotation) of programmes that will be indexed in a moment: what is cut before
    the write holds nobody up. More than `CUT_KEPT` at once are cut twice."""
    for title, annotation in texts:
        _cut(title, annotation)


async def bring_up_to_date(database: Database) -> int:
    """Index what lacks it; everything, once, where an earlier edition laid the index. How many."""
    async with database.read() as tx:
        edition = await tx.scalar(select(SearchVersion.edition))
    if edition == EDITION:
        return await reindex(database)
    indexed = await index_anew(database)
    async with database.write() as tx:
        await tx.execute(update(SearchVersion).values(edition=EDITION))
    return indexed


async def reindex(database: Database) -> int:
    """Index, in chunks, published programmes that the index lacks; how many there were."""
    return await _in_chunks(database, select(Programme.id).where(_is_published(), ~_is_indexed()))


async def index_anew(database: Database) -> int:
    """Index every programme again: the words of organisations or of this code have changed."""
    return await _in_chunks(
        database, select(Programme.id).where(or_(_is_published(), _is_indexed()))
    )


async def reindex_organisations(database: Database, organisation_ids: Collection[int]) -> int:
    """Index again, in chunks, the programmes of organisations whose name or address has changed:
    whoever changes one calls this after the write, since a large one has hundreds."""
    indexed = 0
    ids = sorted(set(organisation_ids))
    for start in range(0, len(ids), CHUNK):
        theirs = Programme.organisation_id.in_(ids[start : start + CHUNK])
        indexed += await _in_chunks(
            database, select(Programme.id).where(theirs, or_(_is_published(), _is_indexed()))
        )
    return indexed


async def _in_chunks(database: Database, programmes: Select[int]) -> int:
    indexed = last = 0
    while True:
        some = programmes.where(Programme.id > last).order_by(Programme.id).limit(CHUNK)
        async with database.read() as tx:
            ids = (await tx.scalars(some)).all()
        if not ids:
            return indexed
        async with database.write() as tx:
            await index_programmes(tx, ids)
        indexed, last = indexed + len(ids), ids[-1]
        await asyncio.sleep(BREATH_S)


def _is_published() -> ColumnElement[bool]:
    return Programme.state == ProgrammeState.PUBLISHED


def _is_indexed() -> ColumnElement[bool]:
    return exists().where(ProgrammeFacets.programme_id == Programme.id)


async def _index(tx: Tx, ids: list[int], standing: Standing) -> None:
    # an empty index is of the edition that fills it
    filled = exists(select(ProgrammeFacets.programme_id))
    edition = case((~filled, EDITION), else_=SearchVersion.edition)
    await tx.execute(update(SearchVersion).values(number=SearchVersion.number + 1, edition=edition))
    await _take_out(tx, ids)
    entries = await _read(tx, ids)
    if not entries:
        return
    await _add_titles(tx, {entry.cut.title for entry in entries}, standing.titles)
    await _add_words(tx, entries, standing.words)
    await _ADD_FACETS.add(
        tx, [_facets(entry, standing.titles[entry.cut.title]) for entry in entries]
    )
    await _ADD_HOURS.add(
        tx, [(entry.row.id, *hours) for entry in entries for hours in sorted(entry.hours)]
    )
    await _ADD_TEXTS.add(
        tx, [(entry.row.id, entry.cut.stems, _place_stems(entry.place)) for entry in entries]
    )


async def _take_out(tx: Tx, ids: list[int]) -> None:
    """Those of the programmes that the index holds; of new ones there are none."""
    held = select(ProgrammeFacets.programme_id).where(ProgrammeFacets.programme_id.in_(ids))
    standing = (await tx.scalars(held)).all()
    if standing:
        for table in (ProgrammeFacets, ProgrammeHours, ProgrammeTexts):
            await tx.execute(delete(table).where(table.programme_id.in_(standing)))


async def _read(tx: Tx, ids: list[int]) -> list[_Entry]:
    rows = (
        await tx.execute(
            select(
                *_PROGRAMME,
                Organisation.name.label("organisation_name"),
                Organisation.address.label("organisation_address"),
                Municipality.name.label("municipality_name"),
            )
            .join(Organisation, Organisation.id == Programme.organisation_id)
            .join(Municipality, Municipality.id == Programme.municipality_id)
            .where(Programme.id.in_(ids), _is_published())
            .order_by(Programme.id)
        )
    ).all()
    groups = await tx.execute(
        select(Group.programme_id, Group.address, Group.schedule).where(Group.programme_id.in_(ids))
    )
    places: dict[int, list[str]] = {}
    hours: dict[int, set[tuple[int, int, int]]] = {}
    for programme_id, address, schedule in groups:
        if address:
            places.setdefault(programme_id, []).append(address)
        if schedule:
            hours.setdefault(programme_id, set()).add(_hours(schedule))
    return [_entry(row, places.get(row.id, ()), hours.get(row.id, ())) for row in rows]


_PROGRAMME = (
    Programme.id,
    Programme.municipality_id,
    Programme.organisation_id,
    Programme.import_id,
    Programme.title,
    Programme.annotation,
    Programme.direction,
    Programme.age_from_months,
    Programme.age_to_months,
    Programme.form,
    Programme.registry_kind,
    Programme.price_kopecks,
    Programme.adapted,
    Programme.holiday,
    Programme.remote,
)


def _entry(
    row: Row[*tuple[Any, ...]],
    addresses: Iterable[str],
    hours: Iterable[tuple[int, int, int]],
) -> _Entry:
    named = (row.organisation_name, row.organisation_address or "", row.municipality_name)
    return _Entry(
        row=row,
        cut=_cut(row.title, row.annotation),
        place=_words_of_places((*named, *addresses)),
        hours=frozenset(hours),
    )


def _hours(schedule: Sequence[Mapping[str, Any]]) -> tuple[int, int, int]:
    """(days as bits, first minute, last minute) of a group's week."""
    sessions = from_stored(schedule)
    days = 0
    for session in sessions:
        days |= 1 << (session.weekday - 1)
    starts = [_minute(session.starts) for session in sessions]
    ends = [
        begins + USUAL_SESSION if session.ends is None else _minute(session.ends)
        for session, begins in zip(sessions, starts, strict=True)
    ]
    return days, min(starts), max(ends)


def _minute(hour: time) -> int:
    """Of the day."""
    return hour.hour * 60 + hour.minute


def _facets(entry: _Entry, title_id: int) -> tuple[Plain, ...]:
    """In the order of `_ADD_FACETS`."""
    row = entry.row
    budget = row.price_kopecks is None and row.registry_kind in _BUDGET
    title = set(entry.cut.title.split())
    return (
        row.id,
        row.municipality_id,
        row.organisation_id,
        title_id,
        row.import_id,
        row.direction,
        row.age_from_months,
        row.age_to_months,
        0 if budget else row.price_kopecks,
        row.registry_kind == RegistryKind.CERTIFIED,
        row.adapted or says_adapted(title),
        row.holiday or says_holiday(title),
        row.remote or row.form == StudyForm.EXTRAMURAL or says_remote(title),
    )


_ADD_FACETS = PlainInsert(
    ProgrammeFacets,
    "programme_id",
    "municipality_id",
    "organisation_id",
    "title_id",
    "import_id",
    "direction",
    "age_from_months",
    "age_to_months",
    "price_kopecks",
    "certificate",
    "adapted",
    "holiday",
    "remote",
)
_ADD_HOURS = PlainInsert(ProgrammeHours, "programme_id", "days", "starts", "ends")
_ADD_TEXTS = PlainInsert(ProgrammeTexts, "programme_id", "words", "place")


async def _add_titles(tx: Tx, titles: set[str], standing: dict[str, int]) -> None:
    """Ids of the distinct titles come to be known, those not yet in the index are added."""
    asked = sorted(titles - standing.keys())
    if not asked:
        return
    found = await tx.execute(
        select(SearchTitle.stems, SearchTitle.id).where(SearchTitle.stems.in_(asked))
    )
    standing.update({row.stems: row.id for row in found})
    missing = sorted(titles - standing.keys())
    if missing:
        made = await tx.execute(
            insert(SearchTitle).returning(SearchTitle.stems, SearchTitle.id),
            [{"stems": stems} for stems in missing],
        )
        standing.update({row.stems: row.id for row in made})


@lru_cache(maxsize=CUT_KEPT)
def _cut(title: str, annotation: str | None) -> _Cut:
    words = spoken_words(title)
    said = frozenset((*words, *spoken_words(annotation or "")))
    return _Cut(
        title=" ".join(map(stem_of, words[:MOST_TITLE_WORDS])), said=said, stems=_stems(said)
    )


def _stems(words: Iterable[str]) -> str:
    """Each stem once, without words that tell nothing."""
    return " ".join({stem_of(word) for word in words} - stop_stems())


@lru_cache(maxsize=20_000)
def _words_of_places(texts: tuple[str, ...]) -> frozenset[str]:
    """Of organisations and addresses: most programmes share theirs with others."""
    return frozenset().union(
        *map(spoken_words, texts), *map(numbered_stems, texts), *map(kind_stems, texts)
    )


@lru_cache(maxsize=10_000)
def _place_stems(words: frozenset[str]) -> str:
    return _stems(words)


async def _add_words(tx: Tx, entries: Sequence[_Entry], standing: dict[str, bool]) -> None:
    of_places = frozenset().union(*{entry.place for entry in entries})
    places = {stem_of(word) for word in of_places}
    words = of_places.union(*(entry.cut.said for entry in entries))
    forms = {stem_of(word): lemma_of(word) for word in sorted(words)}
    asked = sorted(forms.keys() - standing.keys())
    if asked:
        known = await tx.execute(
            select(SearchWord.stem, SearchWord.place).where(SearchWord.stem.in_(asked))
        )
        standing.update({row.stem: row.place for row in known})
    # processes read what was added since they looked, so a word that became a place is added anew
    turned = sorted(stem for stem in places if standing.get(stem) is False)
    if turned:
        await tx.execute(delete(SearchWord).where(SearchWord.stem.in_(turned)))
    missing = sorted((forms.keys() - standing.keys()) | set(turned))
    if missing:
        await tx.execute(
            insert(SearchWord),
            [{"stem": stem, "form": forms[stem], "place": stem in places} for stem in missing],
        )
        standing.update({stem: stem in places for stem in missing})
