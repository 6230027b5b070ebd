"""Finding a certificate one already has: by its number and the child's birth date.

Five tries in vain an hour a person, and a brake for all of them together: a number of ten digits
must not be found by trying. Wrong, foreign and absent are one answer.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from core.domain.certificates import NUMBER_DIGITS
from core.domain.refusals import BadValue, Refusal

TRIES_AN_HOUR = 5
ALL_TRIES_AN_HOUR = 200
"""In vain, by all people together: above it somebody is trying numbers out."""
TRIES_COUNT_FOR = timedelta(hours=1)
_BETWEEN = "-\N{EN DASH}\N{EM DASH}\N{NUMERO SIGN}"


class TaskOutcome(StrEnum):
    """What staff found out about a certificate the bot did not find."""

    FOUND = "found"
    ABSENT = "absent"


class CertificateUnknown(Refusal):
    """No such number with such a birth date, or another family's: never said which."""


class TriesSpent(Refusal):
    """Too many tries in vain, of this person or of all: later again."""


def read_number(text: str) -> str:
    """Ten digits, however they were spaced. Raises BadValue(field="number", reason="digits")."""
    number = "".join(letter for letter in text if not letter.isspace() and letter not in _BETWEEN)
    if len(number) != NUMBER_DIGITS or not (number.isascii() and number.isdecimal()):
        raise BadValue(field="number", reason="digits")
    return number
