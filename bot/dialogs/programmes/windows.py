"""Directions, a page of a list, the card of one programme, two of them side by side."""

from __future__ import annotations

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Row, Url

from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.programmes import actions, getters
from bot.dialogs.programmes.states import ProgrammePage, Programmes
from bot.dialogs.questions.states import Questions
from bot.dialogs.screens import button, opening, picks, rows, screen, switch, widget_id
from bot.dialogs.search.states import Search
from bot.dialogs.widgets import Label, Ready, T


def dialogs() -> list[Dialog]:
    return [_search(), _page()]


def _search() -> Dialog:
    return Dialog(
        screen(
            T("programmes-directions", when="something"),
            T("programmes-nothing", when="nothing"),
            picks("theme", Programmes.directions, "directions", actions.choose_direction),
            state=Programmes.directions,
            getter=getters.directions,
            ear=Ear(expects="expects-theme"),
        ),
        screen(
            Ready("text"),
            rows("programme", Programmes.listing, "programmes", actions.choose_programme),
            page_turns(Programmes.listing),
            state=Programmes.listing,
            getter=getters.listing,
            back=switch(Programmes.directions),
            home=False,
            ear=Ear(expects="expects-programme"),
        ),
    )


def _page() -> Dialog:
    return Dialog(
        screen(
            Ready("text"),
            rows("group", ProgrammePage.card, "groups", actions.choose_group),
            page_turns(ProgrammePage.card),
            button("watch", ProgrammePage.card, actions.watch, when="watchable"),
            button("unwatch", ProgrammePage.card, actions.unwatch, when="watched"),
            rows("similar", ProgrammePage.card, "similar", actions.choose_programme),
            Row(
                Url(
                    Label("button-share"),
                    Ready("share"),
                    id=widget_id("share", ProgrammePage.card),
                ),
                button("compare", ProgrammePage.card, switch(ProgrammePage.pair)),
                when="whole",
            ),
            state=ProgrammePage.card,
            getter=getters.card,
            ear=Ear(expects="expects-card", yes=actions.apply_by_word),
        ),
        screen(
            T("programme-gone"),
            button("find", ProgrammePage.gone, opening(Search.ask)),
            button("ask", ProgrammePage.gone, opening(Questions.contacts)),
            state=ProgrammePage.gone,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("compare-pick", "title", when="something"),
            T("compare-nothing", when="nothing"),
            rows("second", ProgrammePage.pair, "others", actions.choose_second),
            state=ProgrammePage.pair,
            getter=getters.pair,
            back=switch(ProgrammePage.card),
            ear=Ear(expects="expects-second"),
        ),
        screen(
            Ready("text"),
            button(
                "open-first",
                ProgrammePage.both,
                switch(ProgrammePage.card),
                text=Ready("first"),
                when="first",
            ),
            button(
                "open-second",
                ProgrammePage.both,
                actions.open_second,
                text=Ready("second"),
                when="second",
            ),
            state=ProgrammePage.both,
            getter=getters.both,
            back=switch(ProgrammePage.pair),
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=actions.open_card,
    )
