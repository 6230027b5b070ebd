from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class StaffDifferences(StatesGroup):
    """Opened from the staff's door."""

    listing = State()
    one = State()
    theirs_check = State()
