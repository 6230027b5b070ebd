"""An application for a seat in a group, and the rules it has to pass.

A seat is held from the application on until it is refused, withdrawn or finished; ages are those
on the group's start date, the upper bound inclusive (domain page, sections 2 and 4.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.domain.ages import MONTHS_IN_YEAR, full_years, months_between
from core.domain.refusals import Refusal

ANSWER_WORKING_DAYS = 7


class ApplicationState(StrEnum):
    """REFUSED, WITHDRAWN and FINISHED are ends."""

    NEW = "new"
    NEEDS_DETAIL = "needs_detail"
    CONFIRMED = "confirmed"
    STUDYING = "studying"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    FINISHED = "finished"


SEAT_STATES = frozenset(
    {
        ApplicationState.NEW,
        ApplicationState.NEEDS_DETAIL,
        ApplicationState.CONFIRMED,
        ApplicationState.STUDYING,
    }
)
"""An application in these holds a seat; a child has at most one per programme."""
UNDECIDED = frozenset({ApplicationState.NEW, ApplicationState.NEEDS_DETAIL})
"""The provider decides from these."""
WITHDRAWABLE = UNDECIDED | {ApplicationState.CONFIRMED}
"""The family may take the application back from these."""


class ApplicationSource(StrEnum):
    """REGISTRY: a roster of the registry lists the child as enrolled."""

    BOT = "bot"
    GOSUSLUGI = "gosuslugi"
    NAVIGATOR = "navigator"
    PAPER = "paper"
    REGISTRY = "registry"


class MoneySource(StrEnum):
    """Who pays for a seat: the budget, the child's certificate, the family."""

    BUDGET = "budget"
    CERTIFICATE = "certificate"
    PAID = "paid"


class ApplicationRefusal(StrEnum):
    """Why a provider refuses."""

    NO_SEATS = "no_seats"
    AGE = "age"
    DOCUMENTS = "documents"
    SCHEDULE = "schedule"
    CERTIFICATE = "certificate"
    OTHER = "other"


class SeatTaken(Refusal):
    """No seat is left in the group."""


class AgeOutOfBounds(Refusal):
    """The child will not be of the group's age on its start date.

    Params: `years_from`, `years_to` (full years, both inclusive), `age_years` on `on` (ISO date).
    """


class WindowClosed(Refusal):
    """The group takes no applications any more; params: `until` (ISO date)."""


class NotYetOpen(Refusal):
    """The group takes no applications yet; params: `opens` (ISO date)."""


class GroupFinished(Refusal):
    """The group has ended; params: `ended` (ISO date)."""


class AlreadyApplied(Refusal):
    """A live application for this programme exists; params: `application_id`."""


class CertificateNeeded(Refusal):
    """A place paid by the budget needs an active certificate first."""


@dataclass(frozen=True, kw_only=True)
class GroupTerms:
    """What a group asks for. Ages in months, both inclusive; None: not limited."""

    age_from_months: int
    age_to_months: int
    starts_on: date | None
    ends_on: date | None
    applications_from: date | None
    applications_until: date | None


def check_age(born: date, terms: GroupTerms, today: date) -> None:
    """The age on the group's start date, or today where no date is set. Raises AgeOutOfBounds."""
    on = terms.starts_on or today
    if terms.age_from_months <= months_between(born, on) <= terms.age_to_months:
        return
    raise AgeOutOfBounds(
        years_from=terms.age_from_months // MONTHS_IN_YEAR,
        years_to=terms.age_to_months // MONTHS_IN_YEAR,
        age_years=full_years(born, on),
        on=on.isoformat(),
    )


def check_window(terms: GroupTerms, today: date) -> None:
    """Both bounds inclusive; without a window until the group ends.

    Raises GroupFinished, NotYetOpen, WindowClosed.
    """
    if terms.ends_on is not None and today > terms.ends_on:
        raise GroupFinished(ended=terms.ends_on.isoformat())
    if terms.applications_from is not None and today < terms.applications_from:
        raise NotYetOpen(opens=terms.applications_from.isoformat())
    if terms.applications_until is not None and today > terms.applications_until:
        raise WindowClosed(until=terms.applications_until.isoformat())
