from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class StaffHalt(StatesGroup):
    """Opened by the buttons under a certificate's details."""

    reason = State()
    check = State()
    done = State()
    nothing = State()
