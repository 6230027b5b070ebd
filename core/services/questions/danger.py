"""Texts that no base answers: somebody is in danger, and people have to hear of it at once.

What is understood is data (`core/words/ru/danger.toml`). Nothing of such a text is noted.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from core.domain import danger
from core.domain.danger import Alarm, DangerWords, Phrase
from core.search.vocabulary.words import folded, spoken_words
from core.words import load


def is_cry_for_help(text: str) -> bool:
    """Whether `text` tells of violence, of a wish to die, of a lost child."""
    return danger.is_cry_for_help(spoken_words(text), danger_words())


@cache
def danger_words() -> DangerWords:
    table = load("danger")
    people: dict[str, list[str]] = table["people"]
    return DangerWords(
        alarms=tuple(_alarm(row, people) for row in table["alarms"]),
        harmless_before=frozenset(table["harmless_before"]),
    )


def _alarm(row: dict[str, Any], people: dict[str, list[str]]) -> Alarm:
    about = [word for name in row.get("about", ()) for word in people[name]]
    return Alarm(
        says=_phrases(row["says"]),
        about=_phrases(about),
        near=row.get("near", 0),
        unless=_phrases(row.get("unless", ())),
    )


def _phrases(said: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(tuple(folded(phrase).split()) for phrase in said)
