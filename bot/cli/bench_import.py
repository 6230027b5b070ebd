"""`kruzhok bench import`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.bench.importing import measure
from bot.cli.session import ended_well, fail, helped, say, say_json, settings, told


def bring(
    file: Annotated[Path, typer.Argument(help=helped("import-file"))],
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    settings()
    measured = ended_well(lambda: measure(file))
    if as_json:
        say_json(asdict(measured))
    else:
        say("cli-bench-import", **{name: str(value) for name, value in asdict(measured).items()})
    if measured.rows == measured.refused:
        fail(told("cli-bench-nothing"))
