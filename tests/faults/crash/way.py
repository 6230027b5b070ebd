"""The main way as single deeds: staff arrive, a family finds, asks, applies, everybody answers.

Each step is one update (or one that provokes a notice); texts are those of the screens.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.client import ChatWindow, Person, text_of
from bot.sandbox.client import buttons as buttons_of

NAME = "Непридуманова Алиса Ивановна"
SNILS = "112-233-445 95"
PHONE = "+7 918 765-43-21"


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who acts."""

    parent: Person
    moderator: Person
    group: ChatWindow
    invitation: str
    chat_code: str


Deed = Callable[[Cast], Awaitable[object]]


@dataclass(frozen=True, kw_only=True)
class Step:
    name: str
    deed: Deed


def says(text: str) -> Deed:
    return lambda cast: cast.parent.say(text)


def taps(label: str) -> Deed:
    return lambda cast: cast.parent.press(label)


def decides(title: str, label: str) -> Deed:
    """A tap of the moderator on the newest card of the group with `title` in its text."""

    async def deed(cast: Cast) -> object:
        view = await cast.group.view()
        for message in reversed(view.from_bot):
            fits = any(label in button["text"] for button in buttons_of(message))
            if title in text_of(message) and fits:
                return await cast.moderator.press_on(message["message_id"], label, chat=cast.group)
        raise LookupError(f"no card {title!r} with {label!r}: {view.describe()}")

    return deed


WAY: tuple[Step, ...] = (
    Step(
        name="the moderator follows the invitation",
        deed=lambda cast: cast.moderator.start(f"i_{cast.invitation}"),
    ),
    Step(
        name="the moderator binds the chat",
        deed=lambda cast: cast.moderator.say(f"/bind {cast.chat_code}", chat=cast.group),
    ),
    Step(name="the parent starts", deed=lambda cast: cast.parent.start()),
    Step(name="looks for clubs", deed=taps("Найти кружок")),
    Step(name="asks for themes", deed=taps("По теме")),
    Step(name="chooses a theme", deed=taps("Творчество")),
    Step(name="goes home", deed=says("/menu")),
    Step(name="opens the family", deed=taps("Мои дети")),
    Step(name="adds a child", deed=taps("Добавить ребёнка")),
    Step(name="agrees", deed=taps("Согласен")),
    Step(name="types the name", deed=says(NAME)),
    Step(name="types the birth date", deed=says("5 марта 2017")),
    Step(name="confirms the child", deed=taps("Всё верно")),
    Step(name="asks for a certificate", deed=taps("Оформить сертификат")),
    Step(name="types the СНИЛС", deed=says(SNILS)),
    Step(name="types the phone", deed=says(PHONE)),
    Step(name="sends the request", deed=taps("Отправить")),
    Step(name="the moderator opens the card", deed=decides("Сертификат", "Открыть")),
    Step(name="the moderator confirms", deed=decides("Сертификат", "Подтвердить")),
    Step(name="looks at the number", deed=taps("Показать номер")),
    Step(name="opens a programme by a link", deed=lambda cast: cast.parent.start("p_1")),
    Step(name="wants a place", deed=taps("Записать")),
    Step(name="agrees to the transfer", deed=taps("Согласен")),
    Step(name="applies", deed=taps("Подтвердить")),
    Step(name="the moderator accepts", deed=decides("Заявка", "Принять")),
    Step(name="looks at the application", deed=taps("Моя заявка")),
    Step(name="wants to leave", deed=taps("Отменить заявку")),
    Step(name="leaves", deed=says("да")),
    Step(name="opens another programme", deed=lambda cast: cast.parent.start("p_3")),
    Step(name="wants a place there", deed=taps("Записать")),
    Step(name="applies there", deed=taps("Подтвердить")),
    Step(name="the moderator refuses", deed=decides("Заявка", "Отказать")),
    Step(name="the moderator gives the reason", deed=decides("Заявка", "Нет мест")),
    Step(name="looks at what is held", deed=says("/mydata")),
)

CONFIRMING = "applies"
"""The step whose button is pressed again, as a new update, after a crash."""
