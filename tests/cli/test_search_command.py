"""`kruzhok search` answers as the contract says: lists in order, an empty one for an empty line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import ROOT, Operator


@pytest.fixture
async def operator(tmp_path: Path, sqlite_url: str) -> Operator:
    operator = Operator(folder=tmp_path, database_url=sqlite_url)
    await operator.does("municipality", "add", "krylovsky", "--name", "Крыловский район")
    brought = await operator.does("import", "programmes", ROOT / "demo" / "registry_krylovsky.xlsx")
    assert brought.code == 0, brought.err
    return operator


async def test_a_file_of_queries_is_answered_line_by_line(operator: Operator) -> None:
    queries = operator.folder / "queries.txt"
    queries.write_text("шахмоты\n\nсекция плавания\n", encoding="utf-8")

    outcome = await operator.does("search", "--batch", queries, "--json", "--limit", "2")

    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert [len(answer) for answer in answers] == [2, 0, 2]
    assert answers[0][0]["title"] == "Шахматная школа"
    assert answers[2][0]["title"] == "Секция плавания"
    assert set(answers[0][0]) == {"programme_id", "title", "score"}
    assert (outcome.code, outcome.err) == (0, "")


async def test_a_query_of_an_unknown_municipality_is_refused(operator: Operator) -> None:
    outcome = await operator.does("search", "танцы", "--municipality", "nowhere", "--json")

    assert (outcome.code, outcome.out) == (1, "")
