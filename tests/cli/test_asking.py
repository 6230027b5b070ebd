"""The knowledge base at the command line: a file in, one question or many, figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import ROOT, Operator
from tests.services.knowledge_files import ENTRIES, jsonl

DEMO = ROOT / "demo" / "knowledge_base.jsonl"


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(folder=tmp_path, database_url=f"sqlite+aiosqlite:///{tmp_path}/kruzhok.db")


async def test_a_base_is_loaded_and_asked_line_by_line(operator: Operator) -> None:
    loaded = await operator.does("import", "knowledge", DEMO, "--json")
    assert (loaded.document["read"], loaded.document["new"]) == (148, 148)
    batch = operator.folder / "questions.txt"
    batch.write_text("как отчислиться с кружка\n\nпривет\nчо за сертификат\n", encoding="utf-8")

    asked = await operator.does("ask", "--batch", batch, "--json")

    said = [json.loads(line) for line in asked.out.splitlines()]
    assert [one["verdict"] for one in said] == ["answer", "person", "person", "answer"]
    assert [len(one["candidates"]) for one in said] == [3, 3, 3, 3]
    assert set(said[0]["candidates"][0]) == {"id", "question", "score"}
    assert said[0]["candidates"][0]["id"] == "q054"
    assert said[0]["candidates"][0]["question"] == "Как отчислиться с кружка?"


@pytest.mark.slow
async def test_a_question_or_a_file_and_nothing_else(operator: Operator) -> None:
    assert (await operator.does("ask")).code == 2
    absent = await operator.does("ask", "--batch", "absent.txt", "--json")
    assert (absent.code, "absent.txt" in absent.err) == (1, True)


@pytest.mark.slow
async def test_the_bench_tells_ours_beside_plain_bm25(operator: Operator) -> None:
    base = jsonl(operator.folder, ENTRIES)

    measured = await operator.does("bench", "ask", base, "--json")

    ours, *_, plain = measured.document["contestants"]
    assert (ours["name"], plain["name"]) == ("kruzhok", "bm25")
    assert measured.document["entries"] == len(ENTRIES)
    assert ours["off_topic"]["false"] <= 0.05 < plain["off_topic"]["false"]
