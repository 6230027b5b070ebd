"""Search: from what a person wrote to programmes."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from core.clock import Clock
from core.db.engine import Database, DatabaseAway
from core.db.hot_reads import HotLook, hot_look
from core.domain.calendar import local_date
from core.domain.wishes import Point, Sort, Understood, Wish, WishKind
from core.search.ranking.ordering import Candidate, with_seats_first
from core.search.reading.understanding import understand
from core.services.search.attempts import Attempt, Pool
from core.services.search.gathering import MOST
from core.services.search.indexing import bring_up_to_date
from core.services.search.known_words import LOOKED_AT_EVERY_S, KnownWords
from core.services.search.misses import note_miss
from core.services.search.pages import Line, as_found, lines_of, open_seats
from core.services.search.views import Found
from core.services.search.widening import NEGOTIABLE, ways, with_again

MOST_COUNTED: Final = MOST
"""Where counting results stops: nobody leafs further, and a count costs time."""
WINDOW: Final = 10
"""Programmes among which, equally fit, those with free seats go first."""
_NOWHERE: Final = "UTC"


@dataclass(frozen=True, kw_only=True)
class _Answer:
    """What an attempt, or a widened one, gave."""

    pool: Pool
    understood: Understood
    widened: tuple[Wish, ...] = ()


class Search:
    """No rights are needed: the registry is public. `every_s`: how often a process looks whether
    the words of the registry changed."""

    def __init__(
        self, database: Database, clock: Clock, *, every_s: float = LOOKED_AT_EVERY_S
    ) -> None:
        self._database = database
        self._clock = clock
        self._known = KnownWords(database, every_s=every_s)

    async def warm(self) -> None:
        """Bring the index up to date, and learn the words beforehand: the first parent waits no
        longer than the second."""
        await bring_up_to_date(self._database)
        await self._known.learn_forms()

    async def understand(self, text: str, municipality_id: int | None) -> Understood:
        """What the person wishes. Nothing understood is an empty tuple of wishes."""
        await self._known.refresh()
        return understand(
            text,
            self._known.lexicon,
            self._known.synonyms(municipality_id),
            today=self._today(municipality_id),
        )

    async def find(
        self,
        understood: Understood,
        *,
        municipality_id: int | None,
        sort: Sort = Sort.FIT,
        offset: int = 0,
        limit: int = 5,
        near: Point | None = None,
    ) -> Found:
        """Published programmes that meet the wishes; without wishes, nothing.

        `municipality_id` None looks everywhere. Where nothing meets all wishes, the narrowest are
        given up one by one (`Found.widened`); a search that found nothing, or only so after
        giving up words, is noted as a miss.
        """
        found = await self.look(
            understood,
            municipality_id=municipality_id,
            sort=sort,
            offset=offset,
            limit=limit,
            near=near,
        )
        lost = found.widened if found.items else understood.wishes
        words = _as_typed(
            " ".join(wish.value for wish in lost if wish.kind is WishKind.WORDS), understood
        )
        if words and offset == 0:
            # an answer is worth more than a note of it
            with contextlib.suppress(DatabaseAway):
                async with self._database.write() as tx:
                    await note_miss(tx, municipality_id, words, self._clock.now())
        return found

    async def look(
        self,
        understood: Understood,
        *,
        municipality_id: int | None,
        sort: Sort = Sort.FIT,
        offset: int = 0,
        limit: int = 5,
        near: Point | None = None,
    ) -> Found:
        """The same, and nothing is noted: for words still being typed, and for measuring."""
        await self._known.refresh()
        today = self._today(municipality_id)
        near = near if sort is Sort.NEARNESS or understood.of(WishKind.NEAR) else None
        if near is not None and sort is Sort.FIT:
            sort = Sort.NEARNESS
        async with hot_look(self._database) as reads:
            need = MOST if sort is not Sort.FIT else offset + limit + WINDOW
            answer = await self._answer(reads, understood, municipality_id, near, need)
            page, lines = await _page(reads, answer.pool.candidates, sort, offset, limit, today)
        return Found(
            items=tuple(
                as_found(lines[chosen.programme_id], chosen)
                for chosen in page
                if chosen.programme_id in lines
            ),
            total=answer.pool.total,
            offset=offset,
            understood=understood,
            widened=answer.widened,
            mentioned=answer.pool.mentioned,
        )

    def _today(self, municipality_id: int | None) -> date:
        return local_date(self._clock.now(), self._known.zone(municipality_id) or _NOWHERE)

    async def _answer(
        self,
        reads: HotLook,
        understood: Understood,
        municipality_id: int | None,
        near: Point | None,
        need: int,
    ) -> _Answer:
        async def attempt(wished: Understood) -> Pool:
            synonyms = self._known.synonyms(municipality_id)
            return await Attempt(
                reads, self._known.lexicon, synonyms, wished, municipality_id, near
            ).find(need=need)

        pool = await attempt(understood)
        if pool.candidates:
            for wished, given_up in ways(understood, NEGOTIABLE) if pool.aside else ():
                named = await attempt(wished)
                if named.candidates and not named.aside:
                    return _Answer(pool=named, understood=wished, widened=given_up)
            return _Answer(pool=pool, understood=understood)
        words = understood.of(WishKind.WORDS)
        lost: tuple[Wish, ...] = ()
        if words and not (await attempt(replace(understood, wishes=words))).candidates:
            kept = tuple(wish for wish in understood.wishes if wish.kind is not WishKind.WORDS)
            understood, lost = replace(understood, wishes=kept), words
            pool = await attempt(understood)
            if pool.candidates:
                return _Answer(pool=pool, understood=understood, widened=lost)
        for wished, given_up in ways(understood):
            pool = await attempt(wished)
            if pool.candidates:
                answer = _Answer(pool=pool, understood=wished, widened=given_up)
                answer = await _given_back(answer, understood, attempt)
                return replace(answer, widened=(*lost, *answer.widened))
        return _Answer(pool=Pool(), understood=understood)


async def _given_back(
    answer: _Answer, understood: Understood, attempt: Callable[[Understood], Awaitable[Pool]]
) -> _Answer:
    """Of several wishes given up together those that stood in nobody's way are wished again: what
    is said of the others is true then."""
    if len(answer.widened) < 2:
        return answer
    for wish in reversed(answer.widened):
        wished = with_again(understood, answer.understood, wish)
        pool = await attempt(wished)
        if pool.candidates and pool.aside <= answer.pool.aside:
            given_up = tuple(one for one in answer.widened if one != wish)
            answer = _Answer(pool=pool, understood=wished, widened=given_up)
    return answer


async def _page(
    reads: HotLook,
    candidates: Sequence[Candidate],
    sort: Sort,
    offset: int,
    limit: int,
    today: date,
) -> tuple[Sequence[Candidate], dict[int, Line]]:
    """The part of the candidates to show, in the order asked for, and what is shown of them."""
    first, last = offset, offset + limit
    if sort is Sort.SEATS:
        first, last = 0, len(candidates)
    elif sort is Sort.NEARNESS:
        candidates = sorted(candidates, key=_distance)
    else:
        first, last = first - first % WINDOW, last + -last % WINDOW
    looked_at = candidates[first:last]
    lines = await lines_of(reads, [found.programme_id for found in looked_at], today)

    def seats(found: Candidate) -> float:
        return open_seats(lines.get(found.programme_id))

    if sort is Sort.SEATS:
        looked_at = sorted(looked_at, key=lambda found: -seats(found))
    elif sort is Sort.FIT:
        looked_at = [
            found
            for start in range(0, len(looked_at), WINDOW)
            for found in with_seats_first(
                looked_at[start : start + WINDOW], lambda found: seats(found) > 0
            )
        ]
    return looked_at[offset - first : offset - first + limit], lines


def _distance(found: Candidate) -> float:
    return float("inf") if found.distance_m is None else found.distance_m


def _as_typed(words: str, understood: Understood) -> str:
    """With what was put right turned back: staff teach the words people write."""
    for correction in understood.corrections:
        words = words.replace(correction.taken, correction.typed)
    return words
