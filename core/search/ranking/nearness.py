"""How far two points are, as far as a parent with a stroller cares."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import Final

from core.domain.wishes import Point

METRES_IN_DEGREE: Final = 111_195.0


def metres_between(here: Point, there: Point) -> int:
    """On a flat map, right to a percent within a hundred kilometres."""
    north = there.latitude - here.latitude
    east = (there.longitude - here.longitude) * east_shrink(here)
    return round(hypot(north, east) * METRES_IN_DEGREE)


def east_shrink(point: Point) -> float:
    """How much shorter a degree to the east is than one to the north."""
    return cos(radians(point.latitude))
