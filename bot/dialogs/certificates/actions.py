"""Looking at a child's certificate and asking for one."""

from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.certificates.states import CertificateForm, Certificates
from bot.dialogs.children.states import ChildForm
from bot.dialogs.consents.actions import start_of
from bot.dialogs.given import given
from bot.dialogs.missing_data.states import MissingDataForm
from bot.dialogs.questions.states import Questions
from bot.dialogs.refusing import say_refusal
from bot.dialogs.stack import go_back, open_form
from bot.dialogs.widgets import hint
from core.domain.family import FamilyRole, GuardianNeeded
from core.domain.refusals import NotFound, Refusal

CHILD = "child_id"


async def begin(start: Any, manager: DialogManager) -> None:
    """The only child is chosen for the person; a notice names the child itself."""
    if isinstance(start, dict) and CHILD in start:
        manager.dialog_data[CHILD] = start[CHILD]
        return
    surroundings = given(manager)
    children = await surroundings.services.children.list_mine(surroundings.actor)
    if len(children) == 1:
        manager.dialog_data[CHILD] = children[0].id
        await manager.switch_to(Certificates.status)


async def choose_child(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, child_id: int
) -> None:
    manager.dialog_data[CHILD] = child_id
    await manager.switch_to(Certificates.status)


async def add_child(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await open_form(manager, ChildForm.name, {"purpose": "certificate"})


async def ask(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """The centre that has the request, whatever district the person looks at now."""
    surroundings = given(manager)
    found = await surroundings.services.certificate_requests.of_child(
        surroundings.actor, child_of(manager)
    )
    data = {"municipality_id": found.municipality_id} if found is not None else {}
    await manager.start(Questions.contacts, data=data)


async def request(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await request_by_word(manager)


async def request_by_word(manager: DialogManager) -> None:
    await open_form(manager, CertificateForm.snils, {CHILD: manager.dialog_data[CHILD]})


async def reopen(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await reopen_by_word(manager)


async def reopen_by_word(manager: DialogManager) -> None:
    await reopen_child(manager, child_of(manager))
    await manager.show(ShowMode.SEND)


async def reopen_child(manager: DialogManager, child_id: int) -> None:
    """The child's closed request waits again, or the reason why not is said above what is shown."""
    surroundings = given(manager)
    requests = surroundings.services.certificate_requests
    try:
        found = await requests.of_child(surroundings.actor, child_id)
        if found is None:
            raise NotFound(what="certificate")
        await requests.reopen(surroundings.actor, found.id)
    except Refusal as refusal:
        say_refusal(manager, refusal)
    else:
        hint(manager, surroundings.speech.say("certificate-reopened"))


async def answer_need(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await open_form(manager, MissingDataForm.answer, {CHILD: child_of(manager)})


async def after_form(start: Any, result: Any, manager: DialogManager) -> None:
    """A child just registered: on to its certificate."""
    if not isinstance(result, dict) or CHILD not in result:
        return
    manager.dialog_data[CHILD] = result[CHILD]
    surroundings = given(manager)
    found = await surroundings.services.certificate_requests.of_child(
        surroundings.actor, int(result[CHILD])
    )
    await manager.switch_to(Certificates.status)
    if found is None:
        await open_form(manager, CertificateForm.snils, {CHILD: result[CHILD]})


async def show_number(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    found = await surroundings.services.certificate_requests.of_child(
        surroundings.actor, int(manager.dialog_data[CHILD])
    )
    if found is None or found.number_tail is None:
        say_refusal(manager, NotFound())
        return
    child = await surroundings.services.children.get_mine(surroundings.actor, found.child_id)
    if child.role is not FamilyRole.GUARDIAN:
        say_refusal(manager, GuardianNeeded())
        return
    await manager.switch_to(Certificates.number)


async def back_from_status(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """To the list of children where there is one to choose from, else out."""
    surroundings = given(manager)
    children = await surroundings.services.children.list_mine(surroundings.actor)
    if len(children) > 1 and CHILD not in start_of(manager):
        await manager.switch_to(Certificates.start)
    else:
        await go_back(manager)


async def leave_for_places(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """From the receipt, which stays in the chat."""
    await manager.start(
        Certificates.places,
        data={CHILD: start_of(manager)[CHILD]},
        show_mode=ShowMode.SEND,
    )


def child_of(manager: DialogManager) -> int:
    """The child in question: chosen here, or named by whoever opened the conversation."""
    return int(manager.dialog_data.get(CHILD) or start_of(manager)[CHILD])
