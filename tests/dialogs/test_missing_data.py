"""Staff ask on the card what a request lacks; the family answers in the chat; the card goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.client import text_of
from core.db.models import Certificate
from core.domain.certificates import NeededData
from tests.dialogs.club import BORN, Club, Parent
from tests.dialogs.staff_office import Office, open_office


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    async with open_office(sqlite_url) as opened:
        yield opened


async def test_what_is_missing_is_chosen_on_the_card(office: Office) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    number = await office.ask_certificate()
    await office.press(anna, await office.card(number), "Нужны данные")
    asked = await office.card(number, settled="Что нужно от семьи?")
    await office.press(anna, asked, "СНИЛС")
    card = await office.card(number, settled="нужны данные")
    assert "Неповторимова" not in text_of(card)
    assert await office.states(Certificate) == ["needs_data"]
    assert len(await office.scene.told("certificate.data-asked")) == 1


async def test_what_stands_on_no_list_is_typed_in_private(office: Office) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    number = await office.ask_certificate()
    await office.press(anna, await office.card(number), "Нужны данные")
    asked = await office.card(number, settled="Что нужно от семьи?")
    await office.press(anna, asked, "Другое")
    await anna.wait_text(f"Сертификат № {number}: нужны данные")
    await anna.press("Написать, что нужно")
    await anna.wait_text("Напишите, что нужно от семьи")
    await anna.say("в каком классе <b>учится</b> {0}")
    await anna.wait_text("вопрос отправлен семье")
    view = await office.services.certificate_requests.get_mine(office.parent, number)
    assert view.needed_note == "в каком классе <b>учится</b> {0}"


async def test_who_holds_no_right_asks_for_nothing(office: Office) -> None:
    anna, member = await office.hire("Анна"), await office.client.user("Глеб")
    await office.open_chat(anna)
    await office.join(member)
    number = await office.ask_certificate()
    card = await office.card(number)
    heard = set()
    for data in (f"card:c:{number}:1:e:born", f"card:c:{number}:1:w:", "card:c:999:1:e:born"):
        await office.forge(member, card, data)
        heard.add(await office.alert(member))
    assert len(heard) == 1
    assert await office.states(Certificate) == ["awaiting_visit"]


async def test_a_button_opens_the_form_at_the_field_needed(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.press("Оформить сертификат")
    await parent.press("Нет под рукой")
    await parent.press("Пропустить")
    await parent.press("Отправить")
    moderator = await club.moderator()
    missing = club.app.services.missing_data
    told = await parent.does(missing.ask(moderator, 1, version=1, needed=NeededData.BORN))
    assert text_of(told).startswith("Алиса: в заявлении № 1 не хватает данных")
    form = await parent.press("Ответить")
    assert "дата рождения" in text_of(form)
    wrong = await parent.say("32.13.2017")
    assert "Дата рождения" in text_of(wrong)
    check = await parent.say("6 марта 2017")
    assert "06.03.2017" in text_of(check)
    assert BORN not in text_of(check)
    receipt = await parent.press("Отправить")
    assert "снова у специалиста" in text_of(receipt)
    children = await club.app.services.children.list_mine(await club.actor_of(parent))
    assert str(children[0].born) == "2017-03-06"
