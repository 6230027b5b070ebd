"""The words of the registry as one process holds them, refreshed from the database.

`search_version` tells that something was added; then only what is newer than what is held is read.
The row is looked at no more often than every `LOOKED_AT_EVERY_S`, so what anybody changes is known
within a second.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Any, Final

from sqlalchemy import Select, func, select

from core.db.engine import Database, Tx
from core.db.models import (
    Municipality,
    ProgrammeFacets,
    SearchSynonym,
    SearchTitle,
    SearchVersion,
    SearchWord,
)
from core.search.reading.slips import Slips, wish_forms
from core.search.vocabulary.lexicon import Lexicon
from core.search.vocabulary.synonyms import SynonymTable, standard_synonyms
from core.search.vocabulary.words import inflected, stem_of

LOOKED_AT_EVERY_S: Final = 0.5
READ_AT_ONCE: Final = 2_000
COUNTED_EVERY_S: Final = 60
"""How many programmes a title has is only a guide, and counting them costs something."""
MOST_FORMS: Final = 5_000
BREATH_S: Final = 0.005
"""Between words that are learnt: a second of work is spread over some, nobody waits for it."""


class KnownWords:
    """Titles, words, staff's synonyms, and the time zones of municipalities."""

    def __init__(self, database: Database, *, every_s: float = LOOKED_AT_EVERY_S) -> None:
        self._database = database
        self._every_s = every_s
        self._lock = asyncio.Lock()
        self._looked_at = self._counted_at = float("-inf")
        self._version = -1
        self._last_title = self._last_word = 0
        self._own: dict[int | None, list[tuple[str, str]]] = {}
        self._tables: dict[int | None, SynonymTable] = {}
        self._zones: dict[int, str] = {}
        self.lexicon = Lexicon()

    async def refresh(self) -> None:
        """Read what was added since the last look, if that was long enough ago."""
        if monotonic() - self._looked_at < self._every_s:
            return
        async with self._lock:
            if monotonic() - self._looked_at < self._every_s:
                return
            async with self._database.read() as tx:
                version = await tx.scalar(select(SearchVersion.number))
                if version != self._version:
                    await self._read(tx)
                    self._version = version or 0
            self._looked_at = monotonic()

    async def learn_forms(self) -> None:
        """Find the stems of all forms of the usual words beforehand, giving way to others."""
        await self.refresh()
        Slips(self.lexicon, standard_synonyms()).put_right("qwerty")
        for lemma in [*wish_forms(), *self.lexicon.title_forms()][:MOST_FORMS]:
            for form in inflected(lemma):
                stem_of(form)
            await asyncio.sleep(BREATH_S)

    def synonyms(self, municipality_id: int | None) -> SynonymTable:
        """The product's, and those of the municipality's staff."""
        if municipality_id not in self._tables:
            own = [*self._own.get(None, ()), *self._own.get(municipality_id, ())]
            self._tables[municipality_id] = standard_synonyms().with_own(own)
        return self._tables[municipality_id]

    def zone(self, municipality_id: int | None) -> str | None:
        """Its time zone; of an unknown one, of any: then it is whose programmes are looked at."""
        if municipality_id in self._zones:
            return self._zones[municipality_id]
        return next(iter(self._zones.values()), None)

    async def _read(self, tx: Tx) -> None:
        words = select(SearchWord.id, SearchWord.stem, SearchWord.form, SearchWord.place)
        # words before titles: a short word of a title is compared in all forms of its lemma
        while rows := await self._next(tx, words, SearchWord.id, self._last_word):
            self.lexicon.add_words((row.stem, row.form, row.place) for row in rows)
            self._last_word = rows[-1].id
        titles = select(SearchTitle.id, SearchTitle.stems)
        while rows := await self._next(tx, titles, SearchTitle.id, self._last_title):
            self.lexicon.add_titles((row.id, row.stems.split()) for row in rows)
            self._last_title = rows[-1].id
        if monotonic() - self._counted_at >= COUNTED_EVERY_S:
            counted = select(ProgrammeFacets.title_id, func.count().label("programmes"))
            counts = await tx.execute(counted.group_by(ProgrammeFacets.title_id))
            self.lexicon.expect({row.title_id: row.programmes for row in counts})
            self._counted_at = monotonic()
        own: dict[int | None, list[tuple[str, str]]] = {}
        for row in await tx.execute(
            select(
                SearchSynonym.municipality_id, SearchSynonym.phrase, SearchSynonym.stands_for
            ).order_by(SearchSynonym.id)
        ):
            own.setdefault(row.municipality_id, []).append((row.phrase, row.stands_for))
        self._own, self._tables = own, {}
        zones = await tx.execute(
            select(Municipality.id, Municipality.timezone).order_by(Municipality.id)
        )
        self._zones = {row.id: row.timezone for row in zones}

    async def _next(self, tx: Tx, rows: Select[*tuple[Any, ...]], key: Any, last: int) -> list[Any]:
        """The next rows by id; others get their turn between."""
        await asyncio.sleep(0)
        found = await tx.execute(rows.where(key > last).order_by(key).limit(READ_AT_ONCE))
        return list(found.all())
