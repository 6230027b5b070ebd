"""Two answers, then: found, not found (one wording for wrong, foreign and absent), or later."""

from __future__ import annotations

from typing import Any

from aiogram_dialog import Dialog, DialogManager

from bot.dialogs.attaching import actions
from bot.dialogs.attaching.states import AttachForm
from bot.dialogs.consents.gate import personal
from bot.dialogs.documents import Document
from bot.dialogs.listening import Ear
from bot.dialogs.questions.states import Questions
from bot.dialogs.screens import button, opening, screen, switch
from bot.dialogs.search.states import Search
from bot.dialogs.widgets import T


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("attach-number"),
            state=AttachForm.number,
            ear=Ear(
                expects="expects-certificate-number",
                text=actions.take_number,
                takes=frozenset(Document),  # ten digits may look like a passport's
            ),
        ),
        screen(
            T("attach-born"),
            state=AttachForm.born,
            back=switch(AttachForm.number),
            ear=Ear(expects="expects-born", text=actions.take_birth_date),
        ),
        screen(
            T("attach-found", "first", "tail"),
            button("open-certificate", AttachForm.found, actions.open_certificate),
            button("find", AttachForm.found, opening(Search.ask, anew=True)),
            state=AttachForm.found,
            getter=_found,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("attach-unknown"),
            button("attach-again", AttachForm.unknown, actions.again),
            button("request-certificate", AttachForm.unknown, actions.request_one),
            button("ask", AttachForm.unknown, opening(Questions.contacts, anew=True)),
            state=AttachForm.unknown,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("refusal-tries-spent"),
            button("ask", AttachForm.later, opening(Questions.contacts, anew=True)),
            state=AttachForm.later,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(actions.begin),
        on_process_result=actions.after_consent,
    )


async def _found(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    return {
        "first": dialog_manager.dialog_data.get("first", ""),
        "tail": dialog_manager.dialog_data.get("tail", ""),
    }
