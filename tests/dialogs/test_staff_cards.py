"""Staff decide in their chat: cards without personal data, the first decision wins."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.sandbox.client import text_of
from core.db.models import Application, Certificate
from core.domain.staff import Role
from tests.dialogs.staff_office import (
    CHILD_NAME,
    PARENT_NAME,
    PHONE,
    Office,
    has_text,
    labels,
    open_office,
)


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with open_office(database_url) as opened:
        yield opened


async def test_an_invited_person_is_told_the_role_and_the_link_works_once(office: Office) -> None:
    anna = await office.client.user("Анна")
    made = await office.services.staff.invite(
        Role.HEAD, "krylovsky", bot_username="kruzhok_demo_bot"
    )
    await anna.click(made.link)
    await anna.wait_text("руководитель МОЦ")
    boris = await office.client.user("Борис")
    await boris.click(made.link)
    refused = text_of(await boris.wait_text("риглашение"))
    stranger = await office.client.user("Вера")
    await stranger.start("i_" + "x" * 24)
    assert text_of(await stranger.wait_text("риглашение")) == refused


async def test_a_bound_forum_gets_its_topics_and_a_card_in_its_own(office: Office) -> None:
    anna = await office.hire("Анна")
    chat = await office.open_chat(anna)
    view = await chat.wait_until(lambda view: len(view.topics) == 2, what="no topics")
    topics = {topic["name"]: topic["id"] for topic in view.topics}
    assert set(topics) == {"Сертификаты", "Заявки"}
    certificate = await office.card(await office.ask_certificate())
    application = await office.card(await office.apply(), "Заявка")
    assert certificate["message_thread_id"] == topics["Сертификаты"]
    assert application["message_thread_id"] == topics["Заявки"]
    assert labels(certificate) == ["Открыть", "Подтвердить", "Отказать", "Нужны данные"]
    assert labels(application) == ["Открыть", "Принять", "Отказать"]
    for card in (certificate, application):
        for personal in (CHILD_NAME.last, CHILD_NAME.first, "Пётр", PARENT_NAME, PHONE[-7:]):
            assert personal not in text_of(card)
    assert "Робототехника <3" in text_of(application)
    async with office.app.database.read() as tx:
        asked_at = await tx.scalar(select(Certificate.requested_at))
    assert asked_at is not None
    day = office.app.texts.speak("ru").moment(asked_at).partition(",")[0]
    assert f"ждёт с {day}" in text_of(certificate), "a date stays true however long it stands"


async def test_what_is_confirmed_says_who_and_keeps_only_open(office: Office) -> None:
    anna = await office.hire("Анна Петровна")
    await office.open_chat(anna)
    number = await office.ask_certificate()
    card = await office.card(number)
    await office.press(anna, card, "Подтвердить")
    settled = await office.card(number, settled="Решение: действует")
    assert settled["message_id"] == card["message_id"], "the card is edited, not sent again"
    assert "Анна Петровна" in text_of(settled)
    assert labels(settled) == ["Открыть"]
    assert await office.states(Certificate) == ["active"]


async def test_a_refusal_takes_a_reason_from_two_columns(office: Office) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    number = await office.apply()
    card = await office.card(number, "Заявка")
    await office.press(anna, card, "Отказать")
    asked = await office.card(number, "Заявка", settled="Почему отказать?")
    rows = asked["reply_markup"]["inline_keyboard"]
    assert max(len(row) for row in rows) == 2
    assert len(labels(asked)) <= 8
    assert labels(asked)[-2:] == ["Другая причина", "Назад"]
    await office.press(anna, asked, "Назад")
    await office.group.wait_until(
        lambda view: not has_text(view.messages, "Почему отказать?"), what="no way back"
    )
    assert await office.states(Application) == ["new"]
    await office.press(anna, await office.card(number, "Заявка"), "Отказать")
    asked = await office.card(number, "Заявка", settled="Почему отказать?")
    await office.press(anna, asked, "Нет мест")
    settled = await office.card(number, "Заявка", settled="Решение: отклонена, нет мест")
    assert labels(settled) == ["Открыть"]
    assert await office.states(Application) == ["refused"]


async def test_of_two_who_press_at_once_one_decides(office: Office) -> None:
    anna, boris = await office.hire("Анна"), await office.hire("Борис", Role.HEAD)
    await office.open_chat(anna)
    await office.join(boris)
    numbers = [await office.ask_certificate() for _ in range(3)]
    for number in numbers:
        card = await office.card(number)
        await asyncio.gather(
            office.press(anna, card, "Подтвердить"), office.press(boris, card, "Подтвердить")
        )
        await office.card(number, settled="Решение: действует")
    assert await office.states(Certificate) == ["active"] * 3
    assert len(await office.scene.audited("certificate.confirmed")) == 3
    assert len(await office.scene.told("certificate.decided")) == 3


async def test_a_press_after_the_decision_says_who_decided(office: Office) -> None:
    anna, boris = await office.hire("Анна"), await office.hire("Борис", Role.HEAD)
    await office.open_chat(anna)
    await office.join(boris)
    number = await office.ask_certificate()
    card = await office.card(number)
    accept = card["reply_markup"]["inline_keyboard"][1][0]["callback_data"]
    await office.press(anna, card, "Подтвердить")
    await office.card(number, settled="Решение")
    await office.forge(boris, card, accept)
    assert "Анна" in await office.alert(boris, lambda text: "Решение уже есть" in text)
    assert await office.states(Certificate) == ["active"]


async def test_nobody_without_the_right_changes_anything_and_all_hear_the_same(
    office: Office,
) -> None:
    anna, demoted = await office.hire("Анна"), await office.hire("Борис")
    other = await office.hire(
        "Вера", Role.PROVIDER, await office.scene.organisation(office.municipality_id, "Школа")
    )
    member = await office.client.user("Глеб")
    await office.open_chat(anna)
    for person in (demoted, other, member):
        await office.join(person)
    [right] = await office.services.staff.rights(await office.actor_of(demoted))
    await office.services.staff.revoke(right.id)
    card = await office.card(await office.ask_certificate())
    application = await office.card(await office.apply(), "Заявка")
    heard = set()
    for person in (demoted, other, member):
        for pressed, text in (
            (card, "Подтвердить"),
            (card, "Отказать"),
            (card, "Открыть"),
            (application, "Принять"),
        ):
            await office.press(person, pressed, text)
        heard.add(await office.alert(person))
    absent = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")
    await office.forge(anna, card, ":".join([*absent[:2], "999999", *absent[3:]]))
    heard.add(await office.alert(anna))
    assert len(heard) == 1
    assert await office.states(Certificate) == ["awaiting_visit"]
    assert await office.states(Application) == ["new"]
    assert await office.scene.audited("certificate.opened") == []


JUNK = (
    "card",
    "card:",
    "card:c:1",
    "card:x:1:1:y:",
    "card:c:-1:1:y:",
    "card:c:99999999999999999999:1:y:",
    "card:c:1:99999999999:y:",
    "card:c:1:1:z:",
    "card:c:1:1:r:other",
    "card:c:1:1:r:<b>",
    "card:c:один:1:y:",
)


async def test_forged_presses_are_answered_and_harmless(office: Office) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    number = await office.ask_certificate()
    card = await office.card(number)
    for junk in JUNK:
        await office.forge(anna, card, junk)
    await office.group.wait_until(
        lambda view: len([answer for answer in view.answers if answer["text"]]) == len(JUNK),
        what="some press got no answer",
    )
    assert await office.states(Certificate) == ["awaiting_visit"]
    assert text_of(await office.card(number)) == text_of(card)


async def test_a_press_of_another_version_shows_the_present_card(office: Office) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    number = await office.ask_certificate()
    card = await office.card(number)
    await office.forge(anna, card, f"card:c:{number}:7:y:")
    assert "изменилась" in await office.alert(anna)
    assert await office.states(Certificate) == ["awaiting_visit"]


async def test_open_shows_the_fields_in_private_only(office: Office) -> None:
    anna = await office.hire("Анна")
    chat = await office.open_chat(anna)
    number = await office.ask_certificate()
    card = await office.card(number)
    for _ in range(2):
        await office.press(anna, card, "Открыть")
    await anna.wait_until(
        lambda view: len([m for m in view.from_bot if CHILD_NAME.last in text_of(m)]) == 2,
        what="a message for each press",
    )
    view = await anna.view()
    assert PHONE in view.text
    assert not has_text((await chat.view()).messages, CHILD_NAME.last)
    assert len(await office.scene.audited("certificate.opened")) == 1


async def test_a_reason_in_words_goes_by_the_private_chat_and_is_kept_literally(
    office: Office,
) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    number = await office.apply()
    card = await office.card(number, "Заявка")
    await office.press(anna, card, "Отказать")
    asked = await office.card(number, "Заявка", settled="Почему отказать?")
    await office.press(anna, asked, "Другая причина")
    await anna.wait_text(f"Заявка № {number}")
    await anna.press("Написать причину")
    await anna.wait_text("Напишите причину")
    await anna.say("нет")
    await anna.wait_text("Слишком коротко")
    await anna.say("Группа закрыта до 1 октября, <b>звоните</b> {0} & %s")
    await anna.wait_text("Проверьте")
    assert "<b>звоните</b> {0} & %s" in (await anna.view()).text
    await anna.press("Отказать")
    await anna.wait_text("отказ записан")
    await office.card(number, "Заявка", settled="Решение: отклонена, другая причина")
    view = await office.services.applications.get_mine(office.parent, number)
    assert view.refusal_note == "Группа закрыта до 1 октября, <b>звоните</b> {0} & %s"


async def test_a_reason_that_comes_late_shows_the_decision(office: Office) -> None:
    anna, boris = await office.hire("Анна"), await office.hire("Борис", Role.HEAD)
    await office.open_chat(anna)
    await office.join(boris)
    number = await office.ask_certificate()
    card = await office.card(number)
    await office.press(anna, card, "Отказать")
    asked = await office.card(number, settled="Почему отказать?")
    await office.press(anna, asked, "Другая причина")
    await anna.wait_text(f"Сертификат № {number}")
    await anna.press("Написать причину")
    await anna.wait_text("Напишите причину")
    await anna.say("Не тот ребёнок")
    await anna.wait_text("Проверьте")
    await office.press(boris, await office.card(number, settled="ждёт"), "Подтвердить")
    await office.card(number, settled="Решение")
    await anna.press("Отказать")
    assert "Борис" in text_of(await anna.wait_text("решение уже есть"))
    assert await office.states(Certificate) == ["active"]
