"""Personal fields of a request, for one member of staff in the private chat."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views.cards import RowId, Version, age
from core.domain.certificates import CertificateState
from core.i18n import Speech
from core.services.certificates.views import CertificateDetails
from core.services.enrolments.views import ApplicationDetails

_SNILS_DIGITS = 11


class HaltDeed(StrEnum):
    """What a button under a certificate's details begins."""

    SUSPEND = "suspend"
    RESUME = "resume"
    ANNUL = "annul"


class HaltPress(CallbackData, prefix="halt"):
    """One press; whether it may be done is asked when it is."""

    id: RowId
    version: Version
    deed: HaltDeed


_DEEDS = {
    CertificateState.ACTIVE: (HaltDeed.SUSPEND, HaltDeed.ANNUL),
    CertificateState.SUSPENDED: (HaltDeed.RESUME, HaltDeed.ANNUL),
}


def certificate_details(details: CertificateDetails, speech: Speech) -> str:
    """The request with everything an officer compares with the papers."""
    none = speech.say_plain("details-none")
    lines = [
        speech.say(
            "details-certificate",
            id=str(details.id),
            state=speech.say_plain("card-certificate-state", state=str(details.state)),
            child=details.child_name.full,
            born=speech.short_day(details.born),
            age=age(details.age_years, speech),
            snils=snils_on_paper(details.snils) if details.snils else none,
            guardian=details.guardian_name or none,
            phone=details.phone or none,
            visit=_visit(details, speech) or none,
        )
    ]
    if details.possible_double:
        lines.append(speech.say("details-double", count=details.doubles))
    lines += _asked(details, speech)
    reason = None
    if details.refusal_reason is not None:
        reason = speech.say_plain("card-certificate-reason", reason=str(details.refusal_reason))
    return "\n".join(
        [
            *lines,
            *_decision(
                reason, details.refusal_note, details.decided_by_name, details.decided_at, speech
            ),
        ]
    )


def certificate_deeds(details: CertificateDetails, speech: Speech) -> InlineKeyboardMarkup | None:
    """What staff may do with a certificate that holds a number; None with any other."""
    deeds = _DEEDS.get(details.state)
    if deeds is None:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(
                    text=speech.say_plain(f"button-{deed.name.lower()}-certificate"),
                    callback_data=HaltPress(
                        id=details.id, version=details.version, deed=deed
                    ).pack(),
                )
                for deed in deeds
            ]
        ]
    )


def application_details(details: ApplicationDetails, speech: Speech) -> str:
    """The application with the child, the family and what they ask for."""
    none = speech.say_plain("details-none")
    tail = details.certificate_tail
    reason = None
    if details.refusal_reason is not None:
        reason = speech.say_plain("card-application-reason", reason=str(details.refusal_reason))
    return "\n".join(
        [
            speech.say(
                "details-application",
                id=str(details.id),
                state=speech.say_plain("card-application-state", state=str(details.state)),
                child=details.child_name.full,
                born=speech.short_day(details.born),
                age=age(details.age_years, speech),
                guardian=details.guardian_name or none,
                phone=details.phone or none,
                certificate=speech.say_plain("details-tail", tail=tail) if tail else none,
                programme=details.programme_title,
                group=details.group_name,
                organisation=details.organisation_name,
            ),
            *_decision(
                reason, details.refusal_note, details.decided_by_name, details.decided_at, speech
            ),
        ]
    )


def _visit(details: CertificateDetails, speech: Speech) -> str | None:
    """The code and the last day; None where a registry's file brought the certificate."""
    if details.visit_code is None or details.visit_until is None:
        return None
    until = speech.short_day(details.visit_until)
    return speech.say_plain("details-visit", code=details.visit_code, until=until)


def _decision(
    reason: str | None, note: str | None, who: str | None, when: datetime | None, speech: Speech
) -> list[str]:
    lines = []
    if when is not None:
        lines.append(
            speech.say(
                "details-decided",
                who=who or speech.say_plain("card-decider-unknown"),
                when=speech.moment(when),
            )
        )
    if reason is not None:
        lines.append(speech.say("details-reason", reason=reason))
    if note is not None:
        lines.append(speech.say("details-note", note=note))
    return lines


def _asked(details: CertificateDetails, speech: Speech) -> list[str]:
    """What staff asked the family for, and what it answered where the answer is words."""
    if details.needed is None:
        return []
    asked = details.needed_note or speech.say_plain("card-needed", needed=details.needed.value)
    lines = [speech.say("details-asked", asked=asked)]
    if details.needed_answer is not None:
        lines.append(speech.say("details-answered", answer=details.needed_answer))
    elif details.state is CertificateState.UNDER_REVIEW:
        lines.append(speech.say("details-given"))
    return lines


def snils_on_paper(digits: str) -> str:
    """`11223344595` as papers have it: 112-233-445 95."""
    if len(digits) != _SNILS_DIGITS:
        return digits
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}"
