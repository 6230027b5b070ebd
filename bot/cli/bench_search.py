"""`kruzhok bench search`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from bot.bench.registry import QUERIES
from bot.bench.searching import (
    JUDGED_AT,
    SIZES,
    Contestant,
    Quality,
    SearchReport,
    as_document,
    measure,
    read_labelled,
)
from bot.cli.session import ended_well, fail, helped, say, say_json, settings, told

MOST: Final = max(SIZES)


def search(
    file: Annotated[Path | None, typer.Argument(help=helped("bench-search-file"))] = None,
    most: Annotated[int, typer.Option(help=helped("bench-search-most"))] = MOST,
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    settings()
    report = _measured(file or QUERIES, most)
    if as_json:
        say_json(as_document(report))
    else:
        _say(report)


def document() -> dict[str, Any]:
    """Of everything, by the project's own queries."""
    return as_document(_measured(QUERIES, MOST))


def _measured(file: Path, most: int) -> SearchReport:
    try:
        labelled = read_labelled(file)
    except (ValueError, KeyError, TypeError):
        fail(told("cli-bench-unread", file=str(file)))
    except OSError as error:
        fail(told("cli-file-refused", file=str(file), why=error.strerror or ""))
    sizes = [size for size in SIZES if size <= most]
    return ended_well(lambda: measure(labelled, sizes=sizes))


def _say(report: SearchReport) -> None:
    for at in report.sizes:
        say(
            "cli-bench-size",
            programmes=str(at.programmes),
            p50=f"{at.speed.p50_ms:.2f}",
            p95=f"{at.speed.p95_ms:.2f}",
            import_s=f"{at.import_s:.1f}",
            index_s=f"{at.index_s:.1f}",
            memory=str(at.memory_mb),
        )
    for contestant in report.contestants:
        _say_quality(contestant, "queries", contestant.labelled)
        _say_quality(contestant, "misspelled", contestant.misspelled)


def _say_quality(contestant: Contestant, kind: str, quality: Quality) -> None:
    say(
        f"cli-bench-{kind}",
        name=contestant.name,
        programmes=str(JUDGED_AT),
        count=str(quality.queries),
        first=f"{quality.hit_at_1:.3f}",
        five=f"{quality.hit_at_5:.3f}",
        mrr=f"{quality.mrr:.3f}",
        p95=f"{contestant.speed.p95_ms:.2f}",
    )
