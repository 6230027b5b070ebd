from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class FamilyMembers(StatesGroup):
    """Start data: `child_id`."""

    members = State()
    member = State()
    invite = State()
    children = State()
    link = State()
    leaving = State()
