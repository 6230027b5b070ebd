from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class ConsentAct(StatesGroup):
    """One consent, started with `kind` and, for a transfer, the provider."""

    ask = State()
    whole = State()
    declined = State()
    unavailable = State()
