"""Wishes on the screen of results: each can be seen and taken away, however many there are."""

from __future__ import annotations

import pytest

from bot.sandbox.client import Fields, button_texts, text_of
from tests.dialogs.club import Parent

MANY = "рисование 7 лет, по вторникам, до 19, за сертификат, онлайн, не спорт"
MET_ONES = "рисование 7 лет по вторникам до 19"


def chips(screen: Fields) -> list[str]:
    return [text for text in button_texts(screen) if text.endswith("✕")]


def rows_of(screen: Fields) -> list[list[str]]:
    keyboard = screen["reply_markup"]["inline_keyboard"]
    return [[button["text"] for button in row] for row in keyboard]


def struck(screen: Fields) -> list[str]:
    """What is struck out of the text; none of these texts has a letter beyond 16 bits."""
    return [
        text_of(screen)[mark["offset"] : mark["offset"] + mark["length"]]
        for mark in screen["entities"]
        if mark["type"] == "strikethrough"
    ]


async def test_many_wishes_leave_room_for_clubs_and_the_way_on(parent: Parent) -> None:
    await parent.start()

    first = await parent.say(MET_ONES)

    assert "Ищу: рисование, 7 лет, вт, до 19:00\nНашлось 7 кружков" in text_of(first)
    assert rows_of(first)[0] == ["рисование ✕", "Ещё 3 пожелания"]
    assert {"Дальше", "Назад", "Порядок: подходящие"} <= set(button_texts(first))
    second = await parent.press("Дальше")
    for screen in (first, second):
        assert len(button_texts(screen)) <= 8
        assert len([text for text in button_texts(screen) if "Рисование" in text]) == 3
    assert {"Раньше", "Дальше", "Назад"} <= set(button_texts(second))


async def test_wishes_that_have_no_button_of_their_own_stand_in_the_whole_list(
    parent: Parent,
) -> None:
    await parent.start()
    await parent.say(MET_ONES)

    every = await parent.press("Ещё 3 пожелания")
    assert chips(every) == ["рисование ✕", "7 лет ✕", "вт ✕", "до 19:00 ✕"]

    rest = await parent.press("вт ✕")
    assert "Ищу: рисование, 7 лет, до 19:00\n" in text_of(rest)
    await parent.press("Ещё 2 пожелания")
    assert "Ищу: рисование, 7 лет, до 19:00\n" in text_of(await parent.say("назад"))


async def test_a_wish_that_was_given_up_says_so_on_its_button_and_goes(parent: Parent) -> None:
    await parent.start()

    late = await parent.say("шахматы после 20:00")
    assert chips(late) == ["шахматы ✕", "с 20:00 · нет ✕"]

    met = await parent.press("с 20:00 · нет ✕")
    assert chips(met) == ["шахматы ✕"]
    assert "ничего нет" not in text_of(met)


async def test_where_not_all_wishes_have_a_button_those_given_up_have_one(parent: Parent) -> None:
    await parent.start()

    found = await parent.say("рисование 7 лет по субботам за сертификат")

    assert text_of(found).startswith("Ищу: рисование, 7 лет, сб, по сертификату\n")
    assert struck(found) == ["сб", "по сертификату"]
    assert chips(found)[0].endswith("· нет ✕")
    assert len(button_texts(found)) <= 8


@pytest.mark.parametrize("text", [MANY, f"{MANY} в Крыловской рядом на каникулах для ОВЗ"])
async def test_however_many_wishes_the_buttons_are_eight_at_most(parent: Parent, text: str) -> None:
    await parent.start()

    found = await parent.say(text)

    assert len(button_texts(found)) <= 8
    assert len(text_of(found)) <= 500
    every = await parent.press("Ещё")
    assert len(button_texts(every)) <= 8
    assert len(chips(every)) > 3
