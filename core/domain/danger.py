"""Telling that somebody is in danger from how it is written: such a text is no question.

It is read word by word, with no likeness and no ranking: a missed cry is worse than a word too
many, and what was understood has to be explained by pointing at a line of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ANY_END = "*"
SHORTEST_LAID_APART = 4

Phrase = tuple[str, ...]
"""Words in a row; one with `*` at its end stands for all that begin so."""
Place = tuple[int, int]
"""(first, last) word of a phrase in the text."""


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """One of `says` stands in the text, within `near` words of one of `about` unless there is none
    to stand near.

    What is said within `unless_near` words of one of `unless` is harmless, but not where one of
    `even_if` stands anywhere. `alone`: it is the whole text.
    """

    says: tuple[Phrase, ...]
    about: tuple[Phrase, ...] = ()
    near: int = 0
    unless: tuple[Phrase, ...] = ()
    unless_near: int = 0
    even_if: tuple[Phrase, ...] = ()
    alone: bool = False


@dataclass(frozen=True, kw_only=True)
class DangerWords:
    """After `harmless_before` a person is not whom it was done to («у сына пропал сертификат»)."""

    alarms: tuple[Alarm, ...]
    harmless_before: frozenset[str]


def is_cry_for_help(words: Sequence[str], known: DangerWords) -> bool:
    """`words`: small letters without ё, in order."""
    return any(_rings(alarm, words, known.harmless_before) for alarm in known.alarms)


def speaks_of_danger(words: Sequence[str], known: DangerWords) -> bool:
    """Whether a word of any alarm stands here at all, cry or not: the wider net."""
    return any(any(_places(alarm.says, words)) for alarm in known.alarms)


def hides_a_cry(letters: str, known: DangerWords) -> bool:
    """The same of words whose letters were laid apart, so that their bounds are lost."""
    return any(
        _run(phrase) in letters
        for alarm in known.alarms
        for phrase in alarm.says
        if len(_run(phrase)) >= SHORTEST_LAID_APART
    )


def _rings(alarm: Alarm, words: Sequence[str], harmless_before: frozenset[str]) -> bool:
    said = _meant(alarm, words)
    if not said or not alarm.about:
        return bool(said)
    named = [
        first
        for first, _ in _places(alarm.about, words)
        if first == 0 or words[first - 1] not in harmless_before
    ]
    return any(
        first - alarm.near <= one <= last + alarm.near for first, last in said for one in named
    )


def _meant(alarm: Alarm, words: Sequence[str]) -> list[Place]:
    """Where it is said and nothing beside makes it harmless."""
    said = list(_places(alarm.says, words))
    if alarm.alone:
        return [place for place in said if place == (0, len(words) - 1)]
    if not said or any(_places(alarm.even_if, words)):
        return said
    excuses = list(_places(alarm.unless, words))
    reach = alarm.unless_near
    return [
        (first, last)
        for first, last in said
        if not any(begins - reach <= last and first <= ends + reach for begins, ends in excuses)
    ]


def _places(phrases: Sequence[Phrase], words: Sequence[str]) -> Iterator[Place]:
    for first in range(len(words)):
        for phrase in phrases:
            if not _fits(phrase[0], words[first]):
                continue
            part = words[first : first + len(phrase)]
            if len(part) == len(phrase) and all(map(_fits, phrase, part)):
                yield first, first + len(phrase) - 1


def _fits(wanted: str, word: str) -> bool:
    if wanted.endswith(ANY_END):
        return word.startswith(wanted[: -len(ANY_END)])
    return word == wanted


def _run(phrase: Phrase) -> str:
    return "".join(phrase).replace(ANY_END, "")
