"""«Назад», «меню», «отмена» typed instead of tapped, wherever a club is looked for."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.sandbox.client import text_of
from core.db.models import QuestionMiss
from tests.dialogs.club import Club, Parent
from tests.dialogs.places import PLACES, Place

BACK = {
    "Search:ask": "С чего начнём",
    "Search:results": "Напишите, что ищете",
    "Search:wishes": "Ищу: ",
    "Search:order": "Нашлось",
    "Search:near": "Нашлось",
    "Advice:who": "Напишите, что ищете",
    "Advice:likes": "Сколько лет ребёнку",
    "Advice:how": "Что нравится?",
    "Advice:result": "Что важно?",
}
"""Window -> what the one before says."""
WINDOWS = [place for place in PLACES if place.state in BACK]


@pytest.mark.parametrize("place", WINDOWS, ids=lambda place: place.state)
async def test_back_and_home_lead_where_the_buttons_do(
    place: Place, club: Club, parent: Parent
) -> None:
    await place.walk(club, parent)
    assert "Чем помочь" in text_of(await parent.say("Домой"))
    await place.walk(club, parent)

    assert BACK[place.state] in text_of(await parent.say("назад"))


@pytest.mark.parametrize("word", ["Отмена", "вернуться", "назад!", "НАЗАД?"])
async def test_back_is_said_in_several_words(word: str, parent: Parent) -> None:
    await parent.start()
    await parent.say("шахматы")
    assert "Напишите, что ищете" in text_of(await parent.say(word))


@pytest.mark.parametrize("word", ["меню", "Главное меню", "домой", "отмена"])
async def test_the_menu_does_not_look_for_such_words_either(word: str, parent: Parent) -> None:
    await parent.start()
    assert "Чем помочь" in text_of(await parent.say(word))


@pytest.mark.parametrize("word", ["назад", "стоп", "отмена", "меню", "домой", "Главное меню"])
async def test_where_a_question_is_waited_for_these_words_are_none(
    word: str, club: Club, parent: Parent
) -> None:
    await parent.start()
    await parent.press("Спросить")
    shown = text_of(await parent.say(word))
    assert "Чем помочь" in shown or "С чего начнём" in shown

    async with club.app.database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(QuestionMiss)) == 0


async def test_a_form_goes_back_by_word_and_no_child_is_called_back(
    club: Club, parent: Parent
) -> None:
    place = next(place for place in PLACES if place.state == "ChildForm:born")
    await place.walk(club, parent)
    assert "Шаг 1 из 3" in text_of(await parent.say("назад"))
    assert "Чем помочь" in text_of(await parent.say("меню"))


async def test_a_question_while_the_order_is_chosen_is_a_wish(club: Club, parent: Parent) -> None:
    for state in ("Search:order", "Search:near", "Search:wishes"):
        place = next(place for place in PLACES if place.state == state)
        await place.walk(club, parent)
        assert "1. Шахматы" in text_of(await parent.say("а есть шахматы?"))
