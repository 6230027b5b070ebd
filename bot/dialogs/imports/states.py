from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class StaffImport(StatesGroup):
    """Opened by a table that a member of the municipal centre sends."""

    kind = State()
    too_big = State()
    unreadable = State()
    families_off = State()
    trial = State()
    many = State()
    done = State()
