"""From what a person wrote to wishes.

Readers take money, hours, days, ages and circumstances out of the line one after another; what says
how somebody asks and not what for is left out; the rest is words to look for. A word the registry
does not know is taken for the nearest it knows, by letters and by ear, and said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final

from core.domain.programmes import Direction
from core.domain.wishes import Correction, Understood, Wish, WishKind
from core.search.ranking.terms import is_soft
from core.search.reading.ages import read_age, read_bare_age, stage_at
from core.search.reading.born import read_birth
from core.search.reading.circumstances import read_circumstance, read_theme
from core.search.reading.hours import read_days, read_hours
from core.search.reading.money import read_money
from core.search.reading.negation import denies, read_negation
from core.search.reading.numbered import read_numbered
from core.search.reading.organisations import read_organisation
from core.search.reading.places import read_place
from core.search.reading.slips import Slips
from core.search.vocabulary.lexicon import Lexicon
from core.search.vocabulary.line import Line, Reader, Said, stem_set
from core.search.vocabulary.synonyms import SynonymTable
from core.search.vocabulary.words import Word, is_surely_name, stems_of, stop_stems
from core.words import load

LONGEST: Final = 400
"""Letters of a query that are read."""

_READERS: Final[tuple[Reader, ...]] = (
    read_money,
    read_hours,
    read_negation,
    read_days,
    read_age,
    read_circumstance,
    read_bare_age,
)


@dataclass(kw_only=True)
class _Apart:
    """A query taken apart: wishes, and the words that are left of it with their places.

    `kept`: places of words that mean something together, whatever they say alone.
    """

    wishes: list[Wish] = field(default_factory=list)
    left: dict[int, Word] = field(default_factory=dict)
    kept: set[int] = field(default_factory=set)

    def keep(self, line: Line, place: int, length: int) -> None:
        for kept in range(place, place + length):
            self.left[kept] = line.words[kept]
            self.kept.add(kept)


def understand(text: str, lexicon: Lexicon, synonyms: SynonymTable, *, today: date) -> Understood:
    """Nothing understood is an empty tuple of wishes. `today`: for dates of birth."""
    slips = Slips(lexicon, synonyms)
    right = slips.put_right(text[:LONGEST])
    line = Line(right.words)
    if _is_title(line, lexicon):
        apart = _Apart()
        apart.keep(line, 0, len(line))
    else:
        apart = _take_apart(line, lexicon, synonyms, today)
    _leave_names_out(apart, slips)
    directions, words = _subject(apart)
    said = " ".join(dict.fromkeys(word.text for word in words))
    wishes = [Wish(kind=WishKind.WORDS, value=said)] if said else []
    wishes += [Wish(kind=WishKind.DIRECTION, value=direction.value) for direction in directions]
    return Understood(
        wishes=_tidy([*wishes, *apart.wishes]),
        corrections=_worth_saying(right.corrections),
    )


def _take_apart(line: Line, lexicon: Lexicon, synonyms: SynonymTable, today: date) -> _Apart:
    apart = _Apart()
    place = 0
    while place < len(line):
        said = read_numbered(line, place, lexicon) or read_organisation(line, place, lexicon)
        phrase = None if said else synonyms.at(line.stems, place)
        if phrase is not None and phrase[0] > 1:
            apart.keep(line, place, phrase[0])
            place += phrase[0]
            continue
        said = said or read_birth(line, place, today)
        said = said or next((said for read in _READERS if (said := read(line, place))), None)
        said = said or _place(line, place, lexicon, synonyms)
        if said is None:
            apart.left[place] = line.words[place]
            place += 1
            continue
        apart.wishes += said.wishes
        if stage_at(line, place):
            for kept in range(place, place + said.length):
                if lexicon.titles_with(line.stem(kept)):
                    apart.keep(line, kept, 1)
        place += said.length
    return apart


def _leave_names_out(apart: _Apart, slips: Slips) -> None:
    """«Моя дочь Петрова Алиса»: names that the registry does not hold are about the child. They are
    neither looked for nor shown again. Alone a name is kept: it may be a club nobody has yet."""
    names = {
        place
        for place, word in apart.left.items()
        if place not in apart.kept
        and word.is_spoken
        and is_surely_name(word.text)
        and not slips.knows(word.stem)
    }
    if len(names) < len(apart.left) or apart.wishes:
        apart.left = {place: word for place, word in apart.left.items() if place not in names}


def _place(line: Line, place: int, lexicon: Lexicon, synonyms: SynonymTable) -> Said | None:
    """A place named; one that is denied is not wished."""
    signs = denies(line, place)
    said = read_place(line, place + signs, lexicon, synonyms)
    return Said(length=signs + said.length) if said and signs else said


def _is_title(line: Line, lexicon: Lexicon) -> bool:
    """Whether a title begins so: «Скоро в школу» is no question about the time."""
    if len(line) < 2 or any(word.number is not None for word in line.words):
        return False
    rarest = min((lexicon.titles_with(stem) for stem in line.stems), key=len)
    return any(lexicon.title(title_id)[: len(line)] == line.stems for title_id in rarest)


def _subject(apart: _Apart) -> tuple[list[Direction], list[Word]]:
    """Directions, when nothing more exact is asked for, and the words to look for."""
    words = _content(apart)
    line = Line(words)
    directions: list[Direction] = []
    exact = False
    place = 0
    while place < len(line):
        found = read_theme(line, place)
        if found is not None:
            directions.append(found[1])
        elif not _tells_little(line.words[place]):
            exact = True
        place += found[0] if found is not None else 1
    if directions and not exact:
        return list(dict.fromkeys(directions)), []
    if apart.wishes and all(map(_tells_little, words)):
        # «секции» beside a wish says nothing; «дошкольник» still brings his titles first
        return [], [word for word in words if stage_at(Line([word]), 0)]
    return [], words


def _content(apart: _Apart) -> list[Word]:
    """What is left without filler, and without prepositions that lost what they stood before."""
    content = {
        place
        for place, word in apart.left.items()
        if place in apart.kept or (word.is_spoken and word.stem not in _asking() | stop_stems())
    }
    joined = {
        place
        for place, word in apart.left.items()
        if word.stem in stop_stems() and {place - 1, place + 1} <= content
    }
    return [apart.left[place] for place in sorted(content | joined)]


def _tells_little(word: Word) -> bool:
    return is_soft(word.stem) or word.stem in stop_stems()


def _tidy(wishes: Iterable[Wish]) -> tuple[Wish, ...]:
    """Each wish once, all days in one, and of «подросток 14 лет» the narrower age."""
    once = list(dict.fromkeys(wishes))
    spans = [wish.months for wish in once if wish.kind is WishKind.AGE]
    once = [wish for wish in once if wish.kind is not WishKind.AGE or _is_narrow(wish, spans)]
    days = sorted({day for wish in once if wish.kind is WishKind.DAY for day in wish.value})
    tidied = []
    for wish in once:
        if wish.kind is not WishKind.DAY:
            tidied.append(wish)
        elif days:
            tidied.append(Wish(kind=WishKind.DAY, value="".join(days)))
            days = []
    return tuple(tidied)


def _is_narrow(wish: Wish, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether no other age lies inside this one."""
    first, last = wish.months
    return not any(
        first <= inner[0] and inner[1] <= last and inner != (first, last) for inner in spans
    )


def _worth_saying(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Not that a word nobody looks for was misspelled."""
    idle = _asking() | stop_stems()
    return tuple(
        dict.fromkeys(
            made for made in corrections if any(stem not in idle for stem in stems_of(made.taken))
        )
    )


@cache
def _asking() -> frozenset[str]:
    return stem_set(load("search_filler")["asking"])
