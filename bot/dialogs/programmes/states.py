from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Programmes(StatesGroup):
    directions = State()
    listing = State()


class ProgrammePage(StatesGroup):
    """One programme, and beside another; opened from a list, a deep link or a notice.

    Start data: `programme_id`, and `among` (ids of the list it was opened from) where there is one.
    """

    card = State()
    gone = State()
    pair = State()
    both = State()
