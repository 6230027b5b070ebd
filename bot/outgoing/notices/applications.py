"""What a family hears about its application: the club agreed, or could not take the child."""

from __future__ import annotations

from aiogram.methods import SendMessage

from bot.outgoing.notices import Operation, Order, notice
from bot.views.applications import status
from bot.views.notices import OpenApplication, OpenContacts, OpenSearch, button, keyboard
from core.domain.actors import Actor
from core.domain.enrolment import ApplicationState
from core.domain.refusals import NotFound


@notice("application.decided")
async def application_decided(order: Order) -> Operation | None:
    """The state at the moment of sending; nothing when it is theirs no more."""
    if order.recipient.person_id is None:
        return None
    reader = Actor(
        person_id=order.recipient.person_id, locale=order.speech.locale, municipality_id=None
    )
    try:
        application = await order.services.applications.get_mine(reader, order.entity_id)
    except NotFound:
        return None
    speech = order.speech
    buttons = [
        button(speech, "my-application", OpenApplication(application_id=application.id)),
    ]
    if application.state is ApplicationState.REFUSED:
        buttons.append(button(speech, "find", OpenSearch()))
    else:
        buttons.append(button(speech, "ask", OpenContacts()))
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            text=status(application, speech),
            reply_markup=keyboard(*buttons),
        )
    )
