"""Asking for one consent."""

from __future__ import annotations

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Row

from bot.dialogs.consents import actions, getters
from bot.dialogs.consents.states import ConsentAct
from bot.dialogs.listening import Ear
from bot.dialogs.questions.states import Questions
from bot.dialogs.screens import button, opening, screen, switch
from bot.dialogs.search.states import Search
from bot.dialogs.widgets import Ready, T

_EAR = Ear(expects="expects-consent", yes=actions.agree_by_word, no=actions.decline_by_word)


def dialog() -> Dialog:
    return Dialog(
        screen(
            T(lambda data: f"consent-changed-{data['kind']}", when="changed"),
            T(lambda data: f"consent-{data['kind']}", "operator", "address", "phone", "provider"),
            button("read", ConsentAct.ask, switch(ConsentAct.whole)),
            button("agree-guardian", ConsentAct.ask, actions.agree, when="processing"),
            button("agree", ConsentAct.ask, actions.agree, when="other"),
            button("not-now", ConsentAct.ask, actions.decline),
            state=ConsentAct.ask,
            getter=getters.consent,
            ear=_EAR,
        ),
        screen(
            Ready("text"),
            button("agree-guardian", ConsentAct.whole, actions.agree, when="processing"),
            button("agree", ConsentAct.whole, actions.agree, when="other"),
            button("not-now", ConsentAct.whole, actions.decline),
            state=ConsentAct.whole,
            getter=getters.consent,
            back=switch(ConsentAct.ask),
            ear=_EAR,
        ),
        screen(
            T(lambda data: f"consent-declined-{data['kind']}"),
            Row(
                button("find", ConsentAct.declined, opening(Search.ask)),
                button("ask", ConsentAct.declined, opening(Questions.contacts)),
            ),
            state=ConsentAct.declined,
            getter=getters.consent,
            back=switch(ConsentAct.ask),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("consent-unavailable", "centre", "phone"),
            button("find", ConsentAct.unavailable, opening(Search.ask)),
            state=ConsentAct.unavailable,
            getter=getters.contacts,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=actions.begin,
    )
