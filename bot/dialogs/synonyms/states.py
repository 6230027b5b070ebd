from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class StaffWords(StatesGroup):
    """Start data: `municipality_id`, one where the person is a moderator."""

    overview = State()
    listing = State()
    synonym = State()
    phrase = State()
    meaning = State()
    misses = State()
    miss = State()
    places = State()
    place = State()
