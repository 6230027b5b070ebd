"""How alike two programmes of one direction are: by the words of their titles, then by ages."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
"""Letters two words share when they are one word in other forms, near enough for a hint."""
_OF_A_WORD = 100
"""A shared word outweighs any likeness of ages, counted in years."""


@dataclass(frozen=True, kw_only=True)
class Described:
    """What two programmes are compared by. Ages in months, inclusive."""

    title: str
    from_months: int
    to_months: int


def likeness(one: Described, other: Described) -> int:
    """Greater is more alike; only to be compared."""
    words = len(_stems(one.title) & _stems(other.title))
    shared = min(one.to_months, other.to_months) - max(one.from_months, other.from_months)
    return words * _OF_A_WORD + max(0, shared // 12)


def _stems(title: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(title.casefold())}
