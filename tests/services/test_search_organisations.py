"""Organisations are found by their numbers, their letters and their words, on both databases."""

from __future__ import annotations

import pytest

from core.db.engine import Database
from core.domain.wishes import WishKind
from tests.services.club_seeker import CLUBS, Parent
from tests.services.registries import Bring, tidy


@pytest.fixture
async def parent(database: Database) -> Parent:
    return Parent(database)


NUMBERED = {
    "школа № 1": ["Первое"],
    "школа №1": ["Первое"],
    "кружки в школе № 1": ["Первое"],
    "в первой школе": ["Первое"],
    "в 1-й школе": ["Первое"],
    "школа 1": ["Первое"],
    "СОШ № 10": ["Десятое"],
    "школа номер 10": ["Десятое"],
    "детский сад № 1": ["Садовое"],
    "садик 1": ["Садовое"],
    "лицей 1": ["Лицейское"],
}


@pytest.mark.parametrize("text", NUMBERED)
async def test_the_number_of_an_organisation_tells_it_from_others(
    text: str, parent: Parent, bring: Bring
) -> None:
    names = {
        "Первое": "МБОУ СОШ №1 ст. Крыловской",
        "Десятое": "Школа № 10",
        "Садовое": "МБДОУ детский сад № 1 «Ромашка»",
        "Лицейское": "МАОУ лицей № 1",
        "Первая помощь": "Дом детского творчества",
    }
    await bring(
        *(
            tidy({"Наименование программы": title, "Организация": name})
            for title, name in names.items()
        )
    )

    found = await parent.looks_for(text)

    assert [line.title for line in found.items] == NUMBERED[text]
    assert not found.widened


async def test_a_number_nobody_has_is_said_to_be_nowhere(parent: Parent, bring: Bring) -> None:
    await bring(*(tidy(club) for club in CLUBS))

    found = await parent.looks_for("шахматы в школе № 77")

    assert [line.title for line in found.items] == ["Шахматы"]
    assert [(wish.kind, wish.value) for wish in found.widened] == [(WishKind.PLACE, "школа № 77")]


KINDS = {
    "дши": ["Гитара"],
    "кружки в ДШИ": ["Гитара"],
    "школа искусств": ["Гитара"],
    "детская школа искусств": ["Гитара"],
    "ддт": ["Бисер"],
    "дом детского творчества": ["Бисер"],
    "рдк": ["Хор"],
    "Районный дом культуры": ["Хор"],
    "дк": ["Хор", "Народный танец"],
    "сельский дом культуры": ["Народный танец"],
    "дюсш бокс": ["Бокс"],
    "бокс в спортивной школе": ["Бокс"],
}


@pytest.mark.parametrize("text", KINDS)
async def test_an_organisation_is_known_by_its_letters_and_by_its_words(
    text: str, parent: Parent, bring: Bring
) -> None:
    names = {
        "Гитара": "МБУ ДО «Детская школа искусств»",
        "Бисер": "ДДТ ст. Крыловской",
        "Хор": "МБУК «Районный дом культуры»",
        "Народный танец": "СДК х. Казачий",
        "Бокс": "МБУ ДО ДЮСШ «Юность»",
    }
    await bring(
        *(
            tidy({"Наименование программы": title, "Организация": name})
            for title, name in names.items()
        )
    )

    found = await parent.looks_for(text)

    assert sorted(line.title for line in found.items) == sorted(KINDS[text])
    assert not found.widened
