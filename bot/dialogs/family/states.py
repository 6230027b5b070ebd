from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Family(StatesGroup):
    overview = State()
    child = State()
    watches = State()
