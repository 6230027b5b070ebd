"""One attempt at wishes as they stand: the programmes that meet them, in order.

Words are looked for in titles first, which are ranked in the process. Where no title holds all that
was asked, programmes whose texts hold it join those whose titles hold a part. Wishes without words
give whatever meets them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core.db.hot_reads import HotLook
from core.domain.wishes import Point, Understood, WishKind
from core.search.ranking.nearness import metres_between
from core.search.ranking.ordering import Candidate, in_order
from core.search.ranking.terms import terms_of
from core.search.ranking.titles import RankedTitle, Term, rank_titles
from core.search.vocabulary.lexicon import Lexicon
from core.search.vocabulary.line import Line
from core.search.vocabulary.synonyms import SynonymTable
from core.search.vocabulary.words import words_of
from core.services.search.filters import wanted
from core.services.search.gathering import MOST, Facet, Gathering

MOST_TITLES: Final = 800
FEW: Final = 2
MANY: Final = 5
"""How many times more programmes of the best titles are gathered than are needed."""
A_PART: Final = 0.35
"""The least share of the words' weight a title must hold to be worth showing."""
ONE_OF: Final = 0.75
"""The same where several are asked for, of the share that one of them has."""
BESIDE_WHOLE: Final = 0.6
"""Of the best score: titles below are not shown beside those that hold everything."""
IN_TEXT: Final = 0.5
"""How much a word of the text counts beside a word of the title."""
UNWANTED: Final = 0.7
"""Likeness from which a title is what was denied."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Candidates in order, and how many there are in all, up to `MOST`.

    `aside`: words were asked for, and no title has them all; they stand in texts, perhaps in
    passing. `mentioned`: no title has any of them.
    """

    candidates: tuple[Candidate, ...] = ()
    total: int = 0
    aside: bool = False
    mentioned: bool = False


class Attempt:
    """Within one look at the database."""

    def __init__(
        self,
        look: HotLook,
        lexicon: Lexicon,
        synonyms: SynonymTable,
        understood: Understood,
        municipality_id: int | None,
        near: Point | None,
    ) -> None:
        self._lexicon = lexicon
        self._synonyms = synonyms
        self._understood = understood
        self._near = near
        wishes = wanted(
            understood,
            municipality_id,
            self._unwanted(),
            near=near is not None,
            dialect=look.dialect,
        )
        self._placed = bool(wishes.place_stems)
        self._gathering = Gathering(look, wishes, near)

    async def find(self, *, need: int) -> Pool:
        """`need`: how many in order the caller will look at."""
        terms = self._terms(wish.value for wish in self._understood.of(WishKind.WORDS))
        if any(term.needed for term in terms):
            return await self._by_words(terms, need)
        if not self._understood.wishes:
            return Pool()
        return await self._by_wishes(terms)

    async def _by_words(self, terms: Sequence[Term], need: int) -> Pool:
        ranked = rank_titles(self._lexicon, terms)
        least_part = self._least_part(terms)
        worth = [title for title in ranked if title.whole or title.covered >= least_part]
        if worth and worth[0].whole:
            least = worth[0].score * BESIDE_WHOLE
            worth = [title for title in worth if title.score >= least]
        worth = worth[:MOST_TITLES]
        pool = await self._by_titles(worth, need)
        whole = {title.title_id for title in worth if title.whole}
        if pool.candidates and pool.candidates[0].title_id in whole:
            return pool
        # the two kinds are counted together, so all of both are wanted whatever the page
        return await self._with_texts(terms, ranked, await self._by_titles(worth, MOST))

    def _least_part(self, terms: Sequence[Term]) -> float:
        """The share of the words' weight a title must hold: less where much of the weight is of
        words no title has, and of «рисование, шахматы, танцы» one of the three is enough."""
        needed = [term for term in terms if term.needed]
        standing = [
            term
            for term in needed
            if any(self._lexicon.titles_with(reading.stems[0]) for reading in term.readings)
        ]
        if not standing:
            return A_PART
        share = sum(term.weight for term in standing) / sum(term.weight for term in needed)
        return min(A_PART, ONE_OF / len(standing)) * share

    async def _by_titles(self, worth: Sequence[RankedTitle], need: int) -> Pool:
        """The best titles first, and no more of them than are needed."""
        scores = {title.title_id: title.score for title in worth}
        ids = list(scores)
        # beside other wishes fewer of a title's programmes are of use
        wanted = need * (FEW if len(self._understood.wishes) == 1 else MANY)
        first = self._lexicon.enough_for(ids, wanted)
        found: list[Candidate] = []
        total = 0
        for some in (ids[:first], ids[first:]):
            if not some or len(found) >= need:
                break
            rows, counted = await self._gathering.by_titles(some, ids)
            found += in_order([self._candidate(row, scores[row[1]]) for row in rows])
            total = max(total, counted)
        return Pool(candidates=tuple(found[:MOST]), total=total)

    async def _with_texts(
        self, terms: Sequence[Term], ranked: Sequence[RankedTitle], pool: Pool
    ) -> Pool:
        """Those whose title and text hold everything together, and those of `pool`."""
        asked = [term for term in terms if term.needed]
        # a word that stands nowhere would keep everything away
        needed = [term for term in asked if self._stands_anywhere(term)] or asked
        covered = {title.title_id: title.covered for title in ranked}
        rows = await self._gathering.by_text(needed)
        found = {
            row.programme_id: self._candidate(
                row, (part := covered.get(row.title_id, 0.0)) + IN_TEXT * (1 - part)
            )
            for row in rows
        }
        for candidate in pool.candidates:
            found.setdefault(candidate.programme_id, candidate)
        ordered = in_order(found.values())[:MOST]
        return Pool(
            candidates=tuple(ordered),
            total=len(ordered),
            aside=True,
            mentioned=not pool.candidates and not any(row.title_id in covered for row in rows),
        )

    async def _by_wishes(self, terms: Sequence[Term]) -> Pool:
        scores = {title.title_id: title.score for title in rank_titles(self._lexicon, terms)}
        titles = list(scores)[:MOST_TITLES]
        rows: list[Facet] = []
        if titles:
            rows += (await self._gathering.by_titles(titles, titles))[0]
        if self._placed:
            rows += await self._gathering.by_text(())
        else:
            rows += await self._gathering.by_wishes()
        found = {
            row.programme_id: self._candidate(row, scores.get(row.title_id, 0.0)) for row in rows
        }
        ordered = in_order(found.values())[:MOST]
        return Pool(candidates=tuple(ordered), total=len(ordered))

    def _stands_anywhere(self, term: Term) -> bool:
        return any(all(map(self._lexicon.knows, reading.stems)) for reading in term.readings)

    def _terms(self, texts: Iterable[str]) -> list[Term]:
        return [
            term
            for text in texts
            for term in terms_of(Line(words_of(text)), self._lexicon, self._synonyms)
        ]

    def _unwanted(self) -> list[int]:
        """Titles of what was denied."""
        found: list[int] = []
        for wish in self._understood.of(WishKind.NOT_WORDS):
            ranked = rank_titles(self._lexicon, self._terms([wish.value]))
            found += [
                title.title_id for title in ranked if title.whole and title.covered >= UNWANTED
            ]
        return found[:MOST_TITLES]

    def _candidate(self, row: Facet, score: float) -> Candidate:
        programme_id, title_id, organisation_id = row[:3]
        distance = None
        if self._near is not None and row.latitude is not None:
            there = Point(latitude=row.latitude, longitude=row.longitude)
            distance = metres_between(self._near, there)
        return Candidate(programme_id, title_id, organisation_id, score, distance)
