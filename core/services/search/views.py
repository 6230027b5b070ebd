"""What a search gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.programmes import Direction
from core.domain.wishes import Understood, Wish
from core.services.programmes.views import ProgrammeLine


@dataclass(frozen=True, kw_only=True)
class FoundProgramme(ProgrammeLine):
    """A programme in a list of results.

    `score`: how well it fits, greater is better, comparable within one list only. `distance_m`:
    metres from the person's point; None where either point is unknown.
    """

    municipality_id: int
    direction: Direction
    score: float
    distance_m: int | None


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of results. `total` counts the whole list, up to `MOST_COUNTED` of the search.

    `widened`: wishes given up one after another because nothing met them all, the first given up
    first; what is shown meets `understood` without them. `mentioned`: the words stand in no title,
    only in what is written about the programmes.
    """

    items: tuple[FoundProgramme, ...]
    total: int
    offset: int
    understood: Understood
    widened: tuple[Wish, ...] = ()
    mentioned: bool = False

    @property
    def has_more(self) -> bool:
        return self.offset + len(self.items) < self.total


@dataclass(frozen=True, kw_only=True)
class Synonym:
    """Staff's own synonym: who writes `phrase` means `stands_for`; `replaced` is what it meant
    until just now."""

    id: int
    phrase: str
    stands_for: str
    replaced: str | None = None


@dataclass(frozen=True, kw_only=True)
class Miss:
    """Words people looked for and did not find, without digits; how often, and when last."""

    id: int
    words: str
    times: int
    last_at: datetime
