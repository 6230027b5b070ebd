"""`kruzhok ask`: what the knowledge base makes of a question, or of a file of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.batches import lines_of
from bot.cli.session import Session, helped, run, say, say_json, told
from core.search.likeness.verdict import Verdict
from core.services.questions.knowledge import Knowledge
from core.services.questions.views import CandidateView

Answered = tuple[Verdict, tuple[CandidateView, ...]]


def ask(
    question: Annotated[str | None, typer.Argument(help=helped("ask-question"))] = None,
    batch: Annotated[Path | None, typer.Option(help=helped("batch"))] = None,
    municipality: Annotated[str | None, typer.Option(help=helped("ask-municipality"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    if (question is None) == (batch is None):
        raise typer.BadParameter(told("cli-ask-one-of"))
    texts = [question] if question is not None else lines_of(batch or Path())

    async def work(session: Session) -> list[Answered]:
        knowledge = Knowledge(session.database, session.clock)
        return await knowledge.judge(texts, municipality_code=municipality)

    for text, (verdict, candidates) in zip(texts, run(work), strict=True):
        if as_json:
            say_json(as_document(verdict, candidates))
        else:
            _say(text, verdict, candidates)


def as_document(verdict: Verdict, candidates: Sequence[CandidateView]) -> dict[str, Any]:
    """The shape of `--json`."""
    return {
        "verdict": verdict.value,
        "candidates": [
            {
                "id": candidate.code,
                "question": candidate.question,
                "score": candidate.score,
            }
            for candidate in candidates
        ],
    }


def _say(text: str, verdict: Verdict, candidates: Sequence[CandidateView]) -> None:
    say("cli-ask-verdict", question=text, verdict=verdict.value)
    for candidate in candidates:
        say(
            "cli-ask-candidate",
            score=f"{candidate.score:.2f}",
            entry=candidate.code,
            question=candidate.question,
        )
