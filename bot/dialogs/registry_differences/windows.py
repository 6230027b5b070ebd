"""A list, both sides of one, and a question before the file's side is taken."""

from __future__ import annotations

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Row

from bot.dialogs.consents.gate import personal
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.registry_differences import actions, getters
from bot.dialogs.registry_differences.states import StaffDifferences
from bot.dialogs.screens import button, rows, screen, switch
from bot.dialogs.widgets import Ready, T


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("registry-differences", "count", when="something"),
            T("registry-differences-none", when="nothing"),
            rows("pick", StaffDifferences.listing, "differences", actions.choose),
            page_turns(StaffDifferences.listing),
            state=StaffDifferences.listing,
            getter=getters.listing,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            Ready("difference"),
            T("registry-difference-late", when="ended"),
            button(
                "registry-theirs",
                StaffDifferences.one,
                switch(StaffDifferences.theirs_check),
                when="open",
            ),
            button("registry-ours", StaffDifferences.one, actions.keep_ours, when="open"),
            button("registry-later", StaffDifferences.one, actions.put_off, when="open"),
            state=StaffDifferences.one,
            getter=getters.one,
            back=switch(StaffDifferences.listing),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            Ready("difference"),
            T("registry-theirs-check"),
            Row(
                button("registry-take", StaffDifferences.theirs_check, actions.take_theirs),
                button(
                    "registry-not-yet",
                    StaffDifferences.theirs_check,
                    switch(StaffDifferences.one),
                ),
            ),
            state=StaffDifferences.theirs_check,
            getter=getters.one,
            back=switch(StaffDifferences.one),
            ear=Ear(
                expects="expects-check",
                yes=actions.take_theirs_by_word,
                no=actions.back_to_both,
            ),
        ),
        on_start=personal(),
    )
