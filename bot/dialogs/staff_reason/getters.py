from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.given import given_from
from bot.views.cards import AnyCard, decision_line
from core.domain.refusals import NotFound
from core.domain.staff import LEAST_NOTE, MOST_NOTE, CardSubject

NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Refused:
    """What is being refused: the card as it was when the reason was asked for."""

    subject: CardSubject
    id: int
    version: int


def refused_in(manager: DialogManager) -> Refused:
    """Raises NotFound when the dialogue was opened with nothing."""
    start = manager.start_data
    if not isinstance(start, dict):
        raise NotFound()
    return Refused(
        subject=CardSubject(start["subject"]), id=int(start["id"]), version=int(start["version"])
    )


async def form(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """The number, the bounds, and what is typed so far."""
    refused = refused_in(dialog_manager)
    speech = given_from(data).speech
    return {
        "subject": speech.say_plain("reason-subject", subject=refused.subject.value),
        "id": str(refused.id),
        "least": LEAST_NOTE,
        "most": MOST_NOTE,
        "note": dialog_manager.dialog_data.get(NOTE, ""),
    }


async def decided(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """Who decided before, when and what."""
    refused = refused_in(dialog_manager)
    services = given_from(data).services
    card: AnyCard
    if refused.subject is CardSubject.CERTIFICATES:
        card = await services.certificate_decisions.card(refused.id)
    else:
        card = await services.application_decisions.card(refused.id)
    return {
        **await form(dialog_manager, **data),
        "decided": decision_line(card, given_from(data).speech),
    }
