"""One answer, a check, a receipt; and for staff: what to ask, in words."""

from __future__ import annotations

from aiogram.fsm.state import State
from aiogram_dialog import Dialog, Window

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
            ),
        ),
        _asking_number(MissingDataForm.snils, frozenset({Document.SNILS})),
        _asking_number(MissingDataForm.phone, frozenset(Document)),  # it may look like either
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


def _asking_number(state: State, takes: frozenset[Document]) -> Window:
    """The same where the answer is a number that is deleted anywhere else."""
    return screen(
        T("need-answer", "first", "number", "asked", "example"),
        state=state,
        getter=getters.form,
        ear=Ear(
            expects="expects-need",
            text=actions.take_number,
            contact=actions.take_contact if state is MissingDataForm.phone else None,
            takes=takes,
        ),
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
