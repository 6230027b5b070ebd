"""Telling that somebody is in danger from how it is written: such a text is no question.

It is read word by word, with no likeness and no ranking: a missed cry is worse than a word too
many, and what was understood has to be explained by pointing at a line of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ANY_END = "*"

Phrase = tuple[str, ...]
"""Words in a row; one with `*` at its end stands for all that begin so."""


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """One of `says` stands in the text, within `near` words of one of `about` unless there is none
    to stand near, and nothing of `unless` stands anywhere."""

    says: tuple[Phrase, ...]
    about: tuple[Phrase, ...] = ()
    near: int = 0
    unless: tuple[Phrase, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DangerWords:
    """After `harmless_before` a person is not whom it was done to («у сына пропал сертификат»)."""

    alarms: tuple[Alarm, ...]
    harmless_before: frozenset[str]


def is_cry_for_help(words: Sequence[str], known: DangerWords) -> bool:
    """`words`: small letters without ё, in order."""
    return any(_rings(alarm, words, known.harmless_before) for alarm in known.alarms)


def _rings(alarm: Alarm, words: Sequence[str], harmless_before: frozenset[str]) -> bool:
    said = list(_places(alarm.says, words))
    if not said or any(_places(alarm.unless, words)):
        return False
    if not alarm.about:
        return True
    named = [
        first
        for first, _ in _places(alarm.about, words)
        if first == 0 or words[first - 1] not in harmless_before
    ]
    return any(
        first - alarm.near <= one <= last + alarm.near for first, last in said for one in named
    )


def _places(phrases: Sequence[Phrase], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(first, last) word of each phrase in the text."""
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
