"""Files of a knowledge base to arrange tests with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

ENTRIES: tuple[Mapping[str, Any], ...] = (
    {
        "id": "q1",
        "topic": "money",
        "question": "Можно ли обналичить сертификат?",
        "answer": "Нет, на руки деньги не выдают.",
        "paraphrases": ["как снять деньги с сертификата", "получить деньгами вместо кружка"],
    },
    {
        "id": "q2",
        "topic": "cert",
        "question": "Как получить сертификат?",
        "answer": "Подайте заявление. Телефон: {centre_phone}",
        "paraphrases": ["где взять сертификат"],
    },
    {
        "id": "q3",
        "topic": "enrol",
        "question": "Как отчислиться с кружка?",
        "answer": "Напишите заявление в кружке.",
        "paraphrases": ["больше не ходим"],
    },
    {
        "id": "o1",
        "topic": "staff",
        "question": "Как отчислить ребёнка приказом?",
        "answer": "Издайте приказ, внесите дату и причину.",
        "paraphrases": ["приказ об отчислении", "порядок отчисления"],
    },
)


DEMO = Path(__file__).parents[2] / "demo" / "knowledge_base.jsonl"


def some_of_demo(folder: Any, *, every: int = 4) -> Path:
    """Part of the demo's base: what talks of money and leaving, and every fourth of the rest."""
    lines = DEMO.read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    named = {"money", "cert", "enrol", "contract", "end", "expulsion"}
    chosen = [
        entry
        for number, entry in enumerate(entries)
        if number % every == 0 or entry["topic"] in named
    ]
    return jsonl(folder, chosen)


def jsonl(folder: Any, entries: Sequence[Mapping[str, Any] | str]) -> Path:
    """One entry a line; a text is a line as it stands."""
    path = Path(folder) / "knowledge.jsonl"
    lines = [
        entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False)
        for entry in entries
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def sheet(folder: Any, rows: Sequence[Sequence[object]]) -> Path:
    path = Path(folder) / "knowledge.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return path
