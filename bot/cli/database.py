"""`kruzhok db`: the schema, backups, the fence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.session import Session, fail, helped, note, run, run_bare, say, told
from core.db import backup as copies
from core.db import migrate
from core.db.check import look_over
from core.services.privacy.erasures import Erasures

app = typer.Typer(help=helped("db"), no_args_is_help=True)

File = Annotated[Path, typer.Argument(help=helped("backup-file"))]


@app.command("upgrade", help=helped("db-upgrade"))
def upgrade() -> None:
    async def work(session: Session) -> int:
        await migrate.upgrade(session.database)
        return await _erase_again(session)

    erased = run_bare(work)
    say("cli-db-upgraded")
    _say_erased(erased)


@app.command("backup", help=helped("db-backup"))
def backup(file: File) -> None:
    async def work(session: Session) -> None:
        await copies.backup(session.settings.database(), file)

    run_bare(work)
    say("cli-db-backed-up", file=str(file))
    note(told("cli-db-key-apart"))


@app.command("restore", help=helped("db-restore"))
def restore(file: File) -> None:
    async def work(session: Session) -> tuple[Path | None, int]:
        kept = await copies.restore(session.settings.database(), file, session.clock.now())
        return kept, await _erase_again(session)

    kept, erased = run_bare(work)
    say("cli-db-restored", file=str(file))
    _say_erased(erased)
    if kept is not None:
        say("cli-db-kept", file=str(kept))
    say("cli-db-fenced")
    note(told("cli-db-key-needed"))


@app.command("unfence", help=helped("db-unfence"))
def unfence() -> None:
    async def work(session: Session) -> bool:
        return await copies.lift_fence(session.database)

    say("cli-db-unfenced" if run(work) else "cli-db-no-fence")


@app.command("check", help=helped("db-check"))
def check() -> None:
    async def work(session: Session) -> list[str]:
        return await look_over(session.database)

    faults = run_bare(work)
    if faults:
        fail(
            told("cli-db-faults", faults="; ".join(told(f"cli-db-fault-{code}") for code in faults))
        )
    say("cli-db-well")


async def _erase_again(session: Session) -> int:
    """Who left after the copy was made leaves it again; a copy of an older schema waits for its
    upgrade."""
    if await migrate.pending(session.database):
        return 0
    return await Erasures(session.database, session.clock, cipher=None).replay()


def _say_erased(count: int) -> None:
    if count:
        say("cli-db-erased-again", count=count)
