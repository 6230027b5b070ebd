"""Synonyms, what was not found, points on the map: a list, one of it, what is typed."""

from __future__ import annotations

from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.kbd import Row

from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.screens import button, rows, screen, switch
from bot.dialogs.synonyms import actions, getters
from bot.dialogs.synonyms.states import StaffWords
from bot.dialogs.widgets import Label, T


def dialog() -> Dialog:
    return Dialog(_overview(), *_synonyms(), *_misses(), *_places())


def _overview() -> Window:
    return screen(
        T("synonyms-overview"),
        button(
            "synonyms",
            StaffWords.overview,
            switch(StaffWords.listing),
            text=Label("button-synonyms", "synonyms"),
        ),
        button(
            "misses",
            StaffWords.overview,
            switch(StaffWords.misses),
            text=Label("button-misses", "misses"),
        ),
        button(
            "places",
            StaffWords.overview,
            switch(StaffWords.places),
            text=Label("button-org-places", "placed", "places"),
        ),
        state=StaffWords.overview,
        getter=getters.overview,
        back_button=False,
        ear=Ear(expects="expects-buttons"),
    )


def _synonyms() -> list[Window]:
    return [
        screen(
            T("synonyms-list", when="something"),
            T("synonyms-none", when="nothing"),
            rows("synonym", StaffWords.listing, "synonyms", actions.choose_synonym),
            page_turns(StaffWords.listing),
            button("add-synonym", StaffWords.listing, actions.add_synonym),
            state=StaffWords.listing,
            getter=getters.listing,
            back=switch(StaffWords.overview),
            home=False,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("synonyms-one", "phrase", "stands_for", when="there"),
            T("synonyms-gone", when="gone"),
            button("remove-synonym", StaffWords.synonym, actions.remove_synonym, when="there"),
            state=StaffWords.synonym,
            getter=getters.synonym,
            back=switch(StaffWords.listing),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("synonyms-phrase"),
            state=StaffWords.phrase,
            back=switch(StaffWords.listing),
            ear=Ear(expects="expects-phrase", text=actions.take_phrase),
        ),
        screen(
            T("synonyms-meaning", "phrase"),
            state=StaffWords.meaning,
            getter=getters.meaning,
            back=actions.back_from_meaning,
            ear=Ear(expects="expects-meaning", text=actions.take_meaning),
        ),
    ]


def _misses() -> list[Window]:
    return [
        screen(
            T("synonyms-misses", when="something"),
            T("synonyms-no-misses", when="nothing"),
            rows("miss", StaffWords.misses, "misses", actions.choose_miss),
            page_turns(StaffWords.misses),
            state=StaffWords.misses,
            getter=getters.misses,
            back=switch(StaffWords.overview),
            home=False,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("synonyms-miss", "words", "times", "last", when="there"),
            T("synonyms-gone", when="gone"),
            Row(
                button("teach-miss", StaffWords.miss, actions.teach_miss),
                button("close-miss", StaffWords.miss, actions.close_miss),
                when="there",
            ),
            state=StaffWords.miss,
            getter=getters.miss,
            back=switch(StaffWords.misses),
            ear=Ear(expects="expects-buttons"),
        ),
    ]


def _places() -> list[Window]:
    return [
        screen(
            T("places-list", "placed", "places"),
            rows("place", StaffWords.places, "organisations", actions.choose_place),
            page_turns(StaffWords.places),
            state=StaffWords.places,
            getter=getters.places,
            back=switch(StaffWords.overview),
            home=False,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("places-one", "organisation", "address"),
            T("places-known", when="placed"),
            state=StaffWords.place,
            getter=getters.place,
            back=switch(StaffWords.places),
            ear=Ear(expects="expects-point", location=actions.take_point),
        ),
    ]
