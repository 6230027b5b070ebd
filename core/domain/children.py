"""A child's record: entered by a guardian, confirmed once documents have been seen.

From then on name, birth date and insurance number are locked (domain page, section 4.0).
"""

from __future__ import annotations

from enum import StrEnum

from core.domain.refusals import Refusal


class ChildState(StrEnum):
    ENTERED = "entered"
    CONFIRMED = "confirmed"
    CHANGE_REQUESTED = "change_requested"  # confirmed, and somebody asks to change it


LOCKED = frozenset({ChildState.CONFIRMED, ChildState.CHANGE_REQUESTED})
"""Documents were seen: name, birth date and insurance number change by a request only."""


class AlreadyRegistered(Refusal):
    """The same person has this child already; params: `child_id`."""
