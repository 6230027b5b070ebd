"""What a button of a list stands for: something by its id, or one of a few words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A row of the database."""

    id: int
    label: str


@dataclass(frozen=True, kw_only=True)
class Pick:
    """A theme, a kind of file, a wish."""

    id: str
    label: str
