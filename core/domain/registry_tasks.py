"""Where the registry is kept elsewhere: what staff carry over, and what files say otherwise.

The bot never makes a number there (domain page, section 2): a decided request waits until a person
has entered it into the other registry and typed its number or answer back. What a file says
otherwise than we do is never written over what stands: a person settles it.
"""

from __future__ import annotations

from enum import StrEnum

from core.domain.certificates import NUMBER_DIGITS
from core.domain.refusals import BadValue


class TaskState(StrEnum):
    """DROPPED: there is nothing to enter any more; the family withdrew."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class DifferenceKind(StrEnum):
    """What differs. NOT_THERE: studies here, and a roster of the same group lacks the child."""

    NUMBER = "number"
    STATE = "state"
    NAME = "name"
    GROUP = "group"
    NOT_THERE = "not_there"


class DifferenceSubject(StrEnum):
    """Also the name of the table."""

    CERTIFICATES = "certificates"
    CHILDREN = "children"
    APPLICATIONS = "applications"


class DifferenceState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"


class DifferenceAnswer(StrEnum):
    """What a person said: the file is right, or we are."""

    THEIRS = "theirs"
    OURS = "ours"


def read_registry_number(text: str) -> str:
    """Ten digits as staff typed them, spaces and hyphens left out.

    Raises BadValue(field="number", reason="digits").
    """
    number = "".join(text.replace("-", " ").split())
    if len(number) != NUMBER_DIGITS or not (number.isascii() and number.isdecimal()):
        raise BadValue(field="number", reason="digits")
    return number
