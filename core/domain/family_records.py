"""Changing what stands in a child's record.

Until documents are seen a guardian mends it at once. Afterwards it takes a request that staff
accept or refuse; the former value stays in the history, the certificate's number stays
(domain page, section 4.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.domain.names import ChildName
from core.domain.refusals import Refusal


class RecordField(StrEnum):
    NAME = "name"
    BORN = "born"
    SNILS = "snils"


class ChangeState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DROPPED = "dropped"  # the record went into another one meanwhile


class ChangeWaits(Refusal):
    """A request to change this child's record is open already."""


class OnlyInPerson(Refusal):
    """Staff have marked the record: it is changed in person only."""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One field with its new value; exactly one is set. `snils`: eleven digits."""

    name: ChildName | None = None
    born: date | None = None
    snils: str | None = None

    def __post_init__(self) -> None:
        if sum(value is not None for value in (self.name, self.born, self.snils)) != 1:
            raise ValueError("a correction changes one field")

    @property
    def field(self) -> RecordField:
        if self.name is not None:
            return RecordField.NAME
        return RecordField.BORN if self.born is not None else RecordField.SNILS


@dataclass(frozen=True, kw_only=True)
class ChangeView:
    """A request as its guardian sees it: nothing of the values."""

    id: int
    child_id: int
    child_name: ChildName
    field: RecordField
    state: ChangeState


@dataclass(frozen=True, kw_only=True)
class ChangeDetails:
    """The same for staff, opened: what stands and what is wanted."""

    id: int
    child_id: int
    field: RecordField
    state: ChangeState
    stands: Correction | None
    wanted: Correction | None
    requested_at: datetime


def as_stored(correction: Correction) -> dict[str, str | None]:
    """What is sealed."""
    if correction.name is not None:
        name = correction.name
        return {"last": name.last, "first": name.first, "patronymic": name.patronymic}
    if correction.born is not None:
        return {"born": correction.born.isoformat()}
    return {"snils": correction.snils}


def from_stored(stored: dict[str, str | None]) -> Correction:
    """What was sealed."""
    if "born" in stored:
        return Correction(born=date.fromisoformat(stored["born"] or ""))
    if "snils" in stored:
        return Correction(snils=stored["snils"])
    return Correction(
        name=ChildName(
            last=stored["last"] or "",
            first=stored["first"] or "",
            patronymic=stored["patronymic"],
        )
    )
