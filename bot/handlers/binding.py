"""`/bind CODE` in the chat that is to serve staff.

In a group only a person counts: anonymous administrators, channels and bots are nobody. A post in a
channel never has an author, so there the one-time code itself is the proof, and whatever else is
posted gets silence. In a private chat the command is explained.
"""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.types import Chat, Message

from bot.services import Services
from core.domain.actors import Actor
from core.domain.refusals import Refusal
from core.i18n import Speech
from core.services.chats.bound_chats import ChatKind

router = Router(name="binding")


@router.message(Command("bind"), F.chat.type == ChatType.PRIVATE, F.edit_date.is_(None))
async def on_bind_in_private(message: Message, speech: Speech) -> None:
    """Nothing to bind here."""
    await message.answer(speech.say("bind-private"))


@router.message(Command("bind"), F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP}))
async def on_bind(
    message: Message,
    command: CommandObject,
    services: Services,
    actor: Actor | None,
    speech: Speech,
) -> None:
    """Bind this chat; every try gets an answer."""
    if actor is None or message.sender_chat is not None:
        await message.answer(speech.say("bind-anonymous"))
        return
    await _bind(message, command, services, actor, speech)


@router.channel_post(Command("bind"))
async def on_bind_channel(
    message: Message, command: CommandObject, services: Services, speech: Speech
) -> None:
    """Bind this channel: only its administrators post here."""
    await _bind(message, command, services, None, speech)


async def _bind(
    message: Message,
    command: CommandObject,
    services: Services,
    actor: Actor | None,
    speech: Speech,
) -> None:
    code = (command.args or "").strip()
    if not code:
        await message.answer(speech.say("bind-how"))
        return
    try:
        bound = await services.bound_chats.bind(
            actor,
            code,
            messenger="telegram",
            chat_id=message.chat.id,
            kind=_kind_of(message.chat),
        )
    except Refusal as refusal:
        await message.answer(speech.say(f"refusal-{refusal.code}"))
        return
    await message.answer(
        speech.say(
            "bind-done",
            purpose=speech.say_plain("bind-purpose", purpose=str(bound.purpose)),
            municipality=bound.municipality_name,
        )
    )


def _kind_of(chat: Chat) -> ChatKind:
    if chat.type == ChatType.GROUP:
        return "group"
    if chat.type == ChatType.CHANNEL:
        return "channel"
    return "forum" if chat.is_forum else "supergroup"
