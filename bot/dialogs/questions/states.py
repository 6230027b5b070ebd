from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Questions(StatesGroup):
    """Start data: `text`, a question typed elsewhere, masked; of `offered` it is `question` too."""

    ask = State()
    answered = State()
    clarify = State()
    person = State()
    contacts = State()
    offered = State()
