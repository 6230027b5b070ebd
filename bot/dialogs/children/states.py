from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class ChildForm(StatesGroup):
    name = State()
    born = State()
    check = State()
    receipt = State()
    known = State()
    twins = State()
    twins_check = State()
    twins_done = State()
