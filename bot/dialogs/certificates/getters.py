from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.certificates.near import NEAR
from bot.dialogs.certificates.states import Certificates
from bot.dialogs.consents.actions import start_of
from bot.dialogs.given import Given, given_from
from bot.dialogs.paging import part_of
from bot.dialogs.refusing import kept_code, kept_text
from bot.dialogs.stack import answers
from bot.views import certificates as view
from bot.views.as_of import with_moment
from bot.views.choices import Choice
from bot.views.names import button_name
from core.domain.certificates import (
    NUMBERED,
    CertificateExists,
    CertificateState,
)
from core.domain.consents import ConsentKind
from core.domain.municipality import Fact
from core.services.certificates.views import CertificateView

_WHOLE = 4
"""Children beside the other four buttons."""
_PAGE = 2
"""The same where two buttons turn pages."""
_MAY_REQUEST = frozenset(
    {CertificateState.REFUSED, CertificateState.CLOSED, CertificateState.ANNULLED}
)


async def start(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    children = await given.services.children.list_mine(given.actor)
    names = [child.name for child in children]
    shown = part_of(children, dialog_manager, Certificates.start, whole=_WHOLE, page=_PAGE)
    return {
        "children": [
            Choice(id=child.id, label=button_name(child.name, names)) for child in shown.items
        ],
        **shown.turns(),
        "nobody": not children,
        "somebody": bool(children),
    }


async def status(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    child = await given.services.children.get_mine(given.actor, _child_id(dialog_manager))
    certificate = await _certificate(given, dialog_manager)
    state = certificate.state if certificate is not None else None
    reopens = certificate is not None and view.reopens(certificate, given.speech, given.today)
    return {
        "text": await _as_of_now(given, certificate)
        if certificate is not None
        else given.speech.say("certificate-none", first=child.name.first),
        "may_request": (state is None or state in _MAY_REQUEST) and not reopens,
        "may_reopen": reopens,
        "needs_data": state is CertificateState.NEEDS_DATA,
        "awaits_visit": state is CertificateState.AWAITING_VISIT,
        "has_number": state in NUMBERED,
        "active": state is CertificateState.ACTIVE,
    }


async def _as_of_now(given: Given, certificate: CertificateView) -> str:
    moment = await given.services.municipalities.as_of(
        certificate.municipality_id, Fact.CERTIFICATES
    )
    text = view.status(certificate, given.speech, given.today)
    if certificate.state in NUMBERED:
        standing = await given.services.certificate_cards.get_standing(given.actor, certificate.id)
        text = view.with_standing(text, certificate, standing, given.speech)
    return with_moment(text, moment, given.speech)


async def places(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    certificate = await _certificate(given, dialog_manager)
    found = await given.services.municipalities.confirmation_places(
        certificate.municipality_id if certificate is not None else given.municipality_id
    )
    return {
        "text": view.place_list(found, certificate, given.speech, data.get(NEAR)),
        "known": bool(found),
        "unknown": not found,
    }


async def number(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    certificate = await _certificate(given, dialog_manager)
    if certificate is None or certificate.state not in NUMBERED:
        return {"text": given.speech.say("refusal-not-found")}
    whole = await given.services.certificate_requests.show_number(given.actor, certificate.id)
    return {
        "text": given.speech.say(
            "certificate-number", first=certificate.child_name.first, whole=whole
        )
    }


async def form(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    child = await given.services.children.get_mine(given.actor, _child_id(dialog_manager))
    filled = answers(dialog_manager)
    return {
        "first": child.name.first,
        "name": child.name.full,
        "born": given.speech.short_day(child.born),
        "snils": view.masked_snils(filled.get("snils"), given.speech),
        "phone": filled.get("phone") or given.speech.say_plain("phone-none"),
    }


async def receipt(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    certificate = await given.services.certificate_requests.get_mine(
        given.actor, int(dialog_manager.dialog_data["certificate_id"])
    )
    found = await given.services.municipalities.confirmation_places(certificate.municipality_id)
    holds = await given.services.consents.holds(given.actor, ConsentKind.MAILINGS)
    return {
        "text": view.receipt(certificate, found, given.speech),
        "may_ask_mailings": not holds,
    }


async def refused(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    return {
        "text": kept_text(dialog_manager, given.speech),
        "has_certificate": kept_code(dialog_manager) == CertificateExists.code,
    }


def _child_id(manager: DialogManager) -> int:
    """The child in question: chosen here, or named by whoever opened the conversation."""
    return int(manager.dialog_data.get("child_id") or start_of(manager)["child_id"])


async def certificate_of_child(given: Given, child_id: int) -> CertificateView | None:
    return await given.services.certificate_requests.of_child(given.actor, child_id)


async def _certificate(given: Given, manager: DialogManager) -> CertificateView | None:
    return await certificate_of_child(given, _child_id(manager))
