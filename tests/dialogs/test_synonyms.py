"""Staff teach the search words, settle what was not found, and say where clubs are."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update

from bot.sandbox.client import button_texts, text_of
from core.db.models import Organisation, SearchMiss, StaffRight
from core.domain.staff import Role
from tests.dialogs.club import Club, Parent

MAP = {"latitude": 46.32171, "longitude": 39.96783}


@pytest.fixture
async def consultant(club: Club, parent: Parent) -> Parent:
    await parent.start()
    actor = await club.actor_of(parent)
    async with club.app.database.write() as tx:
        await tx.execute(
            insert(StaffRight).values(
                person_id=actor.person_id,
                role=Role.CONSULTANT,
                municipality_id=club.municipality_id,
                granted_at=club.app.clock.now(),
            )
        )
    return parent


async def command(parent: Parent) -> dict[str, object]:
    return await parent.does(parent.person.say("/search_words"))


async def test_a_synonym_is_taught_looked_at_and_removed(consultant: Parent) -> None:
    assert "Синонимы · 0" in button_texts(await command(consultant))
    await consultant.press("Синонимы")
    await consultant.press("Добавить синоним")
    assert "не вижу слов" in text_of(await _typed(consultant, "...", "рисование"))
    assert "возраст, цену, день" in text_of(await _typed(consultant, "7 лет", "рисование"))
    assert "нужны слова из названия" in text_of(
        await _typed(consultant, "малевание", "не рисование")
    )
    await consultant.say("лепка")
    await consultant.press("Добавить синоним")
    listed = await _typed(consultant, "малевание", "рисование")
    assert "Раньше показывал «лепка»" in text_of(listed)
    assert "Запомнил: кто пишет «малевание», тому покажу «рисование»" in text_of(listed)

    one = await consultant.press("малевание → рисование")
    assert "Кто пишет «малевание»" in text_of(one)
    assert "Своих слов пока нет" in text_of(await consultant.press("Убрать"))


async def test_what_was_not_found_is_taught_or_closed(club: Club, consultant: Parent) -> None:
    async with club.app.database.write() as tx:
        for words, times in (("малевание", 3), ("квиддич", 1)):
            await tx.execute(
                insert(SearchMiss).values(
                    municipality_id=club.municipality_id,
                    words=words,
                    times=times,
                    last_at=club.app.clock.now(),
                )
            )
    assert "Искали и не нашли · 2" in button_texts(await command(consultant))
    misses = await consultant.press("Искали")
    assert button_texts(misses)[:2] == ["малевание · 3", "квиддич · 1"]

    assert "искали 3 раза, последний 24 августа" in text_of(await consultant.press("малевание"))
    await consultant.press("Добавить синоним")
    left = await consultant.say("рисование")
    assert "Запомнил" in text_of(left)
    assert button_texts(left)[0] == "квиддич · 1"
    await consultant.press("квиддич")
    assert "Всё, что искали, нашлось" in text_of(await consultant.press("Закрыть"))
    await consultant.press("Назад")
    assert "малевание → рисование" in button_texts(await consultant.press("Синонимы"))


async def test_a_house_is_put_on_the_map_by_sending_its_place(
    club: Club, consultant: Parent
) -> None:
    await command(consultant)
    await consultant.press("Точки на карте · 0 из 1")
    await consultant.press("Школа № 1")

    listed = await consultant.does(consultant.person.do("send_content", content={"location": MAP}))

    assert "Отметил: Школа № 1" in text_of(listed)
    assert "1 из 1" in text_of(listed)
    async with club.app.database.read() as tx:
        kept = (await tx.execute(select(Organisation.latitude, Organisation.longitude))).one()
    assert tuple(kept) == (MAP["latitude"], MAP["longitude"])


async def test_a_parent_is_told_whose_it_is(parent: Parent) -> None:
    await parent.start()

    menu = await command(parent)

    assert "нужны права сотрудника" in text_of(menu)
    assert "Найти кружок" in button_texts(menu)


async def test_a_right_that_ended_ends_the_conversation(club: Club, consultant: Parent) -> None:
    await command(consultant)
    async with club.app.database.write() as tx:
        await tx.execute(update(StaffRight).values(revoked_at=club.app.clock.now()))

    menu = await consultant.press("Синонимы")

    assert "Найти кружок" in button_texts(menu)
    assert any("нужны права сотрудника" in text for text in await consultant.texts())


async def _typed(parent: Parent, phrase: str, meaning: str) -> dict[str, object]:
    await parent.say(phrase)
    return await parent.say(meaning)
