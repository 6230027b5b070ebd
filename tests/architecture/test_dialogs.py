"""Windows as a whole: each state has one, each button its own id, each tap fits Telegram's 64."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup
from aiogram_dialog import Dialog, Window
from aiogram_dialog.utils import intent_callback_data
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select

from bot.dialogs import dialogs
from bot.dialogs.library import LENGTH
from bot.views.cards import CardAction, CardPress, SubjectCode
from core.domain.certificates import CertificateRefusal
from core.domain.enrolment import ApplicationRefusal
from core.domain.programmes import Direction
from tests.architecture.sources import all_modules

MOST_BYTES = 64
LONGEST_ID = 2**63 - 1
LONGEST_VERSION = 10**9 - 1


@pytest.fixture(scope="module")
def all_dialogs() -> list[Dialog]:
    return dialogs()


@pytest.fixture(scope="module")
def windows(all_dialogs: list[Dialog]) -> dict[State, Window]:
    return {
        state: window
        for dialog in all_dialogs
        for state, window in dialog.windows.items()
        if isinstance(window, Window)
    }


def _widgets(keyboard: Any) -> Iterator[Any]:
    yield keyboard
    for inner in getattr(keyboard, "buttons", ()):
        yield from _widgets(inner)


def _subclasses(parent: type) -> Iterator[type]:
    children: list[type] = parent.__subclasses__()
    for child in children:
        yield child
        yield from _subclasses(child)


def test_every_state_has_a_window(windows: dict[State, Window]) -> None:
    all_modules()
    states = {
        state
        for group in _subclasses(StatesGroup)
        if group.__module__.startswith("bot.")
        for state in group.__states__  # type: ignore[attr-defined]
    }

    assert len(states) > 20
    assert states ^ set(windows) == set()


def test_every_window_listens_and_has_words(windows: dict[State, Window]) -> None:
    """Without a catch-all input a window silently shows itself again."""
    deaf = [
        state.state
        for state, window in windows.items()
        if not isinstance(window.on_message, MessageInput) or window.text is None
    ]

    assert deaf == []


def test_a_way_out_of_every_window(windows: dict[State, Window]) -> None:
    """Home or back; the menu itself is home."""
    shut = [
        state.state
        for state, window in windows.items()
        if state.state != "Menu:main"
        and not {"home", "back"}
        & {
            str(getattr(widget, "widget_id", None)).partition(".")[0]
            for widget in _widgets(window.keyboard)
        }
    ]

    assert shut == []


def test_no_two_widgets_share_an_id(windows: dict[State, Window]) -> None:
    ids = Counter(
        widget.widget_id
        for window in windows.values()
        for widget in _widgets(window.keyboard)
        if getattr(widget, "widget_id", None)
    )

    assert [name for name, times in ids.items() if times > 1] == []


def test_taps_in_windows_fit(windows: dict[State, Window]) -> None:
    intent = secrets.token_urlsafe(LENGTH)
    longest_word = max((item.value for item in Direction), key=len)
    long = {}
    for window in windows.values():
        for widget in _widgets(window.keyboard):
            if not isinstance(widget, Button | Select):
                continue
            data = str(widget.widget_id)
            if isinstance(widget, Select):
                item = str(LONGEST_ID) if widget.type_factory is int else longest_word
                data = f"{data}:{item}"
            tap = intent_callback_data(intent, data) or ""
            if len(tap.encode()) > MOST_BYTES:
                long[data] = len(tap.encode())

    assert long == {}


def _longest(name: str, kind: Any) -> Any:
    if name == "version":
        return LONGEST_VERSION
    if isinstance(kind, type) and issubclass(kind, Enum):
        return max(kind, key=lambda item: len(str(item.value)))
    return LONGEST_ID if kind is int else "x"


def test_typed_taps_fit() -> None:
    all_modules()
    kinds = [kind for kind in _subclasses(CallbackData) if kind.__module__.startswith("bot.")]

    assert len(kinds) >= 5
    for kind in kinds:
        fields = kind.model_fields  # type: ignore[attr-defined]
        if "reason" in fields:
            continue
        packed = kind(
            **{name: _longest(name, field.annotation) for name, field in fields.items()}
        ).pack()
        assert len(packed.encode()) <= MOST_BYTES, packed


@pytest.mark.parametrize("reason", [*CertificateRefusal, *ApplicationRefusal])
def test_a_card_fits_with_every_reason(reason: CertificateRefusal | ApplicationRefusal) -> None:
    press = CardPress(
        subject=SubjectCode.CERTIFICATE,
        id=LONGEST_ID,
        version=LONGEST_VERSION,
        action=CardAction.REASON,
        reason=reason.value,
    )

    assert len(press.pack().encode()) <= MOST_BYTES
