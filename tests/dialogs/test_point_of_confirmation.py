"""The secretary of a school confirms those who came: by code, by name, a class at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from bot.sandbox.client import button_texts, buttons, text_of
from core.db.models import Certificate, Municipality, Organisation, StaffRight
from core.domain.staff import Role
from tests.dialogs.club import Club, Parent
from tests.dialogs.officer import came, hired, menu


@pytest.fixture
async def officer(club: Club) -> Parent:
    return await hired(club)


async def state_of(club: Club, certificate_id: int) -> str:
    async with club.app.database.read() as tx:
        state: str | None = await tx.scalar(
            select(Certificate.state).where(Certificate.id == certificate_id)
        )
    assert state is not None
    return state


async def test_three_taps_from_the_menu_to_confirmed(club: Club, officer: Parent) -> None:
    family, request = await came(club)
    await menu(officer)
    found = await officer.press("Пункт подтверждения")
    assert "подтвердили 0" in text_of(found)
    compared = await officer.say(f" код  {request.visit_code} ".replace("-", " – "))
    assert "Петрова Алиса Ивановна" in text_of(compared)
    assert "СНИЛС: не указан" in text_of(compared)
    done = await officer.press("Подтвердить")
    assert "Алиса: подтверждено" in text_of(done)
    assert "подтвердили 1" in text_of(done)
    assert await state_of(club, request.id) == "active"
    await family.person.wait_until(
        lambda view: any("сертификат готов" in text_of(one) for one in view.from_bot)
    )
    assert "Напишите код" in text_of(await officer.press("Следующая семья"))


async def test_a_family_without_a_code_is_found_by_name_and_date(
    club: Club, officer: Parent
) -> None:
    await came(club)
    await menu(officer)
    await officer.press("Пункт подтверждения")
    missed = await officer.say("Петрова Алиса 06.03.2017")
    assert "Не нахожу" in text_of(missed)
    assert "Заявление №" in text_of(await officer.say("петрова алиса 5 марта 2017"))


async def test_wrong_and_foreign_codes_are_told_in_the_same_words(
    club: Club, officer: Parent
) -> None:
    _family, request = await came(club)
    await menu(officer)
    await officer.press("Пункт подтверждения")
    absent = text_of(await officer.say(f"{request.id + 5}-11"))
    other = await club.app.services.municipalities.add("other", "Другой район")
    async with club.app.database.write() as tx:
        await tx.execute(update(Certificate).values(municipality_id=other.id))
    assert request.visit_code is not None
    assert text_of(await officer.say(request.visit_code)) == absent
    assert "Нужен код семьи" in text_of(await officer.say("код забыли"))


async def test_a_wrong_date_name_and_a_missing_number_are_mended_on_the_spot(
    club: Club, officer: Parent
) -> None:
    family, request = await came(club)
    await menu(officer)
    await officer.press("Пункт подтверждения")
    assert request.visit_code is not None
    await officer.say(request.visit_code)
    await officer.press("Исправить")
    await officer.press("Дата рождения")
    assert "такого дня в календаре нет" in text_of(await officer.say("31.02.2017"))
    assert "03.05.2017" in text_of(await officer.say("03.05.2017"))
    await officer.press("Исправить")
    await officer.press("Имя")
    assert "Петрова-Белова Алиса" in text_of(await officer.say("Петрова-Белова Алиса Ивановна"))
    await officer.press("Вписать СНИЛС")
    mended = await officer.say("112-233-445 95")
    assert "112-233-445 95" in text_of(mended)
    assert "Вписать СНИЛС" not in button_texts(mended)
    await officer.press("Подтвердить")
    assert await state_of(club, request.id) == "active"
    await family.person.wait_until(
        lambda view: any("исправил то, что не сходилось" in text_of(one) for one in view.from_bot)
    )


async def test_where_papers_differ_a_specialist_is_asked(club: Club, officer: Parent) -> None:
    family, request = await came(club)
    await menu(officer)
    await officer.press("Пункт подтверждения")
    assert request.visit_code is not None
    await officer.say(request.visit_code)
    await officer.press("Данные расходятся")
    assert "передано специалисту" in text_of(await officer.press("Передать специалисту"))
    assert await state_of(club, request.id) == "under_review"
    await family.person.wait_until(
        lambda view: any("проверяет специалист" in text_of(one) for one in view.from_bot)
    )


async def test_a_class_is_confirmed_in_one_tap_each_family_by_itself(
    club: Club, officer: Parent
) -> None:
    names = ["Первов Антон", "Второв Борис", "Третьев Вадим", "Четвёртов Глеб"]
    requests = [(await came(club, name))[1] for name in names]
    codes = [request.visit_code or "" for request in requests]
    await menu(officer)
    await officer.press("Пункт подтверждения")
    await officer.press("Класс сразу")
    listed = await officer.say(f"{codes[0]} {codes[1]}, {codes[2]}; 9999-11 абв1")
    assert "Семей: 3, отмечено: 3" in text_of(listed)
    assert "Не нашёл: абв1, 9999-11" in text_of(listed)
    await officer.say(codes[3])
    await officer.press("Второв Борис")
    moderator = await club.moderator()
    await club.app.services.certificate_decisions.confirm(moderator, requests[2].id, version=1)
    done = await officer.press("Подтвердить отмеченных: 3")
    assert "Подтверждено: 2. Не получилось: 1." in text_of(done)
    assert "Третьев Вадим: решение уже есть" in text_of(done)
    states = [await state_of(club, request.id) for request in requests]
    assert states == ["active", "awaiting_visit", "active", "active"]


async def test_a_demoted_officer_finds_the_door_shut(club: Club, officer: Parent) -> None:
    _family, request = await came(club)
    await menu(officer)
    await officer.press("Пункт подтверждения")
    assert request.visit_code is not None
    await officer.say(request.visit_code)
    async with club.app.database.write() as tx:
        await tx.execute(update(StaffRight).values(revoked_at=club.app.clock.now()))
    shut = await officer.press("Подтвердить")
    assert "Пункт подтверждения" not in button_texts(shut)
    assert any("нужны права сотрудника" in text for text in await officer.texts())
    assert await state_of(club, request.id) == "awaiting_visit"


async def test_an_ordinary_person_and_a_consultant_are_not_offered_the_door(club: Club) -> None:
    assert "Пункт подтверждения" not in button_texts(await menu(await club.parent()))
    consultant = await hired(club, Role.CONSULTANT, "Анна")
    assert "Пункт подтверждения" not in button_texts(await menu(consultant))
    doors = await consultant.press("Для сотрудников")
    assert "Для руководителя" not in button_texts(doors)


async def test_the_head_sets_the_plan_of_a_point(club: Club, officer: Parent) -> None:
    head = await hired(club, Role.HEAD, "Ольга")
    await menu(head)
    await head.press("Для сотрудников")
    await head.press("Для руководителя")
    assert "план не задан" in text_of(await head.press("Пункты подтверждения"))
    await head.press("Школа № 1")
    assert "нужно число детей" in text_of(await head.say("много"))
    assert "0 из 260" in text_of(await head.say("260"))
    async with club.app.database.read() as tx:
        assert await tx.scalar(select(Organisation.confirmation_plan)) == 260
    await menu(officer)
    assert "подтвердили 0 из 260" in text_of(await officer.press("Пункт подтверждения"))


async def test_the_code_of_a_card_opens_it_to_the_officer_and_to_nobody_else(
    club: Club, officer: Parent
) -> None:
    family = await club.parent()
    number = await club.certified(family)
    cards = club.app.services.certificate_cards
    token = (await cards.get_card(await club.actor_of(family), number)).token
    opened = await officer.start(f"c_{token}")
    assert "Решение уже есть" in text_of(opened)
    stranger = await club.parent("Олег")
    assert "Заявление №" not in text_of(await stranger.start(f"c_{token}"))


async def test_an_officers_buttons_do_nothing_under_another_persons_finger(
    club: Club, officer: Parent
) -> None:
    _family, request = await came(club)
    await menu(officer)
    await officer.press("Пункт подтверждения")
    assert request.visit_code is not None
    compared = await officer.say(request.visit_code)
    colleague = await hired(club, name="Другой секретарь")
    for person in (await club.parent("Олег"), colleague, await hired(club, Role.CONSULTANT)):
        own = await menu(person)
        for one in buttons(compared):
            await person.does(
                person.person.press_on(own["message_id"], data=one["callback_data"], forged=True)
            )
            own = await person.person.last()
            assert "Петрова" not in text_of(own)
    assert await state_of(club, request.id) == "awaiting_visit"


async def test_where_the_registry_is_kept_elsewhere_its_number_may_be_typed_at_once(
    club: Club, officer: Parent
) -> None:
    async with club.app.database.write() as tx:
        await tx.execute(update(Municipality).values(registry_mode="external"))
    _family, request = await came(club)
    await menu(officer)
    await officer.press("Пункт подтверждения")
    assert request.visit_code is not None
    await officer.say(request.visit_code)
    await officer.press("Номер уже есть в реестре")
    await officer.say("12345")
    assert await state_of(club, request.id) == "awaiting_visit"
    assert "заканчивается на 0110" in text_of(await officer.say("2300000110"))
    assert await state_of(club, request.id) == "active"
