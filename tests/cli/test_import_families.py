"""`kruzhok import certificates`: the same document as programmes, the words of the field."""

from __future__ import annotations

from pathlib import Path

from tests.cli.commands import Operator
from tests.services.registers import BORIS, CERTIFICATE, written


async def test_a_certificate_is_loaded_and_a_difference_is_a_refused_row(
    tmp_path: Path, sqlite_url: str
) -> None:
    operator = Operator(folder=tmp_path, database_url=sqlite_url)
    await operator.does("municipality", "add", "krylovsky", "--name", "Крыловский район")
    file = written(tmp_path / "certificates.csv", [CERTIFICATE])
    await operator.does("import", "certificates", file)
    again = written(
        tmp_path / "again.csv", [CERTIFICATE, {**CERTIFICATE, **BORIS, "Номер": "2300000110"}]
    )

    refused = await operator.does("import", "certificates", again, "--json")

    assert refused.code == 1
    assert refused.document == {
        "read": 2,
        "new": 0,
        "changed": 0,
        "unchanged": 1,
        "refused": [
            {
                "row": 3,
                "column": "Номер",
                "value": "2300000110",
                "reason": "этот номер уже есть в строке 2, но с другими данными",
                "more": [],
            }
        ],
        "warnings": [],
    }
    assert "Петров" not in refused.err
