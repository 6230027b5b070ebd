"""People by a child's side as guardians read them."""

from __future__ import annotations

from core.domain.family import Member
from core.domain.family_doubles import DoubleRecord, PossibleDouble
from core.domain.family_records import Correction
from core.domain.snils import write_snils
from core.i18n import Speech

LONGEST_NAME = 40


def line(member: Member, speech: Speech) -> str:
    """One line of the list (HTML)."""
    return speech.say(
        "family-line",
        named="yes" if member.name else "no",
        name=_name(member),
        role=member.role.value,
        kind=member.kind.value if member.kind else "none",
        me="yes" if member.me else "no",
    )


def label(member: Member, speech: Speech) -> str:
    """The same on a button."""
    return speech.say_plain(
        "family-label",
        named="yes" if member.name else "no",
        name=_name(member)[:24],
        role=member.role.value,
    )


def _name(member: Member) -> str:
    """Empty for whoever has given no name: helpers give none."""
    return (member.name or "")[:LONGEST_NAME]


def value_of(correction: Correction | None, speech: Speech) -> str:
    """A field's value for staff (plain)."""
    if correction is None:
        return speech.say_plain("staff-value-none")
    if correction.name is not None:
        return correction.name.full
    if correction.born is not None:
        return speech.short_day(correction.born)
    return write_snils(correction.snils or "")


def pair(double: PossibleDouble, speech: Speech) -> str:
    """Two records side by side (HTML)."""
    proposed = "mine" if double.mine else "proposed"
    return speech.say(
        "staff-pair",
        state=proposed if double.merge_id is not None else "fresh",
        kept=_record(double.kept, speech),
        gone=_record(double.gone, speech),
    )


def _record(record: DoubleRecord, speech: Speech) -> str:
    return speech.say_plain(
        "staff-double-record",
        name=record.name.full,
        born=speech.short_day(record.born),
        confirmed="yes" if record.confirmed else "no",
        tail=record.certificate_tail or "none",
        guardians=record.guardians,
    )
