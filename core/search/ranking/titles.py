"""Which titles fit words best.

Each word asked for is a term with the readings it may have: itself, a synonym, a word of the same
family. A title's score is the share of what was asked that stands in it (words weigh by rarity),
plus a little for saying nothing else and for keeping the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from core.search.vocabulary.lexicon import Lexicon

BREVITY: Final = 0.25
ORDER: Final = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """Stems that must all stand in a title; `likeness` 1 is the very word, less a relative."""

    stems: tuple[str, ...]
    likeness: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One thing asked for, in any of its readings, the words themselves first.

    `weight`: how much it tells. `needed`: without it a title is only a part of what was asked.
    """

    readings: tuple[Reading, ...]
    weight: float
    needed: bool = True


class RankedTitle(NamedTuple):
    """`covered`: the share of the terms' weight found in the title, 0…1. `whole`: every needed
    term was found. Thousands are made for a query, so it is a tuple and no dataclass."""

    title_id: int
    covered: float
    score: float
    whole: bool


@dataclass(slots=True)
class _Tally:
    weight: float = 0.0
    words: int = 0
    needed: int = 0


def rank_titles(lexicon: Lexicon, terms: Sequence[Term]) -> list[RankedTitle]:
    """Titles that hold at least one term, the best first; where terms are needed, one of them."""
    needed = [term for term in terms if term.needed]
    tallies: dict[int, _Tally] = {}
    for term in needed or terms:
        for title_id, (likeness, length) in _holding(lexicon, term).items():
            tally = tallies.get(title_id)
            if tally is None:
                tally = tallies[title_id] = _Tally()
            tally.weight += likeness * term.weight
            tally.words += length
            tally.needed += 1
    if needed:
        _add_soft(lexicon, tallies, [term for term in terms if not term.needed])
    return _ranked(lexicon, tallies, terms, len(needed))


def _add_soft(lexicon: Lexicon, tallies: dict[int, _Tally], terms: Sequence[Term]) -> None:
    """What is not needed stands in hundreds of titles: only those found already are looked at."""
    for term in terms:
        for title_id, tally in tallies.items():
            stems = lexicon.title(title_id)
            for reading in term.readings:
                if all(stem in stems for stem in reading.stems):
                    tally.weight += reading.likeness * term.weight
                    tally.words += len(reading.stems)
                    break


def _ranked(
    lexicon: Lexicon, tallies: dict[int, _Tally], terms: Sequence[Term], needed: int
) -> list[RankedTitle]:
    total = sum(term.weight for term in terms)
    asked = tuple(stem for term in terms for stem in term.readings[0].stems)
    rows = []
    for title_id, tally in tallies.items():
        stems = lexicon.title(title_id)
        covered = tally.weight / total
        brevity = min(1.0, tally.words / len(stems))
        score = covered * (1 + BREVITY * brevity)
        if stems[0] == asked[0]:
            score += ORDER * _begins(stems, asked)
        # ids come in the order titles were met, which is another one in every database, so equal
        # scores are told apart by the stems; rows sort as they are, a key for each costs more
        rows.append((tally.needed < needed, -score, stems, title_id, covered))
    rows.sort()
    return [
        RankedTitle(title_id, covered, -lowered, not partly)
        for partly, lowered, _stems, title_id, covered in rows
    ]


def _holding(lexicon: Lexicon, term: Term) -> dict[int, tuple[float, int]]:
    """Title -> (how alike the best reading in it is, of how many stems it is)."""
    found: dict[int, tuple[float, int]] = {}
    for reading in term.readings:
        said = (reading.likeness, len(reading.stems))
        for title_id in _with_all(lexicon, reading.stems):
            if title_id not in found or found[title_id] < said:
                found[title_id] = said
    return found


def _with_all(lexicon: Lexicon, stems: tuple[str, ...]) -> Iterable[int]:
    if len(stems) == 1:
        return lexicon.titles_with(stems[0])
    rarest, *others = sorted((lexicon.titles_with(stem) for stem in stems), key=len)
    standing = set(rarest)
    for titles in others:
        standing.intersection_update(titles)
    return standing


def _begins(stems: tuple[str, ...], asked: tuple[str, ...]) -> float:
    """1 when the title begins with all that was asked, 0.5 when with the first word only."""
    return 1.0 if stems[: len(asked)] == asked else 0.5
