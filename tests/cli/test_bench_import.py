"""`kruzhok bench import`: figures of a registry that comes in, and the operator's own database is
left alone."""

from __future__ import annotations

from pathlib import Path

from tests.cli.commands import Operator
from tests.services.registries import tidy, workbook


async def test_figures_of_an_import_in_a_database_of_its_own(tmp_path: Path) -> None:
    operator = Operator(folder=tmp_path, database_url=f"sqlite+aiosqlite:///{tmp_path}/own.db")
    file = workbook(tmp_path / "registry.xlsx", [tidy(), tidy({"Группа": "Группа 2"})])

    measured = await operator.does("bench", "import", file, "--json")

    assert measured.code == 0
    assert (measured.document["rows"], measured.document["refused"]) == (2, 0)
    figures = ("seconds", "cpu_seconds", "peak_mb", "longest_write_ms", "longest_wait_ms")
    assert all(measured.document[figure] >= 0 for figure in figures)
    assert not (tmp_path / "own.db").exists()
