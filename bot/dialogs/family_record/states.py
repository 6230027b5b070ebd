from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class ChildRecord(StatesGroup):
    """Start data: `child_id`."""

    fields = State()
    name = State()
    born = State()
    snils = State()
    check = State()
    done = State()
