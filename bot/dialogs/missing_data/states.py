from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class MissingDataForm(StatesGroup):
    """The family answers what staff ask about a request."""

    answer = State()
    snils = State()
    phone = State()
    check = State()
    receipt = State()
    nothing = State()


class StaffNeed(StatesGroup):
    """Staff write what the family is asked for, where it stands on no list."""

    typing = State()
    done = State()
    nothing = State()
