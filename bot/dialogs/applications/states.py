from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Apply(StatesGroup):
    """Started with `group_id` and `programme_id`."""

    child = State()
    check = State()
    receipt = State()
    refused = State()
    suggested = State()


class ApplicationPage(StatesGroup):
    """One application: its state, and taking it back."""

    status = State()
    withdraw = State()
    withdrawn = State()
