"""The web desk of staff: who may come in, for how long, and what a typed search means.

One comes in by a link from the bot: one use, five minutes. A session ends after half an hour
without a look, after ten hours at most, and with the last right that opens the desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.names import ChildName, read_child_name
from core.domain.refusals import BadValue, Refusal
from core.domain.staff import MODERATORS, Right, Role

ENTRY_LIFE = timedelta(minutes=5)
SESSION_IDLE = timedelta(minutes=30)
SESSION_LIFE = timedelta(hours=10)
SEEN_EVERY = timedelta(minutes=1)
"""A look is written down once in this time: reading pages does not queue for the writer."""
FILE_LIFE = timedelta(hours=24)
PAGE_ROWS = 50
MOST_AT_ONCE = 50
"""Requests confirmed by one press."""
WRONG_TRIES = 10
"""Wrong codes from one address in a minute; a tenth of a brake for all addresses together."""
WRONG_TRIES_OF_ALL = 100
WRONG_TRIES_IN = timedelta(minutes=1)

_OPENING = MODERATORS | {Role.OPERATOR, Role.PROVIDER}
_NUMBER = re.compile(r"(?:\u2116|#|N)?\s*(\d{1,18})", re.IGNORECASE | re.ASCII)
_VISIT_CODE = re.compile(r"(\d{1,18})\s*[-\u2010-\u2014]\s*(\d{2})", re.ASCII)


class DeskLinkInvalid(Refusal):
    """Junk, expired, used, or of somebody who lost the right: one and the same answer."""


class DeskClosed(Refusal):
    """No session: it never was, has ended, or its right is gone; all look the same."""


class DeskTriesSpent(Refusal):
    """Too many wrong codes lately."""


class TooManyTicked(Refusal):
    """More ticks than one press takes; params: `most`."""


class Waiting(StrEnum):
    """Which requests a list shows."""

    OPEN = "open"
    DECIDED = "decided"
    ALL = "all"


class FileKind(StrEnum):
    """What a link of the desk gives as a table."""

    ROSTER = "roster"
    CERTIFICATES = "certificates"
    APPLICATIONS = "applications"


@dataclass(frozen=True, kw_only=True)
class Reach:
    """What a person's rights let the desk show. `programmes` are those of whole municipalities,
    `organisations` of single organisations: pairs of municipality and organisation."""

    certificates: frozenset[int]
    applications: frozenset[int]
    organisations: frozenset[tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A search as it was understood: at most one of the three is set; none: everything."""

    number: int | None = None
    visit_code: str | None = None
    name: ChildName | None = None


def opens_desk(rights: Iterable[Right]) -> bool:
    """Who decides requests has a desk: moderators, the registry operator, providers."""
    return any(right.role in _OPENING for right in rights)


def reach_of(rights: Iterable[Right]) -> Reach:
    """The municipalities and organisations whose requests the holder decides."""
    held = list(rights)
    moderated = frozenset(right.municipality_id for right in held if right.role in MODERATORS)
    operated = frozenset(right.municipality_id for right in held if right.role is Role.OPERATOR)
    own = frozenset(
        (right.municipality_id, right.organisation_id)
        for right in held
        if right.role is Role.PROVIDER and right.organisation_id is not None
    )
    return Reach(certificates=moderated | operated, applications=moderated, organisations=own)


def session_holds(*, seen_at: datetime, expires_at: datetime, now: datetime) -> bool:
    """Neither idle for too long nor past its end."""
    return now < expires_at and now < seen_at + SESSION_IDLE


def read_search(text: str) -> Wanted:
    """«318», «№ 318», «318-47», «Petrova Alisa». Nothing typed wants everything.

    Raises BadValue(field="desk-search", reason="unclear").
    """
    typed = " ".join(text.split())
    if not typed:
        return Wanted()
    if (code := _VISIT_CODE.fullmatch(typed)) is not None:
        return Wanted(visit_code=f"{code[1]}-{code[2]}")
    if (number := _NUMBER.fullmatch(typed)) is not None:
        return Wanted(number=int(number[1]))
    try:
        return Wanted(name=read_child_name(typed))
    except BadValue as error:
        raise BadValue(field="desk-search", reason="unclear") from error
