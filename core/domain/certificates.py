"""The certificate of record: one per child, issued once, valid until the 18th birthday.

A request waits thirty calendar days for the family to show documents; who has seen them confirms
it and the number is given. Numbers of the own registry begin with 99 (domain page, section 3).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from core.domain.ages import ADULT_YEARS, birthday, full_years
from core.domain.refusals import Refusal

YOUNGEST_YEARS = 5
VISIT_DAYS = 30
REMINDER_DAYS = (3, 10, 25)
"""Days after the request on which the family is reminded of the visit."""
ADULT_AHEAD_DAYS = (30, 7)
"""Days before the eighteenth birthday on which the family is told of it."""
REOPEN_DAYS = 14
"""Days after closing in which one tap opens the same request again."""
NUMBER_DIGITS = 10
SIGNIFICANT_LIMIT = 3
"""[assumed] Programmes of the significant registry a certificate may be used on at once."""
_OWN_PREFIX = "99"


class CertificateKind(StrEnum):
    RECORD = "record"
    FINANCED = "financed"


class CertificateState(StrEnum):
    """From the request to the end; REFUSED, CLOSED and ANNULLED are ends. TO_ENTER: documents were
    seen, and staff enter the child into the registry that gives the number."""

    AWAITING_VISIT = "awaiting_visit"
    UNDER_REVIEW = "under_review"
    NEEDS_DATA = "needs_data"
    TO_ENTER = "to_enter"
    ACTIVE = "active"
    REFUSED = "refused"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    ANNULLED = "annulled"


UNDECIDED = frozenset(
    {CertificateState.AWAITING_VISIT, CertificateState.UNDER_REVIEW, CertificateState.NEEDS_DATA}
)
"""A decision is taken from these."""
LIVE = UNDECIDED | {CertificateState.TO_ENTER, CertificateState.ACTIVE}
"""A child has at most one certificate in these."""
NUMBERED = frozenset({CertificateState.ACTIVE, CertificateState.SUSPENDED})
"""These hold a number that is in force."""


class CertificateRefusal(StrEnum):
    """Why a request is refused; the words say how to mend it."""

    NOT_RESIDENT = "not_resident"
    WRONG_DATA = "wrong_data"
    NO_DOCUMENTS = "no_documents"
    HAS_CERTIFICATE = "has_certificate"
    OTHER = "other"


class NeededData(StrEnum):
    """What a request lacks; the family answers it in the chat. OTHER is asked in words."""

    NAME = "name"
    BORN = "born"
    SNILS = "snils"
    PHONE = "phone"
    OTHER = "other"


class HaltReason(StrEnum):
    """Why a certificate stands still or has ended. FAMILY and GROWN are nobody's choice here: the
    family gave it up, the child is eighteen."""

    MOVED = "moved"
    DATA = "data"
    DOUBLE = "double"
    FAMILY = "family"
    GROWN = "grown"
    OTHER = "other"


class StudiesNow(Refusal):
    """The child studies on it: where it ends first, the certificate may be halted."""


class TooYoung(Refusal):
    """Below five; params: `fifth_birthday` (ISO date)."""


class TooOld(Refusal):
    """Eighteen and more."""


class CertificateExists(Refusal):
    """The child has a live certificate or request; params: `certificate_id`."""


class CertificateDouble(Refusal):
    """The same insurance number holds a certificate already: people decide, not the machine.

    Params: `certificate_id` of the one that holds.
    """


class NumbersRunOut(Refusal):
    """The municipality has given out all its own numbers."""


class ReopenTooLate(Refusal):
    """The request closed more than fourteen days ago: a new one takes its place."""


def check_age_for_request(born: date, today: date) -> None:
    """Five to seventeen full years. Raises TooYoung, TooOld."""
    years = full_years(born, today)
    if years < YOUNGEST_YEARS:
        raise TooYoung(fifth_birthday=birthday(born, YOUNGEST_YEARS).isoformat())
    if years >= ADULT_YEARS:
        raise TooOld()


def may_reopen(closed: date, today: date) -> bool:
    """Within fourteen days of the day it closed on."""
    return (today - closed).days <= REOPEN_DAYS


def check_reopening(closed: date, today: date) -> None:
    """Raises ReopenTooLate."""
    if not may_reopen(closed, today):
        raise ReopenTooLate()


def own_number(ordinal: int, serial: int) -> str:
    """Ten digits: 99, the municipality's order of adding (1…99), the serial (1…999999).

    Raises NumbersRunOut.
    """
    if not 1 <= ordinal <= 99:
        raise ValueError("a municipality's ordinal has two digits")
    if not 1 <= serial <= 999_999:
        raise NumbersRunOut()
    return f"{_OWN_PREFIX}{ordinal:02}{serial:06}"


def number_tail(number: str) -> str:
    """What others may see of a number: its last four digits."""
    return number[-4:]
