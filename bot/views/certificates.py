"""A certificate as its family reads it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.views.days import day_and_month, until
from bot.views.search import distance
from core.domain.certificates import (
    REOPEN_DAYS,
    CertificateRefusal,
    CertificateState,
    may_reopen,
)
from core.domain.municipality import Place
from core.domain.wishes import Point
from core.i18n import Speech
from core.search.ranking.nearness import metres_between
from core.services.certificates.cards import Standing
from core.services.certificates.views import CertificateView

_SHOWN_PLACES = 20
_ABBREVIATION = re.compile(r"\b(\w{1,2}\.) (?=\d)")
"""The number of a house stays on the line of its word."""


def status(certificate: CertificateView, speech: Speech, today: date) -> str:
    """What has become of the request, and what next. `today`: of the municipality's calendar."""
    return speech.say(
        _status_key(certificate, speech, today),
        first=certificate.child_name.first,
        number=str(certificate.id),
        code=certificate.visit_code or "",
        until=until(certificate.visit_until, speech),
        tail=certificate.number_tail or "",
        reason=refusal_reason(certificate, speech),
        needed=needed_words(certificate, speech),
        halt=_halt_words(certificate, speech),
        reopen=until(_closed_on(certificate, speech) + timedelta(days=REOPEN_DAYS), speech),
    )


def needed_words(certificate: CertificateView, speech: Speech) -> str:
    """What staff wait for, to stand after a colon; empty while they wait for nothing."""
    if certificate.needed is None:
        return ""
    if certificate.needed_note is not None:
        return certificate.needed_note
    return speech.say_plain("certificate-needed", needed=certificate.needed.value)


def with_standing(
    text: str, certificate: CertificateView, standing: Standing, speech: Speech
) -> str:
    """The status, since when, what money there is and what the certificate is used for."""
    since = _closed_on(certificate, speech)
    parts = [
        text,
        speech.say(
            "certificate-used",
            significant=standing.significant,
            limit=standing.significant_limit,
            preprofessional=standing.preprofessional,
            other=standing.other,
        ),
        speech.say("certificate-since", day=f"{day_and_month(since, speech)} {since.year}"),
    ]
    if standing.nominal_kopecks is not None:
        period = standing.period_from is not None and standing.period_until is not None
        parts.insert(
            1,
            speech.say(
                "certificate-money",
                nominal=speech.money(standing.nominal_kopecks),
                **{"from": _day_of(standing.period_from, speech) if period else ""},
                until=_day_of(standing.period_until, speech) if period else "none",
            ),
        )
    return "\n\n".join([parts[0], "\n".join(parts[1:])])


def _day_of(day: date | None, speech: Speech) -> str:
    return f"{day_and_month(day, speech)} {day.year}" if day is not None else ""


def _halt_words(certificate: CertificateView, speech: Speech) -> str:
    """Why it stands still or has ended, to stand inside a sentence."""
    if certificate.halt_note is not None:
        return certificate.halt_note
    reason = certificate.halt_reason.value if certificate.halt_reason else "other"
    return speech.say_plain("certificate-halt", reason=reason)


def reminder(certificate: CertificateView, speech: Speech, today: date) -> str:
    """The request still waits for the visit: the code, until when, how many days are left."""
    visit_until = certificate.visit_until or today
    return speech.say(
        "certificate-reminder",
        first=certificate.child_name.first,
        number=str(certificate.id),
        code=certificate.visit_code or "",
        until=until(visit_until, speech),
        days=(visit_until - today).days,
    )


def reopens(certificate: CertificateView, speech: Speech, today: date) -> bool:
    """Whether one tap opens the closed request again."""
    return certificate.state is CertificateState.CLOSED and may_reopen(
        _closed_on(certificate, speech), today
    )


def state_words(certificate: CertificateView | None, speech: Speech) -> str:
    """The state in a few words, for lists."""
    return speech.say_plain(
        "certificate-state",
        state="none" if certificate is None else certificate.state.value.replace("_", "-"),
        tail=(certificate.number_tail if certificate is not None else None) or "",
    )


def refusal_reason(certificate: CertificateView, speech: Speech) -> str:
    """Why, how to mend it, and what the specialist added; empty while nothing is refused."""
    if certificate.refusal_reason is None:
        return ""
    reason = speech.say_plain(
        "certificate-refusal", reason=certificate.refusal_reason.value.replace("_", "-")
    )
    if certificate.refusal_reason is CertificateRefusal.OTHER:
        reason = f"{reason} {speech.say_plain('certificate-again')}"
    note = certificate.refusal_note
    return f"{reason} {speech.say_plain('staff-note', note=note)}" if note else reason


def receipt(certificate: CertificateView, places: list[Place], speech: Speech) -> str:
    """The request is in: number, code, where, until when."""
    return speech.say(
        "certificate-receipt",
        first=certificate.child_name.first,
        number=str(certificate.id),
        code=certificate.visit_code or "",
        until=until(certificate.visit_until, speech),
        places=len(places),
        example=_place_line(by_number(places)[0]) if places else "",
    )


def place_list(
    places: list[Place],
    certificate: CertificateView | None,
    speech: Speech,
    near: Point | None = None,
) -> str:
    """Where documents are shown, with hours; the code to name there. `near`: the closest first."""
    ordered = by_number(places) if near is None else by_nearness(places, near)
    parts = [speech.say("places-head", places=len(places))]
    parts += [
        speech.say("places-line", place=_how_far(place, near, speech) + _place_line(place))
        for place in ordered[:_SHOWN_PLACES]
    ]
    if len(places) > _SHOWN_PLACES:
        parts.append(speech.say("places-more", more=len(places) - _SHOWN_PLACES))
    if near is None and any(place.point for place in places):
        parts.append(speech.say("places-near"))
    parts.append(speech.say("places-papers"))
    if certificate is not None and certificate.state is CertificateState.AWAITING_VISIT:
        parts.append(
            speech.say(
                "places-code",
                code=certificate.visit_code or "",
                until=until(certificate.visit_until, speech),
            )
        )
    return "\n".join(parts)


def masked_snils(digits: str | None, speech: Speech) -> str:
    """The last four digits, enough to recognise one's own."""
    if digits is None:
        return speech.say_plain("snils-later")
    return speech.say_plain("snils-masked", tail=f"{digits[7:9]} {digits[9:]}")


def by_number(places: Sequence[Place]) -> list[Place]:
    """School 2 before school 10."""
    return sorted(places, key=lambda place: _natural(place.name))


def _status_key(certificate: CertificateView, speech: Speech, today: date) -> str:
    key = f"certificate-{certificate.state.value.replace('_', '-')}"
    return f"{key}-reopens" if reopens(certificate, speech, today) else key


def _closed_on(certificate: CertificateView, speech: Speech) -> date:
    """The day the present state began on, on the municipality's clock."""
    return certificate.state_since.astimezone(speech.zone).date()


def by_nearness(places: Sequence[Place], near: Point) -> list[Place]:
    """The closest first; those whose place nobody has said yet come last, by number."""
    return sorted(
        by_number(places),
        key=lambda place: metres_between(near, place.point) if place.point else math.inf,
    )


def _how_far(place: Place, near: Point | None, speech: Speech) -> str:
    if near is None or place.point is None:
        return ""
    return f"{distance(metres_between(near, place.point), speech)}: "


def _natural(name: str) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _place_line(place: Place) -> str:
    parts = [place.name, place.address, place.hours, place.phone]
    line = ", ".join(part for part in parts if part)
    return _ABBREVIATION.sub("\\1\N{NO-BREAK SPACE}", line)
