"""Synonyms that staff teach the search, and what people looked for in vain.

The product brings synonyms of its own (`core/words/ru/synonyms.toml`); a municipality adds to them,
and what it says of a phrase counts instead of what the product says. Processes take a change in
within a second.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import delete, insert, select, update

from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import SearchMiss, SearchSynonym, SearchVersion
from core.domain.actors import Actor
from core.domain.refusals import BadValue, NotFound
from core.domain.staff import is_moderator
from core.domain.wishes import WishKind
from core.search.reading.understanding import understand
from core.search.vocabulary.lexicon import Lexicon
from core.search.vocabulary.spelling import Vocabulary
from core.search.vocabulary.synonyms import SynonymTable
from core.search.vocabulary.words import stems_of
from core.services.audit.steps import record
from core.services.search.views import Miss, Synonym
from core.services.staff.steps import require

MOST_LETTERS: Final = 80


class Synonyms:
    """For the consultants and the head of a municipality. Everything raises NotAllowed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list_synonyms(self, actor: Actor, municipality_id: int) -> list[Synonym]:
        """Those of the municipality, by phrase; the product's own are not among them."""
        async with self._database.read() as tx:
            await self._require(tx, actor, municipality_id)
            rows = await tx.execute(
                select(SearchSynonym.id, SearchSynonym.phrase, SearchSynonym.stands_for)
                .where(SearchSynonym.municipality_id == municipality_id)
                .order_by(SearchSynonym.phrase_key, SearchSynonym.id)
            )
            return [
                Synonym(id=row.id, phrase=row.phrase, stands_for=row.stands_for) for row in rows
            ]

    async def add(
        self, actor: Actor, municipality_id: int, phrase: str, stands_for: str
    ) -> Synonym:
        """From now on whoever writes `phrase` means `stands_for`, where commas part several
        things meant; a known phrase is changed, and `replaced` says what it meant.

        Raises BadValue(field="phrase" | "stands_for", reason="empty" | "long" | "wish"): an age, a
        price or a day is a wish, which no word may stand for, nor a denial.
        """
        phrase, stands_for = _tidy("phrase", phrase), _tidy("stands_for", stands_for)
        _check_names_clubs("phrase", phrase)
        for meant in stands_for.split(","):
            _check_names_clubs("stands_for", meant)
        key = " ".join(stems_of(phrase))
        async with self._database.write() as tx:
            await self._require(tx, actor, municipality_id)
            await tx.execute(update(SearchVersion).values(number=SearchVersion.number + 1))
            now = self._clock.now()
            replaced: str | None = await tx.scalar(
                select(SearchSynonym.stands_for).where(
                    SearchSynonym.municipality_id == municipality_id,
                    SearchSynonym.phrase_key == key,
                )
            )
            synonym_id: int | None = await tx.scalar(
                update(SearchSynonym)
                .where(
                    SearchSynonym.municipality_id == municipality_id,
                    SearchSynonym.phrase_key == key,
                )
                .values(phrase=phrase, stands_for=stands_for, added_at=now)
                .returning(SearchSynonym.id)
            )
            if synonym_id is None:
                synonym_id = (
                    await tx.execute(
                        insert(SearchSynonym)
                        .values(
                            municipality_id=municipality_id,
                            phrase=phrase,
                            phrase_key=key,
                            stands_for=stands_for,
                            added_at=now,
                        )
                        .returning(SearchSynonym.id)
                    )
                ).scalar_one()
            await self._note(tx, actor, "search_synonym.added", synonym_id, municipality_id)
        return Synonym(id=synonym_id, phrase=phrase, stands_for=stands_for, replaced=replaced)

    async def remove(self, actor: Actor, synonym_id: int) -> None:
        """Raises NotFound."""
        async with self._database.write() as tx:
            municipality_id = await self._place_of(tx, SearchSynonym, synonym_id)
            await self._require(tx, actor, municipality_id)
            await tx.execute(update(SearchVersion).values(number=SearchVersion.number + 1))
            await tx.execute(delete(SearchSynonym).where(SearchSynonym.id == synonym_id))
            await self._note(tx, actor, "search_synonym.removed", synonym_id, municipality_id)

    async def list_misses(self, actor: Actor, municipality_id: int, limit: int = 20) -> list[Miss]:
        """What was looked for in vain, most often first, without what was settled."""
        async with self._database.read() as tx:
            await self._require(tx, actor, municipality_id)
            rows = await tx.execute(
                select(SearchMiss.id, SearchMiss.words, SearchMiss.times, SearchMiss.last_at)
                .where(
                    SearchMiss.municipality_id == municipality_id, SearchMiss.settled_at.is_(None)
                )
                .order_by(SearchMiss.times.desc(), SearchMiss.last_at.desc(), SearchMiss.id)
                .limit(limit)
            )
            return [
                Miss(id=row.id, words=row.words, times=row.times, last_at=row.last_at)
                for row in rows
            ]

    async def settle(self, actor: Actor, miss_id: int) -> None:
        """Take a miss off the list: a synonym was made, or nothing is to be done. Raises
        NotFound."""
        async with self._database.write() as tx:
            municipality_id = await self._place_of(tx, SearchMiss, miss_id)
            await self._require(tx, actor, municipality_id)
            await tx.execute(
                update(SearchMiss)
                .where(SearchMiss.id == miss_id)
                .values(settled_at=self._clock.now())
            )

    async def _require(self, tx: Tx, actor: Actor, municipality_id: int) -> None:
        await require(
            tx,
            actor.person_id,
            now=self._clock.now(),
            allows=lambda rights: is_moderator(rights, municipality_id=municipality_id),
        )

    async def _place_of(
        self, tx: Tx, table: type[SearchSynonym] | type[SearchMiss], row_id: int
    ) -> int:
        found: int | None = await tx.scalar(select(table.municipality_id).where(table.id == row_id))
        if found is None:
            raise NotFound(what="search")
        return found

    async def _note(
        self, tx: Tx, actor: Actor, action: str, synonym_id: int, municipality_id: int
    ) -> None:
        await record(
            tx,
            at=self._clock.now(),
            actor=actor.mark,
            action=action,
            entity="search_synonyms",
            entity_id=synonym_id,
            municipality_id=municipality_id,
        )


def _tidy(field: str, text: str) -> str:
    said = " ".join(text.split())
    if not stems_of(said):
        raise BadValue(field=field, reason="empty")
    if len(said) > MOST_LETTERS:
        raise BadValue(field=field, reason="long", most=MOST_LETTERS)
    return said


def _check_names_clubs(field: str, text: str) -> None:
    """Read without a registry, words are words and wishes are wishes."""
    understood = understand(text, Lexicon(), SynonymTable({}, Vocabulary()), today=date.min)
    kinds = {wish.kind for wish in understood.wishes}
    if not kinds or not kinds <= {WishKind.WORDS, WishKind.DIRECTION}:
        raise BadValue(field=field, reason="wish")
