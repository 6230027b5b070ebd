"""The staff card of a certificate the bot did not find: no personal data; a press is input."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views.cards import RowId
from core.domain.attaching import TaskOutcome
from core.i18n import Speech
from core.services.certificates.attach_tasks import TaskCard, TaskDetails

TASK_PREFIX = "attask"


class TaskAction(StrEnum):
    """What a button of the card does."""

    OPEN = "o"
    FOUND = "y"
    ABSENT = "n"

    @property
    def outcome(self) -> TaskOutcome:
        return TaskOutcome.FOUND if self is TaskAction.FOUND else TaskOutcome.ABSENT


class TaskPress(CallbackData, prefix=TASK_PREFIX):
    """One press."""

    id: RowId
    action: TaskAction


def task_text(card: TaskCard, speech: Speech) -> str:
    """The card as HTML."""
    head = speech.say("attach-task", id=str(card.id), when=speech.moment(card.made_at))
    if card.open:
        return head
    state = card.outcome.value if card.outcome else "self"
    return "\n".join([head, speech.say("attach-task-settled", outcome=state)])


def task_keyboard(card: TaskCard, speech: Speech) -> InlineKeyboardMarkup | None:
    """To look and to answer while it is open; nothing afterwards."""
    if not card.open:
        return None
    rows = [(TaskAction.OPEN,), (TaskAction.FOUND, TaskAction.ABSENT)]
    return InlineKeyboardMarkup(
        inline_keyboard=[[_button(card, action, speech) for action in row] for row in rows]
    )


def task_details(details: TaskDetails, speech: Speech) -> str:
    """What the family typed, for the private chat."""
    none = speech.say_plain("details-none")
    return speech.say(
        "attach-details",
        id=str(details.id),
        number=details.number,
        born=speech.short_day(details.born),
        guardian=details.guardian_name or none,
        phone=details.phone or none,
    )


def _button(card: TaskCard, action: TaskAction, speech: Speech) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        text=speech.say_plain(f"attach-button-{action.name.lower()}"),
        callback_data=TaskPress(id=card.id, action=action).pack(),
    )
