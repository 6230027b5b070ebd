"""The nearest places first, for one look: the person's own place is rounded and not kept."""

from __future__ import annotations

from aiogram.types import Location
from aiogram_dialog import DialogManager

from core.domain.nearness import roughly
from core.domain.wishes import Point

NEAR = "places_near"


async def take_location(manager: DialogManager, location: Location) -> None:
    """It lives as long as this update."""
    point = Point(latitude=location.latitude, longitude=location.longitude)
    manager.middleware_data[NEAR] = roughly(point)
