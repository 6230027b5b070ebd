"""What the doctor says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`invariant` is its code (I1 …), `what` says in English what is wrong, `count` how many."""

    invariant: str
    what: str
    count: int
