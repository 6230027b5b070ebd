"""The whole command line."""

from __future__ import annotations

import typer

from bot.cli import bench, chats, database, exporting, importing_knowledge, municipality, staff
from bot.cli.asking import ask
from bot.cli.doctor import doctor
from bot.cli.running import demo, run
from bot.cli.searching import reindex_programmes, search
from bot.cli.session import helped


def build() -> typer.Typer:
    """Every command group in its place."""
    app = typer.Typer(
        name="kruzhok",
        help=helped("kruzhok"),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.command("run", help=helped("run"))(run)
    app.command("demo", help=helped("demo"))(demo)
    database.app.command("reindex", help=helped("db-reindex"))(reindex_programmes)
    app.add_typer(database.app, name="db")
    app.add_typer(municipality.app, name="municipality")
    app.add_typer(importing_knowledge.app, name="import")
    app.add_typer(exporting.app, name="export")
    app.command("search", help=helped("search"))(search)
    app.command("ask", help=helped("ask"))(ask)
    app.add_typer(staff.app, name="staff")
    app.add_typer(chats.app, name="chats")
    app.command("doctor", help=helped("doctor"))(doctor)
    app.add_typer(bench.app, name="bench")
    return app
