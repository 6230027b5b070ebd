"""The form of a child: two answers, a check, a receipt."""

from __future__ import annotations

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Group, Row

from bot.dialogs.children import actions, getters, twins
from bot.dialogs.children.states import ChildForm
from bot.dialogs.consents.gate import personal
from bot.dialogs.listening import Ear
from bot.dialogs.screens import button, opening, screen
from bot.dialogs.search.states import Search
from bot.dialogs.widgets import Label, T
from core.domain.family import SAID_BY_THEMSELVES


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("child-name"),
            T("child-now", "name", when="name"),
            state=ChildForm.name,
            getter=getters.form,
            back=actions.back_from_name,
            ear=Ear(expects="expects-name", text=actions.take_name),
        ),
        screen(
            T("child-born", "first"),
            state=ChildForm.born,
            getter=getters.form,
            back=actions.back_from_birth_date,
            ear=Ear(expects="expects-born", text=actions.take_birth_date),
        ),
        screen(
            T("child-check", "name", "born"),
            button("confirm", ChildForm.check, actions.confirm),
            Row(
                button("edit-name", ChildForm.check, actions.edit_name),
                button("edit-born", ChildForm.check, actions.edit_birth_date),
            ),
            button("drop-form", ChildForm.check, actions.drop, text=Label("button-not-save")),
            state=ChildForm.check,
            getter=getters.form,
            back=actions.edit_birth_date,
            ear=Ear(expects="expects-check", yes=actions.confirm_by_word, no=actions.edit_by_word),
        ),
        screen(
            T("child-receipt", "name", "years"),
            T("child-receipt-group", when="for_group"),
            T("child-receipt-certificate", when="for_certificate"),
            T("child-receipt-small", when="small"),
            button("go-on-applying", ChildForm.receipt, actions.go_on, when="for_group"),
            button("request-certificate", ChildForm.receipt, actions.go_on, when="for_certificate"),
            button("find", ChildForm.receipt, opening(Search.ask, anew=True)),
            button("twin", ChildForm.receipt, twins.begin),
            T("child-who-are-you", when="unsaid"),
            Group(
                *(
                    button(
                        f"kind-{kind.value.replace('_', '-')}",
                        ChildForm.receipt,
                        actions.saying(kind),
                        text=Label(f"button-kind-{kind.value.replace('_', '-')}"),
                    )
                    for kind in SAID_BY_THEMSELVES
                ),
                width=2,
                when="unsaid",
            ),
            state=ChildForm.receipt,
            getter=getters.registered,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("child-known", "name", "born"),
            button("go-on-applying", ChildForm.known, actions.go_on, when="for_group"),
            button("open-child", ChildForm.known, actions.go_on, when="for_certificate"),
            state=ChildForm.known,
            getter=getters.registered,
            ear=Ear(expects="expects-buttons"),
        ),
        *twins.windows(),
        on_start=personal(actions.begin),
        on_process_result=actions.after_consent,
    )
