"""Reminders of what waits too long: a line in the chat's topic, a word to club and centre."""

from __future__ import annotations

from functools import partial

from aiogram.methods import SendMessage
from markupsafe import Markup

from bot.outgoing.notices import Operation, Order, notice
from bot.outgoing.notices.cards import TOPIC_GONE, topic_for
from bot.views.links import message_link
from core.db.engine import Tx
from core.domain.staff import CardSubject
from core.services.chats.cards import CardPlace
from core.services.chats.steps import topic_gone


@notice("cards.waiting")
async def waiting(order: Order) -> Operation | None:
    """Nothing when all has been decided meanwhile. A lost topic is made anew instead, and its
    cards come again: they remind of themselves."""
    subject = CardSubject(order.entity)
    services, chat_id = order.services, order.entity_id
    found = await services.reminders.find_waiting(subject, chat_id)
    if found is None:
        return None
    place = await services.cards.find_place(subject, found.oldest_id, chat_id)
    if place is None:
        return None
    if place.lacks_topic:
        return topic_for(order, subject, place)

    number = f"\N{NUMERO SIGN} {found.oldest_id}"
    link = message_link(order.recipient.chat_id, place.message_id)
    text = order.speech.say(
        f"reminder-{subject.value}",
        count=found.count,
        number=Markup(f'<a href="{link}">{number}</a>') if link else number,
        days=found.days,
    )
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id, message_thread_id=place.thread_id, text=text
        ),
        mend_on=TOPIC_GONE,
        mend=partial(_forget_topic, place),
    )


@notice("application.silent")
async def silent(order: Order) -> Operation | None:
    """To the club's own people, in private: no word about the family."""
    return await _about(order, "reminder-silent")


@notice("application.overdue")
async def overdue(order: Order) -> Operation | None:
    """To the centre: the club has not answered."""
    return await _about(order, "reminder-overdue")


async def _about(order: Order, key: str) -> Operation | None:
    found = await order.services.reminders.find_silent(order.entity_id)
    if found is None:
        return None
    place = None
    if order.recipient.bound_chat_id is not None:
        place = await order.services.cards.find_place(
            CardSubject.APPLICATIONS, found.id, order.recipient.bound_chat_id
        )
    text = order.speech.say(
        key,
        id=str(found.id),
        days=found.days,
        programme=found.programme,
        organisation=found.organisation,
        centre=found.centre,
        phone=found.phone or "",
        called="yes" if found.phone else "no",
    )
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            message_thread_id=place.thread_id if place else None,
            text=text,
        ),
        mend_on=TOPIC_GONE,
        mend=None if place is None else partial(_forget_topic, place),
    )


async def _forget_topic(place: CardPlace, tx: Tx) -> None:
    if place.topic_id is not None and place.thread_id is not None:
        await topic_gone(tx, place.topic_id, place.thread_id)
