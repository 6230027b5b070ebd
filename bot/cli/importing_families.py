"""`kruzhok import children | certificates | enrolments`, beside `programmes`.

The report holds names and numbers as the file has them: it goes to the operator's own terminal.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.importing import app, say_nothing_read, tell
from bot.cli.session import Session, helped, run
from core.services.family_import import FamilyFile, FamilyImport
from core.services.registry_import import ImportReport

__all__ = ["app"]

File = Annotated[Path, typer.Argument(help=helped("import-file"))]
Code = Annotated[str | None, typer.Option("--municipality", help=helped("import-municipality"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=helped("dry-run"))]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help=helped("skip-bad"))]
AsJson = Annotated[bool, typer.Option("--json", help=helped("json"))]


@app.command("children", help=helped("import-children"))
def children(
    file: File,
    municipality: Code = None,
    dry_run: DryRun = False,
    skip_bad: SkipBad = False,
    as_json: AsJson = False,
) -> None:
    _bring(FamilyFile.CHILDREN, file, municipality, dry_run, skip_bad, as_json)


@app.command("certificates", help=helped("import-certificates"))
def certificates(
    file: File,
    municipality: Code = None,
    dry_run: DryRun = False,
    skip_bad: SkipBad = False,
    as_json: AsJson = False,
) -> None:
    _bring(FamilyFile.CERTIFICATES, file, municipality, dry_run, skip_bad, as_json)


@app.command("enrolments", help=helped("import-enrolments"))
def enrolments(
    file: File,
    municipality: Code = None,
    dry_run: DryRun = False,
    skip_bad: SkipBad = False,
    as_json: AsJson = False,
) -> None:
    _bring(FamilyFile.ENROLMENTS, file, municipality, dry_run, skip_bad, as_json)


def _bring(
    kind: FamilyFile,
    file: Path,
    municipality: str | None,
    dry_run: bool,
    skip_bad: bool,
    as_json: bool,
) -> None:
    async def work(session: Session) -> ImportReport:
        service = FamilyImport(
            session.database, session.clock, session.chance, await session.cipher()
        )
        return await service.run(
            kind, file, municipality_code=municipality, dry_run=dry_run, skip_bad=skip_bad
        )

    report = run(work, on_refusal=say_nothing_read if as_json else None)
    tell(report, dry_run=dry_run, skip_bad=skip_bad, as_json=as_json)
