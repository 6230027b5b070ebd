"""What a programme (ДООП) is made of.

A programme belongs to one organisation, has one of six directions, ages in months with the upper
bound inclusive («7–10 лет» is 84…131: till the day before the 11th birthday), a level, a form of
study and the registry that says who pays. A parent sees published programmes only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MONTHS_IN_YEAR = 12
GREATEST_AGE_YEARS = 21  # [assumed] above it a bound is a slip of the pen, not a children's club
GREATEST_AGE_MONTHS = GREATEST_AGE_YEARS * MONTHS_IN_YEAR + MONTHS_IN_YEAR - 1


class Direction(StrEnum):
    """The six directions (направленности); the federal order names no others."""

    TECHNICAL = "technical"
    NATURAL_SCIENCE = "natural_science"
    SPORTS = "sports"
    ARTS = "arts"
    TOURISM = "tourism"
    HUMANITIES = "humanities"


class RegistryKind(StrEnum):
    """The registry a programme stands in. The first three are paid by the budget, `certified` by
    a financed certificate, `paid` by the family."""

    PREPROFESSIONAL = "preprofessional"
    SIGNIFICANT = "significant"
    OTHER = "other"
    CERTIFIED = "certified"
    PAID = "paid"


class ProgrammeState(StrEnum):
    """Only `published` is shown to parents."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Level(StrEnum):
    """How deep a programme goes: ознакомительный, базовый, продвинутый, разноуровневая."""

    INTRODUCTORY = "introductory"
    BASIC = "basic"
    ADVANCED = "advanced"
    SEVERAL = "several"


class StudyForm(StrEnum):
    """очная, очно-заочная, заочная."""

    IN_PERSON = "in_person"
    PARTLY_IN_PERSON = "partly_in_person"
    EXTRAMURAL = "extramural"


class AgesOutOfOrder(ValueError):
    """The lower bound is above the upper one."""


class AgeTooGreat(ValueError):
    """A bound above `GREATEST_AGE_YEARS`."""


@dataclass(frozen=True, kw_only=True)
class AgeSpan:
    """Ages in full months, both bounds inclusive."""

    from_months: int
    to_months: int


def age_span(from_months: int, to_months: int) -> AgeSpan:
    """Both bounds inclusive. Raises AgesOutOfOrder, AgeTooGreat."""
    if from_months > to_months:
        raise AgesOutOfOrder
    if to_months > GREATEST_AGE_MONTHS:
        raise AgeTooGreat
    return AgeSpan(from_months=from_months, to_months=to_months)
