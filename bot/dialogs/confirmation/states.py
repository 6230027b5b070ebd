from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class StaffPoint(StatesGroup):
    """Opened from the menu, which offers it to officers only."""

    find = State()
    compare = State()
    number = State()
    mend = State()
    name = State()
    born = State()
    snils = State()
    differ = State()
    done = State()


class StaffClass(StatesGroup):
    """Several families at once, as at a meeting of parents."""

    codes = State()
    ticks = State()
    report = State()


class StaffPlans(StatesGroup):
    """Start data: `municipality_id`, one where the person is the head."""

    points = State()
    plan = State()


class StaffPaper(StatesGroup):
    """A family without an account, copied from its papers; the answers are a draft."""

    name = State()
    born = State()
    snils = State()
    guardian = State()
    phone = State()
    consent = State()
    check = State()
    done = State()


class SlipJoining(StatesGroup):
    """A family on paper follows its slip. Start data: `code`, in the sealed state only."""

    offer = State()
    joined = State()
    invalid = State()
