from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class AttachForm(StatesGroup):
    """Number, birth date, and what came of them."""

    number = State()
    born = State()
    found = State()
    unknown = State()
    later = State()
