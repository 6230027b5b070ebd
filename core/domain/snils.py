"""The insurance number (SNILS): eleven digits, the last two a checksum of the first nine.

The sum of digit times its place counted from the right (9…1), modulo 101; 100 gives 00
(order of the Pension Fund on the personal account's number).
"""

from __future__ import annotations

import re

from core.domain.refusals import BadValue

LENGTH = 11
EXAMPLE = "112-233-445 95"
_USUAL = re.compile(r"[0-9\s\-\u2010-\u2014]*")


def read_snils(text: str) -> str:
    """The eleven digits without separators. Raises BadValue(field="snils"): length, checksum."""
    digits = re.sub(r"[^0-9]", "", text)
    if len(digits) != LENGTH or not _USUAL.fullmatch(text):
        raise BadValue(field="snils", reason="length", example=EXAMPLE)
    if digits == "0" * LENGTH or _checksum(digits) != int(digits[9:]):
        raise BadValue(field="snils", reason="checksum", example=EXAMPLE)
    return digits


def write_snils(digits: str) -> str:
    """The usual spelling of eleven digits: 112-233-445 95."""
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}"


def _checksum(digits: str) -> int:
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(digits[:9]))
    return total % 101 % 100
