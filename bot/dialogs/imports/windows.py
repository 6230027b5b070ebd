"""What the file is, what it would do, what it has done."""

from __future__ import annotations

from aiogram_dialog import Dialog

from bot.dialogs.imports import actions, getters
from bot.dialogs.imports.states import StaffImport
from bot.dialogs.listening import Ear
from bot.dialogs.screens import button, picks, screen, switch
from bot.dialogs.widgets import Label, Ready, T


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("imports-kind-guess", "guess", "municipality", when="guessed"),
            T("imports-kind-ask", "municipality", when="unknown"),
            picks("pick", StaffImport.kind, "kinds", actions.choose),
            button("cancel-file", StaffImport.kind, actions.cancel),
            state=StaffImport.kind,
            getter=getters.kind,
            back_button=False,
            leave=actions.leave,
            ear=Ear(expects="expects-import-kind", yes=actions.agree, no=actions.cancel_by_word),
        ),
        screen(
            T("imports-too-big"),
            state=StaffImport.too_big,
            back_button=False,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("imports-unreadable"),
            Ready("refused"),
            state=StaffImport.unreadable,
            getter=getters.unreadable,
            back_button=False,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("imports-families-off"),
            state=StaffImport.families_off,
            back_button=False,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("imports-trial", "kind", "municipality"),
            Ready("counts"),
            Ready("rows", when="told"),
            T(
                "imports-missing",
                "programmes",
                "published",
                "groups",
                "listed",
                when="archivable",
            ),
            T("imports-trial-decide", when="clean"),
            T("imports-trial-partly", when="partly"),
            T("imports-trial-nothing", when="nothing"),
            button("accept-file", StaffImport.trial, actions.accept, when="clean"),
            button(
                "accept-archiving",
                StaffImport.trial,
                actions.accept_archiving,
                when="archivable",
            ),
            button("accept-good", StaffImport.trial, actions.accept_good, when="partly"),
            button("cancel-file", StaffImport.trial, actions.cancel),
            state=StaffImport.trial,
            getter=getters.trial,
            back=switch(StaffImport.kind),
            leave=actions.leave,
            ear=Ear(
                expects="expects-import-decision",
                yes=actions.agree_to_all,
                no=actions.cancel_by_word,
            ),
        ),
        screen(
            T("imports-many", "programmes", "published", "groups", "listed", "municipality"),
            button(
                "archive-many",
                StaffImport.many,
                actions.accept_archiving_many,
                text=Label("button-archive-many", "programmes", "groups"),
            ),
            state=StaffImport.many,
            getter=getters.many,
            back=switch(StaffImport.trial),
            leave=actions.leave,
            ear=Ear(expects="expects-import-decision", no=actions.cancel_by_word),
        ),
        screen(
            T("imports-done", "kind", "municipality", when="loaded"),
            T("imports-known", "kind", "municipality", when="known"),
            Ready("counts"),
            state=StaffImport.done,
            getter=getters.done,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=actions.begin,
    )
