"""Builds files about families: children, certificates, rosters, as municipalities send them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from core.db.models import Application, Base, Certificate, Child, Group, Organisation
from core.domain.naming import normal_form
from core.services.family_import import FamilyFile, FamilyImport
from core.services.registry_import import ImportReport, Pace
from tests.services.town import Town

Row = Mapping[str, object]

ALICE: dict[str, object] = {
    "Фамилия": "Петрова",
    "Имя": "Алиса",
    "Отчество": "Ивановна",
    "Дата рождения": "05.03.2017",
}
BORIS: dict[str, object] = {
    "Фамилия": "Петров",
    "Имя": "Борис",
    "Отчество": "Иванович",
    "Дата рождения": "05.03.2017",
}
CERTIFICATE: dict[str, object] = {
    "Номер": "2300000110",
    **ALICE,
    "Вид": "ПФ",
    "Статус": "действует",
    "Номинал": "9 000,50",
    "Период": "01.01.2026–31.12.2026",
}
ENROLMENT: dict[str, object] = {
    **ALICE,
    "Организация": "Дом детского творчества",
    "Программа": "Робототехника",
    "Группа": "Группа 1",
    "Дата зачисления": "01.09.2026",
    "Источник денег": "бюджет",
}
SNILS = "112-233-445 95"
OTHER_SNILS = "112-233-446 96"


@dataclass(kw_only=True)
class Register:
    """Whoever brings files into a town, and looks at what has become of them."""

    town: Town
    folder: Path
    pace: Pace

    async def bring(
        self, kind: str, *rows: Row, file: Path | None = None, **options: Any
    ) -> ImportReport:
        path = file or written(self.folder / f"{kind}.csv", rows)
        town = self.town
        importer = FamilyImport(town.database, town.clock, town.chance, town.cipher, self.pace)
        return await importer.run(FamilyFile(kind), path, **options)

    async def children(self) -> list[Any]:
        return await self._all(Child)

    async def certificates(self) -> list[Any]:
        return await self._all(Certificate)

    async def applications(self) -> list[Any]:
        return await self._all(Application)

    async def everything(self) -> dict[str, list[Any]]:
        async with self.town.database.read() as tx:
            return {
                table.name: list(map(tuple, (await tx.execute(select(table))).all()))
                for table in Base.metadata.sorted_tables
            }

    async def is_well(self) -> bool:
        return await self.town.doctor.examine() == []

    async def _all(self, table: type[Child] | type[Certificate] | type[Application]) -> list[Any]:
        async with self.town.database.read() as tx:
            rows = await tx.execute(select(table.__table__).order_by(table.id))
            return list(rows.all())


def written(place: Path, rows: Iterable[Row]) -> Path:
    """A csv with the header the rows' keys make."""
    said = list(rows)
    header = list(dict.fromkeys(name for row in said for name in row))
    with place.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter=";")
        lines.writerow(header)
        lines.writerows([row.get(name, "") for name in header] for row in said)
    return place


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """New, changed, unchanged, refused."""
    return report.new, report.changed, report.unchanged, len(report.refused)


def reasons(report: ImportReport) -> list[tuple[int, str, str, str]]:
    """Row, column, value, reason."""
    return [(row.row, row.column, row.value, row.reason) for row in report.refused]


async def second_group(town: Town, group: int) -> int:
    """Another group of the same programme, «Группа 2»."""
    async with town.database.write() as tx:
        programme = await tx.scalar(select(Group.programme_id).where(Group.id == group))
        made: int = (
            await tx.execute(
                insert(Group)
                .values(
                    programme_id=programme,
                    name="Группа 2",
                    name_key="группа2",
                    schedule=[],
                    changed_at=town.clock.now(),
                )
                .returning(Group.id)
            )
        ).scalar_one()
        return made


async def known_by_name(town: Town) -> None:
    """The town's organisation as an import of programmes would have written it."""
    known_as = normal_form("Дом детского творчества")
    await town.execute(update(Organisation).values(name_key=known_as))
