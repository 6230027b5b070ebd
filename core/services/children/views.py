"""What leaves the area: a child as its guardian sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.domain.children import ChildState
from core.domain.names import ChildName


@dataclass(frozen=True, kw_only=True)
class ChildView:
    """`age_years`: full years today on the municipality's calendar."""

    id: int
    name: ChildName
    born: date
    age_years: int
    state: ChildState
