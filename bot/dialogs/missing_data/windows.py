"""One answer, a check, a receipt; and for staff: what to ask, in words."""

from __future__ import annotations

from aiogram_dialog import Dialog

from bot.dialogs.consents.gate import personal
from bot.dialogs.documents import Document
from bot.dialogs.listening import Ear
from bot.dialogs.missing_data import actions, getters
from bot.dialogs.missing_data.states import MissingDataForm, StaffNeed
from bot.dialogs.screens import button, screen
from bot.dialogs.widgets import T


def dialogs() -> list[Dialog]:
    return [_answering(), _asking()]


def _answering() -> Dialog:
    return Dialog(
        screen(
            T("need-answer", "first", "number", "asked", "example"),
            state=MissingDataForm.answer,
            getter=getters.form,
            ear=Ear(
                expects="expects-need",
                text=actions.take_text,
                contact=actions.take_contact,
                takes=frozenset({Document.SNILS}),
            ),
        ),
        screen(
            T("need-check", "number", "value"),
            button("send-need", MissingDataForm.check, actions.send),
            button("change-need", MissingDataForm.check, actions.change),
            state=MissingDataForm.check,
            getter=getters.form,
            back=actions.change,
            ear=Ear(expects="expects-check", yes=actions.send_by_word, no=actions.change_by_word),
        ),
        screen(
            T("need-receipt", "first", "number"),
            state=MissingDataForm.receipt,
            getter=getters.form,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("need-nothing"),
            state=MissingDataForm.nothing,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(actions.begin),
    )


def _asking() -> Dialog:
    return Dialog(
        screen(
            T("need-typing", "id", "least", "most"),
            state=StaffNeed.typing,
            getter=getters.staff,
            ear=Ear(expects="expects-reason", text=actions.take_need),
        ),
        screen(
            T("need-done", "id"),
            state=StaffNeed.done,
            getter=getters.staff,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("reason-none"),
            state=StaffNeed.nothing,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(),
    )
