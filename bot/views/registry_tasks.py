"""Tasks for the other registry: buttons that lead to them, and fields that one tap copies."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup, escape

from bot.views.cards import RowId
from bot.views.choices import Choice
from bot.views.days import day_and_month
from core.domain.staff import CardSubject
from core.i18n import Speech
from core.services.registry_tasks.views import TaskFields, TaskLine


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
