from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Questions(StatesGroup):
    """Start data: `text`, a question typed elsewhere, masked; of `offered` it is `question` too;
    of `answered` it may be `entry_id`, the answer a link names."""

    ask = State()
    answered = State()
    clarify = State()
    person = State()
    danger = State()
    contacts = State()
    offered = State()
