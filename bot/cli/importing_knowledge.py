"""`kruzhok import knowledge`, beside the registries."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.importing import say_nothing_read, tell
from bot.cli.importing_families import app
from bot.cli.session import Session, helped, run
from core.services.questions.importing import KnowledgeImport
from core.services.registry_import import ImportReport

__all__ = ["app"]


@app.command("knowledge", help=helped("import-knowledge"))
def knowledge(
    file: Annotated[Path, typer.Argument(help=helped("import-file"))],
    municipality: Annotated[
        str | None, typer.Option("--municipality", help=helped("import-knowledge-municipality"))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=helped("dry-run"))] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help=helped("skip-bad"))] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=helped("overwrite"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    async def work(session: Session) -> ImportReport:
        return await KnowledgeImport(session.database, session.clock).run(
            file,
            municipality_code=municipality,
            dry_run=dry_run,
            skip_bad=skip_bad,
            overwrite=overwrite,
        )

    report = run(work, on_refusal=say_nothing_read if as_json else None)
    tell(report, dry_run=dry_run, skip_bad=skip_bad, as_json=as_json)
