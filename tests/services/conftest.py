"""Every test here runs on SQLite and on PostgreSQL, in a town of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.clock import MovableClock, SeededChance
from core.db.engine import Database
from core.services.municipalities.municipalities import Municipalities
from core.services.registry_import import ImportReport, ProgrammeImport
from tests.services.registries import Bring, workbook
from tests.services.town import Town, found_town


@pytest.fixture
async def town(database: Database) -> Town:
    return await found_town(database)


@pytest.fixture
async def bring(database: Database, tmp_path: Path) -> Bring:
    """Imports rows (or a file) into a fresh municipality."""
    clock = MovableClock(datetime(2026, 9, 1, tzinfo=UTC))
    await Municipalities(database, clock).add("krylovsky", "Крыловский район")

    async def inner(*rows: dict[str, object], file: Path | None = None) -> ImportReport:
        path = file or workbook(tmp_path / "registry.xlsx", rows)
        return await ProgrammeImport(database, clock, SeededChance(1)).run(path)

    return inner
