"""Programmes are found by what parents write, the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
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
from core.services.search.search import Search
from core.services.search.views import Found
from tests.services.registries import Bring, tidy

NOW = datetime(2026, 9, 10, 9, tzinfo=UTC)
DEMO = Path(__file__).parents[2] / "demo" / "registry_krylovsky.xlsx"


class Parent:
    """Somebody who looks for a club; the words of the registry are looked at each time."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.search = Search(database, MovableClock(NOW), every_s=0)

    async def looks_for(
        self,
        text: str,
        *,
        municipality_id: int | None = None,
        sort: Sort = Sort.FIT,
        near: Point | None = None,
        offset: int = 0,
        limit: int = 5,
    ) -> Found:
        understood = await self.search.understand(text, municipality_id)
        return await self.search.find(
            understood,
            municipality_id=municipality_id,
            sort=sort,
            near=near,
            offset=offset,
            limit=limit,
        )

    async def finds(self, text: str) -> list[str]:
        return [line.title for line in (await self.looks_for(text)).items]


@pytest.fixture
async def parent(database: Database) -> Parent:
    return Parent(database)


CLUBS = (
    {
        "Наименование программы": "Робототехника",
        "Аннотация": "Собираем роботов.",
        "Возраст от": 7,
        "Возраст до": 10,
        "Стоимость, руб.": 0,
        "Реестр": "Иные",
        "Расписание": "Сб 10:00–11:30",
        "Мест": 12,
    },
    {
        "Наименование программы": "Шахматы",
        "Аннотация": "Дебют, вилка и мат.",
        "Направленность": "Физкультурно-спортивная",
        "Возраст от": 5,
        "Возраст до": 12,
        "Стоимость, руб.": 3000,
        "Расписание": "Вт 17:30–19:00; Чт 17:30–19:00",
        "Организация": "Дом детского творчества",
        "Адрес": "ст. Октябрьская, ул. Ленина, д. 5",
        "Мест": 15,
    },
    {
        "Наименование программы": "Рисование",
        "Аннотация": "Гуашь, акварель, пленэр.",
        "Направленность": "Художественная",
        "Возраст от": 6,
        "Возраст до": 9,
        "Реестр": "Платные",
        "Стоимость, руб.": 9000,
        "Расписание": "Пн 15:00–16:00",
        "Для детей с ОВЗ": "да",
        "Мест": 8,
    },
    {
        "Наименование программы": "Футбол летняя смена",
        "Аннотация": "Пас и удар.",
        "Направленность": "Физкультурно-спортивная",
        "Возраст от": 8,
        "Возраст до": 14,
        "Реестр": "Иные",
        "Стоимость, руб.": 0,
        "Расписание": "Ср 9:00–10:30",
        "Мест": 20,
    },
)


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


async def test_a_number_nobody_has_is_said_to_be_nowhere(parent: Parent, clubs: None) -> None:
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
async def test_an_index_of_an_earlier_edition_is_laid_anew_at_the_start(parent: Parent) -> None:
    async with parent.database.write() as tx:
        await tx.execute(update(SearchVersion).values(edition=1))
        await tx.execute(update(Organisation).values(name="Детская школа искусств"))

    assert not await parent.finds("дши")
    await parent.search.warm()

    assert len(await parent.finds("дши")) == len(CLUBS)
