"""An act of erasure, as it is told, kept and replayed. It holds ids and counts, nobody's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class ErasureAct:
    """`key` is the act itself: numbers may begin anew after a restore, keys never meet again."""

    key: str
    person_id: int
    children: tuple[int, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ErasureReceipt:
    """What the person is told: the act's number and what was ended."""

    number: int
    at: datetime
    children: int
    applications: int
    certificates: int
