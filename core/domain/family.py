"""A family: guardians of a kind, helpers, a child of fourteen and more with an own account.

A guardian consents, signs, sees numbers and erases. A helper (a grandmother, a stepfather) and the
child itself look and prepare, and a guardian does the rest (domain page, section 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.domain.ages import full_years
from core.domain.names import ChildName
from core.domain.refusals import Refusal

OWN_ACCOUNT_YEARS = 14
INVITATION_LIFE = timedelta(days=3)
MOST_TRIES = 5
TRIES_IN = timedelta(hours=1)
"""How often one account may guess at a family code."""


class FamilyRole(StrEnum):
    GUARDIAN = "guardian"
    HELPER = "helper"
    CHILD = "child"


class GuardianKind(StrEnum):
    """Who the guardian is to the child; the last one is written down by staff only."""

    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"
    FOSTER_PARENT = "foster_parent"
    ORGANISATION = "organisation"


SAID_BY_THEMSELVES = (
    GuardianKind.MOTHER,
    GuardianKind.FATHER,
    GuardianKind.GUARDIAN,
    GuardianKind.FOSTER_PARENT,
)


class GuardianNeeded(Refusal):
    """A helper or the child itself tried what only a guardian may."""


class FamilyInvitationInvalid(Refusal):
    """Junk, expired, used, revoked or one's own invitation: one and the same answer."""


class TooYoungForAccount(Refusal):
    """Below fourteen; params: `years`."""


class RecoveryRefused(Refusal):
    """A wrong code or a wrong birth date: one and the same answer."""


class RecoveryTriesOver(Refusal):
    """Five wrong guesses within an hour; params: `minutes` to wait."""


class LastGuardian(Refusal):
    """A child is never left without a guardian by a tap."""


class MoveWaits(Refusal):
    """A request or an application is open: the child moves after it is decided."""


class SameMunicipality(Refusal):
    """The child is there already."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """One person by the child's side, as the guardians see them; `name` as in the messenger."""

    person_id: int
    name: str | None
    role: FamilyRole
    kind: GuardianKind | None
    since: datetime
    me: bool


@dataclass(frozen=True, kw_only=True)
class FamilyOffer:
    """What an invitation offers before it is accepted: nobody's data but the inviter's name."""

    invitation_id: int
    role: FamilyRole
    inviter_name: str | None
    children: int
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class FamilyInvitationMade:
    """Shown once: only the hash of the code is kept."""

    id: int
    code: str
    role: FamilyRole
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class InvitationWaiting:
    """An invitation nobody has followed yet; the code is not known any more."""

    id: int
    role: FamilyRole
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Joined:
    """What accepting gave."""

    role: FamilyRole
    children: tuple[ChildName, ...]
    child_ids: tuple[int, ...]


def check_own_account(born: date, today: date) -> None:
    """A child acts by itself from fourteen on. Raises TooYoungForAccount."""
    if full_years(born, today) < OWN_ACCOUNT_YEARS:
        raise TooYoungForAccount(years=OWN_ACCOUNT_YEARS)
