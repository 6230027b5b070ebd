"""The audit goes out as a table whose cells nothing runs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sqlalchemy import insert

from core.clock import SystemClock
from core.db.engine import Database
from core.db.models import AuditRecord
from tests.cli.commands import Operator


@pytest.mark.slow
async def test_the_audit_is_exported_inert(sqlite_url: str, tmp_path: Path) -> None:
    operator = Operator(folder=tmp_path, database_url=sqlite_url)
    added = await operator.does("municipality", "add", "krylovsky", "--name", "Крыловский район")
    assert added.code == 0, added.err
    database = Database(sqlite_url)
    async with database.write() as tx:
        await tx.execute(
            insert(AuditRecord).values(
                at=SystemClock().now(),
                actor="cli",
                action="=cmd|calc",
                entity="people",
                entity_id=7,
                fields=["name"],
                details={"state": "new"},
            )
        )
    await database.close()

    for name in ("audit.csv", "audit.xlsx"):
        done = await operator.does("export", "audit", name)
        assert done.code == 0, done.err
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert (await operator.does("export", "audit", "audit.csv")).code == 1  # never over another
    assert (await operator.does("export", "audit", "audit.doc")).code == 1

    with (tmp_path / "audit.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["action"] for row in rows] == ["municipality.added", "'=cmd|calc"]
    assert rows[0]["municipality"] == "krylovsky"
    assert rows[1]["details"] == '{"state": "new"}'
