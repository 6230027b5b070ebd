from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class StaffAudit(StatesGroup):
    """Started with `municipality_id`."""

    ask = State()
    several = State()
    people = State()
    lines = State()
