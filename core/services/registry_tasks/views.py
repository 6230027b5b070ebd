"""What leaves the area: a task for a list, and its fields for the one who copies them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.names import ChildName
from core.domain.registry_tasks import (
    DifferenceKind,
    DifferenceState,
    DifferenceSubject,
    TaskState,
)
from core.domain.staff import CardSubject


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """For a list: no personal data. `waiting_since` in the municipality's calendar."""

    id: int
    subject: CardSubject
    subject_id: int
    waiting_since: date


@dataclass(frozen=True, kw_only=True)
class TaskFields:
    """What is typed into the other registry, in the open: a look is audited.

    `snils`: eleven digits; `phone`: international form; `number`: ten digits of the certificate.
    Programme, group and organisation of an application only.
    """

    id: int
    version: int
    state: TaskState
    subject: CardSubject
    subject_id: int
    child_name: ChildName
    born: date
    snils: str | None
    number: str | None
    guardian_name: str | None
    phone: str | None
    programme: str | None
    group: str | None
    organisation: str | None


@dataclass(frozen=True, kw_only=True)
class DifferenceLine:
    """For a list: no personal data."""

    id: int
    kind: DifferenceKind
    subject: DifferenceSubject
    subject_id: int


@dataclass(frozen=True, kw_only=True)
class DifferenceView:
    """`ours`, `theirs`: a number's ten digits, a state's code, a name with the birth date, a
    group; as each stood at the moment of the import."""

    id: int
    version: int
    kind: DifferenceKind
    subject: DifferenceSubject
    subject_id: int
    state: DifferenceState
    child_name: ChildName
    born: date
    ours: str
    theirs: str
    found_at: datetime
