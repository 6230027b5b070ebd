"""A list, the fields of one task, what the other registry answered, a receipt."""

from __future__ import annotations

from aiogram.fsm.state import State
from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.kbd import Button, Row

from bot.dialogs.consents.gate import personal
from bot.dialogs.documents import Document
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.registry_tasks import actions, getters
from bot.dialogs.registry_tasks.states import RegistryDesk
from bot.dialogs.screens import button, rows, screen, switch
from bot.dialogs.widgets import Ready, T

_DIGITS = frozenset({Document.NUMBER, Document.PASSPORT})
"""Ten digits are asked for here: they may look like a passport's."""


def dialog() -> Dialog:
    return Dialog(_listing(), _task(), *_answers(), *_receipts(), on_start=personal())


def _listing() -> Window:
    return screen(
        T("registry-tasks", "count", when="something"),
        T("registry-tasks-none", when="nothing"),
        rows("task", RegistryDesk.listing, "tasks", actions.choose),
        page_turns(RegistryDesk.listing),
        state=RegistryDesk.listing,
        getter=getters.listing,
        ear=Ear(expects="expects-buttons"),
    )


def _task() -> Window:
    return screen(
        T("registry-task", "subject", "id", when="open"),
        Ready("fields", when="open"),
        T("registry-task-ended", "subject", "id", when="ended"),
        button(
            "registry-number", RegistryDesk.task, switch(RegistryDesk.number), when="certificate"
        ),
        button("registry-entered", RegistryDesk.task, actions.mark_entered, when="application"),
        button("registry-refused", RegistryDesk.task, switch(RegistryDesk.reason), when="open"),
        state=RegistryDesk.task,
        getter=getters.task,
        back=switch(RegistryDesk.listing),
        ear=Ear(expects="expects-buttons"),
    )


def _answers() -> list[Window]:
    return [
        screen(
            T("registry-number"),
            state=RegistryDesk.number,
            back=switch(RegistryDesk.task),
            ear=Ear(expects="expects-task-number", text=actions.take_number, takes=_DIGITS),
        ),
        screen(
            T("registry-number-check", "number"),
            Row(
                button("registry-send", RegistryDesk.number_check, actions.enter_number),
                button("registry-change", RegistryDesk.number_check, switch(RegistryDesk.number)),
            ),
            state=RegistryDesk.number_check,
            getter=getters.typed,
            back=switch(RegistryDesk.number),
            ear=Ear(
                expects="expects-check",
                yes=actions.enter_number_by_word,
                no=actions.type_number_again,
                text=actions.take_number,
                takes=_DIGITS,
            ),
        ),
        screen(
            T("registry-reason", "least", "most"),
            state=RegistryDesk.reason,
            getter=getters.typed,
            back=switch(RegistryDesk.task),
            ear=Ear(expects="expects-reason", text=actions.take_reason),
        ),
        screen(
            T("registry-reason-check", "note"),
            Row(
                button("registry-send", RegistryDesk.reason_check, actions.refuse),
                button("registry-change", RegistryDesk.reason_check, switch(RegistryDesk.reason)),
            ),
            state=RegistryDesk.reason_check,
            getter=getters.typed,
            back=switch(RegistryDesk.reason),
            ear=Ear(
                expects="expects-check",
                yes=actions.refuse_by_word,
                no=actions.type_reason_again,
                text=actions.take_reason,
            ),
        ),
    ]


def _receipts() -> list[Window]:
    return [
        screen(
            T("registry-done", "count"),
            _next(RegistryDesk.done),
            state=RegistryDesk.done,
            getter=getters.rest,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("registry-late", "count"),
            _next(RegistryDesk.late),
            state=RegistryDesk.late,
            getter=getters.rest,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
    ]


def _next(state: State) -> Button:
    return button("registry-next", state, switch(RegistryDesk.listing))
