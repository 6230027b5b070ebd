"""What a family hears about its certificate: the state at the moment of sending, in words.

The reader is the one who asked for the certificate; nothing is said when it is theirs no more.
"""

from __future__ import annotations

from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.outgoing.notices import Operation, Order, notice
from bot.views.cards import WriteNeed
from bot.views.certificates import reminder, reopens, status
from bot.views.notices import (
    AnswerNeed,
    OpenAdvice,
    OpenCertificate,
    OpenContacts,
    OpenNumber,
    OpenPlaces,
    ReopenCertificate,
    button,
    keyboard,
)
from core.domain.actors import Actor
from core.domain.certificates import NUMBERED, CertificateState
from core.domain.refusals import NotFound
from core.services.certificates.views import CertificateView


@notice("certificate.decided")
@notice("certificate.closed")
async def certificate_news(order: Order) -> Operation | None:
    """Confirmed, refused with the reason and how to mend it, or closed unvisited."""
    certificate = await _certificate(order)
    if certificate is None:
        return None
    text = status(certificate, order.speech, order.today)
    return _message(order, text, _buttons(certificate, order))


@notice("certificate.reminded")
async def visit_reminder(order: Order) -> Operation | None:
    """The request still waits for the visit; nothing when it does no more."""
    certificate = await _certificate(order)
    if certificate is None or certificate.state is not CertificateState.AWAITING_VISIT:
        return None
    buttons = keyboard(
        button(order.speech, "places", OpenPlaces(child_id=certificate.child_id)),
        button(order.speech, "ask", OpenContacts()),
    )
    return _message(order, reminder(certificate, order.speech, order.today), buttons)


@notice("certificate.data-asked")
async def data_asked(order: Order) -> Operation | None:
    """Staff wait for one thing; nothing when they do no more."""
    certificate = await _certificate(order)
    if certificate is None or certificate.state is not CertificateState.NEEDS_DATA:
        return None
    buttons = keyboard(
        button(order.speech, "answer-need", AnswerNeed(child_id=certificate.child_id)),
        button(order.speech, "ask", OpenContacts()),
    )
    return _message(order, status(certificate, order.speech, order.today), buttons)


@notice("certificate.adult-soon")
async def adult_soon(order: Order) -> Operation | None:
    """The eighteenth birthday comes near."""
    certificate = await _certificate(order)
    if certificate is None or certificate.state not in NUMBERED:
        return None
    text = order.speech.say(
        "certificate-adult-soon",
        first=certificate.child_name.first,
        day=order.speech.day(certificate.adult_on),
    )
    return _message(order, text, _buttons(certificate, order))


@notice("certificate.grown")
async def grown(order: Order) -> Operation | None:
    """The reader may see the child no more, so no name is said."""
    if order.recipient.person_id is None:
        return None
    text = order.speech.say("certificate-grown")
    return _message(order, text, keyboard(button(order.speech, "ask", OpenContacts())))


@notice("card.need")
async def need_question(order: Order) -> Operation | None:
    """Ask a member of staff for the words of what the family is asked for."""
    if order.recipient.person_id is None:
        return None
    press = WriteNeed(id=order.entity_id, version=order.params["card_version"])
    return _message(
        order,
        order.speech.say("need-asked", id=str(order.entity_id)),
        keyboard(button(order.speech, "write-need", press)),
    )


async def _certificate(order: Order) -> CertificateView | None:
    """The reader's own certificate as it is now."""
    if order.recipient.person_id is None:
        return None
    reader = Actor(
        person_id=order.recipient.person_id, locale=order.speech.locale, municipality_id=None
    )
    try:
        return await order.services.certificate_requests.get_mine(reader, order.entity_id)
    except NotFound:
        return None


def _message(order: Order, text: str, buttons: InlineKeyboardMarkup) -> Operation:
    return Operation(
        method=SendMessage(chat_id=order.recipient.chat_id, text=text, reply_markup=buttons)
    )


def _buttons(certificate: CertificateView, order: Order) -> InlineKeyboardMarkup:
    speech, child_id = order.speech, certificate.child_id
    if certificate.state is CertificateState.ACTIVE:
        return keyboard(
            button(speech, "show-number", OpenNumber(child_id=child_id)),
            button(speech, "pick-programme", OpenAdvice(child_id=child_id)),
        )
    if reopens(certificate, speech, order.today):
        return keyboard(
            button(speech, "reopen", ReopenCertificate(child_id=child_id)),
            button(speech, "ask", OpenContacts()),
        )
    return keyboard(
        button(speech, "open-certificate", OpenCertificate(child_id=child_id)),
        button(speech, "ask", OpenContacts()),
    )
