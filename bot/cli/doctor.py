"""`kruzhok doctor`: are the promises about the data kept."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.session import Session, fail, helped, run_bare, say, say_json, told
from core.services.doctor.doctor import Doctor
from core.services.doctor.findings import Finding


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    async def work(session: Session) -> list[Finding]:
        return await Doctor(session.database, session.clock).examine()

    findings = run_bare(work)
    if as_json:
        say_json(
            {
                "well": not findings,
                "findings": [
                    {"invariant": found.invariant, "what": found.what, "count": found.count}
                    for found in findings
                ],
            }
        )
    else:
        for found in findings:
            say(
                "cli-doctor-finding",
                invariant=found.invariant,
                what=found.what,
                count=found.count,
            )
    if findings:
        fail(told("cli-doctor-unwell", count=len(findings)))
    if not as_json:
        say("cli-doctor-well")
