from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class StaffPeople(StatesGroup):
    """Opened from the office and by /staff; what is shown follows the rights of the moment."""

    overview = State()
    members = State()
    member = State()
    revoking = State()
    roles = State()
    organisations = State()
    term = State()
    link = State()
    rights = State()
    receivers = State()
    days = State()
    checking = State()
    handed = State()
    chats = State()
    chat = State()
