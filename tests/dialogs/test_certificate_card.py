"""The card in the chat, its link, and what staff do from the details in private."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.client import Fields, button_texts, text_of
from core.db.models import Certificate
from tests.dialogs.club import Club, Parent
from tests.dialogs.staff_office import Office, open_office


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    async with open_office(sqlite_url) as opened:
        yield opened


async def sent(parent: Parent, kind: str) -> list[Fields]:
    return [message for message in (await parent.person.view()).from_bot if kind in message]


async def _cards_came(parent: Parent, number: int) -> None:
    await parent.person.wait_until(
        lambda view: len([m for m in view.from_bot if "document" in m]) == number,
        what="no card came",
    )


async def test_the_card_comes_as_picture_and_pdf_and_its_link_opens_it(
    club: Club, parent: Parent
) -> None:
    await club.certified(parent)
    await parent.press("Показать номер")
    await parent.press("Назад")
    status = await parent.press("Карточка с QR")
    assert "Сейчас по сертификату кружков" in text_of(status)
    (picture,), (document,) = await sent(parent, "photo"), await sent(parent, "document")
    assert "99 01 000001" in picture["caption"]
    assert document["document"]["file_name"] == "certificate.pdf"
    payload = picture["caption"].partition("?start=")[2].split()[0]
    opened = await parent.start(payload)
    assert "Алиса: сертификат готов" in text_of(opened)
    stranger = await club.parent("Олег")
    foreign = await stranger.start(payload)
    junk = await stranger.start("c_" + "x" * 22)
    assert text_of(foreign) == text_of(junk)
    assert button_texts(foreign) == button_texts(junk)


async def test_a_replaced_link_opens_nothing(club: Club, parent: Parent) -> None:
    certificate_id = await club.certified(parent)
    actor = await club.actor_of(parent)
    old = (await club.app.services.certificate_cards.get_card(actor, certificate_id)).token
    await parent.press("Показать номер")
    await parent.press("Заменить QR")
    await _cards_came(parent, 1)
    (picture,) = await sent(parent, "photo")
    fresh = picture["caption"].partition("?start=c_")[2].split()[0]
    assert fresh != old
    assert "сертификат готов" not in text_of(await parent.start(f"c_{old}"))


async def test_staff_suspend_and_resume_from_the_details(office: Office) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    number = await office.ask_certificate()
    card = await office.card(number)
    await office.press(anna, card, "Подтвердить")
    card = await office.card(number, settled="Решение")
    await office.press(anna, card, "Открыть")
    await anna.wait_text("Неповторимова")
    await anna.press("Приостановить")
    await anna.wait_text("приостановить. Почему?")
    await anna.press("Переехал")
    await anna.wait_text("ребёнок переехал в другой район")
    await anna.press("Всё верно")
    await anna.wait_text("приостановлен. Семья получит сообщение")
    assert await office.states(Certificate) == ["suspended"]
    view = await office.services.certificate_requests.get_mine(office.parent, number)
    assert view.halt_reason is not None
