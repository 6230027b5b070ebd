"""When two records may be one child. The machine only proposes; two staff persons decide.

Equal: the first name, either half of the last name, the birth date, and the patronymic where both
have one; or the insurance number. Twins have another first name and never match.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.domain.names import ChildName, plain_form
from core.domain.refusals import Refusal

UNDO_FOR = timedelta(days=7)


class MergeState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"  # these are two children
    UNDONE = "undone"


class SecondPersonNeeded(Refusal):
    """Who proposed a merge does not confirm it."""


class MergeWaits(Refusal):
    """Both records have a live application to one programme: that is settled first."""


class UndoTooLate(Refusal):
    """Seven days have passed."""


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """What is compared; `snils_index` is a blind index."""

    name: ChildName
    born: date
    snils_index: bytes | None


@dataclass(frozen=True, kw_only=True)
class DoubleRecord:
    """One of the two, as staff see it."""

    child_id: int
    name: ChildName
    born: date
    confirmed: bool
    certificate_tail: str | None
    guardians: int


@dataclass(frozen=True, kw_only=True)
class PossibleDouble:
    """`kept` stays, `gone` goes into it; `merge_id` and `mine` once somebody has proposed it."""

    kept: DoubleRecord
    gone: DoubleRecord
    merge_id: int | None
    state: MergeState | None
    mine: bool


def may_be_one(left: Likeness, right: Likeness) -> bool:
    """Whether a person should look at the two."""
    same_first = plain_form(left.name.first) == plain_form(right.name.first)
    if left.born == right.born and not same_first:
        return False
    if left.snils_index is not None and left.snils_index == right.snils_index:
        return True
    return (
        left.born == right.born
        and same_first
        and bool(halves(left.name.last) & halves(right.name.last))
        and _patronymics_agree(left.name.patronymic, right.name.patronymic)
    )


def halves(last_name: str) -> frozenset[str]:
    """A double last name is known by either half."""
    return frozenset(plain_form(last_name).split())


def _patronymics_agree(left: str | None, right: str | None) -> bool:
    return not left or not right or plain_form(left) == plain_form(right)
