"""What an organisation is called and where it is: its programmes are found by the new words."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.app import make_services
from core.db.models import Organisation
from core.services.registry_import import Pace, ProgrammeImport
from core.services.search.indexing import reindex_organisations
from tests.services.registries import tidy, workbook
from tests.services.town import Town


async def found(town: Town, words: str) -> set[str]:
    search = make_services(town.database, town.clock, town.chance, town.cipher, None).search
    place = town.municipality.id
    page = await search.look(await search.understand(words, place), municipality_id=place, limit=50)
    return set() if page.widened else {one.title for one in page.items}


async def brought(town: Town, folder: Path, *rows: dict[str, object], chunk: int = 300) -> None:
    pace = Pace(chunk=chunk, most=chunk, breath=0)
    registry = ProgrammeImport(town.database, town.clock, town.chance, pace)
    report = await registry.run(
        workbook(folder / "registry.xlsx", rows),
        municipality_code=town.municipality.code,
        dry_run=False,
        skip_bad=False,
    )
    assert report.written


@pytest.mark.parametrize("chunk", [1, 300])
async def test_an_address_that_comes_with_a_later_row_finds_all_the_programmes(
    town: Town, tmp_path: Path, chunk: int
) -> None:
    await brought(
        town,
        tmp_path,
        tidy({"Наименование программы": "Шахматы", "Адрес": ""}),
        tidy({"Наименование программы": "Лепка", "Адрес": "хутор Водяной, ул. Речная, 4"}),
        chunk=chunk,
    )

    assert await found(town, "водяной") == {"Шахматы", "Лепка"}


async def test_a_renamed_organisation_is_found_by_its_new_name_and_not_by_the_old(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.services.search.indexing.CHUNK", 2)
    titles = {"Шахматы", "Лепка", "Хор", "Дзюдо", "Театр"}
    await brought(
        town,
        tmp_path,
        *(
            tidy({"Наименование программы": title, "Организация": "Центр «Созвездие»"})
            for title in sorted(titles)
        ),
    )
    assert await found(town, "созвездие") == titles
    async with town.database.read() as tx:
        renamed = await tx.scalars(
            select(Organisation.id).where(Organisation.name.contains("Созвездие"))
        )
        ids = renamed.all()
    await town.execute(
        update(Organisation).where(Organisation.id.in_(ids)).values(name="Центр «Горизонт»")
    )

    assert await reindex_organisations(town.database, ids) == len(titles)

    assert await found(town, "горизонт") == titles
    assert await found(town, "созвездие") == set()
