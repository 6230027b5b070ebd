"""Tasks for the other registry: buttons that lead to them, and fields that one tap copies."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup, escape

from bot.views.cards import RowId
from bot.views.choices import Choice
from bot.views.days import day_and_month
from core.domain.certificates import NUMBER_DIGITS
from core.domain.registry_tasks import DifferenceKind
from core.domain.staff import CardSubject
from core.i18n import Speech
from core.services.registry_tasks.views import (
    DifferenceLine,
    DifferenceView,
    TaskFields,
    TaskLine,
)


class OpenTask(CallbackData, prefix="rtask_open"):
    """The button in the private chat of whoever pressed."""

    task_id: RowId


def task_choice(task: TaskLine, speech: Speech) -> Choice:
    """A button of the list: no personal data."""
    return Choice(
        id=task.id,
        label=speech.say_plain(
            "registry-task-label",
            subject=task.subject.value,
            id=str(task.subject_id),
            day=day_and_month(task.waiting_since, speech),
        ),
    )


def task_fields(task: TaskFields, speech: Speech) -> Markup:
    """A line a field; the value is what a tap copies."""
    certificate = task.subject is CardSubject.CERTIFICATES
    values = {
        "number": task.number,
        "last-name": task.child_name.last,
        "first-name": task.child_name.first,
        "patronymic": task.child_name.patronymic,
        "born": speech.short_day(task.born),
        "snils": task.snils if certificate else None,
        "organisation": task.organisation,
        "programme": task.programme,
        "group": task.group,
        "guardian": task.guardian_name,
        "phone": task.phone,
    }
    return Markup("\n").join(
        Markup("{}: <code>{}</code>").format(
            Markup(speech.say("registry-field", field=field)), escape(value)
        )
        for field, value in values.items()
        if value
    )


def difference_choice(difference: DifferenceLine, speech: Speech) -> Choice:
    """A button of the list: no personal data."""
    return Choice(
        id=difference.id,
        label=speech.say_plain(
            "registry-difference-label",
            kind=difference.kind.value,
            subject=difference.subject.value,
            id=str(difference.subject_id),
        ),
    )


def difference_text(difference: DifferenceView, speech: Speech) -> Markup:
    """Whose it is, what stands here and what the file says."""
    return Markup(
        speech.say(
            "registry-difference",
            kind=difference.kind.value,
            child=difference.child_name.full,
            born=speech.short_day(difference.born),
            ours=_side(difference, difference.ours, speech),
            theirs=_side(difference, difference.theirs, speech),
            found=speech.moment(difference.found_at),
        )
    )


def _side(difference: DifferenceView, value: str, speech: Speech) -> str:
    if not value:
        return speech.say_plain("registry-difference-nothing")
    if difference.kind is DifferenceKind.STATE:
        return speech.say_plain("card-certificate-state", state=value)
    if difference.kind is DifferenceKind.NUMBER and len(value) < NUMBER_DIGITS:
        return speech.say_plain("registry-difference-tail", tail=value)
    return value
