"""`kruzhok bench`: figures of this machine, one command a bench."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from bot.bench import asking, importing, searching
from bot.bench.registry import write_registry
from bot.cli import bench_ask, bench_import, bench_search
from bot.cli.session import ended_well, helped, say_json, settings

app = typer.Typer(help=helped("bench"), no_args_is_help=True)
app.command("search", help=helped("bench-search"))(bench_search.search)
app.command("ask", help=helped("bench-ask"))(bench_ask.ask)
app.command("import", help=helped("bench-import"))(bench_import.bring)


@app.command("all", help=helped("bench-all"))
def every(
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    with TemporaryDirectory() as folder:
        registry = write_registry(Path(folder) / "registry.csv", searching.JUDGED_AT)
        if not as_json:
            bench_search.search()
            bench_ask.ask()
            bench_import.bring(registry)
            return
        settings()
        say_json(
            {
                "search": bench_search.document(),
                "ask": asking.as_document(asking.measure(None)),
                "import": asdict(ended_well(lambda: importing.measure(registry))),
            }
        )
