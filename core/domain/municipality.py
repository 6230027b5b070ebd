"""A municipality: where its clock stands, under which regime it works, where the truth lives.

`own`: the bot is the registry and gives out numbers that begin with 99. `external`: numbers come
from another system and are typed in by staff (domain page, section 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.domain.refusals import Refusal
from core.domain.wishes import Point


class Regime(StrEnum):
    """The terms of financing (domain page, section 5)."""

    PFDO = "pfdo"
    SOCIAL_ORDER = "social_order"


class RegistryMode(StrEnum):
    """Where certificates and enrolments are truly kept."""

    OWN = "own"
    EXTERNAL = "external"


class Fact(StrEnum):
    """What a registry kept elsewhere says, by the kind of file that brings it."""

    CERTIFICATES = "certificates"
    SEATS = "enrolments"


class MunicipalityExists(Refusal):
    """The code is taken; params: `municipality_code`."""


class TooManyMunicipalities(Refusal):
    """Own numbers have two digits for the municipality: 99 at most."""


@dataclass(frozen=True, kw_only=True)
class MunicipalityView:
    """One municipality as others see it; `timezone` is a name of the tz database."""

    id: int
    code: str
    name: str
    timezone: str
    regime: Regime
    registry_mode: RegistryMode
    centre_name: str | None
    centre_phone: str | None


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where certificates are confirmed in person; `hours` as a person says them."""

    organisation_id: int
    name: str
    address: str | None
    hours: str | None
    phone: str | None
    point: Point | None = None
