"""What a family hears of its visit to a point: mended, or handed on to a specialist."""

from __future__ import annotations

from aiogram.methods import SendMessage

from bot.outgoing.notices import Operation, Order, notice
from bot.views.notices import OpenCertificate, OpenContacts, button, keyboard
from core.domain.actors import Actor
from core.domain.certificates import UNDECIDED
from core.domain.refusals import NotFound
from core.services.certificates.views import CertificateView


@notice("certificate.mended")
async def certificate_mended(order: Order) -> Operation | None:
    """What was entered wrongly is as the papers have it."""
    certificate = await _theirs(order)
    return _telling(order, certificate, "certificate-mended") if certificate else None


@notice("certificate.under_review")
async def certificate_under_review(order: Order) -> Operation | None:
    """A specialist compares; nothing once there is a decision."""
    certificate = await _theirs(order)
    if certificate is None or certificate.state not in UNDECIDED:
        return None
    return _telling(order, certificate, "certificate-under-review-told")


async def _theirs(order: Order) -> CertificateView | None:
    if order.recipient.person_id is None:
        return None
    reader = Actor(
        person_id=order.recipient.person_id, locale=order.speech.locale, municipality_id=None
    )
    try:
        return await order.services.certificate_requests.get_mine(reader, order.entity_id)
    except NotFound:
        return None


def _telling(order: Order, certificate: CertificateView, key: str) -> Operation:
    text = order.speech.say(key, first=certificate.child_name.first, number=str(certificate.id))
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            text=text,
            reply_markup=keyboard(
                button(
                    order.speech,
                    "open-certificate",
                    OpenCertificate(child_id=certificate.child_id),
                ),
                button(order.speech, "ask", OpenContacts()),
            ),
        )
    )
