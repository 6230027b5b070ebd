"""What a family hears about its certificate: the state at the moment of sending, in words.

The reader is the one who asked for the certificate; nothing is said when it is theirs no more.
"""

from __future__ import annotations

from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.outgoing.notices import Operation, Order, notice
from bot.views.certificates import status
from bot.views.notices import (
    OpenAdvice,
    OpenCertificate,
    OpenContacts,
    OpenNumber,
    button,
    keyboard,
)
from core.domain.actors import Actor
from core.domain.certificates import CertificateState
from core.domain.refusals import NotFound
from core.services.certificates.views import CertificateView


@notice("certificate.decided")
@notice("certificate.closed")
async def certificate_news(order: Order) -> Operation | None:
    """Confirmed, refused with the reason and how to mend it, or closed unvisited."""
    if order.recipient.person_id is None:
        return None
    reader = Actor(
        person_id=order.recipient.person_id, locale=order.speech.locale, municipality_id=None
    )
    try:
        certificate = await order.services.certificate_requests.get_mine(reader, order.entity_id)
    except NotFound:
        return None
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            text=status(certificate, order.speech),
            reply_markup=_buttons(certificate, order),
        )
    )


def _buttons(certificate: CertificateView, order: Order) -> InlineKeyboardMarkup:
    speech, child_id = order.speech, certificate.child_id
    if certificate.state is CertificateState.ACTIVE:
        return keyboard(
            button(speech, "show-number", OpenNumber(child_id=child_id)),
            button(speech, "pick-programme", OpenAdvice(child_id=child_id)),
        )
    return keyboard(
        button(speech, "open-certificate", OpenCertificate(child_id=child_id)),
        button(speech, "ask", OpenContacts()),
    )
