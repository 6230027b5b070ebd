"""Who may decide what.

A right is role x municipality x organisation, held by dates; one person may hold several.
"Moderator" is a consultant or the head of the municipal centre. Usernames, chat membership and
administrator marks of a messenger grant nothing: only a right does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.refusals import BadValue, Refusal


class Role(StrEnum):
    """Staff roles (domain page, section 1)."""

    CONSULTANT = "consultant"
    HEAD = "head"
    PROVIDER = "provider"
    OPERATOR = "operator"
    PAYER = "payer"
    AUTHORITY = "authority"
    EXPERT = "expert"
    REGIONAL = "regional"
    OFFICER = "officer"
    TEACHER = "teacher"
    ACCOUNTANT = "accountant"
    COORDINATOR = "coordinator"


class ChatPurpose(StrEnum):
    """What a bound chat is for."""

    MODERATION = "moderation"
    DESK = "desk"
    PARENTS = "parents"
    PROVIDERS = "providers"


class CardSubject(StrEnum):
    """What a staff card is about; also the name of the table and of the forum's topic."""

    CERTIFICATES = "certificates"
    APPLICATIONS = "applications"


MODERATORS = frozenset({Role.CONSULTANT, Role.HEAD})
NEEDS_ORGANISATION = frozenset({Role.PROVIDER, Role.OFFICER})
LEAST_NOTE = 5
MOST_NOTE = 300
"""Characters of a refusal's reason in words: more than a grunt, less than a letter."""
INVITED_BY_HEAD = (
    Role.CONSULTANT,
    Role.PROVIDER,
    Role.OFFICER,
    Role.OPERATOR,
    Role.COORDINATOR,
)
"""Whom the head invites in the bot; other bodies and another head are appointed by an operator."""
_CERTIFICATE_ROLES = MODERATORS | {Role.OPERATOR}


class InvitationInvalid(Refusal):
    """Junk, expired, used or somebody else's invitation: one and the same answer."""


class OrganisationNeeded(Refusal):
    """The role is held at an organisation of the municipality; params: `role`."""


class HandingOverTwice(Refusal):
    """The colleague holds this right already, or what was handed over is handed on."""


class ChatCodeInvalid(Refusal):
    """The code is unknown, expired or used, or the one who typed it is no moderator there."""


class ChatBoundElsewhere(Refusal):
    """The chat already serves this purpose for another municipality."""


class ChatUnfit(Refusal):
    """A channel has no authors and no topics: questions of parents cannot be worked there."""


@dataclass(frozen=True, kw_only=True)
class Right:
    """One live right of one person."""

    id: int
    role: Role
    municipality_id: int
    organisation_id: int | None
    granted_at: datetime
    ends_at: datetime | None


def headed(rights: Iterable[Right]) -> frozenset[int]:
    """The municipalities whose centre the person heads."""
    return frozenset(right.municipality_id for right in rights if right.role is Role.HEAD)


def is_moderator(rights: Iterable[Right], *, municipality_id: int) -> bool:
    """Consultant or head of this municipality's centre."""
    return any(
        right.role in MODERATORS and right.municipality_id == municipality_id for right in rights
    )


def is_head(rights: Iterable[Right], *, municipality_id: int) -> bool:
    """The head of this municipality's centre."""
    return any(
        right.role is Role.HEAD and right.municipality_id == municipality_id for right in rights
    )


def may_decide_certificates(rights: Iterable[Right], *, municipality_id: int) -> bool:
    """Consultants, the head and the registry operator of this municipality."""
    return any(
        right.role in _CERTIFICATE_ROLES and right.municipality_id == municipality_id
        for right in rights
    )


def points_of(rights: Iterable[Right]) -> list[Right]:
    """Rights of an officer who confirms documents at a point, oldest first."""
    return [
        right
        for right in rights
        if right.role is Role.OFFICER and right.organisation_id is not None
    ]


def may_decide_applications(
    rights: Iterable[Right], *, municipality_id: int, organisation_id: int
) -> bool:
    """The provider's own staff for its applications; moderators for all of the municipality."""
    return any(
        right.municipality_id == municipality_id
        and (
            right.role in MODERATORS
            or (right.role is Role.PROVIDER and right.organisation_id == organisation_id)
        )
        for right in rights
    )


def read_refusal_note(text: str) -> str:
    """A refusal's reason as staff typed it, in one paragraph, without marks nobody can see.

    Raises BadValue(field="note", reason="short" | "long").
    """
    seen = "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or not unicodedata.category(letter).startswith("C")
    )
    note = " ".join(seen.split())
    if len(note) < LEAST_NOTE:
        raise BadValue(field="note", reason="short", least=LEAST_NOTE)
    if len(note) > MOST_NOTE:
        raise BadValue(field="note", reason="long", length=len(note), most=MOST_NOTE)
    return note
