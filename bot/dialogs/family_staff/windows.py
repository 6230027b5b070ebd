from __future__ import annotations

from aiogram_dialog import Dialog

from bot.dialogs.consents.gate import personal
from bot.dialogs.family_staff import actions, getters
from bot.dialogs.family_staff.states import StaffFamilies
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.screens import button, rows, screen, switch
from bot.dialogs.widgets import Label, Ready, T

_EAR = Ear(expects="expects-buttons")


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("staff-families"),
            button(
                "staff-changes",
                StaffFamilies.overview,
                switch(StaffFamilies.changes),
                text=Label("button-staff-changes", "changes"),
            ),
            button(
                "staff-doubles",
                StaffFamilies.overview,
                switch(StaffFamilies.doubles),
                text=Label("button-staff-doubles", "doubles"),
            ),
            button(
                "staff-undoable",
                StaffFamilies.overview,
                switch(StaffFamilies.undoable),
                text=Label("button-staff-undoable", "undoable"),
                when="undoable",
            ),
            state=StaffFamilies.overview,
            getter=getters.overview,
            ear=_EAR,
        ),
        screen(
            T("staff-changes", "count"),
            rows("change", StaffFamilies.changes, "changes", actions.choose_change),
            page_turns(StaffFamilies.changes),
            state=StaffFamilies.changes,
            getter=getters.changes,
            back=switch(StaffFamilies.overview),
            ear=_EAR,
        ),
        screen(
            T("staff-change", "number", "field", "stands", "wanted", "asked", when="open"),
            T("staff-change-closed", "number", when="decided"),
            button(
                "staff-accept", StaffFamilies.change, actions.deciding(accepted=True), when="open"
            ),
            button(
                "staff-refuse", StaffFamilies.change, actions.deciding(accepted=False), when="open"
            ),
            button("staff-in-person", StaffFamilies.change, actions.keep_in_person, when="open"),
            state=StaffFamilies.change,
            getter=getters.change,
            back=switch(StaffFamilies.changes),
            ear=_EAR,
        ),
        screen(
            T("staff-doubles", "count"),
            rows("pair", StaffFamilies.doubles, "pairs", actions.choose_pair),
            page_turns(StaffFamilies.doubles),
            state=StaffFamilies.doubles,
            getter=getters.doubles,
            back=switch(StaffFamilies.overview),
            ear=_EAR,
        ),
        screen(
            Ready("text", when="there"),
            T("staff-double-gone", when="gone"),
            button("staff-propose", StaffFamilies.double, actions.propose, when="fresh"),
            button("staff-merge", StaffFamilies.double, actions.confirm, when="to_confirm"),
            button("staff-part", StaffFamilies.double, actions.part, when="there"),
            state=StaffFamilies.double,
            getter=getters.double,
            back=switch(StaffFamilies.doubles),
            ear=_EAR,
        ),
        screen(
            T("staff-undoable", "count"),
            rows("merge", StaffFamilies.undoable, "merges", actions.undo),
            page_turns(StaffFamilies.undoable),
            state=StaffFamilies.undoable,
            getter=getters.undoable,
            back=switch(StaffFamilies.overview),
            ear=_EAR,
        ),
        on_start=personal(),
    )
