from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery, User
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.consents.gate import flows_open
from bot.dialogs.consents.states import ConsentAct
from bot.dialogs.given import Given, given
from bot.dialogs.widgets import hint
from bot.views.consents import ConsentText, Operator, consent_text
from bot.views.typed import account_name
from core.domain.consents import ConsentKind

GIVEN = "consent"
"""The key of the result that says a consent was given."""


async def begin(start: dict[str, Any], manager: DialogManager) -> None:
    """The key of the act is made by the update that opens it."""
    surroundings = given(manager)
    manager.dialog_data["key"] = surroundings.chance.token()
    if not flows_open(surroundings):
        await manager.switch_to(ConsentAct.unavailable)


def text_for(surroundings: Given, start: dict[str, Any]) -> ConsentText:
    """The text of this act, as shown and as stored."""
    settings = surroundings.settings
    return consent_text(
        ConsentKind(start["kind"]),
        Operator(
            name=settings.operator_name,
            address=settings.operator_address,
            phone=settings.operator_phone,
        ),
        provider=str(start.get("organisation_name", "")),
    )


async def agree(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await agree_by_word(manager)


async def agree_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    start = start_of(manager)
    text = text_for(surroundings, start)
    await surroundings.services.consents.give(
        surroundings.actor,
        ConsentKind(start["kind"]),
        version=text.version,
        body=text.body,
        organisation_id=start.get("organisation_id"),
        name=_name_of(manager) if start["kind"] == ConsentKind.PROCESSING else None,
        key=manager.dialog_data["key"],
    )
    if start["kind"] == ConsentKind.MAILINGS:
        hint(manager, surroundings.speech.say("consent-mailings-given"))
    await manager.done(result={GIVEN: start["kind"]})


async def decline(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await decline_by_word(manager)


async def decline_by_word(manager: DialogManager) -> None:
    await manager.switch_to(ConsentAct.declined)


def _name_of(manager: DialogManager) -> str | None:
    """The name the person goes by in the messenger at this moment: staff see who asks."""
    account: User | None = manager.middleware_data.get("event_from_user")
    return account_name(account.full_name) if account is not None else None


def start_of(manager: DialogManager) -> dict[str, Any]:
    """What the present conversation was opened with."""
    start = manager.start_data
    return start if isinstance(start, dict) else {}
