from __future__ import annotations

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.kbd.button import OnClick

from bot.dialogs.children.states import ChildForm
from bot.dialogs.consents.states import ConsentAct
from bot.dialogs.consents.versions import agreed_to_present_words
from bot.dialogs.given import given
from bot.dialogs.refusing import say_bad_value, say_refusal
from bot.dialogs.stack import answers, drop_draft, forget_answers, go_back
from core import words
from core.domain.birth import read_birth_date
from core.domain.children import AlreadyRegistered
from core.domain.consents import ConsentKind, ConsentNeeded
from core.domain.family import GuardianKind
from core.domain.names import ChildName, read_child_name
from core.domain.refusals import BadValue, Refusal

REGISTERED = "child_id"
"""The key of the result that names the registered child."""
KNOWN = "known"
"""The key of the result that says the child was registered before."""


async def begin(_start: Any, manager: DialogManager) -> None:
    """Nothing personal is asked before the consent to keep it."""
    if not await agreed_to_present_words(given(manager), ConsentKind.PROCESSING):
        await _ask_consent(manager)


async def after_consent(start: Any, result: Any, manager: DialogManager) -> None:
    """Without the consent there is no form; what was answered already stays. A look aside (a
    question, the contacts) changes nothing."""
    asked = isinstance(start, dict) and "kind" in start
    if asked and not result and not answers(manager):
        await go_back(manager)


async def take_name(manager: DialogManager, text: str) -> None:
    try:
        name = read_child_name(text, words.name_particles())
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    form = answers(manager)
    form.update(last=name.last, first=name.first, patronymic=name.patronymic)
    if "born" in form:
        await _open_check(manager)
    else:
        await manager.switch_to(ChildForm.born)


async def take_birth_date(manager: DialogManager, text: str) -> None:
    try:
        born = read_birth_date(text, words.months(), given(manager).today)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    answers(manager)["born"] = born.isoformat()
    await _open_check(manager)


async def confirm(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await confirm_by_word(manager)


async def confirm_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    form = answers(manager)
    try:
        child = await surroundings.services.children.register(
            surroundings.actor,
            name_in(form),
            date.fromisoformat(form["born"]),
            key=manager.dialog_data["key"],
        )
    except ConsentNeeded:
        await _ask_consent(manager)
        return
    except AlreadyRegistered as refusal:
        manager.dialog_data[REGISTERED] = refusal.params["child_id"]
        forget_answers(manager)
        await manager.switch_to(ChildForm.known)
        return
    except Refusal as refusal:
        say_refusal(manager, refusal)
        return
    manager.dialog_data[REGISTERED] = child.id
    forget_answers(manager)
    await manager.switch_to(ChildForm.receipt, show_mode=ShowMode.SEND)


async def edit_name(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.switch_to(ChildForm.name)


async def edit_birth_date(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await manager.switch_to(ChildForm.born)


async def edit_by_word(manager: DialogManager) -> None:
    """«No» to the check: begin from the name, nothing is lost."""
    await manager.switch_to(ChildForm.name)


async def back_from_name(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    if "born" in answers(manager):
        await _open_check(manager)
    else:
        await go_back(manager)


async def back_from_birth_date(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    if "born" in answers(manager):
        await _open_check(manager)
    else:
        await manager.switch_to(ChildForm.name)


async def drop(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await drop_draft(manager)


async def go_on(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Back to what the child was registered for; the receipt stays in the chat."""
    known = manager.current_context().state is ChildForm.known
    await manager.done(
        result={REGISTERED: manager.dialog_data[REGISTERED], KNOWN: known},
        show_mode=ShowMode.SEND,
    )


def saying(kind: GuardianKind) -> OnClick:
    """Who the guardian is to the child: asked once, in one tap, and never in the way."""

    async def on_click(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        surroundings = given(manager)
        try:
            await surroundings.services.families.say_kind(
                surroundings.actor, int(manager.dialog_data[REGISTERED]), kind
            )
        except Refusal as refusal:
            say_refusal(manager, refusal)

    return on_click


def name_in(form: dict[str, Any]) -> ChildName:
    """The name answered so far."""
    return ChildName(last=form["last"], first=form["first"], patronymic=form["patronymic"])


async def _ask_consent(manager: DialogManager) -> None:
    await manager.start(ConsentAct.ask, data={"kind": ConsentKind.PROCESSING.value})


async def _open_check(manager: DialogManager) -> None:
    """The key of the registration is stored with the screen that shows what will be sent."""
    manager.dialog_data["key"] = given(manager).chance.token()
    await manager.switch_to(ChildForm.check)
