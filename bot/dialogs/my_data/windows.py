"""One window: all that is held."""

from __future__ import annotations

from typing import Any

from aiogram_dialog import Dialog

from bot.dialogs.consents.gate import personal
from bot.dialogs.given import given_from
from bot.dialogs.listening import Ear
from bot.dialogs.my_data.states import MyDataPage
from bot.dialogs.questions.states import Questions
from bot.dialogs.screens import button, opening, screen
from bot.dialogs.widgets import Ready
from bot.views.my_data import page


def dialog() -> Dialog:
    return Dialog(
        screen(
            Ready("text"),
            button("ask", MyDataPage.whole, opening(Questions.contacts)),
            state=MyDataPage.whole,
            getter=_held,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(),
    )


async def _held(**data: Any) -> dict[str, Any]:
    given = given_from(data)
    held = await given.services.my_data.of(given.actor)
    return {"text": page(held, given.speech)}
