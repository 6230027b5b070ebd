"""Five clubs for one child, each with its reasons.

What cannot be is left out: a wrong age on the group's first day, hours that clash with the child's
other sessions, clubs it goes to already. What was asked for comes first, free seats before all.
Two of the five come from a direction the child has not tried, where there are such: nobody asks
for what they have never seen. Equals are mixed, so that no club stands first for ever.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from core.domain.ages import MONTHS_IN_YEAR, months_between
from core.domain.naming import normal_form
from core.domain.programmes import Direction
from core.domain.schedule import WeeklySession

ADVISED = 5
NOT_TRIED = 2
_MIXER = 2_654_435_761
_MIXED = 2**32


class ReasonKind(StrEnum):
    """Why, and what must be said against it; in the order of telling."""

    NEW = "new"  # a direction the child has not tried; value: its code
    OTHER = "other"  # outside the asked themes, of a child nothing is known of; value: its code
    LIKED = "liked"  # a theme that was asked for; value: its code
    SAME_PLACE = "same_place"  # where the child goes already
    DAYS = "days"  # the asked days; value: digits of weekdays
    FREE = "free"
    AGE = "age"
    PAID = "paid"  # though a free one was asked for
    OTHER_DAYS = "other_days"
    NO_SEATS = "no_seats"


AGAINST = frozenset({ReasonKind.PAID, ReasonKind.OTHER_DAYS, ReasonKind.NO_SEATS})
"""What must be said whatever else is left out."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    kind: ReasonKind
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class CandidateGroup:
    """A group that takes applications. `seats_left`: None is not limited."""

    id: int
    starts_on: date | None
    sessions: tuple[WeeklySession, ...]
    seats_left: int | None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A programme with its groups. Ages in months, inclusive."""

    programme_id: int
    title: str
    organisation_id: int
    direction: Direction
    age_from_months: int
    age_to_months: int
    free: bool
    groups: tuple[CandidateGroup, ...]


@dataclass(frozen=True, kw_only=True)
class Taste:
    """What was answered; empty means that anything will do."""

    themes: frozenset[Direction] = frozenset()
    weekdays: frozenset[int] = frozenset()
    free: bool = False


@dataclass(frozen=True, kw_only=True)
class Engagement:
    """A group the child goes to; `until`: its last day, None: not known."""

    sessions: tuple[WeeklySession, ...]
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Learner:
    """Whom the advice is for: a child with its past, or an age in full years alone."""

    born: date | None = None
    years: int | None = None
    tried: frozenset[Direction] = frozenset()
    busy: tuple[Engagement, ...] = ()
    places: frozenset[int] = frozenset()
    programmes: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Advised:
    """One of the five, with the group that suits best."""

    candidate: Candidate
    group: CandidateGroup
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class _Option:
    """A candidate with its best group and how well it meets what was asked."""

    candidate: Candidate
    group: CandidateGroup
    rank: tuple[bool, ...]


def advise(
    candidates: Iterable[Candidate],
    learner: Learner,
    taste: Taste,
    *,
    today: date,
    mixing: int = 0,
) -> tuple[Advised, ...]:
    """At most five, those asked for first. `mixing`: another number puts equals otherwise."""
    options = [
        option
        for candidate in candidates
        if (option := _option(candidate, learner, taste, today)) is not None
    ]
    asked = [one for one in options if _is_asked(one.candidate, taste)]
    # first what is neither asked for nor tried, then what is at least not tried
    unknown = [one for one in options if one.candidate.direction not in learner.tried]
    beyond = [one for one in unknown if not _is_asked(one.candidate, taste)]
    picked = _Pick(mixing)
    picked.take(asked, ADVISED - NOT_TRIED)
    new = picked.take(beyond, NOT_TRIED)
    picked.take(unknown, NOT_TRIED - new)
    for pool in (asked, options):
        picked.take(pool, ADVISED - len(picked.options))
    return tuple(
        Advised(
            candidate=one.candidate,
            group=one.group,
            reasons=_reasons(one.candidate, one.group, learner, taste),
        )
        for one in picked.options
    )


def clash(group: CandidateGroup, other: Engagement) -> bool:
    """Whether one child cannot go to both: hours of a day overlap while both last."""
    if other.until is not None and group.starts_on is not None and group.starts_on > other.until:
        return False
    return any(
        one.weekday == taken.weekday
        and one.starts < taken.busy_until
        and taken.starts < one.busy_until
        for one in group.sessions
        for taken in other.sessions
    )


class _Pick:
    """Takes the best left, again and again; what repeats a title, a direction or a club waits."""

    def __init__(self, mixing: int) -> None:
        self.options: list[_Option] = []
        self._mixing = mixing
        self._titles: Counter[str] = Counter()
        self._directions: Counter[Direction] = Counter()
        self._clubs: Counter[int] = Counter()

    def take(self, pool: Iterable[_Option], count: int) -> int:
        """How many were taken; those taken before are passed over."""
        taken = {one.candidate.programme_id for one in self.options}
        left = [one for one in pool if one.candidate.programme_id not in taken]
        before = len(self.options)
        for _ in range(min(count, len(left))):
            best = max(left, key=self._weigh)
            left.remove(best)
            self.options.append(best)
            self._titles[normal_form(best.candidate.title)] += 1
            self._directions[best.candidate.direction] += 1
            self._clubs[best.candidate.organisation_id] += 1
        return len(self.options) - before

    def _weigh(self, option: _Option) -> tuple[Any, ...]:
        one = option.candidate
        return (
            *option.rank,
            -self._titles[normal_form(one.title)],
            -self._directions[one.direction],
            -self._clubs[one.organisation_id],
            (one.programme_id + self._mixing) * _MIXER % _MIXED,
        )


def _option(candidate: Candidate, learner: Learner, taste: Taste, today: date) -> _Option | None:
    if candidate.programme_id in learner.programmes:
        return None
    possible = [
        group
        for group in candidate.groups
        if _right_age(candidate, group, learner, today)
        and not any(clash(group, other) for other in learner.busy)
    ]
    if not possible:
        return None
    group = max(possible, key=lambda one: (one.seats_left != 0, _on_days(one, taste), -one.id))
    rank = (
        group.seats_left != 0,
        candidate.free or not taste.free,
        _on_days(group, taste),
        candidate.organisation_id in learner.places,
    )
    return _Option(candidate=candidate, group=group, rank=rank)


def _right_age(candidate: Candidate, group: CandidateGroup, learner: Learner, today: date) -> bool:
    """On the group's first day, as an application will be judged."""
    if learner.born is not None:
        months = months_between(learner.born, group.starts_on or today)
        return candidate.age_from_months <= months <= candidate.age_to_months
    if learner.years is None:
        return True
    youngest, oldest = (
        months // MONTHS_IN_YEAR for months in (candidate.age_from_months, candidate.age_to_months)
    )
    return youngest <= learner.years <= oldest


