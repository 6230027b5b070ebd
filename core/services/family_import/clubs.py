"""Which group a row of a roster means: by organisation, programme and group, as the registry of the
municipality calls them. Where one organisation has several programmes of one title, the age of the
child tells them apart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from core.domain.ages import months_between
from core.domain.naming import without_marks
from core.services.family_import.differing import Mismatch


@dataclass(frozen=True, kw_only=True)
class ClubGroup:
    """A group with its programme. Ages in months, both inclusive; `capacity` None: not limited."""

    id: int
    name_key: str
    programme_id: int
    title: str
    age_from_months: int
    age_to_months: int
    starts_on: date | None
    capacity: int | None
    taken: int


class Clubs:
    """The registry, as far as a file names it. All names in normal form."""

    def __init__(self) -> None:
        self._organisations: dict[tuple[int, str], int] = {}
        self._loosely: dict[tuple[int, str], int] = {}
        self._programmes: dict[tuple[int, str], list[ClubGroup]] = defaultdict(list)

    def add_organisation(self, municipality_id: int, name: str, organisation_id: int) -> None:
        """It is found however its number is marked, unless another one is called so."""
        self._organisations[municipality_id, name] = organisation_id
        self._loosely.setdefault((municipality_id, without_marks(name)), organisation_id)

    def add_group(self, organisation_id: int, title: str, group: ClubGroup) -> None:
        self._programmes[organisation_id, title].append(group)

    def find(
        self,
        municipality_id: int,
        organisation: str,
        programme: str,
        group: str | None,
        *,
        born: date,
        on: date,
    ) -> ClubGroup:
        """Raises Mismatch. `on`: the day whose age counts where a group has no start."""
        organisation_id = self._organisations.get(
            (municipality_id, organisation),
            self._loosely.get((municipality_id, without_marks(organisation))),
        )
        if organisation_id is None:
            raise Mismatch("organisation", "unknown-organisation")
        groups = self._programmes.get((organisation_id, programme))
        if not groups:
            raise Mismatch("title", "unknown-programme")
        if group is not None:
            groups = [one for one in groups if one.name_key == group]
            if not groups:
                raise Mismatch("group_name", "unknown-group")
        if len(groups) > 1:
            groups = [one for one in groups if _fits(one, born, on)] or groups
        if len(groups) > 1:
            unclear = "programme-unclear" if group is not None else "group-unsaid"
            raise Mismatch("group_name", unclear)
        return groups[0]


def _fits(group: ClubGroup, born: date, on: date) -> bool:
    age = months_between(born, group.starts_on or on)
    return group.age_from_months <= age <= group.age_to_months
