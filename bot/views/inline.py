"""What is offered to whoever types after the bot's name in any chat: cards without anybody's data.

A card stays in that chat for ever, so it says when its seats were counted.
"""

from __future__ import annotations

from datetime import datetime

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.views.links import programme_link
from bot.views.programmes import ages, placed, price, seats, short_price
from core.i18n import Speech
from core.services.programmes.views import ProgrammeLine

START_FINDING = "find"
"""Payload of /start that opens the search."""


def article(
    line: ProgrammeLine,
    username: str,
    *,
    at: datetime,
    district: str,
    elsewhere: bool,
    speech: Speech,
) -> InlineQueryResultArticle:
    """A programme to send; its button opens it in private.

    `district`: its name, '' where the bot serves one only. Whoever reads the card in that chat may
    live in another one, so the card always says it; the list says it where `elsewhere`: it is not
    the district of whoever types.
    """
    button = InlineKeyboardButton(
        text=speech.say_plain("button-open-programme"), url=programme_link(username, line.id)
    )
    left = seats(line.seats_left, speech)
    years = ages(line.age_from_months, line.age_to_months, speech)
    description = speech.say_plain(
        "inline-description",
        ages=years,
        seats=left,
        price=short_price(line.price_kopecks, speech),
        organisation=line.organisation_name,
    )
    if district and elsewhere:
        # first, since a list cuts the end of a long line
        description = speech.say_plain(
            "inline-description-elsewhere", district=district, description=description
        )
    return InlineQueryResultArticle(
        id=str(line.id),
        title=line.title,
        description=description,
        input_message_content=InputTextMessageContent(
            message_text=speech.say(
                "inline-card",
                title=line.title,
                organisation=placed(line.organisation_name, district, speech),
                ages=years,
                price=price(line.price_kopecks, speech),
                seats=left,
                moment=speech.moment(at),
            ),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]),
    )


def nothing_button(speech: Speech) -> InlineQueryResultsButton:
    """Above an empty list: the way to the search in private."""
    return InlineQueryResultsButton(
        text=speech.say_plain("button-inline-open"), start_parameter=START_FINDING
    )
