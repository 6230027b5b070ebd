"""Noting what people looked for in vain.

What people type may be anything, so only words are kept: no digits, nothing of a text
with the name of a person in it or with a word of danger, no addresses of any kind, a few words at
most.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import insert, select, update

from core.db.engine import Tx
from core.db.models import SearchMiss
from core.search.vocabulary.words import is_name_of_person, words_of
from core.services.questions.danger import speaks_of_danger

MOST_WORDS: Final = 6
LONGEST_WORD: Final = 24
SHORTEST_WORD: Final = 3


def kept_words(text: str) -> str:
    """What may be kept of a query; empty when nothing may."""
    if "@" in text or "://" in text or speaks_of_danger(text):
        return ""
    kept = [
        word.text
        for word in words_of(text)
        if word.text.isalpha() and SHORTEST_WORD <= len(word.text) <= LONGEST_WORD
    ]
    if any(map(is_name_of_person, kept)):
        return ""  # a surname may be a word of the dictionary: what stands beside a name goes too
    return " ".join(kept[:MOST_WORDS])


async def note_miss(tx: Tx, municipality_id: int | None, text: str, now: datetime) -> None:
    """Count one more time; what was settled and is looked for again is on the list again."""
    words = kept_words(text)
    if not words:
        return
    same_place = (
        SearchMiss.municipality_id.is_(None)
        if municipality_id is None
        else SearchMiss.municipality_id == municipality_id
    )
    known = await tx.scalar(select(SearchMiss.id).where(same_place, SearchMiss.words == words))
    if known is None:
        await tx.execute(
            insert(SearchMiss).values(
                municipality_id=municipality_id, words=words, times=1, last_at=now
            )
        )
        return
    await tx.execute(
        update(SearchMiss)
        .where(SearchMiss.id == known)
        .values(times=SearchMiss.times + 1, last_at=now, settled_at=None)
    )
