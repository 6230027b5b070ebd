"""One answer, a check, a receipt; and what to say when somebody decided meanwhile."""

from __future__ import annotations

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Row

from bot.dialogs.consents.gate import personal
from bot.dialogs.listening import Ear
from bot.dialogs.screens import button, screen
from bot.dialogs.staff_reason import actions, getters
from bot.dialogs.staff_reason.states import StaffReason
from bot.dialogs.widgets import Label, T


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("reason-typing", "subject", "id", "least", "most"),
            state=StaffReason.typing,
            getter=getters.form,
            ear=Ear(expects="expects-reason", text=actions.take_note),
        ),
        screen(
            T("reason-checking", "subject", "id", "note"),
            Row(
                button(
                    "send", StaffReason.checking, actions.send, text=Label("reason-button-send")
                ),
                button(
                    "change",
                    StaffReason.checking,
                    actions.change,
                    text=Label("reason-button-change"),
                ),
            ),
            state=StaffReason.checking,
            getter=getters.form,
            back=actions.change,
            ear=Ear(
                expects="expects-reason-check",
                yes=actions.send_by_word,
                no=actions.change_by_word,
                text=actions.take_note,
            ),
        ),
        screen(
            T("reason-done", "subject", "id"),
            state=StaffReason.done,
            getter=getters.form,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("reason-late", "subject", "id", "decided"),
            state=StaffReason.late,
            getter=getters.decided,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("reason-none"),
            state=StaffReason.nothing,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(),
    )
