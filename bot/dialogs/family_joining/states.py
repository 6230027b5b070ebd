from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class FamilyJoining(StatesGroup):
    """Start data: `code`; it lies in the sealed state of the dialogue only."""

    offer = State()
    joined = State()
    invalid = State()
