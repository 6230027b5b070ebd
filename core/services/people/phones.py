"""Phone numbers: kept in the international form, read in every usual one."""

from __future__ import annotations

import phonenumbers

from core.domain.refusals import BadValue

_HOME = "RU"
_EXAMPLE = "+7 918 123-45-67"


def read_phone(text: str) -> str:
    """`8 (918) 123-45-67` -> `+79181234567`. Raises BadValue(field="phone")."""
    try:
        number = phonenumbers.parse(text.strip(), _HOME)
    except phonenumbers.NumberParseException as error:
        raise BadValue(field="phone", reason="unreadable", example=_EXAMPLE) from error
    if not phonenumbers.is_possible_number(number):
        raise BadValue(field="phone", reason="unreadable", example=_EXAMPLE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
