from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Menu(StatesGroup):
    """Where everything starts and where everything leads back to."""

    main = State()
    municipality = State()
    help = State()
    settings = State()
    language = State()
