"""Personal data switched off under open conversations: nothing more is shown, asked or written."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from bot.dialogs.consents.gate import OPEN_TO_ALL
from bot.dialogs.registry import dialogs
from bot.sandbox.client import Fields, button_texts, buttons, text_of
from core.db.models import Certificate, Child
from tests.dialogs.club import BORN, NAME, Club, Parent
from tests.dialogs.staff_office import Office, has_text, open_office

FIRST = "Алиса"


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    async with open_office(sqlite_url) as opened:
        yield opened


async def at_the_check(parent: Parent) -> Fields:
    """A form at its last question, with the name on the screen."""
    await parent.start()
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")
    await parent.press("Согласен")
    await parent.say(NAME)
    return await parent.say(BORN)


async def switched_off(club: Club) -> None:
    club.app.settings.personal_flows = "off"
    await club.restart()


async def children(club: Club) -> int:
    async with club.app.database.read() as tx:
        return int(await tx.scalar(select(func.count()).select_from(Child)) or 0)


async def test_a_form_at_its_check_registers_nothing_after_the_switch(
    club: Club, parent: Parent
) -> None:
    assert FIRST in text_of(await at_the_check(parent))
    await switched_off(club)
    seen = len(await parent.texts())
    screen = await parent.press("Всё верно")
    assert "через меня пока нельзя" in text_of(screen)
    assert "Найти кружок" in button_texts(await parent.press("Домой"))
    assert not any(FIRST in text for text in (await parent.texts())[seen:])
    assert await children(club) == 0


@pytest.mark.parametrize("said", ["да", "Петров Борис", "нет", "а это платно?", "03 14 123456"])
async def test_what_is_typed_into_an_open_form_is_not_taken(
    said: str, club: Club, parent: Parent
) -> None:
    await at_the_check(parent)
    await switched_off(club)
    assert "через меня пока нельзя" in text_of(await parent.say(said))
    assert await children(club) == 0
    left = [m.get("text") for m in await parent.person.messages()]
    assert (said in left) is not said.startswith("03")


@pytest.mark.parametrize("said", ["/start", "/menu", "/help"])
async def test_a_command_is_obeyed_and_offers_no_draft(
    said: str, club: Club, parent: Parent
) -> None:
    await at_the_check(parent)
    await switched_off(club)
    screen = await parent.say(said)
    assert "Продолжить" not in " ".join(button_texts(screen))
    assert FIRST not in text_of(screen)


@pytest.mark.parametrize("above", ["/menu", "/help", "а это платно?"])
async def test_no_way_back_leads_into_a_form_beneath(
    above: str, club: Club, parent: Parent
) -> None:
    await at_the_check(parent)
    opened = await parent.say(above)
    await switched_off(club)
    backs = [text for text in button_texts(opened) if text in ("Назад", "Продолжить")]
    backs += [text for text in button_texts(opened) if text.startswith("Продолжить ")]
    assert backs
    screen = await parent.press(backs[0])
    assert "Найти кружок" in button_texts(screen)
    assert FIRST not in text_of(screen)


async def test_an_outdated_tap_does_not_bring_the_form_back(club: Club, parent: Parent) -> None:
    await at_the_check(parent)
    screen = await parent.say("стикер")
    old = (await parent.person.view()).from_bot[0]
    await switched_off(club)
    for data in ("junk", "go:resume", "x" * 12 + "\x1dback"):
        screen = await parent.does(
            parent.person.press_on(old["message_id"], data=data, forged=True)
        )
        assert FIRST not in text_of(screen), data
        assert button_texts(screen)
    present = [b["callback_data"] for b in buttons(screen)]
    assert present


def test_a_conversation_is_personal_unless_named_as_open_to_all() -> None:
    groups = {dialog.states_group() for dialog in dialogs()}
    personal = {group.__name__ for group in groups - set(OPEN_TO_ALL)}
    assert personal == {
        "ApplicationPage",
        "Apply",
        "AttachForm",
        "CertificateForm",
        "Certificates",
        "ChildForm",
        "ChildRecord",
        "ConsentAct",
        "Erased",
        "Family",
        "FamilyAccount",
        "FamilyJoining",
        "FamilyMembers",
        "FamilyMove",
        "MissingDataForm",
        "MyDataPage",
        "SlipJoining",
        "StaffClass",
        "StaffDifferences",
        "StaffFamilies",
        "StaffHalt",
        "StaffImport",
        "StaffNeed",
        "StaffPaper",
        "StaffPeople",
        "StaffPlans",
        "StaffPoint",
        "StaffReason",
        "StaffTasks",
    }


@pytest.mark.parametrize("label", ["Открыть", "Подтвердить", "Отказать"])
async def test_staff_open_and_decide_nothing_through_this_transport(
    label: str, office: Office
) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    card = await office.card(await office.ask_certificate())
    office.app.settings.personal_flows = "off"
    await office.press(anna, card, label)
    assert "не передают" in await office.alert(anna)
    assert await office.states(Certificate) == ["awaiting_visit"]


async def test_a_typed_reason_refuses_nothing_after_the_switch(office: Office) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    card = await office.card(await office.ask_certificate())
    await office.press(anna, card, "Отказать")
    reasons = await office.card(1, settled="Почему отказать")
    await office.press(anna, reasons, "Другая причина")
    await anna.wait_until(lambda view: has_text(view.messages, "Нажмите кнопку"), what="no ask")
    await anna.press("Написать причину")
    await anna.wait_text("Напишите причину одним")
    office.app.settings.personal_flows = "off"
    await anna.say("Не хватает свидетельства о рождении, принесите его в центр")
    await anna.wait_text("через меня пока нельзя")
    assert await office.states(Certificate) == ["awaiting_visit"]
