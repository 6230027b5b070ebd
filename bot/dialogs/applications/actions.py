"""Applying to a group: whatever is missing comes first, in its own conversation."""

from __future__ import annotations

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.applications.states import ApplicationPage, Apply
from bot.dialogs.certificates.states import Certificates
from bot.dialogs.children.states import ChildForm
from bot.dialogs.consents.actions import start_of
from bot.dialogs.consents.states import ConsentAct
from bot.dialogs.consents.versions import changed_since
from bot.dialogs.given import given
from bot.dialogs.refusing import keep_refusal, kept_params
from bot.dialogs.stack import go_back, open_form
from core.domain.consents import ConsentKind, ConsentNeeded
from core.domain.family import GuardianNeeded
from core.domain.refusals import Refusal

CHILD = "child_id"


async def begin(start: Any, manager: DialogManager) -> None:
    """The only child is chosen for the person; none: the child is registered first. What a helper
    suggested names the child."""
    if isinstance(start, dict) and CHILD in start:
        manager.dialog_data[CHILD] = start[CHILD]
        await _weigh(manager)
        return
    surroundings = given(manager)
    children = await surroundings.services.children.list_mine(surroundings.actor)
    if not children:
        await open_form(manager, ChildForm.name, {"purpose": "apply"})
    elif len(children) == 1:
        manager.dialog_data[CHILD] = children[0].id
        await _weigh(manager)


async def choose_child(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, child_id: int
) -> None:
    manager.dialog_data[CHILD] = child_id
    await _weigh(manager)


async def add_child(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await open_form(manager, ChildForm.name, {"purpose": "apply"})


async def after_step(start: Any, result: Any, manager: DialogManager) -> None:
    """What was missing is there, or the person turned back."""
    if isinstance(result, dict) and CHILD in result:
        manager.dialog_data[CHILD] = result[CHILD]
    opened_for_this = isinstance(start, dict) and ("kind" in start or "purpose" in start)
    if not opened_for_this:
        return  # a look aside: the present window stays
    if result:
        await _weigh(manager)
    elif CHILD not in manager.dialog_data or "kind" in start:
        await go_back(manager)


async def confirm(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await confirm_by_word(manager)


async def confirm_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        application = await surroundings.services.applications.apply(
            surroundings.actor,
            int(manager.dialog_data[CHILD]),
            int(start_of(manager)["group_id"]),
            key=manager.dialog_data["key"],
        )
    except ConsentNeeded:
        await _weigh(manager)
        return
    except GuardianNeeded:
        await _suggest(manager)
        return
    except Refusal as refusal:
        keep_refusal(manager, refusal)
        await manager.switch_to(Apply.refused)
        return
    manager.dialog_data["application_id"] = application.id
    await manager.switch_to(Apply.receipt, show_mode=ShowMode.SEND)


async def turn_back(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await go_back(manager)


async def turn_back_by_word(manager: DialogManager) -> None:
    await go_back(manager)


async def other_child(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.switch_to(Apply.child)


async def request_certificate(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await manager.start(Certificates.status, data={CHILD: manager.dialog_data[CHILD]})


async def open_earlier(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """The application that exists already."""
    await manager.start(
        ApplicationPage.status, data={"application_id": kept_params(manager)["application_id"]}
    )


async def open_status(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _leave_receipt(manager, ApplicationPage.status)


async def open_withdraw(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _leave_receipt(manager, ApplicationPage.withdraw)


async def withdraw(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await withdraw_by_word(manager)


async def withdraw_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        await surroundings.services.applications.withdraw(
            surroundings.actor, int(start_of(manager)["application_id"])
        )
    except Refusal as refusal:
        keep_refusal(manager, refusal)
        await manager.switch_to(ApplicationPage.status)
        return
    await manager.switch_to(ApplicationPage.withdrawn, show_mode=ShowMode.SEND)


async def keep(manager: DialogManager) -> None:
    """«No» to the question whether to take it back."""
    await manager.switch_to(ApplicationPage.status)


async def _weigh(manager: DialogManager) -> None:
    """Check the rules, ask for the consent to this provider, then show what will be sent.

    The key of the application is stored with the screen that shows it.
    """
    surroundings = given(manager)
    try:
        weighing = await surroundings.services.applications.weigh(
            surroundings.actor, int(manager.dialog_data[CHILD]), int(start_of(manager)["group_id"])
        )
    except Refusal as refusal:
        keep_refusal(manager, refusal)
        await manager.switch_to(Apply.refused)
        return
    manager.dialog_data["key"] = surroundings.chance.token()
    await manager.switch_to(Apply.check)
    if weighing.consent_needed or await changed_since(
        surroundings, ConsentKind.TRANSFER, weighing.organisation_id
    ):
        await manager.start(
            ConsentAct.ask,
            data={
                "kind": ConsentKind.TRANSFER.value,
                "organisation_id": weighing.organisation_id,
                "organisation_name": weighing.organisation_name,
            },
        )


async def _suggest(manager: DialogManager) -> None:
    """A helper prepares; a guardian applies."""
    surroundings = given(manager)
    await surroundings.services.family_suggestions.suggest(
        surroundings.actor,
        int(manager.dialog_data[CHILD]),
        int(start_of(manager)["group_id"]),
    )
    await manager.switch_to(Apply.suggested, show_mode=ShowMode.SEND)


async def _leave_receipt(manager: DialogManager, state: State) -> None:
    await manager.start(
        state,
        data={"application_id": manager.dialog_data["application_id"]},
        show_mode=ShowMode.SEND,
    )
