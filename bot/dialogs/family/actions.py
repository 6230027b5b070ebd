from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.applications.states import ApplicationPage
from bot.dialogs.certificates.states import CertificateForm, Certificates
from bot.dialogs.children.actions import KNOWN
from bot.dialogs.children.states import ChildForm
from bot.dialogs.family.states import Family
from bot.dialogs.family_members.states import FamilyMembers
from bot.dialogs.given import given
from bot.dialogs.paging import turn_to_first
from bot.dialogs.programmes.states import ProgrammePage
from bot.dialogs.stack import open_form
from bot.dialogs.widgets import hint
from bot.views.typed import said_back
from core.domain.names import plain_form


async def choose_child(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, child_id: int
) -> None:
    await _show_child(manager, child_id)


async def choose_application(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, application_id: int
) -> None:
    await manager.start(ApplicationPage.status, data={"application_id": application_id})


async def open_watched(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, programme_id: int
) -> None:
    await manager.start(ProgrammePage.card, data={"programme_id": programme_id})


async def add_child(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await open_form(manager, ChildForm.name, {"purpose": "family"})


async def find_child(manager: DialogManager, text: str) -> None:
    """Among many children one is named; the only one that fits is opened."""
    surroundings = given(manager)
    wanted = plain_form(text)
    children = await surroundings.services.children.list_mine(surroundings.actor)
    found = [child for child in children if wanted and wanted in plain_form(child.name.full)]
    if len(found) == 1:
        await _show_child(manager, found[0].id)
        return
    key = "family-child-several" if found else "family-child-unknown"
    hint(manager, surroundings.speech.say(key, typed=said_back(text)))


async def open_members(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(FamilyMembers.members, data={"child_id": manager.dialog_data["child_id"]})


async def leave_child(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(FamilyMembers.leaving, data={"child_id": manager.dialog_data["child_id"]})


async def open_certificate(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await manager.start(Certificates.status, data={"child_id": manager.dialog_data["child_id"]})


async def after_form(_start: Any, result: Any, manager: DialogManager) -> None:
    """A child just registered: the person pressed «certificate» under the receipt."""
    if not isinstance(result, dict) or "child_id" not in result:
        return
    await _show_child(manager, int(result["child_id"]))
    if not result.get(KNOWN):
        await open_form(manager, CertificateForm.snils, {"child_id": result["child_id"]})


async def _show_child(manager: DialogManager, child_id: int) -> None:
    manager.dialog_data["child_id"] = child_id
    turn_to_first(manager, Family.child)
    await manager.switch_to(Family.child)
