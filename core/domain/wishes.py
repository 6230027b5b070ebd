"""What a person looking for a club wishes, as it was understood from their words.

A wish is one removable chip: «7 лет», «бесплатно», «по субботам». All wishes must be met at once,
several ages too: twins of 5 and 7 need a programme that takes both. Values are plain text, so
what was understood fits into a button's state, a draft or a log without loss.

| kind | value |
|---|---|
| words, not_words | the words themselves, spelled as the registry spells them |
| age | full months of life, `84-95` for «7 лет», both inclusive |
| direction, not_direction | code of `core.domain.programmes.Direction` |
| price_up_to | kopecks for the whole programme |
| day | digits of weekdays, Monday is 1: `6`, `67` |
| after, before | time of day, `17:00`: sessions begin not earlier, end not later |
| place | a settlement, a street, a district, as typed; a numbered organisation |
| free, certificate, near, adapted, holiday, remote | empty |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
from typing import Any


class WishKind(StrEnum):
    WORDS = "words"
    NOT_WORDS = "not_words"
    AGE = "age"
    DIRECTION = "direction"
    NOT_DIRECTION = "not_direction"
    FREE = "free"
    CERTIFICATE = "certificate"
    PRICE_UP_TO = "price_up_to"
    DAY = "day"
    AFTER = "after"
    BEFORE = "before"
    PLACE = "place"
    NEAR = "near"
    ADAPTED = "adapted"
    HOLIDAY = "holiday"
    REMOTE = "remote"


class Sort(StrEnum):
    """FIT: how well the words fit, then open seats. SEATS: most open seats first. NEARNESS: the
    nearest first, those without a point last; without the person's point it is FIT."""

    FIT = "fit"
    SEATS = "seats"
    NEARNESS = "nearness"


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One thing wished; `value` as the table above says."""

    kind: WishKind
    value: str = ""

    @property
    def months(self) -> tuple[int, int]:
        """Of an age: full months, both inclusive."""
        first, _, last = self.value.partition("-")
        return int(first), int(last)

    @property
    def weekdays(self) -> tuple[int, ...]:
        """Of a day: 1…7."""
        return tuple(int(digit) for digit in self.value)

    @property
    def hour(self) -> time:
        """Of after and before."""
        return time.fromisoformat(self.value)

    @property
    def kopecks(self) -> int:
        """Of a price."""
        return int(self.value)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A word that was read as another: «шахмоты» was taken for «шахматы»."""

    typed: str
    taken: str


@dataclass(frozen=True, kw_only=True)
class Understood:
    """All that was understood of one query."""

    wishes: tuple[Wish, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def without(self, wish: Wish) -> Understood:
        """The rest, when its chip is taken away."""
        return replace(self, wishes=tuple(kept for kept in self.wishes if kept != wish))

    def of(self, kind: WishKind) -> tuple[Wish, ...]:
        """The wishes of a kind."""
        return tuple(wish for wish in self.wishes if wish.kind is kind)

    def as_stored(self) -> dict[str, Any]:
        """A JSON document."""
        return {
            "wishes": [[wish.kind.value, wish.value] for wish in self.wishes],
            "corrections": [[made.typed, made.taken] for made in self.corrections],
        }


def from_stored(document: Mapping[str, Any]) -> Understood:
    """The opposite of `as_stored`."""
    wishes: Iterable[Iterable[str]] = document.get("wishes", ())
    corrections: Iterable[Iterable[str]] = document.get("corrections", ())
    return Understood(
        wishes=tuple(Wish(kind=WishKind(kind), value=value) for kind, value in wishes),
        corrections=tuple(Correction(typed=typed, taken=taken) for typed, taken in corrections),
    )
