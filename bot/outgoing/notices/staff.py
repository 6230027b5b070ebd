"""What staff hear in private: the menu of commands their rights allow, and what was handed over."""

from __future__ import annotations

from aiogram.methods import DeleteMyCommands, SendMessage, SetMyCommands
from aiogram.types import BotCommandScopeChat

from bot.outgoing.notices import Operation, Order, notice
from bot.views.commands import staff_commands
from core.domain.actors import Actor


@notice("commands.staff")
async def commands(order: Order) -> Operation | None:
    """The menu as rights are now; who holds none has everybody's menu again."""
    actor = _actor(order)
    if actor is None:
        return None
    scope = BotCommandScopeChat(chat_id=order.recipient.chat_id)
    menu = staff_commands(await order.services.staff.rights(actor), order.speech)
    if not menu:
        return Operation(method=DeleteMyCommands(scope=scope))
    return Operation(method=SetMyCommands(commands=menu, scope=scope))


@notice("staff.handed-over")
async def handed_over(order: Order) -> Operation | None:
    """Nothing when it was taken back meanwhile."""
    actor = _actor(order)
    handed = None
    if actor is not None:
        handed = await order.services.colleagues.find_handed(actor, order.entity_id)
    if handed is None:
        return None
    speech = order.speech
    words = {
        "role": speech.say_plain("staff-role", role=str(handed.role)),
        "place": handed.place,
        "first": speech.short_day(handed.first),
        "last": speech.short_day(handed.last),
    }
    if handed.giver_name is None:
        text = speech.say("people-told", **words)
    else:
        text = speech.say("people-told-by", giver=handed.giver_name, **words)
    return Operation(method=SendMessage(chat_id=order.recipient.chat_id, text=text))


def _actor(order: Order) -> Actor | None:
    if order.recipient.person_id is None:
        return None
    return Actor(
        person_id=order.recipient.person_id, locale=order.speech.locale, municipality_id=None
    )
