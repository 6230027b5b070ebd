"""Programmes are found by what parents write, the same on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from core.clock import MovableClock
from core.db import fulltext
from core.db.engine import Database
from core.db.models import Import, Organisation, Programme, SearchMiss, SearchVersion
from core.domain.wishes import Point, Sort, WishKind
from core.services.doctor.doctor import Doctor
from core.services.municipalities.municipalities import Municipalities
from core.services.search.indexing import index_anew, index_programmes, reindex
from tests.services.club_seeker import CLUBS, NOW, Parent
from tests.services.registries import Bring, tidy

DEMO = Path(__file__).parents[2] / "demo" / "registry_krylovsky.xlsx"


@pytest.fixture
async def parent(database: Database) -> Parent:
    return Parent(database)


@pytest.fixture
async def clubs(bring: Bring) -> None:
    report = await bring(*(tidy(club) for club in CLUBS))
    assert report.new == len(CLUBS)


MET = {
    "робототехника": ["Робототехника"],
    "работотехнику для сына": ["Робототехника"],
    "шахмоты": ["Шахматы"],
    "акварель": ["Рисование"],
    "лего роботы 8 лет": ["Робототехника"],
    "бесплатно 8 лет": ["Робототехника", "Футбол летняя смена"],
    "спорт": ["Шахматы", "Футбол летняя смена"],
    "по субботам": ["Робототехника"],
    "после 17": ["Шахматы"],
    "до 3000": ["Робототехника", "Шахматы", "Футбол летняя смена"],
    "двойняшкам 5 и 11": ["Шахматы"],
    "на Ленина": ["Шахматы"],
    "в Октябрьской": ["Шахматы"],
    "для детей с ОВЗ": ["Рисование"],
    "летний лагерь": ["Футбол летняя смена"],
    "не спорт": ["Робототехника", "Рисование"],
    "по сертификату": ["Шахматы"],
    "кроме футбола, спорт": ["Шахматы"],
}
"""What is written, and all that is found."""


@pytest.mark.usefixtures("clubs")
async def test_wishes_are_met(parent: Parent) -> None:
    answers = {text: await parent.looks_for(text) for text in MET}

    assert {text: {line.title for line in found.items} for text, found in answers.items()} == {
        text: set(titles) for text, titles in MET.items()
    }
    assert [text for text, found in answers.items() if found.widened] == []
    assert [text for text, found in answers.items() if found.total != len(MET[text])] == []


@pytest.mark.usefixtures("clubs")
async def test_nothing_wished_finds_nothing(parent: Parent) -> None:
    for text in ("", "привет", "..."):
        assert (await parent.looks_for(text)).items == ()


GIVEN_UP = {
    "шахматы по воскресеньям": ("Шахматы", [WishKind.DAY]),
    "шахматы бесплатно": ("Шахматы", [WishKind.FREE]),
    "рисование 10 лет": ("Рисование", [WishKind.AGE]),
    "рисование 16 лет": ("Рисование", [WishKind.AGE]),
    "робототехника 7 лет на Ленина": ("Робототехника", [WishKind.PLACE]),
    "рисование 14 лет по субботам": ("Рисование", [WishKind.DAY, WishKind.AGE]),
    "кёрлинг 12 лет по вторникам": ("Шахматы", [WishKind.WORDS]),
}
"""What is written; what is found first, and without which wishes."""


@pytest.mark.usefixtures("clubs")
async def test_what_nothing_meets_is_given_up_and_said(parent: Parent) -> None:
    answers = {text: await parent.looks_for(text) for text in GIVEN_UP}

    assert {
        text: (found.items[0].title, [wish.kind for wish in found.widened])
        for text, found in answers.items()
    } == GIVEN_UP


@pytest.mark.usefixtures("clubs")
async def test_what_was_not_found_is_counted(parent: Parent) -> None:
    for text in ("кёрлинг", "кёрлинг", "кёрлинг 12 лет", "шахматы", "+7 918 123-45-67"):
        await parent.looks_for(text)

    async with parent.database.read() as tx:
        noted = (await tx.execute(select(SearchMiss.words, SearchMiss.times))).all()
    assert [tuple(row) for row in noted] == [("керлинг", 3)]


@pytest.mark.usefixtures("clubs")
async def test_looking_alone_notes_nothing(parent: Parent) -> None:
    understood = await parent.search.understand("кёрлинг", None)
    await parent.search.look(understood, municipality_id=None)

    async with parent.database.read() as tx:
        assert (await tx.scalars(select(SearchMiss.id))).all() == []


@pytest.mark.usefixtures("clubs")
async def test_most_open_seats_first(parent: Parent) -> None:
    answer = await parent.looks_for("бесплатно", sort=Sort.SEATS)

    assert [line.seats_left for line in answer.items] == [20, 12]


@pytest.mark.usefixtures("clubs")
async def test_the_nearest_first_and_unknown_points_last(parent: Parent) -> None:
    async with parent.database.write() as tx:
        await tx.execute(
            update(Organisation)
            .where(Organisation.name == "Дом детского творчества")
            .values(latitude=46.33, longitude=39.96)
        )
    home = Point(latitude=46.32, longitude=39.96)

    answer = await parent.looks_for("спорт рядом", near=home)
    assert [(line.title, line.distance_m) for line in answer.items] == [
        ("Шахматы", 1112),
        ("Футбол летняя смена", None),
    ]
    assert (await parent.looks_for("спорт рядом")).total == 2


@pytest.mark.usefixtures("clubs")
async def test_a_programme_that_changed_is_found_at_once(parent: Parent) -> None:
    await parent.finds("шахматы")
    async with parent.database.write() as tx:
        chosen = await tx.scalar(
            update(Programme)
            .where(Programme.title == "Шахматы")
            .values(title="Вольтижировка")
            .returning(Programme.id)
        )
        await index_programmes(tx, [chosen or 0])

    assert await parent.finds("вальтижировка") == ["Вольтижировка"]
    assert (await parent.looks_for("шахматы")).widened == ()
    assert await parent.finds("шахматы") == []


@pytest.mark.usefixtures("clubs")
async def test_an_archived_programme_leaves_the_index(parent: Parent) -> None:
    async with parent.database.write() as tx:
        gone = await tx.scalar(
            update(Programme)
            .where(Programme.title == "Шахматы")
            .values(state="archived")
            .returning(Programme.id)
        )
        await index_programmes(tx, [gone or 0])

    assert await parent.finds("шахматы") == []


@pytest.mark.usefixtures("clubs")
async def test_an_import_under_way_is_not_seen(parent: Parent) -> None:
    async with parent.database.write() as tx:
        await tx.execute(update(Import).values(visible_at=None))

    assert await parent.finds("шахматы") == []


@pytest.mark.usefixtures("clubs")
async def test_another_municipality_s_clubs_are_not_found(parent: Parent) -> None:
    places = Municipalities(parent.database, MovableClock(NOW))
    here = await places.find_by_code("krylovsky")
    there = await places.add("other", "Другой район")
    assert here is not None

    assert (await parent.looks_for("шахматы", municipality_id=here.id)).total == 1
    assert (await parent.looks_for("шахматы", municipality_id=there.id)).total == 0


@pytest.mark.usefixtures("clubs")
async def test_what_lacks_in_the_index_is_indexed(parent: Parent) -> None:
    async with parent.database.write() as tx:
        for table in ("programme_texts", "programme_hours", "programme_facets"):
            await tx.exec_driver_sql(f"DELETE FROM {table}")
    assert await parent.finds("шахматы") == []

    assert await reindex(parent.database) == len(CLUBS)
    assert await reindex(parent.database) == 0
    assert await parent.finds("шахматы") == ["Шахматы"]


@pytest.mark.usefixtures("clubs")
async def test_indexing_again_changes_nothing(parent: Parent) -> None:
    before = await parent.looks_for("спорт после 8 утра")
    assert await index_anew(parent.database) == len(CLUBS)

    assert await parent.looks_for("спорт после 8 утра") == before
    async with parent.database.write() as tx:
        assert await tx.run_sync(fulltext.is_whole)


@pytest.mark.usefixtures("clubs")
async def test_the_doctor_sees_a_torn_index(parent: Parent) -> None:
    doctor = Doctor(parent.database, MovableClock(NOW))
    assert [found for found in await doctor.examine() if found.invariant == "search"] == []
    async with parent.database.write() as tx:
        await tx.execute(update(Programme).values(state="archived"))

    found = [finding for finding in await doctor.examine() if finding.invariant == "search"]
    assert [finding.count for finding in found] == [len(CLUBS)]


async def test_both_databases_give_one_order(parent: Parent, bring: Bring) -> None:
    """The order is made in the process; what both databases gather for it must be the same."""
    await bring(file=DEMO)

    assert (await parent.finds("секция шахмат"))[:2] == [
        "Шахматная школа",
        "Белая ладья дистанционный курс",
    ]
    assert (await parent.finds("вязание"))[:2] == ["Вязание модуль 1", "Вязание для дошкольников"]
    answer = await parent.looks_for("спорт 8 лет", limit=50)
    again = await parent.looks_for("спорт 8 лет", limit=20, offset=20)
    assert [line.id for line in answer.items][20:40] == [line.id for line in again.items]
    assert answer.total == again.total == len(answer.items)


async def test_another_hour_comes_before_a_club_that_only_mentions_the_word(
    parent: Parent, bring: Bring
) -> None:
    mentions = {
        "Наименование программы": "Оригами",
        "Аннотация": "Складываем фигурки. У нас работает и объединение «Робототехника».",
        "Расписание": "Сб 15:00–16:30",
    }
    await bring(tidy(CLUBS[0]), tidy(mentions))

    late = await parent.looks_for("робототехника по субботам после 15")
    early = await parent.looks_for("оригами по субботам после 15")

    assert [line.title for line in late.items] == ["Робототехника"]
    assert [wish.kind for wish in late.widened] == [WishKind.AFTER]
    assert [line.title for line in early.items] == ["Оригами"]


@pytest.mark.usefixtures("clubs")
async def test_of_three_clubs_asked_for_any_is_found(parent: Parent) -> None:
    found = await parent.looks_for("робототехника, шахматы, вокал")

    assert {line.title for line in found.items} == {"Робототехника", "Шахматы"}


@pytest.mark.usefixtures("clubs")
async def test_a_word_nobody_has_keeps_the_rest_standing(parent: Parent) -> None:
    found = await parent.looks_for("робототехника скретч 8 лет")

    assert [line.title for line in found.items] == ["Робототехника"]


@pytest.mark.usefixtures("clubs")
async def test_only_what_stood_in_the_way_is_said_to_be_given_up(parent: Parent) -> None:
    found = await parent.looks_for("робототехника 8 лет до 2000 по вторникам онлайн")

    assert [line.title for line in found.items] == ["Робототехника"]
    assert {wish.kind for wish in found.widened} == {WishKind.DAY, WishKind.REMOTE}


@pytest.mark.usefixtures("clubs")
async def test_an_hour_wished_alone_moves_to_the_nearest(parent: Parent) -> None:
    found = await parent.looks_for("после 18:30")

    assert [line.title for line in found.items] == ["Шахматы"]
    assert [(wish.kind, wish.value) for wish in found.widened] == [(WishKind.AFTER, "18:30")]


async def test_what_costs_comes_before_what_only_mentions_the_word(
    parent: Parent, bring: Bring
) -> None:
    mentions = {
        "Наименование программы": "Вокал",
        "Аннотация": "Работает и объединение «Рисование».",
        "Стоимость, руб.": 0,
        "Реестр": "Иные",
    }
    await bring(tidy(CLUBS[2]), tidy(mentions))

    found = await parent.looks_for("бесплатно рисование")

    assert [line.title for line in found.items] == ["Рисование"]
    assert [wish.kind for wish in found.widened] == [WishKind.FREE]


@pytest.mark.usefixtures("clubs")
async def test_what_filled_an_empty_index_is_not_laid_anew(parent: Parent) -> None:
    version = select(SearchVersion.number, SearchVersion.edition)
    async with parent.database.read() as tx:
        before = (await tx.execute(version)).one()
    await parent.search.warm()
    async with parent.database.read() as tx:
        assert (await tx.execute(version)).one() == before


@pytest.mark.usefixtures("clubs")
async def test_an_index_of_an_earlier_edition_is_laid_anew_at_the_start(parent: Parent) -> None:
    async with parent.database.write() as tx:
        await tx.execute(update(SearchVersion).values(edition=1))
        await tx.execute(update(Organisation).values(name="Детская школа искусств"))

    assert not await parent.finds("дши")
    await parent.search.warm()

    assert len(await parent.finds("дши")) == len(CLUBS)
