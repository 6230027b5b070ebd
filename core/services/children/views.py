"""What leaves the area: a child as its guardian sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.domain.children import ChildState
from core.domain.family import FamilyRole
from core.domain.names import ChildName


@dataclass(frozen=True, kw_only=True)
class ChildView:
    """`age_years`: full years today on the municipality's calendar; `role` is the reader's own."""

    id: int
    name: ChildName
    born: date
    age_years: int
    state: ChildState
    role: FamilyRole
    municipality_id: int
    changes_in_person: bool
