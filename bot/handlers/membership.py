"""Who can be reached: the bot stopped or started by a person, put into a chat or out of it."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated, Message

from bot.services import Services

router = Router(name="membership")

_OUT = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.KICKED})


@router.my_chat_member(F.chat.type == ChatType.PRIVATE)
async def on_private(event: ChatMemberUpdated, services: Services) -> None:
    """A person stopped the bot, or started it again: nothing is said."""
    if event.new_chat_member.status in _OUT:
        await services.people.mark_blocked("telegram", event.chat.id)
    else:
        await services.people.mark_reachable("telegram", event.chat.id)


@router.my_chat_member()
async def on_chat(event: ChatMemberUpdated, services: Services) -> None:
    """Out of a chat: it is bound no more. Back in it, or with other rights there: what waits is
    shown. Into a chat that nobody has bound: silence.
    """
    if event.new_chat_member.status in _OUT:
        await services.bound_chats.left("telegram", event.chat.id)
    else:
        await services.bound_chats.returned("telegram", event.chat.id)


@router.message(F.migrate_to_chat_id)
async def on_moved(message: Message, services: Services) -> None:
    """Said in the old group: it is a supergroup now."""
    if message.migrate_to_chat_id is not None:
        await services.bound_chats.moved("telegram", message.chat.id, message.migrate_to_chat_id)


@router.message(F.migrate_from_chat_id)
async def on_moved_here(message: Message, services: Services) -> None:
    """The same said in the new supergroup; which of the two comes first is not known."""
    if message.migrate_from_chat_id is not None:
        await services.bound_chats.moved("telegram", message.migrate_from_chat_id, message.chat.id)
