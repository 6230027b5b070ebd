"""What a window hears besides taps: every message gets an answer.

A window names what it expects (`expects`, a Fluent key of one sentence) and what it can take: a
typed text, a contact, «yes» and «no» to its question. Everything else (a voice, a sticker, an
edit, an unknown command …) is answered by the same window with a line above it: what came, what
is expected here; the window's buttons are the way out.

Numbers of documents, photos and documents that nobody asked for are deleted, not stored, and the
person is told where to show the document. That is looked at first: an edit and a command carry
such a number as well as a new message does.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.enums import ContentType
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import Contact, Location, Message, PhotoSize
from aiogram.types import Document as SentFile
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput

from bot.dialogs.answers import Answer, Way, read_answer, read_way
from bot.dialogs.documents import Document, document_in
from bot.dialogs.given import given
from bot.dialogs.questions.states import Questions
from bot.dialogs.stack import go_home, is_draft
from bot.dialogs.typed_wishes import take_typed, take_typed_question
from bot.dialogs.widgets import hint
from bot.views.typed import said_back
from core.domain.knowledge import masked

OnText = Callable[[DialogManager, str], Awaitable[None]]
OnContact = Callable[[DialogManager, Contact], Awaitable[None]]
OnPicture = Callable[[DialogManager, PhotoSize], Awaitable[None]]
OnFile = Callable[[DialogManager, SentFile], Awaitable[None]]
OnLocation = Callable[[DialogManager, Location], Awaitable[None]]
OnQuestion = Callable[[DialogManager, str], Awaitable[bool]]
"""False: it is no question for this window and goes where all questions go."""
OnAnswer = Callable[[DialogManager], Awaitable[None]]

_DOCUMENT_CARRIERS = frozenset({ContentType.PHOTO, ContentType.DOCUMENT})
_NAMED_KINDS = frozenset(
    {
        ContentType.PHOTO,
        ContentType.DOCUMENT,
        ContentType.VOICE,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.AUDIO,
        ContentType.STICKER,
        ContentType.ANIMATION,
        ContentType.LOCATION,
        ContentType.VENUE,
        ContentType.CONTACT,
        ContentType.POLL,
        ContentType.DICE,
        ContentType.PINNED_MESSAGE,
    }
)


@dataclass(frozen=True, kw_only=True)
class Ear:
    """What one window takes from a message."""

    expects: str
    text: OnText | None = None
    question: OnQuestion | None = None
    contact: OnContact | None = None
    location: OnLocation | None = None
    picture: OnPicture | None = None
    file: OnFile | None = None
    yes: OnAnswer | None = None
    no: OnAnswer | None = None
    back: OnAnswer | None = None
    """What «back» and «cancel» typed do before anything else; with it «menu» leads home."""
    way_back: OnAnswer | None = None
    way_home: OnAnswer | None = None
    """What the two buttons of the window do, typed; «no» is asked first. None: there is no such
    button, and the words are words."""
    takes: frozenset[Document] = frozenset()


def listening(ear: Ear) -> MessageInput:
    """The window's only input: it takes all kinds of messages."""

    async def hear(message: Message, _widget: Any, manager: DialogManager) -> None:
        await _hear(ear, message, manager)

    return MessageInput(hear)


async def answer_outside(message: Message, manager: DialogManager) -> None:
    """A message that no window waits for: the same answers, with the menu below."""
    await go_home(manager, show_mode=ShowMode.NO_UPDATE)
    manager.show_mode = ShowMode.SEND
    opened = manager.current_context()
    ear = Ear(expects="expects-menu", text=take_typed, question=take_typed_question)
    await _hear(ear, message, manager)
    if manager.current_context() == opened:
        await manager.show()


async def forget_document(message: Message) -> None:
    """For a message nobody will hear: a document in it goes all the same."""
    told = document_in(message.text or message.caption or "")
    if told is not None or message.content_type in _DOCUMENT_CARRIERS:
        await delete_message(message)


async def _hear(ear: Ear, message: Message, manager: DialogManager) -> None:
    document = document_in(message.text or message.caption or "")
    if message.text is not None and document is not None and document not in ear.takes:
        await delete_message(message)
        _explain(ear, manager, f"{document.value}-deleted")
    elif message.photo and ear.picture and document is None and message.edit_date is None:
        await ear.picture(manager, message.photo[-1])
    elif message.document and ear.file and document is None and message.edit_date is None:
        await ear.file(manager, message.document)
    elif message.content_type in _DOCUMENT_CARRIERS or (message.caption and document is not None):
        await delete_message(message)
        _explain(ear, manager, f"{_kind(message)}-deleted")
    elif message.edit_date is not None:
        _explain(ear, manager, "edited")
    elif message.content_type == ContentType.CONTACT and message.contact is not None:
        await _hear_contact(ear, message.contact, message, manager)
    elif message.location is not None and ear.location is not None:
        await ear.location(manager, message.location)
    elif message.content_type == ContentType.TEXT and message.text is not None:
        await _hear_text(ear, message.text, manager)
    else:
        _explain(ear, manager, _kind(message))


async def _hear_contact(
    ear: Ear, contact: Contact, message: Message, manager: DialogManager
) -> None:
    if message.from_user is None or contact.user_id != message.from_user.id:
        await delete_message(message)
        _explain(ear, manager, "contact-foreign")
    elif ear.contact is not None:
        await ear.contact(manager, contact)
    else:
        _explain(ear, manager, "contact")


async def _hear_text(ear: Ear, text: str, manager: DialogManager) -> None:
    answer = read_answer(text)
    way = read_way(text)
    if way is Way.BACK and ear.back is not None:
        await ear.back(manager)
    elif way is Way.HOME and ear.back is not None:
        await go_home(manager)
    elif answer is Answer.YES and ear.yes is not None:
        await ear.yes(manager)
    elif answer is Answer.NO and ear.no is not None:
        await ear.no(manager)
    elif way is Way.BACK and ear.way_back is not None:
        await ear.way_back(manager)
    elif way is Way.HOME and ear.way_home is not None:
        await ear.way_home(manager)
    elif text.startswith("/"):
        _explain(ear, manager, "command", typed=said_back(text))
    elif text.rstrip().endswith("?"):
        if ear.question is not None and await ear.question(manager, text):
            return
        data = {"text": said_back(masked(text)), "over_form": is_draft(manager.current_context())}
        await manager.start(Questions.offered, data=data)
    elif ear.text is not None:
        await ear.text(manager, text)
    else:
        _explain(ear, manager, "text", typed=said_back(text))


async def refused_document(manager: DialogManager, text: str) -> bool:
    """For a step that takes digits: was it the number of a document after all? Then it goes."""
    document = document_in(text)
    if document is None or not isinstance(manager.event, Message):
        return False
    await delete_message(manager.event)
    hint(manager, given(manager).speech.say(f"unexpected-{document.value}-deleted"))
    return True


async def delete_message(message: Message) -> bool:
    """Take a message with a document out of the chat; too old, already gone or not allowed (in a
    group) is no fault: False."""
    bot: Bot | None = message.bot
    if bot is None:
        return False
    try:
        await bot.delete_message(message.chat.id, message.message_id)
    except (TelegramBadRequest, TelegramForbiddenError):
        return False
    return True


def _kind(message: Message) -> str:
    kind = message.content_type
    return kind.replace("_", "-") if kind in _NAMED_KINDS else "other"


def _explain(ear: Ear, manager: DialogManager, what: str, **params: str) -> None:
    speech = given(manager).speech
    hint(manager, f"{speech.say(f'unexpected-{what}', **params)} {speech.say(ear.expects)}")
