"""Groups: silence unless addressed. Nothing personal is answered here.

A chat nobody bound gets no word at all (but for `/bind`). In a bound chat a command, a mention or
a reply to the bot is heard: a general question that the knowledge base is sure of is answered at
once, with parents' answers among parents and organisers' among staff; whatever else is said gets a
link to the private chat. The number of a document written among parents is taken away, addressed or
not, where the bot may delete; of other data whoever addressed the bot is told that it belongs into
the private chat. Photos of the chat's own life are left alone. This router takes everything that
comes from groups and channels, so nothing of it falls through to the answers of private chats.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from aiogram import Bot, F, Router
from aiogram.enums import ChatType, MessageEntityType
from aiogram.types import Message, User

from bot.dialogs.documents import document_in
from bot.dialogs.listening import delete_message
from bot.dialogs.others_data import carries_data, without_data
from bot.services import Services
from bot.settings import Settings
from bot.views.questions import answer_text
from core.clock import Clock
from core.domain.knowledge import Audience
from core.domain.staff import ChatPurpose
from core.i18n import Speech
from core.services.chats.bound_chats import BoundChatView
from core.services.questions.danger import is_cry_for_help

router = Router(name="groups")

WARNED_AGAIN_AFTER = timedelta(hours=1)
_warned: WeakKeyDictionary[Services, dict[tuple[int, int], datetime]] = WeakKeyDictionary()
"""By process: (chat, person) -> when they were told to keep data out of the chat. Not worth a row:
after a restart somebody hears it once more."""

_NOT_PRIVATE = F.chat.type != ChatType.PRIVATE


@router.message(_NOT_PRIVATE)
async def on_group_message(
    message: Message,
    bot: Bot,
    services: Services,
    settings: Settings,
    speech: Speech,
    clock: Clock,
) -> None:
    """Answer what is addressed to the bot in a chat it serves; else nothing."""
    me = await bot.me()
    removed = await _took_number_away(message, services)
    if not _addressed(message, me):
        if removed:
            await _say_removed(message, me, services, speech, clock.now())
        return
    bound = await services.bound_chats.list_in("telegram", message.chat.id)
    if not bound:
        return
    chat = bound[0]
    link = f"https://t.me/{me.username}"
    answer_to = message.answer if removed else message.reply
    question = _without_address(message.text or message.caption or "", me)
    if is_cry_for_help(question):
        await answer_to(await _phones(chat, services, settings, speech))
        return
    careless = chat.purpose is ChatPurpose.PARENTS and carries_data(question)
    answer = await _general_answer(question, chat, services, settings, speech, careless=careless)
    said = [] if answer is None else [speech.say("group-answer", answer=answer, link=link)]
    if careless and _is_to_be_warned(services, message, clock.now()):
        said.append(speech.say("group-number-deleted" if removed else "group-careful", link=link))
    if said:
        await answer_to("\n\n".join(said))
    else:
        await message.answer(speech.say("group-private", link=link))


@router.edited_message(_NOT_PRIVATE)
async def on_group_edit(
    message: Message, bot: Bot, services: Services, speech: Speech, clock: Clock
) -> None:
    """An edited message in a group was answered, or left in peace, when it was new; a number that
    came into it goes all the same."""
    if await _took_number_away(message, services):
        await _say_removed(message, await bot.me(), services, speech, clock.now())


async def _took_number_away(message: Message, services: Services) -> bool:
    """Delete a parent's message with the number of a document. False: there was none, or it may
    not be deleted here."""
    if document_in(message.text or message.caption or "") is None:
        return False
    bound = await services.bound_chats.list_in("telegram", message.chat.id)
    if not bound or bound[0].purpose is not ChatPurpose.PARENTS:
        return False
    return await delete_message(message)


async def _say_removed(
    message: Message, me: User, services: Services, speech: Speech, now: datetime
) -> None:
    """Where documents are shown instead, once an hour."""
    if _is_to_be_warned(services, message, now):
        link = f"https://t.me/{me.username}"
        await message.answer(speech.say("group-number-deleted", link=link))


async def _general_answer(
    question: str,
    chat: BoundChatView,
    services: Services,
    settings: Settings,
    speech: Speech,
    *,
    careless: bool,
) -> str | None:
    """What the base is sure of; None for what is about somebody, or is no question. Of a `careless`
    question the general part is looked up, without names and numbers."""
    if not question or (document_in(question) is not None and not careless):
        return None
    among_parents = chat.purpose is ChatPurpose.PARENTS
    audience = Audience.PARENTS if among_parents else Audience.ORGANISERS
    asked = await services.knowledge.look_in_chat(
        without_data(question) if careless else question,
        municipality_id=chat.municipality_id,
        audience=audience,
    )
    if asked.told is None or asked.personal:
        return None
    return answer_text(asked.told, speech, phone=settings.operator_phone)


async def _phones(
    chat: BoundChatView, services: Services, settings: Settings, speech: Speech
) -> str:
    """Who helps at once."""
    place = await services.municipalities.get(chat.municipality_id)
    return speech.say(
        "questions-danger",
        centre=place.centre_name or place.name,
        phone=place.centre_phone or settings.operator_phone,
    )


def _is_to_be_warned(services: Services, message: Message, now: datetime) -> bool:
    """Once an hour: a second word would be nagging."""
    warned = _warned.setdefault(services, {})
    for key in [key for key, at in warned.items() if now - at >= WARNED_AGAIN_AFTER]:
        del warned[key]
    who = message.sender_chat or message.from_user
    if who is None or (message.chat.id, who.id) in warned:
        return False
    warned[message.chat.id, who.id] = now
    return True


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
