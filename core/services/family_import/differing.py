"""What a row says otherwise than we do: in a registry kept elsewhere it goes to people, and the
file goes in all the same. Nothing of it is written over what stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.domain.names import ChildName
from core.domain.refusals import Parameter
from core.domain.registry_tasks import DifferenceKind, DifferenceSubject

Values = Mapping[str, str | int | None]


class Mismatch(Exception):
    """The row and what is known disagree. `field` is the column to blame, `reason` a code with
    words in family_import.ftl."""

    def __init__(self, field: str, reason: str, **params: Parameter) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason
        self.params = params


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Both sides of it, as both are shown and as the file's side would be written."""

    municipality_id: int
    kind: DifferenceKind
    subject: DifferenceSubject
    subject_id: int
    ours: Values
    theirs: Values


class Differs(Mismatch):
    """A mismatch that a person can settle: `difference` names the row of ours it is about."""

    def __init__(
        self, field: str, reason: str, *, difference: Difference, **params: Parameter
    ) -> None:
        super().__init__(field, reason, **params)
        self.difference = difference


def named(name: ChildName, born: str) -> Values:
    """A name with the birth date (ISO), as a difference keeps it."""
    return {"last": name.last, "first": name.first, "patronymic": name.patronymic, "born": born}


@dataclass(kw_only=True)
class Rosters:
    """Whom a file of enrolments names. `listed`: (child, programme), None for a child nobody knew;
    `unclear`: ids of children it names otherwise than we do."""

    groups: set[int] = field(default_factory=set)
    listed: set[tuple[int | None, int]] = field(default_factory=set)
    unclear: set[int] = field(default_factory=set)

    def lacks(self, child_id: int, programme_id: int) -> bool:
        return child_id not in self.unclear and (child_id, programme_id) not in self.listed
