"""Windows of applying, and of one application."""

from __future__ import annotations

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Row

from bot.dialogs.applications import actions, getters
from bot.dialogs.applications.states import ApplicationPage, Apply
from bot.dialogs.consents.gate import personal
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.questions.states import Questions
from bot.dialogs.screens import button, opening, rows, screen, switch
from bot.dialogs.search.states import Search
from bot.dialogs.widgets import Ready, T


def dialogs() -> list[Dialog]:
    return [_applying(), _page()]


def _applying() -> Dialog:
    return Dialog(
        screen(
            T("apply-child"),
            rows("child", Apply.child, "children", actions.choose_child),
            page_turns(Apply.child),
            button("add-child", Apply.child, actions.add_child),
            state=Apply.child,
            getter=getters.child,
            ear=Ear(expects="expects-child"),
        ),
        screen(
            Ready("text"),
            button("confirm-apply", Apply.check, actions.confirm, when="possible"),
            button("other-child", Apply.check, actions.other_child, when="several"),
            state=Apply.check,
            getter=getters.check,
            ear=Ear(
                expects="expects-check",
                yes=actions.confirm_by_word,
                no=actions.turn_back_by_word,
            ),
        ),
        screen(
            Ready("text"),
            Row(
                button("my-application", Apply.receipt, actions.open_status),
                button("withdraw", Apply.receipt, actions.open_withdraw),
            ),
            state=Apply.receipt,
            getter=getters.receipt,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            Ready("text"),
            button(
                "open-certificate",
                Apply.refused,
                actions.request_certificate,
                when="certificate_needed",
            ),
            button("my-application", Apply.refused, actions.open_earlier, when="applied_already"),
            button("find", Apply.refused, opening(Search.ask)),
            button("ask", Apply.refused, opening(Questions.contacts)),
            state=Apply.refused,
            getter=getters.refused,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("apply-suggested"),
            button("find", Apply.suggested, opening(Search.ask, anew=True)),
            state=Apply.suggested,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(actions.begin),
        on_process_result=actions.after_step,
    )


def _page() -> Dialog:
    return Dialog(
        screen(
            Ready("text"),
            button(
                "withdraw",
                ApplicationPage.status,
                switch(ApplicationPage.withdraw),
                when="may_withdraw",
            ),
            button("ask", ApplicationPage.status, opening(Questions.contacts)),
            state=ApplicationPage.status,
            getter=getters.status,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            Ready("check"),
            button("confirm-withdraw", ApplicationPage.withdraw, actions.withdraw),
            button("keep", ApplicationPage.withdraw, switch(ApplicationPage.status)),
            state=ApplicationPage.withdraw,
            getter=getters.status,
            back=switch(ApplicationPage.status),
            ear=Ear(expects="expects-check", yes=actions.withdraw_by_word, no=actions.keep),
        ),
        screen(
            Ready("withdrawn"),
            button("find", ApplicationPage.withdrawn, opening(Search.ask, anew=True)),
            state=ApplicationPage.withdrawn,
            getter=getters.status,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(),
    )
