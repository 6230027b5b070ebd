from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.types import BufferedInputFile, CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.given import given
from bot.dialogs.my_data.states import Erased, MyDataPage
from bot.dialogs.refusing import say_refusal
from bot.dialogs.widgets import hint
from bot.views import my_data
from core.domain.consents import ConsentKind, ErasingNeeded
from core.domain.refusals import Refusal

CONSENT = "consent_id"
_STACK = "aiogd:stack:"
_CONTEXT = "aiogd:context:"


async def begin(_start: Any, manager: DialogManager) -> None:
    """The key of the act is stored by the update that opens the way to it."""
    manager.dialog_data["key"] = given(manager).chance.token()


async def send_file(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Everything held, as a file: made in memory, named after nobody."""
    surroundings = given(manager)
    held = await surroundings.services.my_data.of(surroundings.actor)
    file = my_data.document(held, surroundings.speech)
    bot: Bot = manager.middleware_data["bot"]
    await bot.send_document(
        manager.middleware_data["event_chat"].id,
        BufferedInputFile(file, filename=my_data.FILE_NAME),
    )
    await manager.show(ShowMode.SEND)


async def choose_consent(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, consent_id: int
) -> None:
    """Mailings end at once; what else hangs on a consent is said first."""
    surroundings = given(manager)
    try:
        consent = await surroundings.services.withdrawals.foresee(surroundings.actor, consent_id)
    except Refusal as refusal:
        say_refusal(manager, refusal)
        return
    manager.dialog_data[CONSENT] = consent_id
    if consent.kind is ConsentKind.MAILINGS:
        await _take_back(manager)
    elif consent.kind is ConsentKind.TRANSFER:
        await manager.switch_to(MyDataPage.withdraw)
    else:
        hint(manager, surroundings.speech.say("my-data-processing-is-all"))
        await manager.switch_to(MyDataPage.erase)


async def withdraw(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await withdraw_by_word(manager)


async def withdraw_by_word(manager: DialogManager) -> None:
    await _take_back(manager)


async def keep_consent(manager: DialogManager) -> None:
    await manager.switch_to(MyDataPage.consents)


async def keep_data(manager: DialogManager) -> None:
    await manager.switch_to(MyDataPage.whole)


async def erase(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await erase_by_word(manager)


async def erase_by_word(manager: DialogManager) -> None:
    """Should the process die before this update has ended, the same key gives the same act: so
    this conversation is left to be ended here."""
    surroundings = given(manager)
    receipt = await surroundings.services.erasures.erase(
        surroundings.actor,
        key=manager.dialog_data["key"],
        keep=(_STACK, _CONTEXT + manager.current_context().id),
    )
    await manager.reset_stack(remove_keyboard=False)
    await manager.start(
        Erased.receipt,
        data={"number": receipt.number, "at": receipt.at.isoformat()},
        show_mode=ShowMode.SEND,
    )


async def _take_back(manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        consent = await surroundings.services.withdrawals.withdraw(
            surroundings.actor, int(manager.dialog_data[CONSENT])
        )
    except ErasingNeeded as refusal:
        say_refusal(manager, refusal)
        await manager.switch_to(MyDataPage.erase)
        return
    except Refusal as refusal:
        say_refusal(manager, refusal)
        await manager.switch_to(MyDataPage.whole)
        return
    hint(
        manager,
        surroundings.speech.say(
            f"my-data-withdrawn-{consent.kind.value}", provider=consent.organisation_name or ""
        ),
    )
    await manager.switch_to(MyDataPage.consents)
