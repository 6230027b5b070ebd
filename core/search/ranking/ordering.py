"""The order of results: the best first, and as many different ones among them as there are.

One rule for every database: statements only gather candidates, this puts them in order. A title
loses a little with each time it was met before, more where it is the same organisation's, so that
one club of twenty groups does not fill the page while others fit as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

TITLE_AGAIN: Final = 0.08
ORGANISATION_AGAIN: Final = 0.2
NO_SEAT: Final = 0.1


class Candidate(NamedTuple):
    """A programme that meets the wishes. `score`: how well it fits; in order, how high it stands.
    `distance_m`: metres, where both points are known.

    Hundreds are made for a query, so it is a tuple and no dataclass.
    """

    programme_id: int
    title_id: int
    organisation_id: int
    score: float
    distance_m: int | None = None


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The highest standing first."""
    titles: dict[int, int] = {}
    clubs: dict[tuple[int, int], int] = {}
    standing = []
    # rows sort as they are: a key for each of hundreds costs more than the order
    for _, programme_id, found in sorted((-found[3], found[0], found) for found in candidates):
        title_id, organisation_id, score, distance = found[1:]
        again = titles.get(title_id, 0)
        titles[title_id] = again + 1
        club = title_id, organisation_id
        same = clubs.get(club, 0)
        clubs[club] = same + 1
        lowered = score - again * TITLE_AGAIN - same * ORGANISATION_AGAIN
        lower = Candidate(programme_id, title_id, organisation_id, lowered, distance)
        standing.append((-lowered, programme_id, lower))
    standing.sort()
    return [found for _, _, found in standing]


def with_seats_first(
    ordered: Sequence[Candidate], has_seat: Callable[[Candidate], bool]
) -> list[Candidate]:
    """A free seat raises a programme over others that fit as well."""
    lowered = [
        found if has_seat(found) else found._replace(score=found.score - NO_SEAT)
        for found in ordered
    ]
    return sorted(lowered, key=_best_first)


def _best_first(found: Candidate) -> tuple[float, int]:
    return -found[3], found[0]
