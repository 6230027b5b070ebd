"""An import of families beside others who write, cut off, or with a right that ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from core.db import migrate
from core.db.engine import Database, Tx
from core.db.models import Certificate, Child, Import, StaffRight
from core.domain.actors import Actor
from core.domain.municipality import RegistryMode
from core.domain.refusals import NotAllowed
from core.domain.staff import Role
from core.services.family_import import FamilyFile, FamilyImport, ImportDisturbed
from core.services.registry_import import Pace
from core.services.registry_import.importer import Importer
from core.services.registry_import.turn import ImportRunning, take_turn
from tests.services.registers import (
    ALICE,
    BORIS,
    CERTIFICATE,
    Register,
    counts,
    written,
)
from tests.services.town import Town, found_town


@pytest.fixture
def register(town: Town, tmp_path: Path) -> Register:
    return Register(town=town, folder=tmp_path, pace=Pace(breath=0))


async def test_rows_are_hidden_until_the_last_write(register: Register) -> None:
    """A cut-off import leaves nothing the doctor counts, and the next one takes it away."""
    await register.bring("certificates", CERTIFICATE)
    await register.town.execute(update(Import).values(visible_at=None))
    town = register.town
    assert await register.is_well()

    report = await register.bring("children", ALICE)

    assert counts(report) == (1, 0, 0, 0)
    assert await register.certificates() == []
    assert len(await register.children()) == 1
    assert await town.count(Import) == 1


async def test_what_families_change_meanwhile_keeps_the_whole_file_out(
    database: Database, tmp_path: Path
) -> None:
    town = await found_town(database, registry_mode=RegistryMode.EXTERNAL)
    register = Register(town=town, folder=tmp_path, pace=Pace(chunk=1, breath=0.05))
    parent = await town.parent()
    request = await town.requested(parent, await town.child(parent))
    moderator = await town.staff()
    rows = [
        {**CERTIFICATE, **BORIS, "Имя": f"Борис{sign}", "Номер": f"230000020{n}"}
        for n, sign in enumerate("абвгдежз")
    ]
    coming = asyncio.create_task(
        register.bring("certificates", *rows, {**CERTIFICATE, "Фамилия": "Белова"})
    )
    async with asyncio.timeout(10):
        while await town.count(Import) == 0:
            pass
    await town.certificate_decisions.confirm(
        moderator, request.id, version=request.version, number="2300000110"
    )

    with pytest.raises(ImportDisturbed):
        await coming

    assert len(await register.certificates()) == 1
    assert len(await register.children()) == 1
    assert await town.count(Import) == 0
    assert await register.is_well()


async def test_two_imports_do_not_run_at_once(register: Register) -> None:
    async with register.town.database.write() as tx:
        await take_turn(tx, "another", register.town.clock.now())

    with pytest.raises(ImportRunning):
        await register.bring("children", ALICE)
    assert await register.children() == []


async def test_many_changes_go_by_chunks_and_all_arrive(register: Register) -> None:
    register.pace = Pace(chunk=2, gathered=3, breath=0)
    rows = [{**ALICE, "Имя": f"Алиса{sign}", "Отчество": ""} for sign in "абвгдежзик"]
    await register.bring("children", *rows)

    report = await register.bring("children", *({**row, "Отчество": "Ивановна"} for row in rows))

    assert counts(report) == (0, 10, 0, 0)
    assert {child.patronymic for child in await register.children()} == {"Ивановна"}


async def test_staff_must_hold_the_right_when_it_is_written(register: Register) -> None:
    town = register.town
    head, teacher = await town.staff(Role.HEAD), await town.staff(Role.TEACHER)

    async def bring(actor: Actor) -> Any:
        return await register.bring("children", ALICE, importer=Importer(actor=actor))

    with pytest.raises(NotAllowed):
        await bring(teacher)
    assert (await bring(head)).new == 1
    (held,) = await register.children()
    async with town.database.read() as tx:
        audit = await register.everything()
        assert (await tx.scalar(select(Import.id))) == held.import_id
    assert audit["audit"][-1][2:4] == (head.mark, "children.imported")
    await town.execute(delete(StaffRight))
    with pytest.raises(NotAllowed):
        await bring(head)


async def test_a_right_lost_on_the_way_leaves_nothing_behind(register: Register) -> None:
    town = register.town
    head = await town.staff(Role.HEAD)
    register.pace = Pace(chunk=1, breath=0.02)
    rows = [{**ALICE, "Имя": f"Алиса{sign}"} for sign in "абвгдежзик"]
    coming = asyncio.create_task(register.bring("children", *rows, importer=Importer(actor=head)))
    async with asyncio.timeout(10):
        while await town.count(Child) == 0:
            pass
    await town.execute(delete(StaffRight))

    with pytest.raises(NotAllowed):
        await coming

    assert (await town.count(Child), await town.count(Import)) == (0, 0)


class WrittenAfter(Database):
    """Its first write waits for something else to be done."""

    def __init__(self, url: str, first: Callable[[], Awaitable[object]]) -> None:
        super().__init__(url)
        self._first: Callable[[], Awaitable[object]] | None = first

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        first, self._first = self._first, None
        if first is not None:
            await first()
        async with super().write() as tx:
            yield tx


async def test_what_another_import_brought_meanwhile_is_not_brought_twice(
    register: Register,
) -> None:
    town = register.town
    late = WrittenAfter(
        town.database.url.render_as_string(hide_password=False),
        lambda: register.bring("certificates", CERTIFICATE),
    )
    file = written(register.folder / "late.csv", [ALICE, BORIS])
    importer = FamilyImport(late, town.clock, town.chance, town.cipher, register.pace)

    report = await importer.run(FamilyFile.CHILDREN, file)

    await late.close()
    assert counts(report) == (1, 0, 1, 0)
    assert len(await register.children()) == 2


async def test_going_down_and_up_again_keeps_imported_rows(register: Register) -> None:
    await register.bring("certificates", CERTIFICATE)
    town = register.town

    await migrate.downgrade(town.database, "0004")
    await migrate.upgrade(town.database)

    assert (await town.count(Certificate), await town.count(Child)) == (1, 1)
    assert await migrate.differences(town.database) == []
