"""The knowledge base in memory, one for a process; built anew when the database says it changed.

A question costs one small read: the number of `knowledge_state`. Who finds it raised builds the
index in a thread (a fifth of a second for 130 entries); the others wait for that one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.db.engine import Database
from core.domain.knowledge import Asker, Variant, hears, pick_variant
from core.search.likeness.meaning import Meanings, find_meanings
from core.search.likeness.verdict import Judgement, KnownQuestion, Likeness, Verdict
from core.services.questions.queries import HeldEntry, list_told, state_number


@dataclass(frozen=True, kw_only=True)
class IndexedBase:
    """All entries that are told, as they stood at `number`."""

    number: int
    entries: Mapping[int, HeldEntry]
    likeness: Likeness
    local_codes: Mapping[str, frozenset[int]]  # code -> municipalities that have an own entry

    def judge(self, text: str, asker: Asker) -> Judgement:
        """Among what the asker may be told. What is meant for others and fits better makes an
        answer doubtful: it is never given for certain in its place."""
        own = self.likeness.judge(text, allowed=lambda key: self.variant(key, asker) is not None)
        if own.verdict is not Verdict.ANSWER:
            return own
        everything = self.likeness.judge(
            text,
            allowed=lambda key: self.variant(key, asker) is not None or self._of_others(key, asker),
        )
        if everything.candidates[0].key == own.candidates[0].key:
            return own
        return replace(own, verdict=Verdict.CLARIFY)

    def judge_of(self, text: str, municipality_id: int | None) -> Judgement:
        """Among everything there is for anybody; of one municipality and the common, if named."""
        return self.likeness.judge(
            text,
            allowed=lambda key: (
                municipality_id is None
                or self.entries[key].municipality_id in (None, municipality_id)
            ),
        )

    def keys_of(self, code: str) -> list[int]:
        """Entries with this code, in small letters or great: the common one and those of
        municipalities."""
        wanted = code.casefold()
        return [entry.id for entry in self.entries.values() if entry.code.casefold() == wanted]

    def _of_others(self, entry_id: int, asker: Asker) -> bool:
        """Whether it is there for another audience in the same place."""
        entry = self.entries[entry_id]
        place = asker.municipality.id if asker.municipality else None
        return entry.municipality_id in (None, place) and not hears(
            asker.audience, entry.draft.audience
        )

    def variant(self, entry_id: int, asker: Asker) -> Variant | None:
        """What the asker is told of an entry; None when it is not theirs, or nothing holds."""
        entry = self.entries.get(entry_id)
        if entry is None or not hears(asker.audience, entry.draft.audience):
            return None
        place = asker.municipality.id if asker.municipality else None
        if entry.municipality_id is None:
            if place in self.local_codes.get(entry.code, ()):
                return None  # the municipality has its own entry for this
        elif entry.municipality_id != place:
            return None
        return pick_variant(entry.answers, asker)


class KnowledgeBase:
    """`meanings`: the sentence model; by default the installed one, if any."""

    def __init__(self, database: Database, *, meanings: Meanings | None = None) -> None:
        self._database = database
        self._meanings = meanings if meanings is not None else find_meanings()
        self._held: IndexedBase | None = None
        self._building = asyncio.Lock()

    @property
    def is_slow(self) -> bool:
        """Whether building takes seconds: each text passes a sentence model."""
        return self._meanings is not None

    async def current(self) -> IndexedBase:
        """As the database has it now."""
        async with self._database.look() as tx:
            number = await state_number(tx)
        if self._held is not None and self._held.number == number:
            return self._held
        async with self._building:
            if self._held is None or self._held.number != number:
                self._held = await self._build()
            return self._held

    async def _build(self) -> IndexedBase:
        async with self._database.read() as tx:
            number = await state_number(tx)
            entries = await list_told(tx)
        return await asyncio.to_thread(index_of, number, entries, self._meanings)


def index_of(number: int, entries: list[HeldEntry], meanings: Meanings | None) -> IndexedBase:
    """An index in memory; takes a while."""
    local: dict[str, set[int]] = {}
    for entry in entries:
        if entry.municipality_id is not None:
            local.setdefault(entry.code, set()).add(entry.municipality_id)
    return IndexedBase(
        number=number,
        entries={entry.id: entry for entry in entries},
        likeness=Likeness((_known(entry) for entry in entries), meanings=meanings),
        local_codes={code: frozenset(places) for code, places in local.items()},
    )


def _known(entry: HeldEntry) -> KnownQuestion:
    """The plainest answer stands for all of them."""
    plainest = min(entry.answers, key=lambda answer: answer.terms.specificity, default=None)
    return KnownQuestion(
        key=entry.id,
        question=entry.draft.question,
        examples=entry.draft.examples,
        answer=plainest.text.text if plainest else "",
    )
