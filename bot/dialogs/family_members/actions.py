from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.kbd.button import OnClick

from bot.dialogs.consents.actions import start_of
from bot.dialogs.family_members.states import FamilyMembers
from bot.dialogs.family_record.states import ChildRecord
from bot.dialogs.given import given
from bot.dialogs.refusing import say_refusal
from bot.dialogs.stack import go_back, go_home
from bot.dialogs.widgets import hint
from bot.views.links import family_link
from core.domain.family import FamilyRole
from core.domain.refusals import Refusal

LINK = "family_link"
"""Beside the update that made it, and nowhere else: the code is shown once."""
ROLE = "role"
CHOSEN = "chosen"
MEMBER = "person_id"


def child_of(manager: DialogManager) -> int:
    return int(start_of(manager)["child_id"])


async def choose_member(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, person_id: int
) -> None:
    manager.dialog_data[MEMBER] = person_id
    await manager.switch_to(FamilyMembers.member)


async def end_access(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        await surroundings.services.families.end_access(
            surroundings.actor, child_of(manager), int(manager.dialog_data[MEMBER])
        )
    except Refusal as refusal:
        say_refusal(manager, refusal)
        return
    hint(manager, surroundings.speech.say("family-access-ended"))
    await manager.switch_to(FamilyMembers.members)


async def leave(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await leave_by_word(manager)


async def leave_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        await surroundings.services.families.end_access(
            surroundings.actor, child_of(manager), surroundings.actor.person_id
        )
    except Refusal as refusal:
        say_refusal(manager, refusal)
        return
    hint(manager, surroundings.speech.say("family-left"))
    await go_home(manager)


async def stay(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await go_back(manager)


def inviting(role: FamilyRole) -> OnClick:
    """Make the link at once where there is one child to choose from."""

    async def on_click(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        surroundings = given(manager)
        manager.dialog_data[ROLE] = role.value
        manager.dialog_data[CHOSEN] = [child_of(manager)]
        mine = await surroundings.services.children.list_mine(surroundings.actor)
        guarded = [child for child in mine if child.role is FamilyRole.GUARDIAN]
        if role is FamilyRole.CHILD or len(guarded) == 1:
            await _make_link(manager)
        else:
            await manager.switch_to(FamilyMembers.children)

    return on_click


async def toggle_child(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, child_id: int
) -> None:
    chosen: list[int] = manager.dialog_data[CHOSEN]
    manager.dialog_data[CHOSEN] = (
        [one for one in chosen if one != child_id] if child_id in chosen else [*chosen, child_id]
    )


async def make_link(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _make_link(manager)


async def revoke(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """All links to this child that nobody has followed."""
    surroundings = given(manager)
    invitations = surroundings.services.family_invitations
    for one in await invitations.list_waiting(surroundings.actor, child_of(manager)):
        await invitations.revoke(surroundings.actor, one.id)
    hint(manager, surroundings.speech.say("family-revoked"))
    await manager.switch_to(FamilyMembers.members)


async def open_record(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(ChildRecord.fields, data={"child_id": child_of(manager)})


async def _make_link(manager: DialogManager) -> None:
    surroundings = given(manager)
    chosen: list[int] = manager.dialog_data[CHOSEN]
    if not chosen:
        hint(manager, surroundings.speech.say("family-choose-child"))
        return
    try:
        made = await surroundings.services.family_invitations.invite(
            surroundings.actor, chosen, FamilyRole(manager.dialog_data[ROLE])
        )
    except Refusal as refusal:
        say_refusal(manager, refusal)
        return
    bot: Bot = manager.middleware_data["bot"]
    manager.middleware_data[LINK] = family_link((await bot.me()).username or "", made.code)
    await manager.switch_to(FamilyMembers.link)
