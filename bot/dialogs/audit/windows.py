"""Ask for a child or a person; choose among several; the lines, by pages."""

from __future__ import annotations

from aiogram_dialog import Dialog

from bot.dialogs.audit import actions, getters
from bot.dialogs.audit.states import StaffAudit
from bot.dialogs.documents import Document
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.screens import button, rows, screen, switch
from bot.dialogs.widgets import Ready, T


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("audit-ask"),
            button("audit-people", StaffAudit.ask, switch(StaffAudit.people)),
            state=StaffAudit.ask,
            ear=Ear(
                expects="expects-audit-number",
                text=actions.take_number,
                takes=frozenset({Document.NUMBER}),
            ),
        ),
        screen(
            T("audit-several"),
            rows("child", StaffAudit.several, "children", actions.choose_child),
            page_turns(StaffAudit.several),
            state=StaffAudit.several,
            getter=getters.several,
            back=switch(StaffAudit.ask),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("audit-people"),
            rows("person", StaffAudit.people, "people", actions.choose_person),
            page_turns(StaffAudit.people),
            state=StaffAudit.people,
            getter=getters.people,
            back=switch(StaffAudit.ask),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            Ready("text"),
            page_turns(StaffAudit.lines),
            state=StaffAudit.lines,
            getter=getters.lines,
            back=switch(StaffAudit.ask),
            ear=Ear(expects="expects-buttons"),
        ),
    )
