"""The family's page and a child's page."""

from __future__ import annotations

from aiogram_dialog import Dialog

from bot.dialogs.consents.gate import personal
from bot.dialogs.family import actions, getters
from bot.dialogs.family.states import Family
from bot.dialogs.family_account.states import FamilyAccount
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.screens import button, opening, rows, screen, switch
from bot.dialogs.search.states import Search
from bot.dialogs.widgets import Label, Ready, T


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("family-nobody", when="nobody"),
            T("family-overview", "count", when="somebody"),
            T("family-applications", when="applied"),
            Ready("applications", when="applied"),
            T("family-applications-more", "more", when="more"),
            rows("child", Family.overview, "children", actions.choose_child, width=2),
            page_turns(Family.overview),
            button("add-child", Family.overview, actions.add_child),
            button(
                "watches",
                Family.overview,
                switch(Family.watches),
                text=Label("button-watches", "watched"),
                when="shows_watches",
            ),
            button("find", Family.overview, opening(Search.ask), when="shows_find"),
            button("lost-access", Family.overview, opening(FamilyAccount.recover), when="nobody"),
            state=Family.overview,
            getter=getters.overview,
            ear=Ear(expects="expects-child", text=actions.find_child),
        ),
        screen(
            T("family-child", "name", "born", "years", "certificate"),
            T("family-helper-sees", "role", when="helps"),
            T("family-no-applications", when="nothing"),
            T("family-applications", when="applied"),
            Ready("lines", when="applied"),
            button("certificate", Family.child, actions.open_certificate),
            rows("application", Family.child, "applications", actions.choose_application),
            page_turns(Family.child),
            button("find", Family.child, opening(Search.ask), when="nothing"),
            button("family-more", Family.child, actions.open_members, when="guards"),
            button("leave-child", Family.child, actions.leave_child, when="helps"),
            state=Family.child,
            getter=getters.child,
            back=switch(Family.overview),
            ear=Ear(expects="expects-application"),
        ),
        screen(
            T("watches-nothing", when="nothing"),
            T("watches-list", when="something"),
            Ready("lines", when="something"),
            rows("watched", Family.watches, "watched", actions.open_watched),
            page_turns(Family.watches),
            button("find", Family.watches, opening(Search.ask), when="whole"),
            state=Family.watches,
            getter=getters.watches,
            back=switch(Family.overview),
            ear=Ear(expects="expects-watched"),
        ),
        on_start=personal(),
        on_process_result=actions.after_form,
    )
