"""`kruzhok export`: tables for those who check from outside. Cells are inert."""

from __future__ import annotations

import csv
import io
import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.session import Session, fail, helped, run, say, told
from core.files.inert_workbook import InertCell, inert, inert_workbook
from core.services.audit.exporting import export_audit

app = typer.Typer(help=helped("export"), no_args_is_help=True)

_HEADING = (
    "id",
    "at",
    "actor",
    "action",
    "entity",
    "entity_id",
    "municipality",
    "fields",
    "details",
)


@app.command("audit", help=helped("export-audit"))
def audit(file: Annotated[Path, typer.Argument(help=helped("export-file"))]) -> None:
    if file.suffix.lower() not in (".csv", ".xlsx"):
        fail(told("cli-export-kind"))
    if file.exists():
        fail(told("cli-export-exists", file=str(file)))

    async def work(session: Session) -> list[tuple[InertCell, ...]]:
        return [tuple(line) async for line in export_audit(session.database)]

    lines = run(work)
    workbook = file.suffix.lower() == ".xlsx"
    content = inert_workbook("audit", _HEADING, lines) if workbook else _csv(lines)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(content)
    say("cli-export-done", count=len(lines), file=str(file))


def _csv(lines: list[tuple[InertCell, ...]]) -> bytes:
    """UTF-8 with a mark, semicolons: as spreadsheets here open it by a double click."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=";")
    writer.writerow(_HEADING)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return made.getvalue().encode("utf-8-sig")


def _cell(value: InertCell) -> str:
    if value is None:
        return ""
    return inert(value.isoformat() if isinstance(value, datetime) else str(value))
