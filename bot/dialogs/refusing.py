"""A refusal of the rules in words: `refusal-<code>`, with what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.given import given
from bot.dialogs.widgets import hint
from bot.views.typed import said_back
from core.domain.refusals import BadValue, NotFound, Refusal
from core.i18n import Speech


def refusal_text(refusal: Refusal, speech: Speech) -> str:
    """The words (HTML)."""
    return _words(refusal.code, refusal.params, speech)


def keep_refusal(manager: DialogManager, refusal: Refusal) -> None:
    """Remember it for the window that shows what to do next."""
    manager.dialog_data["refusal"] = {"code": refusal.code, "params": refusal.params}


def kept_code(manager: DialogManager) -> str:
    return str(manager.dialog_data.get("refusal", {}).get("code", NotFound.code))


def kept_params(manager: DialogManager) -> dict[str, Any]:
    params: dict[str, Any] = manager.dialog_data.get("refusal", {}).get("params", {})
    return params


def kept_text(manager: DialogManager, speech: Speech) -> str:
    """The words of the refusal that was kept."""
    return _words(kept_code(manager), kept_params(manager), speech)


def say_refusal(manager: DialogManager, refusal: Refusal) -> None:
    """The same above the present window."""
    hint(manager, refusal_text(refusal, given(manager).speech))


def say_bad_value(manager: DialogManager, refusal: BadValue, typed: str) -> None:
    """What is wrong with what was typed, with the typed words said back."""
    speech = given(manager).speech
    back = speech.say("typed-back", typed=said_back(typed))
    hint(manager, f"{refusal_text(refusal, speech)}\n{back}")


def _words(code: str, params: Mapping[str, Any], speech: Speech) -> str:
    shown = {name: _shown(value, speech) for name, value in params.items()}
    field = str(shown.get("field")).replace("_", "-")
    exact = f"refusal-{code}-{field}-{shown.get('reason')}"
    if code == BadValue.code and speech.has(exact):
        return speech.say(exact, **shown)
    return speech.say(f"refusal-{code}", **shown)


def _shown(value: Any, speech: Speech) -> str | int:
    """A parameter as people read it: ISO dates become dates of the language."""
    if isinstance(value, str):
        try:
            return speech.short_day(date.fromisoformat(value))
        except ValueError:
            return value
    return int(value)
