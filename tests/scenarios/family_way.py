"""The whole way of a family and of the centre, as taps and words in the chat page.

Used by the scenario that checks it and by the script that makes the pictures of the documents.
Every step waits for the words that only its own screen has.
"""

from __future__ import annotations

from playwright.async_api import expect

from tests.telegram.browser import BUTTON, ChatPage

PARENT = "Елена Иванова"
MODERATOR = "Анна Петровна"
OFFICE = "Центр допобразования: заявки"
CHILD = "Иванова Алиса Петровна"
SNILS = "112-233-445 95"
CLUB = "Робототехника базовый уровень"
"""Of the demo's registry: six to eight years, paid by the budget, twenty seats."""


async def greet(page: ChatPage) -> None:
    await page.choose(PARENT)
    await page.start()
    await page.wait_text("С чего начнём?")


async def find_club(page: ChatPage, theme: str, title: str) -> None:
    """From a screen with «Найти кружок» to the card."""
    await page.press("Найти кружок")
    await choose_club(page, theme, title)


async def choose_club(page: ChatPage, theme: str, title: str) -> None:
    """By theme, through the pages of the list, to the card."""
    await page.wait_text("Напишите, что ищете")
    await page.press("По теме")
    await page.wait_text("Выберите тему")
    await page.press(theme)
    number = 1
    await page.wait_text("страница 1 из")
    while not await page.newest_of_bot.locator(BUTTON, has_text=title[:20]).count():
        number += 1
        await page.press("Дальше")
        await page.wait_text(f"страница {number} из")
    await page.press(title[:20])
    await page.wait_text("Сейчас:")
    await page.wait_text(title)


async def register_child(page: ChatPage) -> None:
    """From the card: consent, name, birth date, check, receipt."""
    await page.press("Записать")
    await page.wait_text("мне нужны его имя и дата рождения")
    await page.press("Согласен, я мама, папа или опекун")
    await page.wait_text("Шаг 1 из 3")
    await page.say(CHILD)
    await page.wait_text("Шаг 2 из 3")
    await page.say("5 марта 2019")
    await page.wait_text("05.03.2019")
    await page.press("Всё верно")
    await page.wait_text("анкета сохранена")


async def need_certificate(page: ChatPage) -> None:
    """The club asks for a certificate first; the way to it is one tap."""
    await page.press("Продолжить запись")
    await page.wait_text("нужен сертификат")
    await page.press("Открыть сертификат")
    await page.wait_text("сертификата пока нет")


async def ask_certificate(page: ChatPage) -> None:
    await page.press("Оформить сертификат")
    await page.wait_text("напишите СНИЛС")
    await page.say(SNILS)
    await page.wait_text("Ваш телефон")
    await page.key("Отправить мой номер")
    await page.wait_text("заканчивается на 45 95")
    await page.press("Отправить")
    await page.wait_text("заявление на сертификат № 1 принято")


async def enter_office(page: ChatPage, topic: str) -> None:
    await page.choose(OFFICE)
    await page.choose_topic(topic)
    await page.act_as(MODERATOR)


async def open_in_private(page: ChatPage) -> None:
    """«Открыть» under the card; the details come to the private chat."""
    await page.press("Открыть")
    await page.wait_toast("Подробности в личном чате")
    await page.choose(MODERATOR)
    await page.wait_text(CHILD)


async def apply(page: ChatPage) -> None:
    """From the card of a club to the receipt, with the consent for this club."""
    await page.press("Записать")
    await page.wait_text("Передам туда имя и дату рождения")
    await page.press("Согласен")
    await page.wait_text("Проверьте заявку")
    await page.press("Подтвердить")
    await page.wait_text("отправлена")


async def open_family(page: ChatPage) -> None:
    await page.say("/menu")
    await page.wait_text("Чем помочь?")
    await page.press("Мои дети и заявки")
    await page.wait_text("Заявки")


async def settled(page: ChatPage) -> None:
    """Nothing is being typed, and the newest message is in sight."""
    await page.last.scroll_into_view_if_needed()
    await expect(page.page.locator("#head").get_by_text("печатает")).to_be_hidden()
