"""What goes to staff: topics, cards in the moderation chat, details and questions in private.

A card is sent once and edited from then on. In a forum it belongs to its topic: where the topic
is not there yet, the topic is made and the card follows by a row of its own; what Telegram says
is gone (topic, message) is forgotten, and the row is tried again.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

from aiogram.methods import CreateForumTopic, EditMessageText, SendMessage
from aiogram.types import ForumTopic, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.outgoing.notices import After, Operation, Order, notice
from bot.views.cards import AnyCard, WriteReason, card_keyboard, card_text, code_of
from bot.views.details import application_details, certificate_deeds, certificate_details
from core.db.engine import Tx
from core.domain.actors import Actor
from core.domain.refusals import NotAllowed, NotFound
from core.domain.staff import CardSubject
from core.services.certificates.views import CertificateCard
from core.services.chats.cards import CardPlace
from core.services.chats.steps import (
    card_gone,
    card_placed,
    topic_gone,
    topic_opened,
    topics_refused,
)
from core.services.enrolments.views import ApplicationCard

_Card = TypeVar("_Card", CertificateCard, ApplicationCard)

TOPIC_GONE = ("message thread not found", "topic_closed", "topic_deleted")
_CARD_GONE = ("message to edit not found", "message can't be edited")
_NO_TOPICS = ("not enough rights", "the chat is not a forum", "chat_admin_required")


@notice("topic.open")
async def open_topic(order: Order) -> Operation | None:
    """Make a topic a forum still lacks."""
    topic = await order.services.cards.find_topic_to_open(order.entity_id)
    if topic is None:
        return None

    async def after(tx: Tx, result: ForumTopic) -> None:
        await topic_opened(tx, topic.id, result.message_thread_id)

    return _making(order, topic.subject, after)


@notice("card.certificate")
@notice("card.certificate.again")
async def certificate_card(order: Order) -> Operation | None:
    """Send or edit the card of a certificate request."""
    card = await _found(order.services.certificate_decisions.card(order.entity_id))
    return await _show(order, CardSubject.CERTIFICATES, card)


@notice("card.application")
@notice("card.application.again")
async def application_card(order: Order) -> Operation | None:
    """Send or edit the card of an application."""
    card = await _found(order.services.application_decisions.card(order.entity_id))
    return await _show(order, CardSubject.APPLICATIONS, card)


@notice("details.certificate")
async def details_of_certificate(order: Order) -> Operation | None:
    """The personal fields, to whoever pressed and still holds the role."""
    try:
        details = await order.services.certificate_decisions.open(_actor(order), order.entity_id)
    except (NotFound, NotAllowed):
        return None
    speech = order.speech
    return _private(order, certificate_details(details, speech), certificate_deeds(details, speech))


@notice("details.application")
async def details_of_application(order: Order) -> Operation | None:
    """The personal fields, to whoever pressed and still holds the role."""
    try:
        details = await order.services.application_decisions.open(_actor(order), order.entity_id)
    except (NotFound, NotAllowed):
        return None
    return _private(order, application_details(details, order.speech))


@notice("card.reason")
async def reason_question(order: Order) -> Operation | None:
    """Ask for a refusal's reason in words, with the button that begins it."""
    subject = CardSubject(order.entity)
    try:
        await order.services.cards.check_right(_actor(order), subject, order.entity_id)
    except NotFound:
        return None
    press = WriteReason(
        subject=code_of(subject), id=order.entity_id, version=order.params["card_version"]
    )
    text = order.speech.say(
        "reason-asked",
        subject=order.speech.say_plain("reason-subject", subject=subject.value),
        id=str(order.entity_id),
    )
    button = InlineKeyboardButton(
        text=order.speech.say_plain("reason-button-write"), callback_data=press.pack()
    )
    return _private(order, text, InlineKeyboardMarkup(inline_keyboard=[[button]]))


async def _found(reading: Awaitable[_Card]) -> _Card | None:
    try:
        return await reading
    except NotFound:
        return None


async def _show(order: Order, subject: CardSubject, card: AnyCard | None) -> Operation | None:
    bound_chat_id = order.recipient.bound_chat_id
    if card is None or bound_chat_id is None:
        return None
    place = await order.services.cards.find_place(subject, card.id, bound_chat_id)
    if place is None:
        return None
    if place.message_id is not None:
        return _edit(order, place, place.message_id, card)
    if place.lacks_topic:
        return topic_for(order, subject, place)
    return _send(order, place, card)


def topic_for(order: Order, subject: CardSubject, place: CardPlace) -> Operation:
    """Make the topic a card lacks; the card, and what waited in a lost topic, follow by rows of
    their own."""

    async def after(tx: Tx, result: ForumTopic) -> None:
        await order.services.cards.topic_opened_for(tx, place, result.message_thread_id)

    return _making(order, subject, after)


def _send(order: Order, place: CardPlace, card: AnyCard) -> Operation:
    async def after(tx: Tx, result: Message) -> None:
        await card_placed(tx, place.card, result.message_id)

    async def mend(tx: Tx) -> None:
        if place.topic_id is not None and place.thread_id is not None:
            await topic_gone(tx, place.topic_id, place.thread_id)

    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            message_thread_id=place.thread_id,
            text=card_text(card, order.speech),
            reply_markup=card_keyboard(card, order.speech),
        ),
        after=after,
        mend_on=TOPIC_GONE,
        mend=mend,
    )


def _edit(order: Order, place: CardPlace, message_id: int, card: AnyCard) -> Operation:
    async def mend(tx: Tx) -> None:
        await card_gone(tx, place.card, message_id)

    return Operation(
        method=EditMessageText(
            chat_id=order.recipient.chat_id,
            message_id=message_id,
            text=card_text(card, order.speech),
            reply_markup=card_keyboard(card, order.speech),
        ),
        mend_on=_CARD_GONE,
        mend=mend,
    )


def _making(order: Order, subject: CardSubject, after: After) -> Operation:
    bound_chat_id = order.recipient.bound_chat_id

    async def mend(tx: Tx) -> None:
        if bound_chat_id is not None:
            await topics_refused(tx, bound_chat_id)

    return Operation(
        method=CreateForumTopic(
            chat_id=order.recipient.chat_id, name=order.speech.say_plain(f"topic-{subject.value}")
        ),
        after=after,
        mend_on=_NO_TOPICS,
        mend=mend,
    )


def _private(order: Order, text: str, keyboard: InlineKeyboardMarkup | None = None) -> Operation:
    # forwarding personal fields out of the private chat is what the card was made to avoid
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            text=text,
            reply_markup=keyboard,
            protect_content=True,
        )
    )


def _actor(order: Order) -> Actor:
    """Who pressed; services check what he may see now."""
    if order.recipient.person_id is None:
        raise NotFound()
    return Actor(
        person_id=order.recipient.person_id, locale=order.speech.locale, municipality_id=None
    )
