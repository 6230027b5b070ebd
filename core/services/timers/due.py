"""Which deed belongs to which kind of timer: each area names its own here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.services.certificates import adulthood, visits
from core.services.families import due as families
from core.services.timers.surroundings import Deed

DEEDS: Final[Mapping[str, Deed]] = {
    **visits.DEEDS,
    **adulthood.DEEDS,
    **families.DEEDS,
}
