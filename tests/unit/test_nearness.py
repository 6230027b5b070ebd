"""A place is known to 500 metres, wherever it is."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from core.domain.nearness import roughly
from core.domain.wishes import Point

METRES = 111_320

places = st.builds(
    Point,
    latitude=st.floats(min_value=41, max_value=80),
    longitude=st.floats(min_value=19, max_value=179),
)


def metres(one: Point, other: Point) -> float:
    north = (one.latitude - other.latitude) * METRES
    east = (one.longitude - other.longitude) * METRES * math.cos(math.radians(one.latitude))
    return math.hypot(north, east)


@given(places)
def test_the_rough_place_is_near_the_true_one(place: Point) -> None:
    assert metres(roughly(place), place) <= 500 * math.sqrt(0.5) + 5


@given(places)
def test_a_rough_place_is_as_rough_as_it_gets(place: Point) -> None:
    assert metres(roughly(roughly(place)), roughly(place)) < 5


def test_neighbours_give_the_same_point() -> None:
    door = Point(latitude=46.32171, longitude=39.96783)
    gate = Point(latitude=46.32178, longitude=39.96790)

    assert roughly(door) == roughly(gate)
