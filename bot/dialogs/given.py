"""What the middlewares hand to every dialog, typed once.

Dialogs never build services and never read the clock or the database: all they need of the outside
lies in these six things.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from aiogram_dialog import DialogManager

from bot.services import Services
from bot.settings import Settings
from core.clock import Chance, Clock
from core.domain.actors import Actor
from core.i18n import Speech


@dataclass(frozen=True, kw_only=True)
class Given:
    """One update's surroundings."""

    services: Services
    actor: Actor
    speech: Speech
    settings: Settings
    chance: Chance
    clock: Clock

    @property
    def municipality_id(self) -> int:
        """The chosen municipality; no window that needs it opens before the choice."""
        if self.actor.municipality_id is None:
            raise LookupError("no municipality is chosen yet")
        return self.actor.municipality_id

    @property
    def today(self) -> date:
        """The day of the municipality's calendar."""
        return self.clock.now().astimezone(self.speech.zone).date()


def given(manager: DialogManager) -> Given:
    """What this update was given by the middlewares."""
    return given_from(manager.middleware_data)


def given_from(data: dict[str, Any]) -> Given:
    """The same for a getter, which gets middleware data as keywords."""
    return Given(
        services=data["services"],
        actor=data["actor"],
        speech=data["speech"],
        settings=data["settings"],
        chance=data["chance"],
        clock=data["clock"],
    )
