"""Five clubs for one child: what cannot be is left out, what was asked for comes first."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from core.domain.advice import (
    Advised,
    Candidate,
    CandidateGroup,
    Engagement,
    Learner,
    ReasonKind,
    Taste,
    advise,
)
from core.domain.programmes import Direction
from core.domain.schedule import WeeklySession

TODAY = date(2026, 8, 24)
SEPTEMBER = date(2026, 9, 1)
NINE = date(2017, 3, 5)
TUESDAY, SATURDAY = 2, 6


def session(weekday: int, starts: int = 16, ends: int | None = 17) -> WeeklySession:
    return WeeklySession(
        weekday=weekday, starts=time(starts), ends=None if ends is None else time(ends)
    )


def club(number: int, direction: Direction = Direction.ARTS, **changed: Any) -> Candidate:
    """For 7–10 years, free, on Tuesdays at four, with seats, each in a house of its own."""
    group: dict[str, Any] = {
        "id": number,
        "starts_on": SEPTEMBER,
        "sessions": (session(TUESDAY),),
        "seats_left": 5,
    }
    of_group = {name: changed.pop(name) for name in list(changed) if name in group}
    values: dict[str, Any] = {
        "programme_id": number,
        "title": f"Кружок {number}",
        "organisation_id": number,
        "direction": direction,
        "age_from_months": 84,
        "age_to_months": 131,
        "free": True,
        "groups": (CandidateGroup(**group | of_group),),
    }
    return Candidate(**values | changed)


def advised(
    *candidates: Candidate, learner: Learner | None = None, taste: Taste | None = None
) -> list[Advised]:
    found = advise(candidates, learner or Learner(born=NINE), taste or Taste(), today=TODAY)
    return list(found)


def ids(found: list[Advised]) -> list[int]:
    return [one.candidate.programme_id for one in found]


def kinds(one: Advised) -> list[ReasonKind]:
    return [reason.kind for reason in one.reasons]


def test_there_are_at_most_five() -> None:
    assert len(advised(*(club(number) for number in range(1, 9)))) == 5


@pytest.mark.parametrize(
    ("born", "fits"),
    [
        (date(2019, 9, 1), True),  # seven on the first day
        (date(2019, 9, 2), False),
        (date(2015, 9, 2), True),  # still ten on the first day
        (date(2015, 9, 1), False),
    ],
)
def test_the_age_is_that_of_the_groups_first_day(born: date, fits: bool) -> None:
    assert bool(advised(club(1), learner=Learner(born=born))) is fits


@pytest.mark.parametrize(("years", "fits"), [(6, False), (7, True), (10, True), (11, False)])
def test_without_a_child_full_years_are_enough(years: int, fits: bool) -> None:
    assert bool(advised(club(1), learner=Learner(years=years))) is fits


@pytest.mark.parametrize(
    ("other", "free"),
    [
        (Engagement(sessions=(session(TUESDAY, 15, 17),)), False),
        (Engagement(sessions=(session(TUESDAY, 17, 18),)), True),
        (Engagement(sessions=(session(SATURDAY),)), True),
        (Engagement(sessions=(session(TUESDAY, 15, None),)), True),
        (Engagement(sessions=(session(TUESDAY),), until=date(2026, 8, 31)), True),
        (Engagement(sessions=(session(TUESDAY),), until=SEPTEMBER), False),
    ],
    ids=["overlaps", "right after", "another day", "no end said", "over before", "still on"],
)
def test_hours_that_clash_are_left_out(other: Engagement, free: bool) -> None:
    assert bool(advised(club(1), learner=Learner(born=NINE, busy=(other,)))) is free


def test_another_group_of_the_same_club_may_fit() -> None:
    one = club(1)
    free = CandidateGroup(id=7, starts_on=SEPTEMBER, sessions=(session(SATURDAY),), seats_left=1)
    two = club(1, groups=(*one.groups, free))
    busy = Learner(born=NINE, busy=(Engagement(sessions=(session(TUESDAY),)),))

    assert [one.group.id for one in advised(two, learner=busy)] == [7]


def test_what_the_child_goes_to_is_not_advised() -> None:
    assert ids(
        advised(club(1), club(2), learner=Learner(born=NINE, programmes=frozenset({1})))
    ) == [2]


def test_two_of_five_are_of_a_direction_not_tried() -> None:
    arts = [club(number) for number in range(1, 9)]
    new = [club(20, Direction.TECHNICAL), club(21, Direction.TECHNICAL)]
    learner = Learner(born=NINE, tried=frozenset({Direction.ARTS}))

    found = advised(*arts, *new, learner=learner, taste=Taste(themes=frozenset({Direction.ARTS})))

    assert [one.candidate.direction for one in found[:3]] == [Direction.ARTS] * 3
    assert set(ids(found[3:])) == {20, 21}
    assert all(kinds(one)[0] is ReasonKind.NEW for one in found[3:])


def test_where_nothing_else_is_new_the_asked_theme_may_be_it() -> None:
    clubs = [club(number, Direction.TECHNICAL) for number in range(1, 7)]
    learner = Learner(born=NINE, tried=frozenset({Direction.ARTS}))

    found = advised(*clubs, learner=learner, taste=Taste(themes=frozenset({Direction.TECHNICAL})))

    assert len(found) == 5
    assert all(ReasonKind.NEW in kinds(one) for one in found)


def test_nothing_is_called_new_for_a_child_nothing_is_known_of() -> None:
    found = advised(
        club(1), club(2, Direction.SPORTS), taste=Taste(themes=frozenset({Direction.ARTS}))
    )

    assert ids(found) == [1, 2]
    assert kinds(found[0]) == [ReasonKind.LIKED, ReasonKind.FREE, ReasonKind.AGE]
    assert kinds(found[1]) == [ReasonKind.OTHER, ReasonKind.FREE, ReasonKind.AGE]


def test_free_seats_come_before_all_else() -> None:
    full = club(1, seats_left=0)
    dear = club(2, free=False)

    found = advised(full, dear, taste=Taste(free=True))

    assert ids(found) == [2, 1]
    assert ReasonKind.PAID in kinds(found[0])
    assert ReasonKind.NO_SEATS in kinds(found[1])


def test_asked_days_come_first_and_others_are_said_to_be_so() -> None:
    weekend = club(2, sessions=(session(SATURDAY),))

    found = advised(club(1), weekend, taste=Taste(weekdays=frozenset({6, 7})))

    assert ids(found) == [2, 1]
    assert ReasonKind.DAYS in kinds(found[0])
    assert found[1].reasons[-1].kind is ReasonKind.OTHER_DAYS


def test_where_the_child_goes_already_is_near() -> None:
    found = advised(club(1), club(2), learner=Learner(born=NINE, places=frozenset({2})))

    assert ids(found) == [2, 1]
    assert ReasonKind.SAME_PLACE in kinds(found[0])


def test_the_same_title_is_advised_twice_only_for_want_of_others() -> None:
    same = [club(number, title="Рисование") for number in range(1, 6)]
    others = [club(number) for number in range(6, 10)]

    titles = [one.candidate.title for one in advised(*same, *others)]

    assert titles.count("Рисование") == 1


def test_no_club_is_first_for_everybody() -> None:
    clubs = [club(number) for number in range(1, 9)]
    firsts = {
        advise(clubs, Learner(born=NINE), Taste(), today=TODAY, mixing=mixing)[
            0
        ].candidate.programme_id
        for mixing in range(50)
    }

    assert len(firsts) > 4
