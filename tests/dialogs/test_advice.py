"""«Подобрать»: three questions at most, five clubs with a reason each."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update

from bot.sandbox.client import button_texts, text_of
from core.db.models import Application, Group, Programme
from tests.dialogs.club import NAME, NOON, Club, Parent


async def test_an_age_and_two_taps_give_five_clubs(parent: Parent) -> None:
    await parent.start()
    await parent.press("Найти")
    await parent.press("Подобрать")
    assert "от 1 до 17" in text_of(await parent.say("сорок"))
    likes = await parent.say("8")
    assert len(button_texts(likes)) <= 8
    assert "Творчество ✓" in button_texts(await parent.press("Творчество"))
    await parent.press("Дальше")
    assert "Бесплатно ✓" in button_texts(await parent.press("Бесплатно"))

    found = await parent.press("Показать пять")

    said = text_of(found)
    assert said.startswith("Для возраста 8 лет вот что может подойти.\n\n1. Рисование 1\n")
    assert "Выбранная тема: творчество, бесплатно" in said
    assert "Другая тема: спорт, бесплатно" in said
    assert "но не бесплатно" in said
    assert len(button_texts(found)) == 7
    assert "Рисование 1" in text_of(await parent.press("1. Рисование 1"))
    assert text_of(await parent.press("Назад")) == said
    assert parent.actions <= 11


@pytest.mark.parametrize(
    ("typed", "age"),
    [
        ("семь", "7 лет"),
        ("Восемь лет", "8 лет"),
        ("пять с половиной", "5 лет"),
        ("третьеклассник", "9 лет"),
        ("родился 05.03.2017", "9 лет"),
    ],
)
async def test_an_age_is_understood_in_words(typed: str, age: str, parent: Parent) -> None:
    await parent.start()
    await parent.press("Найти")
    await parent.press("Подобрать")

    await parent.say(typed)
    await parent.press("Любые темы")

    said = text_of(await parent.press("Показать пять"))
    assert said.startswith(f"Для возраста {age} ")


async def test_the_only_child_is_not_asked_about_and_its_past_counts(
    club: Club, parent: Parent
) -> None:
    await club.registered(parent)
    actor = await club.actor_of(parent)
    child = (await club.app.services.children.list_mine(actor))[0]
    async with club.app.database.write() as tx:
        await tx.execute(
            insert(Application).values(
                municipality_id=club.municipality_id,
                child_id=child.id,
                programme_id=club.chess,
                group_id=1,
                applied_by=actor.person_id,
                source="navigator",
                state="studying",
                answer_by=NOON.date(),
                version=1,
                key="roster",
                applied_at=NOON,
            )
        )
        # robots meet at the same hour as chess; drawing does not
        drawing = select(Programme.id)
        await tx.execute(
            update(Group)
            .where(Group.programme_id.in_(drawing.where(Programme.direction == "arts")))
            .values(schedule=[{"weekday": 6, "starts": "10:00", "ends": "11:00"}])
        )
    await parent.press("Домой")
    await parent.press("Найти")
    assert "Что нравится?" in text_of(await parent.press("Подобрать"))
    await parent.press("Любые темы")

    said = text_of(await parent.press("Показать пять"))

    assert said.startswith("Алиса: вот что может подойти.")
    assert "Новая тема: творчество" in said
    assert "там же, куда уже ходите" in said
    assert "Шахматы" not in said
    assert "Робототехника" not in said


async def test_with_several_children_one_is_chosen_or_an_age_typed(
    club: Club, parent: Parent
) -> None:
    await club.registered(parent)
    await parent.press("Домой")
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")
    await parent.say(NAME.replace("Алиса", "Вера"))
    await parent.say("05.03.2018")
    await parent.press("Всё верно")
    await parent.press("Домой")
    await parent.press("Найти")
    assert {"Алиса", "Вера"} <= set(button_texts(await parent.press("Подобрать")))
    await parent.press("Вера")
    await parent.press("Любые темы")
    assert text_of(await parent.press("Показать пять")).startswith("Вера: ")


async def test_nobodys_child_is_spoken_of_where_nothing_personal_is(
    club: Club, parent: Parent
) -> None:
    await club.registered(parent)
    club.app.settings.personal_flows = "off"
    await parent.start()
    await parent.press("Найти")

    asked = await parent.press("Подобрать")

    assert "Сколько лет ребёнку" in text_of(asked)
    assert "Алиса" not in button_texts(asked)


async def test_a_certificate_just_confirmed_leads_to_the_advice_for_its_child(
    club: Club, parent: Parent
) -> None:
    await club.certified(parent)

    assert "Что нравится?" in text_of(await parent.press("Подобрать кружок"))
    await parent.press("Любые темы")
    assert text_of(await parent.press("Показать пять")).startswith("Алиса: ")
