"""The card of a certificate as a picture and as PDF; the caption says all that the picture does."""

from __future__ import annotations

import asyncio

from aiogram import Bot
from aiogram.types import BufferedInputFile, CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.certificates.actions import child_of
from bot.dialogs.given import given
from bot.dialogs.refusing import say_refusal
from bot.views.days import day_and_month
from bot.views.links import certificate_link
from core.documents.cards import CardWords, draw_card
from core.domain.refusals import NotFound
from core.i18n import Speech
from core.services.certificates.cards import CardFacts


async def send_card(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Two messages, then the screen again below them."""
    surroundings = given(manager)
    services, actor = surroundings.services, surroundings.actor
    bot: Bot = manager.middleware_data["bot"]
    try:
        found = await services.certificate_requests.of_child(actor, child_of(manager))
        if found is None:
            raise NotFound(what="certificate")
        facts = await services.certificate_cards.get_card(actor, found.id)
    except NotFound as refusal:
        say_refusal(manager, refusal)
        return
    speech = surroundings.speech
    username = (await bot.me()).username or ""
    words = _words(facts, certificate_link(username, facts.token), speech)
    drawn = await asyncio.to_thread(draw_card, words)
    chat_id = manager.middleware_data["event_chat"].id
    await bot.send_photo(
        chat_id,
        BufferedInputFile(drawn.png, "certificate.png"),
        caption=speech.say(
            "card-caption",
            child=words.child,
            number=words.number,
            place=words.place,
            until=words.validity,
            link=words.link,
        ),
    )
    await bot.send_document(chat_id, BufferedInputFile(drawn.pdf, "certificate.pdf"))
    await manager.show(ShowMode.SEND)


async def replace_link(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """The card that went astray opens nothing; a new one is sent at once."""
    surroundings = given(manager)
    services, actor = surroundings.services, surroundings.actor
    try:
        found = await services.certificate_requests.of_child(actor, child_of(manager))
        if found is None:
            raise NotFound(what="certificate")
        await services.certificate_cards.replace_link(actor, found.id)
    except NotFound as refusal:
        say_refusal(manager, refusal)
        return
    await send_card(_callback, _button, manager)


def _words(facts: CardFacts, link: str, speech: Speech) -> CardWords:
    number = f"{facts.number[:2]} {facts.number[2:4]} {facts.number[4:]}"
    return CardWords(
        place=facts.place,
        title=speech.say_plain("card-title"),
        child=facts.child_name.full,
        number_label=speech.say_plain("card-number"),
        number=number,
        validity=speech.say_plain(
            "card-validity", day=f"{day_and_month(facts.until, speech)} {facts.until.year}"
        ),
        qr_label=speech.say_plain("card-qr"),
        link=link,
    )
