"""Ages, money, days and hours as people write them."""

from __future__ import annotations

import pytest

from core.search.reading.ages import read_age, read_bare_age
from core.search.reading.hours import read_days, read_hours
from core.search.reading.money import read_money
from core.search.vocabulary.line import Line
from core.search.vocabulary.words import words_of

READERS = (read_money, read_hours, read_days, read_age, read_bare_age)


def wishes(text: str) -> list[str]:
    line = Line(words_of(text))
    found: list[str] = []
    place = 0
    while place < len(line):
        said = next((said for read in READERS if (said := read(line, place))), None)
        if said is not None:
            found += [f"{wish.kind.value} {wish.value}".strip() for wish in said.wishes]
        place += 1 if said is None else said.length
    return found


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("7 лет", "84-95"),
        ("семь лет", "84-95"),
        ("7-летнему", "84-95"),
        ("7летний", "84-95"),
        ("семилетнему", "84-95"),
        ("10-ти лет", "120-131"),
        ("пяти лет", "60-71"),
        ("4 годика", "48-59"),
        ("первоклассник", "84-95"),
        ("пятиклассница", "132-143"),
        ("3 класс", "108-119"),
        ("в третьем классе", "108-119"),
        ("1-4 класс", "84-131"),
        ("дошкольник", "48-83"),
        ("младшие школьники", "84-131"),
        ("от 7 до 10", "84-131"),
        ("7-10 лет", "84-131"),
        ("с 6", "72-83"),
        ("с 6 лет", "72-83"),
        ("до 7 лет", "48-83"),
        ("5 лет 8 месяцев", "68-68"),
        ("5 с половиной лет", "66-66"),
        ("5,5 лет", "66-66"),
        ("18 месяцев", "18-18"),
        ("сыну 9", "108-119"),
    ],
)
def test_an_age(text: str, months: str) -> None:
    assert wishes(text) == [f"age {months}"]


def test_two_children_are_two_ages() -> None:
    assert wishes("двойняшкам 5 и 7") == ["age 60-71", "age 84-95"]
    assert wishes("5, 7 и 9 лет") == ["age 60-71", "age 84-95", "age 108-119"]


@pytest.mark.parametrize(
    "text", ["1 год обучения", "школа 5", "группа 7", "3 раза в неделю", "2", "окружающая среда"]
)
def test_a_number_that_is_no_age(text: str) -> None:
    assert wishes(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("бесплатно", "free"),
        ("бесплатные", "free"),
        ("за счёт бюджета", "free"),
        ("по сертификату", "certificate"),
        ("ПФДО", "certificate"),
        ("до 2000", "price_up_to 200000"),
        ("не дороже 1500 руб", "price_up_to 150000"),
        ("до 2 000 рублей", "price_up_to 200000"),
        ("до двух тысяч", "price_up_to 200000"),
        ("до тысячи", "price_up_to 100000"),
        ("2к", "price_up_to 200000"),
        ("за 500 р", "price_up_to 50000"),
        ("3 тыс в месяц", "price_up_to 300000"),
    ],
)
def test_money(text: str, found: str) -> None:
    assert wishes(text) == [found]


def test_what_tells_no_limit_wishes_nothing() -> None:
    assert wishes("недорого") == wishes("платные") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("по субботам", ["day 6"]),
        ("в выходные", ["day 67"]),
        ("по будням", ["day 12345"]),
        ("по вторникам и четвергам", ["day 24"]),
        ("пн, ср, пт", ["day 135"]),
        ("пн-пт", ["day 12345"]),
        ("по средам", ["day 3"]),
        ("после 17", ["after 17:00"]),
        ("после пяти вечера", ["after 17:00"]),
        ("с 16:00", ["after 16:00"]),
        ("не раньше 17", ["after 17:00"]),
        ("вечером", ["after 17:00"]),
        ("после обеда", ["after 13:00"]),
        ("с утра", ["before 12:00"]),
        ("до обеда", ["before 13:00"]),
        ("до 18 часов", ["before 18:00"]),
        ("не позже 19:30", ["before 19:30"]),
        ("с 16 до 18", ["after 16:00", "before 18:00"]),
        ("по будням после 17", ["day 12345", "after 17:00"]),
    ],
)
def test_days_and_hours(text: str, found: list[str]) -> None:
    assert wishes(text) == found
