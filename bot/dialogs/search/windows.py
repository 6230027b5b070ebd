"""The invitation to type a wish, the results, their order, all wishes, the question for a place."""

from __future__ import annotations

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Group, Row

from bot.dialogs.advice.states import Advice
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.programmes.actions import choose_programme
from bot.dialogs.programmes.states import Programmes
from bot.dialogs.screens import button, opening, picks, rows, screen, switch
from bot.dialogs.search import actions, getters
from bot.dialogs.search.states import Search
from bot.dialogs.stack import go_back
from bot.dialogs.widgets import Label, Ready, T


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("search-ask"),
            Row(
                button("by-theme", Search.ask, opening(Programmes.directions)),
                button("advice", Search.ask, opening(Advice.who)),
            ),
            state=Search.ask,
            ear=Ear(
                expects="expects-wish",
                text=actions.take_text,
                question=actions.take_question,
                back=go_back,
            ),
        ),
        screen(
            Ready("text"),
            Group(
                picks("wish", Search.results, "chips", actions.drop_wish),
                button(
                    "wishes",
                    Search.results,
                    actions.open_wishes,
                    text=Label("button-wishes", "more"),
                    when="folded",
                ),
                width=2,
            ),
            rows("programme", Search.results, "programmes", choose_programme),
            page_turns(Search.results),
            button(
                "order",
                Search.results,
                switch(Search.order),
                text=Ready("sort"),
                when="ordered",
            ),
            Row(
                button("by-theme", Search.results, opening(Programmes.directions)),
                button("advice", Search.results, opening(Advice.who)),
                when="nothing",
            ),
            state=Search.results,
            getter=getters.results,
            back=switch(Search.ask),
            home=False,
            ear=Ear(
                expects="expects-result",
                text=actions.take_text,
                question=actions.take_question,
                location=actions.take_place,
                back=actions.back_to_asking,
            ),
        ),
        screen(
            T("search-wishes-all"),
            picks("wish", Search.wishes, "chips", actions.drop_wish),
            page_turns(Search.wishes),
            state=Search.wishes,
            getter=getters.wishes,
            back=switch(Search.results),
            ear=Ear(
                expects="expects-wishes",
                text=actions.take_text,
                question=actions.take_question,
                back=actions.back_to_results,
            ),
        ),
        screen(
            T("search-order-ask"),
            button("order-fit", Search.order, actions.fitting_first),
            button("order-seats", Search.order, actions.seats_first),
            button("order-near", Search.order, actions.nearest_first),
            state=Search.order,
            back=switch(Search.results),
            ear=Ear(
                expects="expects-order",
                text=actions.take_text,
                question=actions.take_question,
                location=actions.take_place,
                back=actions.back_to_results,
            ),
        ),
        screen(
            T("search-near-ask"),
            state=Search.near,
            back=actions.no_place,
            ear=Ear(
                expects="expects-place",
                text=actions.take_instead_of_place,
                question=actions.take_question,
                location=actions.take_place,
                back=actions.no_place_by_word,
                no=actions.no_place_by_word,
            ),
        ),
        on_start=actions.begin,
    )
