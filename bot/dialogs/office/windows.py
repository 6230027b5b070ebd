"""Where staff go from the menu; each look asks for the right again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.kbd.button import OnClick

from bot.dialogs.audit.states import StaffAudit
from bot.dialogs.confirmation.states import StaffPlans
from bot.dialogs.consents.gate import carries_personal_data
from bot.dialogs.family_staff.states import StaffFamilies
from bot.dialogs.given import Given, given, given_from
from bot.dialogs.knowledge.states import StaffKnowledge
from bot.dialogs.listening import Ear
from bot.dialogs.office.states import StaffOffice
from bot.dialogs.registry_differences.states import StaffDifferences
from bot.dialogs.registry_tasks.states import StaffTasks
from bot.dialogs.screens import button, opening, screen, switch
from bot.dialogs.staff_people.states import StaffPeople
from bot.dialogs.synonyms.states import StaffWords
from bot.dialogs.widgets import T, hint
from bot.views.desk import entry_address
from core.domain.municipality import MunicipalityView, RegistryMode
from core.domain.refusals import NotAllowed
from core.domain.staff import is_head


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("office-doors", "municipality"),
            button(
                "office-registry",
                StaffOffice.doors,
                opening(StaffTasks.listing),
                when="elsewhere",
            ),
            button(
                "office-differences",
                StaffOffice.doors,
                opening(StaffDifferences.listing),
                when="elsewhere",
            ),
            button(
                "office-families",
                StaffOffice.doors,
                _door(StaffFamilies.overview),
                when="families",
            ),
            button("office-library", StaffOffice.doors, switch(StaffOffice.library)),
            button("office-desk", StaffOffice.doors, _desk),
            button("office-people", StaffOffice.doors, opening(StaffPeople.overview)),
            button("office-head", StaffOffice.doors, switch(StaffOffice.head), when="head"),
            state=StaffOffice.doors,
            getter=_look,
            back_button=False,  # the way home leads to the same menu
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("office-library"),
            button("office-knowledge", StaffOffice.library, _door(StaffKnowledge.overview)),
            button("office-words", StaffOffice.library, _door(StaffWords.overview)),
            button("office-file", StaffOffice.library, switch(StaffOffice.file)),
            state=StaffOffice.library,
            getter=_look,
            back=switch(StaffOffice.doors),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("office-head"),
            button("office-audit", StaffOffice.head, _door(StaffAudit.ask), when="head"),
            button("office-points", StaffOffice.head, _door(StaffPlans.points), when="head"),
            state=StaffOffice.head,
            getter=_look,
            back=switch(StaffOffice.doors),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("office-file", "municipality", when="families"),
            T("office-file-public", "municipality", when="public"),
            state=StaffOffice.file,
            getter=_look,
            back=switch(StaffOffice.library),
            ear=Ear(expects="expects-office-file"),
        ),
    )


async def _look(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    surroundings = given_from(data)
    families = carries_personal_data(surroundings.settings)
    place = await _place(surroundings)
    rights = await surroundings.services.staff.rights(surroundings.actor)
    return {
        "municipality": place.name,
        "head": is_head(rights, municipality_id=place.id),
        "elsewhere": families and place.registry_mode is RegistryMode.EXTERNAL,
        "families": families,
        "public": not families,
    }


def _door(state: State) -> OnClick:
    async def on_click(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        place = await _place(given(manager))
        await manager.start(state, data={"municipality_id": place.id})

    return on_click


async def _desk(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """The one-time link stands above this window until the next press."""
    surroundings = given(manager)
    speech = surroundings.speech
    if not carries_personal_data(surroundings.settings):
        hint(manager, speech.say("desk-link-off"))
        return
    entry = await surroundings.services.desk.entrances.invite(surroundings.actor)
    address: Callable[[], str] = manager.middleware_data["desk_address"]
    hint(manager, speech.say("desk-link", link=entry_address(address(), entry.code)))


async def _place(surroundings: Given) -> MunicipalityView:
    """The municipality the person works for here. Raises NotAllowed."""
    place = await surroundings.services.sent_files.find_place(surroundings.actor)
    if place is None:
        raise NotAllowed()
    return place
