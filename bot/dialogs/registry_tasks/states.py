from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class StaffTasks(StatesGroup):
    """Opened from the staff's door (a list) or from a card (one task)."""

    listing = State()
    task = State()
    number = State()
    number_check = State()
    reason = State()
    reason_check = State()
    done = State()
    late = State()
