from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class MyDataPage(StatesGroup):
    """What is held; taking a consent back; being erased, in two steps."""

    whole = State()
    consents = State()
    withdraw = State()
    erase = State()
    sure = State()


class Erased(StatesGroup):
    """Started with the number of the act; nothing of the person is needed any more."""

    receipt = State()
