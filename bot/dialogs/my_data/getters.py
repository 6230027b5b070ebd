from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.consents.actions import start_of
from bot.dialogs.given import given_from
from bot.dialogs.my_data.actions import CONSENT
from bot.views import my_data


@dataclass(frozen=True, kw_only=True)
class _Line:
    id: int
    label: str


async def held(**data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.my_data.of(given.actor)
    return {"text": my_data.page(found, given.speech)}


async def consents(**data: Any) -> dict[str, Any]:
    given = given_from(data)
    standing = await given.services.withdrawals.list_standing(given.actor)
    return {
        "standing": [
            _Line(id=one.id, label=my_data.consent_label(one, given.speech)) for one in standing
        ],
        "something": bool(standing),
        "nothing": not standing,
    }


async def withdrawal(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    consent = await given.services.withdrawals.foresee(
        given.actor, int(dialog_manager.dialog_data[CONSENT])
    )
    return {"text": my_data.withdrawal(consent, given.speech)}


async def farewell(**data: Any) -> dict[str, Any]:
    given = given_from(data)
    seen = await given.services.erasures.foresee(given.actor)
    return {"text": my_data.farewell(seen, given.speech, phone=given.settings.operator_phone)}


async def receipt(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    start = start_of(dialog_manager)
    at = datetime.fromisoformat(start["at"])
    return {
        "number": str(start["number"]),
        "day": given.speech.day(at.astimezone(given.speech.zone).date()),
    }
