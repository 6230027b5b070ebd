"""Putting words right: the wrong layout, words run together or torn apart, slips of the pen.

A word is left alone when anything knows it: the registry, the synonyms, the words of wishes. Else
it is taken for the nearest word of a title; where several are near, for the one that makes a title
together with the other words. A word that a dictionary has was hardly misspelled: it is never taken
apart, and taken for another only where the other words of a title stand beside it, or where it is
the only thing asked for, names a thing, and many programmes have the word next to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from core.domain.wishes import Correction
from core.search.ranking.terms import SOFT, is_soft
from core.search.ranking.titles import Reading, Term, rank_titles
from core.search.vocabulary.keyboard import has_latin, in_russian_layout, spelled_in_russian
from core.search.vocabulary.lexicon import Lexicon
from core.search.vocabulary.line import stem_set
from core.search.vocabulary.spelling import ENDING, Guess, Vocabulary
from core.search.vocabulary.synonyms import SynonymTable
from core.search.vocabulary.words import (
    LONG_NUMBER,
    Word,
    is_dictionary_word,
    is_noun,
    is_surely_name,
    spoken_words,
    stem_of,
    words_of,
)
from core.words import load

NEAR: Final = 1.0
ENOUGH: Final = 2.0
"""The cost up to which a word of a title is meant and nothing farther is looked at."""
AMONG: Final = 6
"""Guesses of one word that are tried with the others."""
_DEARER: Final = 0.12
SHORTEST_PART: Final = 3
SHORTEST_GUESSED: Final = 3
OFTEN: Final = 2
"""Programmes that have a word for which a dictionary word may be taken."""

_LONG_NUMBER: Final = re.compile(LONG_NUMBER)


@dataclass(frozen=True, kw_only=True)
class PutRight:
    words: tuple[Word, ...]
    corrections: tuple[Correction, ...] = ()


class Slips:
    """Against one registry and one table of synonyms."""

    def __init__(self, lexicon: Lexicon, synonyms: SynonymTable) -> None:
        self._lexicon = lexicon
        self._synonyms = synonyms
        self._guessed: dict[str, list[Guess]] = {}

    def put_right(self, text: str) -> PutRight:
        """The words of a text as they were meant."""
        read = self._read(text)
        guessed = self._guess(read.words)
        return PutRight(words=guessed.words, corrections=(*read.corrections, *guessed.corrections))

    def _read(self, text: str) -> PutRight:
        """With layout, joints and words of wishes put right."""
        words: list[Word] = []
        corrections: list[Correction] = []
        for chunk in _LONG_NUMBER.sub(" ", text).split():
            switched = self._switched(chunk) if has_latin(chunk) else chunk
            if switched != chunk:
                corrections.append(Correction(typed=chunk, taken=switched))
            words += [
                word if number or not words else Word(text=word.text, gap=" " + word.gap)
                for number, word in enumerate(words_of(switched))
            ]
        return self._joints(words, corrections)

    def _guess(self, words: Sequence[Word]) -> PutRight:
        """Those that nothing knows taken for the nearest."""
        guessed = {
            place: guesses
            for place, word in enumerate(words)
            if word.is_spoken
            and not self.knows(word.stem)
            and not (len(words) > 1 and is_surely_name(word.text))
            and (guesses := self._guesses_among(words, place))
        }
        if not guessed:
            return PutRight(words=tuple(words))
        chosen = self._choose(words, guessed)
        put, corrections = list(words), []
        for place, stem in chosen.items():
            taken = self._form(stem)
            put[place] = Word(text=taken, gap=words[place].gap)
            corrections.append(Correction(typed=words[place].text, taken=taken))
        return PutRight(words=tuple(put), corrections=tuple(corrections))

    def _guesses_among(self, words: Sequence[Word], place: int) -> list[Guess]:
        """Those of a word that make sense beside the others."""
        text = words[place].text
        guesses = self._guesses(text)
        if not guesses or not is_dictionary_word(text):
            return guesses
        beside = [
            word
            for number, word in enumerate(words)
            if number != place and word.is_spoken and word.stem not in _known_stems()
        ]
        if beside:
            others = {stem for word in beside for stem in self._stems_meant(word)}
            return [guess for guess in guesses if self._shares_title(guess.stem, others)]
        if not is_noun(text):
            return []
        return [guess for guess in guesses if self._lexicon.programmes_with(guess.stem) >= OFTEN]

    def _stems_meant(self, word: Word) -> Iterable[str]:
        yield word.stem
        if not self.knows(word.stem):
            yield from (guess.stem for guess in self._guesses(word.text))

    def _shares_title(self, stem: str, others: set[str]) -> bool:
        return any(
            not others.isdisjoint(self._lexicon.title(title_id))
            for title_id in self._lexicon.titles_with(stem)
        )

    def knows(self, stem: str) -> bool:
        return self._lexicon.knows(stem) or self._synonyms.knows(stem) or stem in _known_stems()

    def _switched(self, chunk: str) -> str:
        """The chunk as it was meant, when it means something and the typed one does not."""
        if all(self._is_near(word) for word in words_of(chunk)):
            return chunk
        for meant in (in_russian_layout(chunk), spelled_in_russian(chunk)):
            words = words_of(meant)
            if words and all(
                self.knows(word.stem) or is_dictionary_word(word.text) for word in words
            ):
                return meant
        spelled = spelled_in_russian(chunk)
        return spelled if all(self._guesses(word.text) for word in words_of(spelled)) else chunk

    def _is_near(self, word: Word) -> bool:
        if self.knows(word.stem):
            return True
        guesses = self._lexicon.title_words.nearest(word.text)
        return bool(guesses) and guesses[0].cost <= ENOUGH

    def _joints(self, words: Sequence[Word], corrections: list[Correction]) -> PutRight:
        put: list[Word] = []
        place = 0
        while place < len(words):
            word = words[place]
            joined = self._joined(word, words[place + 1]) if place + 1 < len(words) else None
            if joined is not None:
                put.append(joined)
                place += 2
                continue
            place += 1
            if word.number is not None or self.knows(word.stem):
                put.append(word)
                continue
            parts = [] if self._is_near(word) else self._parted(word)
            meant = None if parts else self._wish_word(word.text)
            if parts:
                corrections.append(
                    Correction(typed=word.text, taken=" ".join(part.text for part in parts))
                )
            elif meant is not None:
                corrections.append(Correction(typed=word.text, taken=meant))
            put += parts or [word if meant is None else Word(text=meant, gap=word.gap)]
        return PutRight(words=tuple(put), corrections=tuple(corrections))

    def _joined(self, first: Word, second: Word) -> Word | None:
        """«тхэквон до»."""
        if first.number is not None or second.number is not None or second.gap.strip(" -"):
            return None
        if self.knows(first.stem) and self.knows(second.stem):
            return None
        whole = first.text + second.text
        return Word(text=whole, gap=first.gap) if self._stands(whole) else None

    def _parted(self, word: Word) -> list[Word]:
        """«легороботы»."""
        text = word.text
        if is_dictionary_word(text):
            return []
        for cut in range(SHORTEST_PART, len(text) - SHORTEST_PART + 1):
            first, second = text[:cut], text[cut:]
            if self._stands(first) and self._stands(second):
                return [Word(text=first, gap=word.gap), Word(text=second)]
        return []

    def _stands(self, text: str) -> bool:
        """Whether it is a word of titles. Most pieces are none, and begin with no stem either."""
        begins = range(max(SHORTEST_PART, len(text) - ENDING), len(text) + 1)
        return any(map(self._is_subject, (text[:end] for end in begins))) and self._is_subject(
            stem_of(text)
        )

    def _is_subject(self, stem: str) -> bool:
        return bool(self._lexicon.titles_with(stem)) or self._synonyms.knows(stem)

    def _wish_word(self, text: str) -> str | None:
        """«бисплатно»: a word of wishes nearer than any of the registry's."""
        if is_dictionary_word(text) or len(text) <= SHORTEST_GUESSED:
            return None
        guesses = self._guesses(text)
        if guesses and guesses[0].cost <= NEAR:
            return None
        nearest = _wish_words().nearest(text, most=NEAR)
        if not nearest:
            return None
        return _wish_forms()[nearest[0].stem]

    def _guesses(self, text: str) -> list[Guess]:
        """The nearest words, of titles rather than of phrases, of phrases rather than of texts."""
        if text not in self._guessed:
            self._guessed[text] = self._look_around(text)
        return self._guessed[text]

    def _look_around(self, text: str) -> list[Guess]:
        if len(text) < SHORTEST_GUESSED:
            return []
        if is_dictionary_word(text):
            # it was hardly misspelled, so only what is next to it may have been meant
            return self._lexicon.title_words.nearest(text, most=NEAR)[:AMONG]
        found: dict[str, float] = {}
        for vocabulary, dearer in (
            (self._lexicon.title_words, 0.0),
            (self._synonyms.vocabulary, 0.25),
            (self._lexicon.other_words, 0.5),
        ):
            if min(found.values(), default=ENOUGH + 1) <= ENOUGH:
                break
            # titles are searched thoroughly, what stands behind them only for what is near
            for guess in vocabulary.nearest(text, most=None if dearer == 0.0 else ENOUGH):
                cost = guess.cost + dearer
                found[guess.stem] = min(cost, found.get(guess.stem, cost))
        guesses = sorted(
            (Guess(stem=stem, cost=cost) for stem, cost in found.items()),
            key=lambda guess: (guess.cost, -len(self._lexicon.titles_with(guess.stem)), guess.stem),
        )
        return [guess for guess in guesses if guess.cost <= guesses[0].cost + NEAR][:AMONG]

    def _choose(self, words: Sequence[Word], guessed: dict[int, list[Guess]]) -> dict[int, str]:
        """Place -> the stem meant there."""
        cheapest = {place: guesses[0].stem for place, guesses in guessed.items()}
        if len(words) == 1 or all(len(guesses) == 1 for guesses in guessed.values()):
            return cheapest
        terms = [self._open_term(word, guessed.get(place, ())) for place, word in enumerate(words)]
        ranked = rank_titles(self._lexicon, [term for term in terms if term.weight])
        if not ranked:
            return cheapest
        title = set(self._lexicon.title(max(ranked, key=lambda found: found.score).title_id))
        for place, guesses in guessed.items():
            for guess in guesses:
                if guess.stem in title:
                    cheapest[place] = guess.stem
                    break
        return cheapest

    def _open_term(self, word: Word, guesses: Sequence[Guess]) -> Term:
        """A word that may be any of its guesses, the dearer the less."""
        readings = tuple(
            Reading(stems=(guess.stem,), likeness=max(0.1, 1 - _DEARER * guess.cost))
            for guess in guesses
        ) or (Reading(stems=(word.stem,)),)
        weight = max(self._lexicon.weight(reading.stems[0]) for reading in readings)
        soft = not guesses and is_soft(word.stem)
        return Term(readings=readings, weight=weight * (SOFT if soft else 1.0), needed=not soft)

    def _form(self, stem: str) -> str:
        form = self._lexicon.form(stem)
        return self._synonyms.vocabulary.form(stem) if form == stem else form


@cache
def _wish_forms() -> dict[str, str]:
    """Stem -> how it is written, of all words by which wishes are said."""
    table = load("search_wishes")
    filler = load("search_filler")
    said = [*filler["asking"], *filler["soft"], *_texts(table), *_texts(load("search_themes"))]
    forms: dict[str, str] = {}
    for text in said:
        for word in spoken_words(text):
            forms.setdefault(stem_of(word), word)
    return forms


def _texts(table: object) -> list[str]:
    """All words of a document, keys and values."""
    if isinstance(table, str):
        return [table]
    if isinstance(table, dict):
        return [word for key, value in table.items() for word in (key, *_texts(value))]
    if isinstance(table, list):
        return [word for value in table for word in _texts(value)]
    return []


def wish_forms() -> list[str]:
    """Words by which wishes are said, in their dictionary forms."""
    return list(_wish_forms().values())


@cache
def _wish_words() -> Vocabulary:
    vocabulary = Vocabulary()
    for stem, form in _wish_forms().items():
        if len(stem) > SHORTEST_PART:
            vocabulary.add(stem, form)
    return vocabulary


@cache
def _known_stems() -> frozenset[str]:
    silent = load("search_filler")["silent"]
    return frozenset(_wish_forms()) | stem_set(silent)
