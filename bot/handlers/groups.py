"""Groups: silence unless addressed. Nothing personal is answered here.

A chat nobody bound gets no word at all (but for `/bind`). In a bound chat a command, a mention or
a reply to the bot is heard: a general question that the knowledge base is sure of is answered at
once, with parents' answers among parents and organisers' among staff; whatever else is said gets a
link to the private chat. This router takes everything that comes from groups and channels, so
nothing of it falls through to the answers of private chats.
"""

from __future__ import annotations

import re

from aiogram import Bot, F, Router
from aiogram.enums import ChatType, MessageEntityType
from aiogram.types import Message, User

from bot.dialogs.documents import document_in
from bot.services import Services
from bot.settings import Settings
from bot.views.questions import answer_text
from core.domain.knowledge import Audience
from core.domain.staff import ChatPurpose
from core.i18n import Speech
from core.services.chats.bound_chats import BoundChatView

router = Router(name="groups")

_NOT_PRIVATE = F.chat.type != ChatType.PRIVATE


@router.message(_NOT_PRIVATE)
async def on_group_message(
    message: Message, bot: Bot, services: Services, settings: Settings, speech: Speech
) -> None:
    """Answer what is addressed to the bot in a chat it serves; else nothing."""
    me = await bot.me()
    if not _addressed(message, me):
        return
    bound = await services.bound_chats.list_in("telegram", message.chat.id)
    if not bound:
        return
    link = f"https://t.me/{me.username}"
    answer = await _general_answer(message, me, bound[0], services, settings, speech)
    if answer is None:
        await message.answer(speech.say("group-private", link=link))
    else:
        await message.reply(speech.say("group-answer", answer=answer, link=link))


@router.edited_message(_NOT_PRIVATE)
async def on_group_edit(message: Message) -> None:
    """An edited message in a group was answered, or left in peace, when it was new."""


async def _general_answer(
    message: Message,
    me: User,
    chat: BoundChatView,
    services: Services,
    settings: Settings,
    speech: Speech,
) -> str | None:
    """What the base is sure of; None for what is about somebody, or is no question."""
    question = _without_address(message.text or "", me)
    if not question or document_in(question) is not None:
        return None
    among_parents = chat.purpose is ChatPurpose.PARENTS
    asked = await services.knowledge.look_in_chat(
        question,
        municipality_id=chat.municipality_id,
        audience=Audience.PARENTS if among_parents else Audience.ORGANISERS,
    )
    if asked.told is None or asked.personal:
        return None
    return answer_text(asked.told, speech, phone=settings.operator_phone)


def _without_address(text: str, me: User) -> str:
    """The words without a command at the beginning and without the bot's name."""
    words = re.sub(rf"@{me.username}\b", " ", text, flags=re.IGNORECASE)
    return re.sub(r"^\s*/\w+", " ", words).strip()


def _addressed(message: Message, me: User) -> bool:
    text = message.text or message.caption or ""
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == me.id:
        # in a topic every message "replies" to the service message that opened it
        return replied.forum_topic_created is None
    name = f"@{me.username}".casefold()
    for entity in message.entities or message.caption_entities or ():
        said = entity.extract_from(text).casefold()
        if entity.type == MessageEntityType.MENTION and said == name:
            return True
        if entity.type == MessageEntityType.BOT_COMMAND and (
            "@" not in said or said.endswith(name)
        ):
            return True
    return False
