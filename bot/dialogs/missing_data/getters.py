from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.certificates.getters import certificate_of_child
from bot.dialogs.consents.actions import start_of
from bot.dialogs.given import given_from
from bot.dialogs.missing_data.actions import NEEDED, shown_value
from bot.dialogs.stack import answers
from bot.views.certificates import needed_words
from core.domain.staff import LEAST_NOTE, MOST_NOTE


async def form(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """What is asked, about which request, and what is typed so far."""
    given = given_from(data)
    certificate = await certificate_of_child(given, int(start_of(dialog_manager)["child_id"]))
    needed = dialog_manager.dialog_data.get(NEEDED, "")
    return {
        "first": certificate.child_name.first if certificate else "",
        "number": str(certificate.id) if certificate else "",
        "asked": needed_words(certificate, given.speech) if certificate else "",
        "example": given.speech.say_plain("need-example", needed=needed or "other"),
        "value": shown_value(answers(dialog_manager)),
    }


async def staff(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    start = dialog_manager.start_data
    number = start.get("id", "") if isinstance(start, dict) else ""
    return {"id": str(number), "least": LEAST_NOTE, "most": MOST_NOTE}
