"""Somebody who looks for a club, and a few clubs to be found."""

from __future__ import annotations

from datetime import UTC, datetime

from core.clock import MovableClock
from core.db.engine import Database
from core.domain.wishes import Point, Sort
from core.services.search.search import Search
from core.services.search.views import Found

NOW = datetime(2026, 9, 10, 9, tzinfo=UTC)


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
