"""`kruzhok import`: what municipalities keep in files. One subcommand a kind of file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.session import Session, fail, helped, note, run, say, say_json, told
from core.services.registry_import import Fault, ImportReport, ProgrammeImport, RefusedRow

app = typer.Typer(help=helped("import"), no_args_is_help=True)

SHOWN = 50  # refused rows told to people; `--json` has them all


@app.command("programmes", help=helped("import-programmes"))
def programmes(
    file: Annotated[Path, typer.Argument(help=helped("import-file"))],
    municipality: Annotated[str | None, typer.Option(help=helped("import-municipality"))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=helped("dry-run"))] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help=helped("skip-bad"))] = False,
    archive_missing: Annotated[
        bool, typer.Option("--archive-missing", help=helped("archive-missing"))
    ] = False,
    even_many: Annotated[bool, typer.Option("--even-many", help=helped("even-many"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    async def work(session: Session) -> ImportReport:
        service = ProgrammeImport(session.database, session.clock, session.chance)
        return await service.run(
            file,
            municipality_code=municipality,
            dry_run=dry_run,
            skip_bad=skip_bad,
            archive_missing=archive_missing,
            even_many=even_many,
        )

    report = run(work, on_refusal=say_nothing_read if as_json else None)
    tell(report, dry_run=dry_run, skip_bad=skip_bad, as_json=as_json)


def tell(report: ImportReport, *, dry_run: bool, skip_bad: bool, as_json: bool) -> None:
    """Print the report; ends the command with 1 when refused rows keep the file out."""
    for warning in report.warnings:
        note(told(f"import-warning-{warning.reason}", **warning.params))
    if as_json:
        say_json(as_document(report))
    else:
        _say(report, dry_run=dry_run)
    if report.refused and not skip_bad:
        fail(told("cli-import-refused", refused=len(report.refused)))


def as_document(report: ImportReport) -> dict[str, Any]:
    """The shape of `--json`. Rows name their sheet where the file has several."""
    return {
        "read": report.read,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        **({} if report.archived is None else {"archived": report.archived}),
        **({} if report.closed is None else {"closed": report.closed}),
        **({} if report.kept is None else {"kept": list(report.kept)}),
        "refused": [
            {
                **({"sheet": row.sheet} if row.sheet else {}),
                "row": row.row,
                **_cell(row),
                "more": [_cell(fault) for fault in row.more],
            }
            for row in report.refused
        ],
        "warnings": [
            told(f"import-warning-{warning.reason}", **warning.params)
            for warning in report.warnings
        ],
    }


def _cell(fault: Fault | RefusedRow) -> dict[str, str]:
    return {
        "column": fault.column,
        "value": fault.value,
        "reason": told(f"import-reason-{fault.reason}", **fault.params),
    }


def say_nothing_read(error: str) -> None:
    """A whole file was refused: still one document."""
    say_json({"read": 0, "new": 0, "changed": 0, "unchanged": 0, "refused": [], "error": error})


def _say(report: ImportReport, *, dry_run: bool) -> None:
    say(
        "cli-import-counts",
        read=report.read,
        new=report.new,
        changed=report.changed,
        unchanged=report.unchanged,
        refused=len(report.refused),
    )
    if report.archived or report.closed:
        say("cli-import-archived", archived=report.archived or 0, closed=report.closed or 0)
    if report.kept:
        say("cli-import-kept", kept=len(report.kept), codes=", ".join(report.kept))
    for row in report.refused[:SHOWN]:
        where: dict[str, str | int] = {"row": row.row}
        if row.sheet:
            where["sheet"] = row.sheet
        key = "cli-import-row-of-sheet" if row.sheet else "cli-import-row"
        faults: list[Fault | RefusedRow] = [row, *row.more]
        for fault in faults:
            say(key, **where, **_cell(fault))
    if len(report.refused) > SHOWN:
        say("cli-import-more", rows=len(report.refused) - SHOWN)
    if dry_run:
        say("cli-import-dry")
