"""What is looked for: each word or phrase with the readings it may have."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from core.search.ranking.titles import Reading, Term
from core.search.vocabulary.lexicon import Lexicon
from core.search.vocabulary.line import Line, stem_set
from core.search.vocabulary.synonyms import SynonymTable
from core.search.vocabulary.words import stop_stems
from core.words import load

SYNONYM: Final = 0.85
SOFT: Final = 0.15
"""How much «кружок» or «для начинающих» counts beside a word of the subject."""


def terms_of(line: Line, lexicon: Lexicon, synonyms: SynonymTable) -> list[Term]:
    """The terms of words that were put right already; numbers and silent words are none."""
    terms: list[Term] = []
    place = 0
    while place < len(line):
        stem = line.stem(place)
        found = synonyms.at(line.stems, place)
        if found is not None:
            length, meanings = found
            terms.append(_term(lexicon, line.stems[place : place + length], meanings))
            place += length
            continue
        place += 1
        if line.words[place - 1].is_spoken and stem not in stop_stems():
            derived = () if lexicon.titles_with(stem) else synonyms.root_of(stem)
            terms.append(_term(lexicon, (stem,), derived))
    return terms


def is_soft(stem: str) -> bool:
    """Whether the word names a club or its level and not what it is about."""
    return stem in _soft()


def _term(lexicon: Lexicon, stems: tuple[str, ...], meanings: Sequence[tuple[str, ...]]) -> Term:
    readings = [Reading(stems=stems)]
    if len(stems) == 1:
        readings += [
            Reading(stems=(relative,), likeness=likeness)
            for relative, likeness in lexicon.relatives(stems[0])
        ]
    readings += [Reading(stems=meant, likeness=SYNONYM) for meant in meanings]
    soft = all(is_soft(stem) for stem in stems)
    weight = max(
        (lexicon.weight(stem) for reading in readings for stem in reading.stems[:1]), default=1.0
    )
    return Term(readings=tuple(readings), weight=weight * (SOFT if soft else 1.0), needed=not soft)


@cache
def _soft() -> frozenset[str]:
    stages = load("search_wishes")["age"]["stages"]
    return stem_set([*load("search_filler")["soft"], *(word for word in stages if " " not in word)])
