"""The way to a task, in private; what a family hears once its application stands elsewhere too."""

from __future__ import annotations

from aiogram.methods import SendMessage

from bot.outgoing.notices import Operation, Order, notice
from bot.views.notices import OpenApplication, button, keyboard
from bot.views.registry_tasks import OpenTask
from core.domain.actors import Actor
from core.domain.refusals import NotFound


@notice("registry_task.asked")
async def task_asked(order: Order) -> Operation:
    """No fields yet: the button asks for the right again."""
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            text=order.speech.say("registry-task-asked"),
            reply_markup=keyboard(
                button(order.speech, "registry-fields", OpenTask(task_id=order.entity_id))
            ),
        )
    )


@notice("application.entered")
async def application_entered(order: Order) -> Operation | None:
    """Nothing when it is theirs no more."""
    if order.recipient.person_id is None:
        return None
    reader = Actor(
        person_id=order.recipient.person_id, locale=order.speech.locale, municipality_id=None
    )
    try:
        application = await order.services.applications.get_mine(reader, order.entity_id)
    except NotFound:
        return None
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            text=order.speech.say(
                "application-entered",
                first=application.child_name.first,
                title=application.programme_title,
                number=str(application.id),
            ),
            reply_markup=keyboard(
                button(
                    order.speech,
                    "my-application",
                    OpenApplication(application_id=application.id),
                )
            ),
        )
    )