def _on_days(group: CandidateGroup, taste: Taste) -> bool:
    if not taste.weekdays:
        return True
    days = {session.weekday for session in group.sessions}
    return bool(days) and days <= taste.weekdays


def _is_asked(candidate: Candidate, taste: Taste) -> bool:
    return not taste.themes or candidate.direction in taste.themes


def _reasons(
    candidate: Candidate, group: CandidateGroup, learner: Learner, taste: Taste
) -> tuple[Reason, ...]:
    direction = candidate.direction.value
    days = "".join(str(day) for day in sorted({session.weekday for session in group.sessions}))
    told = {
        ReasonKind.NEW: bool(learner.tried) and candidate.direction not in learner.tried,
        ReasonKind.OTHER: not learner.tried and not _is_asked(candidate, taste),
        ReasonKind.LIKED: candidate.direction in taste.themes,
        ReasonKind.AGE: learner.born is not None or learner.years is not None,
        ReasonKind.FREE: candidate.free,
        ReasonKind.DAYS: bool(taste.weekdays) and _on_days(group, taste),
        ReasonKind.SAME_PLACE: candidate.organisation_id in learner.places,
        ReasonKind.PAID: taste.free and not candidate.free,
        ReasonKind.OTHER_DAYS: not _on_days(group, taste),
        ReasonKind.NO_SEATS: group.seats_left == 0,
    }
    values = {
        ReasonKind.NEW: direction,
        ReasonKind.OTHER: direction,
        ReasonKind.LIKED: direction,
        ReasonKind.DAYS: days,
    }
    return tuple(Reason(kind=kind, value=values.get(kind, "")) for kind in ReasonKind if told[kind])
