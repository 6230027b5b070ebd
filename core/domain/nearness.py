"""A place a person shows is known roughly only: to the nearest 500 metres (domain page, 8)."""

from __future__ import annotations

import math

from core.domain.wishes import Point

ROUGHLY_M = 500
_DEGREE_M = 111_320
"""Of latitude; of longitude it is as many times the cosine of the latitude."""
_LEAST_COSINE = 0.01


def roughly(point: Point) -> Point:
    """The nearest knot of a net of 500 metres: everybody around it gives the same point."""
    step = ROUGHLY_M / _DEGREE_M
    latitude = round(point.latitude / step) * step
    # of the knot's own latitude, so that one row of the net has one step
    wide = step / max(math.cos(math.radians(latitude)), _LEAST_COSINE)
    longitude = round(point.longitude / wide) * wide
    return Point(latitude=round(latitude, 5), longitude=round(longitude, 5))
