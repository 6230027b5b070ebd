from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class StaffKnowledge(StatesGroup):
    """Start data: `municipality_id`, one where the person is a moderator."""

    overview = State()
    topics = State()
    entries = State()
    found = State()
    entry = State()
    question = State()
    examples = State()
    answers = State()
    answer = State()
    text = State()
    dates = State()
    link = State()
    ending = State()
    versions = State()
    version = State()


class StaffUnanswered(StatesGroup):
    """What the base could not answer. Start data as above."""

    misses = State()
    miss = State()
    found = State()


class StaffNewEntry(StatesGroup):
    """Start data as above, and `miss_id` with `text` where it comes from a question."""

    question = State()
    answer = State()
    check = State()
    done = State()
