"""Cutting text into words and finding what of a word stays when it is inflected.

The stem is snowball(lemma) with ё read as е and э as е: «Каратэ», «карате» and «каратэ» are one.
Everything is remembered by word: a registry of a hundred thousand programmes has few of them.
"""

from __future__ import annotations

import logging
import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import pymorphy3
import snowballstemmer
from pymorphy3.analyzer import ProbabilityEstimator

from core.words import load

REMEMBERED: Final = 200_000
SHORTEST_INFLECTED: Final = 4
VOLUME: Final = "3d"
MOST_DIGITS: Final = 9
_DE: Final = "\N{CYRILLIC SMALL LETTER DE}"
_VOLUME: Final = re.compile(rf"3[d{_DE}](?![^\W\d_])")
_DATE: Final = r"\d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\d)"
LONG_NUMBER: Final = r"\+?\d(?:[\s()-]*\d){9,}"  # of a phone or a document: nothing to look for
_WORD: Final = re.compile(
    rf"{LONG_NUMBER}|{_DATE}|\d{{1,2}}[:.]\d{{2}}(?!\d)|{_VOLUME.pattern}|\d+|[^\W\d_]+"
)
_SPOKEN: Final = re.compile(rf"[^\W\d_]+|{_VOLUME.pattern}")
_YO: Final = "\N{CYRILLIC SMALL LETTER IO}"
_IE: Final = "\N{CYRILLIC SMALL LETTER IE}"
_HIDDEN: Final = re.compile(
    "[\u0301\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)  # marks without ink
_AS_SPOKEN: Final = str.maketrans({"\N{CYRILLIC SMALL LETTER E}": _IE})
_NAMES: Final = frozenset({"Name", "Patr", "Surn"})
_ADJECTIVES: Final = frozenset({"ADJF", "ADJS", "PRTF"})
_UNINFLECTED: Final = frozenset({"PREP", "CONJ", "PRCL", "INTJ"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word or a number as typed, in small letters without ё.

    `gap`: what stood between it and the word before, so that commas and dashes can be seen.
    """

    text: str
    gap: str = " "

    @property
    def number(self) -> int | None:
        """None for more digits than anything we count has."""
        whole = self.text.isdecimal() and len(self.text) <= MOST_DIGITS
        return int(self.text) if whole else None

    @property
    def is_spoken(self) -> bool:
        """Letters only (or «3d»), as words of the index are: no number, hour or date."""
        return self.text.isalpha() or self.text == VOLUME

    @property
    def stem(self) -> str:
        return stem_of(self.text)

    @property
    def lemma(self) -> str:
        return lemma_of(self.text)


def folded(text: str) -> str:
    """Small letters, ё as е, no accents."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace(_YO, _IE)
    return _HIDDEN.sub("", plain)


def words_of(text: str) -> list[Word]:
    """The words and numbers of a text in order."""
    plain = folded(text)
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(plain):
        said = match.group()
        if _VOLUME.fullmatch(said):
            said = VOLUME
        found.append(Word(text=said, gap=plain[end : match.start()]))
        end = match.end()
    return found


def spoken_words(text: str) -> list[str]:
    """The words of a text in order, numbers left out: what is indexed."""
    return [said if said[0] != "3" else VOLUME for said in _SPOKEN.findall(folded(text))]


def stems_of(text: str) -> list[str]:
    """The stems of a text in order, numbers left out."""
    return [stem_of(said) for said in spoken_words(text)]


def forms_of(text: str) -> list[tuple[str, str]]:
    """(stem, dictionary form) of each word of a text, numbers left out."""
    return [(stem_of(said), lemma_of(said)) for said in spoken_words(text)]


@lru_cache(maxsize=REMEMBERED)
def stem_of(word: str) -> str:
    """The stem of one word in small letters; a short or foreign word is its own."""
    lemma = lemma_of(word).translate(_AS_SPOKEN)
    return lemma if len(lemma) < SHORTEST_INFLECTED else str(_stemmers.russian.stemWord(lemma))


@lru_cache(maxsize=REMEMBERED)
def lemma_of(word: str) -> str:
    """The dictionary form; of a word no dictionary has, the word: guessing is slow and vain."""
    if word.isascii() or not is_dictionary_word(word):
        return word
    parses = _dictionary().parse(word)
    if any(parse.normal_form != parses[0].normal_form for parse in parses):
        # how likely each reading is costs as much as finding them, and mostly they agree
        parses = _likelihoods().apply_to_parses(word, word, parses)
    if parses[0].tag.POS in _UNINFLECTED:
        return word
    return folded(parses[0].normal_form)


@cache
def stop_stems() -> frozenset[str]:
    """Words that tell nothing of a programme: they are not indexed."""
    return frozenset(stem_of(word) for word in load("search_filler")["silent"])


@lru_cache(maxsize=REMEMBERED)
def inflected(lemma: str) -> tuple[str, ...]:
    """All forms of a dictionary word, itself among them."""
    if lemma.isascii():
        return (lemma,)
    parses = _dictionary().parse(lemma)
    return tuple(sorted({folded(form.word) for form in parses[0].lexeme})) if parses else (lemma,)


@lru_cache(maxsize=REMEMBERED)
def is_dictionary_word(word: str) -> bool:
    """Whether a dictionary of Russian has this form, so that it is hardly a slip."""
    return bool(_dictionary().word_is_known(word))


@lru_cache(maxsize=REMEMBERED)
def is_adjective(word: str) -> bool:
    parses = _dictionary().parse(word)
    return bool(parses) and parses[0].tag.POS in _ADJECTIVES


@lru_cache(maxsize=REMEMBERED)
def is_noun(word: str) -> bool:
    parses = _dictionary().parse(word)
    return bool(parses) and parses[0].tag.POS == "NOUN"


@lru_cache(maxsize=REMEMBERED)
def is_name_of_person(word: str) -> bool:
    """Whether the word may well be somebody's name, patronymic or surname."""
    return any(_NAMES & set(parse.tag.grammemes) for parse in _dictionary().parse(word)[:2])


def is_surely_name(word: str) -> bool:
    """Whether a dictionary has the word, as somebody's name, patronymic or surname first of all."""
    return is_dictionary_word(word) and bool(
        _NAMES & set(_dictionary().parse(word)[0].tag.grammemes)
    )


@cache
def _dictionary() -> pymorphy3.MorphAnalyzer:
    logging.getLogger("pymorphy3").setLevel(logging.WARNING)  # it tells of each file it opens
    return pymorphy3.MorphAnalyzer(lang="ru", probability_estimator_cls=None)


@cache
def _likelihoods() -> ProbabilityEstimator:
    return ProbabilityEstimator(_dictionary().dictionary.path)


class _Stemmers(threading.local):
    """A stemmer keeps the word it works on in itself: each thread has its own."""

    def __init__(self) -> None:
        self.russian: snowballstemmer.stemmer = snowballstemmer.stemmer("russian")


_stemmers = _Stemmers()
