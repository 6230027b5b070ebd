"""A certificate the bot did not find: the card for staff, the details in private, the answer."""

from __future__ import annotations

from aiogram.methods import SendMessage

from bot.outgoing.notices import Operation, Order, notice
from bot.views.attaching import task_details, task_keyboard, task_text
from bot.views.notices import AttachCertificate, OpenContacts, button, keyboard
from core.domain.actors import Actor
from core.domain.attaching import TaskOutcome
from core.domain.refusals import NotFound
from core.domain.staff import CardSubject


@notice("attach.task")
async def task_card(order: Order) -> Operation | None:
    """Into the topic of certificates where the chat has one; nothing once it is settled."""
    bound_chat_id = order.recipient.bound_chat_id
    card = await order.services.attach_tasks.card(order.entity_id)
    if bound_chat_id is None or not card.open:
        return None
    place = await order.services.cards.find_place(CardSubject.CERTIFICATES, 0, bound_chat_id)
    if place is None:
        return None
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            message_thread_id=place.thread_id,
            text=task_text(card, order.speech),
            reply_markup=task_keyboard(card, order.speech),
        )
    )


@notice("attach.details")
async def details_in_private(order: Order) -> Operation | None:
    """To whoever pressed and still holds the role."""
    if order.recipient.person_id is None:
        return None
    actor = Actor(
        person_id=order.recipient.person_id, locale=order.speech.locale, municipality_id=None
    )
    try:
        details = await order.services.attach_tasks.open(actor, order.entity_id)
    except NotFound:
        return None
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            text=task_details(details, order.speech),
            protect_content=True,
        )
    )


@notice("attach.settled")
async def answer_to_family(order: Order) -> Operation | None:
    """What the specialist found, and the one tap that follows."""
    card = await order.services.attach_tasks.card(order.entity_id)
    if card.outcome is None:
        return None
    speech = order.speech
    press = AttachCertificate()
    attach = button(speech, "attach-again", press)
    if card.outcome is TaskOutcome.ABSENT:
        attach = button(speech, "attach", press)
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            text=speech.say("attach-answer", outcome=card.outcome.value),
            reply_markup=keyboard(attach, button(speech, "ask", OpenContacts())),
        )
    )
