from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class FamilyAccount(StatesGroup):
    code = State()
    recover = State()
    born = State()
    recovered = State()


class FamilyMove(StatesGroup):
    where = State()
    check = State()
    moved = State()
