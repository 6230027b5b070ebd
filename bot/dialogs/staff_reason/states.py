from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class StaffReason(StatesGroup):
    """Opened by the button under the question that a press on a card has sent."""

    typing = State()
    checking = State()
    done = State()
    late = State()
    nothing = State()
