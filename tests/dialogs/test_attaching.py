"""«I have a certificate already», as taps and words; and the task of staff where none is found."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.client import Fields, button_texts, text_of
from core.domain.attaching import CertificateUnknown
from tests.dialogs.certificate_places import to_attach_born
from tests.dialogs.club import BORN, Club, Parent
from tests.dialogs.staff_office import BORN as OFFICE_BORN
from tests.dialogs.staff_office import Office, open_office


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    async with open_office(sqlite_url) as opened:
        yield opened


async def test_an_imported_certificate_is_found_and_opened(club: Club, parent: Parent) -> None:
    await club.imported_certificate("2300000110")
    await to_attach_born(club, parent)
    found = await parent.say(BORN)
    assert "Алиса: сертификат нашёлся" in text_of(found)
    assert "2300000110" not in text_of(found)
    status = await parent.press("Открыть сертификат")
    assert "заканчивается на 0110" in text_of(status)
    number = await parent.press("Показать номер")
    assert "2300000110" in text_of(number)


async def test_another_familys_certificate_is_heard_of_as_of_a_wrong_number(
    club: Club, parent: Parent
) -> None:
    await club.imported_certificate("2300000110")
    await to_attach_born(club, parent)
    await parent.say(BORN)
    other = await club.parent("Олег")
    await to_attach_born(club, other)
    foreign = await other.say(BORN)
    await other.press("Ввести ещё раз")
    await other.say("2300 000999")
    wrong = await other.say(BORN)
    assert text_of(foreign) == text_of(wrong)
    assert button_texts(foreign) == button_texts(wrong)


async def task_card(office: Office, settled: str = "") -> Fields:
    view = await office.group.wait_until(
        lambda view: any(
            "Не нашёлся" in text_of(m) and settled in text_of(m) for m in view.messages
        )
    )
    return [m for m in view.messages if "Не нашёлся" in text_of(m)][-1]


async def test_staff_look_at_the_task_in_private_and_answer(office: Office) -> None:
    anna, stranger = await office.hire("Анна"), await office.client.user("Глеб")
    await office.open_chat(anna)
    await office.join(stranger)
    parent = await office.services.people.choose_municipality(office.parent, office.municipality_id)
    with pytest.raises(CertificateUnknown):
        await office.services.attaching.attach(parent, "2300000200", OFFICE_BORN)
    card = await task_card(office)
    assert "2300000200" not in text_of(card)
    heard = set()
    for data in ("attask:1:y", "attask:1:o", "attask:99:n"):
        await office.forge(stranger, card, data)
        heard.add(await office.alert(stranger))
    assert len(heard) == 1
    await office.press(anna, card, "Открыть")
    await anna.wait_text("2300000200")
    await office.press(anna, card, "Такого нет")
    await task_card(office, settled="Решение: такого нет")
    assert len(await office.scene.told("attach.settled")) == 1
    await office.forge(anna, card, "attask:1:y")
    assert "изменилась" in await office.alert(anna, lambda text: "изменилась" in text)
    await office.forge(anna, card, "attask:junk")
    assert "устарела" in await office.alert(anna, lambda text: "устарела" in text)
