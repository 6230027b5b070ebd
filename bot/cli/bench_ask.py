"""`kruzhok bench ask`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.bench.asking import AskReport, Contestant, Quality, as_document, measure
from bot.cli.session import fail, helped, say, say_json, settings, told
from core.domain.refusals import Refusal


def ask(
    file: Annotated[Path | None, typer.Argument(help=helped("bench-ask-file"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    settings()
    report = _measured(file)
    if as_json:
        say_json(as_document(report))
    else:
        _say(report)


def _measured(file: Path | None) -> AskReport:
    try:
        return measure(file)
    except Refusal as refusal:
        fail(told(f"refusal-{refusal.code}", **refusal.params))
    except OSError as error:
        fail(told("cli-file-refused", file=str(file), why=error.strerror or ""))
    except (ValueError, KeyError):
        fail(told("cli-bench-ask-unread", file=str(file)))


def _say(report: AskReport) -> None:
    say("cli-bench-ask-base", entries=report.entries)
    for one in report.contestants:
        _say_quality(one, "left-out", one.left_out)
        _say_quality(one, "apart", one.apart)
        say(
            "cli-bench-ask-cost",
            name=one.name,
            false=f"{one.false_answers:.3f}",
            texts=str(one.off_topic),
            p50=f"{one.p50_ms:.2f}",
            p95=f"{one.p95_ms:.2f}",
            build_s=f"{one.build_s:.2f}",
            memory=f"{one.memory_mb:.1f}",
        )


def _say_quality(contestant: Contestant, kind: str, quality: Quality) -> None:
    say(
        f"cli-bench-ask-{kind}",
        name=contestant.name,
        count=str(quality.count),
        first=f"{quality.top1:.3f}",
        three=f"{quality.top3:.3f}",
        answered=f"{quality.answered:.3f}",
        precision=f"{quality.precision:.3f}",
    )
