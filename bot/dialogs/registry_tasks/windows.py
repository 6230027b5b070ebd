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
from bot.dialogs.registry_tasks.states import StaffTasks
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
        rows("task", StaffTasks.listing, "tasks", actions.choose),
        page_turns(StaffTasks.listing),
        state=StaffTasks.listing,
        getter=getters.listing,
        ear=Ear(expects="expects-buttons"),
    )


def _task() -> Window:
    return screen(
        T("registry-task", "subject", "id", when="open"),
        Ready("fields", when="open"),
        T("registry-task-ended", "subject", "id", when="ended"),
        button("registry-number", StaffTasks.task, switch(StaffTasks.number), when="certificate"),
        button("registry-entered", StaffTasks.task, actions.mark_entered, when="application"),
        button("registry-refused", StaffTasks.task, switch(StaffTasks.reason), when="open"),
        state=StaffTasks.task,
        getter=getters.task,
        back=switch(StaffTasks.listing),
        ear=Ear(expects="expects-buttons"),
    )


def _answers() -> list[Window]:
    return [
        screen(
            T("registry-number"),
            state=StaffTasks.number,
            back=switch(StaffTasks.task),
            ear=Ear(expects="expects-task-number", text=actions.take_number, takes=_DIGITS),
        ),
        screen(
            T("registry-number-check", "number"),
            Row(
                button("registry-send", StaffTasks.number_check, actions.enter_number),
                button("registry-change", StaffTasks.number_check, switch(StaffTasks.number)),
            ),
            state=StaffTasks.number_check,
            getter=getters.typed,
            back=switch(StaffTasks.number),
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
            state=StaffTasks.reason,
            getter=getters.typed,
            back=switch(StaffTasks.task),
            ear=Ear(expects="expects-reason", text=actions.take_reason),
        ),
        screen(
            T("registry-reason-check", "note"),
            Row(
                button("registry-send", StaffTasks.reason_check, actions.refuse),
                button("registry-change", StaffTasks.reason_check, switch(StaffTasks.reason)),
            ),
            state=StaffTasks.reason_check,
            getter=getters.typed,
            back=switch(StaffTasks.reason),
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
            _next(StaffTasks.done),
            state=StaffTasks.done,
            getter=getters.rest,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("registry-late", "count"),
            _next(StaffTasks.late),
            state=StaffTasks.late,
            getter=getters.rest,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
    ]


def _next(state: State) -> Button:
    return button("registry-next", state, switch(StaffTasks.listing))
