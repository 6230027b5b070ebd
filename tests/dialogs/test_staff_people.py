"""The head invites, revokes and lets chats go; everybody of the staff hands over for a leave."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.outgoing import limiter
from bot.sandbox.client import Fields, Person, button_texts, text_of
from core.db.models import Certificate, StaffRight
from core.domain.staff import Role
from core.domain.terms import Term
from tests.dialogs.staff_office import Office, open_office


@pytest.fixture
async def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    monkeypatch.setattr(limiter, "PRIVATE_BURST", 10_000)
    async with open_office(database_url) as opened:
        yield opened


async def press(person: Person, label: str, shows: str) -> Fields:
    await person.press(label)
    return await person.wait_text(shows)


async def say(person: Person, text: str, shows: str) -> Fields:
    await person.say(text)
    return await person.wait_text(shows)


async def test_the_head_invites_a_consultant_for_some_days_by_a_link(office: Office) -> None:
    head, guest = await office.hire("Ольга", Role.HEAD), await office.client.user("Вера")
    await say(head, "/staff", "Ваши роли")
    await press(head, "Кто работает", "Действующих прав: 1")
    await press(head, "Пригласить", "Кого пригласить")
    await press(head, "специалист МОЦ", "На какой срок")
    await say(head, "когда-нибудь", "Не вижу дней")
    await say(head, "по 01.02.2020", "уже прошли")
    link = text_of(await say(head, "по 31.12.2099", "Приглашение готово")).split()[-1]

    welcome = await guest.after(guest.click(link))

    assert "специалист МОЦ" in text_of(welcome)
    assert "по 31.12.2099 включительно" in text_of(welcome)
    await office.open_chat(guest)


async def test_an_officer_is_invited_to_an_organisation_found_by_name(office: Office) -> None:
    await office.scene.organisation(office.municipality_id, "Гимназия № 2")
    head, guest = await office.hire("Ольга", Role.HEAD), await office.client.user("Вера")
    await say(head, "/staff", "Ваши роли")
    await press(head, "Кто работает", "Действующих прав")
    await press(head, "Пригласить", "Кого пригласить")
    await press(head, "сотрудник пункта", "В какую организацию")
    await say(head, "гимназия", "В какую организацию")
    await head.wait_until(lambda view: "ДДТ" not in button_texts(view.last))
    await press(head, "Гимназия", "На какой срок")
    link = text_of(await press(head, "Без срока", "Приглашение готово")).split()[-1]
    assert "Гимназия № 2" in text_of(await guest.after(guest.click(link)))


async def test_a_revoked_person_hears_it_at_the_next_tap(office: Office) -> None:
    head, anna = await office.hire("Ольга", Role.HEAD), await office.hire("Анна")
    await office.open_chat(anna)
    number = await office.ask_certificate()
    card = await office.card(number)
    await say(anna, "/staff", "Ваши роли")
    await say(head, "/staff", "Ваши роли")
    await press(head, "Кто работает", "Действующих прав: 2")
    await press(head, "Анна", "специалист МОЦ")
    await press(head, "Отозвать", "Отозвать право?")
    await press(head, "Отозвать сейчас", "Право отозвано")

    await press(anna, "Передать дела", "нужны права сотрудника")
    await office.press(anna, card, "Подтвердить")

    assert "решать её могут другие" in await office.alert(anna)
    assert await office.states(Certificate) == ["awaiting_visit"]


async def test_a_consultant_on_leave_hands_over_and_it_ends_by_itself(office: Office) -> None:
    anna = await office.hire("Анна")
    boris = await office.hire("Борис", Role.COORDINATOR)
    await office.open_chat(anna)
    await office.join(boris)
    number = await office.ask_certificate()
    card = await office.card(number)
    await office.press(boris, card, "Подтвердить")
    await office.alert(boris)
    await say(anna, "/staff", "Ваши роли")
    await press(anna, "Передать дела", "Кому передать")
    await press(anna, "Борис", "На какие дни")
    await say(anna, "с 01.12.2099", "Нужен последний день")
    await say(anna, "по 31.12.2099", "Проверьте")
    await press(anna, "Передать", "Дела переданы")
    told = await boris.wait_text("передаёт вам дела")
    assert "Анна передаёт вам дела: специалист МОЦ" in text_of(told)

    await office.press(boris, card, "Подтвердить")
    await office.card(number, settled="Решение: действует")

    async with office.app.database.write() as tx:
        await tx.execute(
            update(StaffRight)
            .where(StaffRight.delegated_from.is_not(None))
            .values(ends_at=office.app.clock.now() - timedelta(seconds=1))
        )
    later = await office.ask_certificate()
    await office.press(boris, await office.card(later), "Подтвердить")
    await office.group.wait_until(
        lambda view: (
            [a["text"] for a in view.answers if a["user_id"] == boris.id].count(
                "Здесь нечего решать: такой карточки нет или решать её могут другие."
            )
            == 2
        )
    )


async def test_what_was_handed_over_is_taken_back_by_the_giver(office: Office) -> None:
    anna = await office.hire("Анна")
    boris = await office.hire("Борис", Role.COORDINATOR)
    giver, taker = await office.actor_of(anna), await office.actor_of(boris)
    colleagues = office.services.colleagues
    [own] = await colleagues.list_own(giver)
    term = Term(last=office.app.clock.now().date() + timedelta(days=30))
    await colleagues.hand_over(giver, own.right_id, taker.person_id, term)

    await say(anna, "/staff", "Ваши роли")
    await press(anna, "Передано: Борис", "передано на время")
    await press(anna, "Отозвать", "Отозвать право?")
    await press(anna, "Отозвать сейчас", "Право отозвано")

    roles = {right.role for right in await office.services.staff.rights(taker)}
    assert roles == {Role.COORDINATOR}


async def test_the_head_sees_the_chats_and_lets_one_go(office: Office) -> None:
    head = await office.hire("Ольга", Role.HEAD)
    chat = await office.open_chat(head)
    await say(head, "/staff", "Ваши роли")
    await press(head, "Чаты", "в которых я работаю")
    await press(head, "карточки", "Работает с")
    await press(head, "Отвязать", "Чат отвязан")
    assert await office.services.bound_chats.list_all() == []
    said = len((await chat.view()).from_bot)
    await office.ask_certificate()
    bot = (await office.client.bot())["id"]
    await office.client.do("set_member", chat_id=chat.id, user_id=bot, status="kicked")
    await office.client.do("set_member", chat_id=chat.id, user_id=bot, status="administrator")
    await say(head, "/staff", "Ваши роли")
    assert await office.services.bound_chats.list_all() == [], "let go by staff, it stays so"
    assert len((await chat.view()).from_bot) == said


async def test_parents_have_no_such_screen(office: Office) -> None:
    parent = await office.client.user("Мария")
    await parent.after(parent.start())
    await say(parent, "/staff", "нужны права сотрудника")


async def test_the_menu_of_commands_follows_the_rights(office: Office) -> None:
    anna = await office.hire("Анна")
    scope = f'"chat_id": {anna.id}'
    await _menu_until(office, anna, lambda names: "staff" in names and "search_words" in names)
    [own] = await office.services.colleagues.list_own(await office.actor_of(anna))
    await office.services.staff.revoke(own.right_id)
    await _menu_until(office, anna, lambda names: names == [])
    profile = (await office.client.state())["profile"]
    everybody = [key for key in profile if "all_group_chats" in key]
    assert everybody, (scope, list(profile))


async def _menu_until(office: Office, person: Person, fits: object) -> None:
    for _ in range(200):
        state = await office.client.state()
        names = [
            command["command"]
            for key, commands in state["profile"].items()
            if str(person.id) in key
            for command in commands
        ]
        if fits(names):  # type: ignore[operator]
            return
        await office.client.get("changes", after=state["number"], seconds=0.2)
    raise AssertionError(names)
