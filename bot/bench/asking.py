"""`kruzhok bench ask`: how well and how fast the knowledge base understands questions.

Twice: examples left out of the base one fold after another (each entry's first, second, third), and
questions that were never in it (`demo/bench/questions.jsonl`). A parent's question is asked as a
parent, so entries for organisers are not among what may be told. Off-topic texts and greetings must
not be answered. Precision is of what was answered; a false answer is one to an off-topic text.
"""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from bot.bench.rivals import bm25
from core.domain.knowledge import Audience, hears
from core.files.tables import Cell
from core.search.likeness.meaning import Meanings, find_meanings
from core.search.likeness.verdict import KnownQuestion, Likeness, Verdict
from core.services.questions.files import ReadEntry, read_entries
from core.services.registry_import.cells import Unreadable

FOLDER: Final = Path(__file__).resolve().parents[2] / "demo"
BASE: Final = FOLDER / "knowledge_base.jsonl"
QUESTIONS: Final = FOLDER / "bench" / "questions.jsonl"
OFF_TOPIC: Final = FOLDER / "bench" / "questions_off_topic.jsonl"
FOLDS: Final = 3
SHOWN: Final = 3


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """`expected` is the code of an entry; None: nothing of ours."""

    text: str
    expected: str | None


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a contestant made of one question: codes, the best first."""

    codes: Sequence[str]
    answered: bool
    took_ms: float


@dataclass(frozen=True, kw_only=True)
class Quality:
    """Shares, 0…1, of `count` questions."""

    count: int
    top1: float
    top3: float
    answered: float
    precision: float


@dataclass(frozen=True, kw_only=True)
class Contestant:
    """`memory_mb`: what its index holds."""

    name: str
    left_out: Quality
    apart: Quality
    off_topic: int
    false_answers: float
    p50_ms: float
    p95_ms: float
    build_s: float
    memory_mb: float


@dataclass(frozen=True, kw_only=True)
class AskReport:
    entries: int
    contestants: tuple[Contestant, ...]  # our own first


Asks = Callable[[Labelled], Said]
Build = Callable[[Sequence[ReadEntry]], Asks]


def measure(file: Path | None = None) -> AskReport:
    """`file`: another base, or other labelled questions (`{"text", "expected"}` a line)."""
    is_base = file is not None and "question" in _first(file)
    base = read_base(file if file is not None and is_base else BASE)
    codes = {entry.code for entry in base}
    labelled = read_labelled(file if file is not None and not is_base else QUESTIONS)
    apart = [one for one in labelled if one.expected in codes]
    strange = [one for one in labelled if one.expected is None]
    strange += read_labelled(OFF_TOPIC)
    return AskReport(
        entries=len(base),
        contestants=tuple(
            _contest(name, build, base, apart, strange) for name, build in _contestants()
        ),
    )


def read_base(file: Path) -> list[ReadEntry]:
    """What can be read of a file of knowledge."""
    return [row for row in read_entries(file, _nowhere) if isinstance(row, ReadEntry)]


def read_labelled(file: Path) -> list[Labelled]:
    lines = file.read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines if line.strip()]
    return [Labelled(text=said["text"], expected=said["expected"]) for said in documents]


def by_likeness(meanings: Meanings | None = None) -> Build:
    """The product's own."""

    def build(base: Sequence[ReadEntry]) -> Asks:
        likeness = Likeness(
            (
                KnownQuestion(
                    key=number,
                    question=entry.draft.question,
                    examples=entry.draft.examples,
                    answer=entry.draft.answers[0].text.text,
                )
                for number, entry in enumerate(base)
            ),
            meanings=meanings,
        )

        heard = _heard(base)

        def asks(asked: Labelled) -> Said:
            began = perf_counter()
            may = heard(asked)
            judged = likeness.judge(asked.text, allowed=lambda key: base[key].code in may)
            return Said(
                codes=[base[one.key].code for one in judged.candidates],
                answered=judged.verdict is Verdict.ANSWER,
                took_ms=(perf_counter() - began) * 1000,
            )

        return asks

    return build


def folds(base: Sequence[ReadEntry]) -> Iterator[tuple[list[ReadEntry], list[Labelled]]]:
    """The base without one example of each entry, and these examples."""
    for fold in range(FOLDS):
        left = [
            Labelled(text=entry.draft.examples[fold], expected=entry.code)
            for entry in base
            if len(entry.draft.examples) > fold
        ]
        yield [_without(entry, fold) for entry in base], left


def quality_of(said: Sequence[tuple[Said, Labelled]]) -> Quality:
    count = max(1, len(said))
    answered = [(one, asked) for one, asked in said if one.answered]
    return Quality(
        count=len(said),
        top1=sum(asked.expected in one.codes[:1] for one, asked in said) / count,
        top3=sum(asked.expected in one.codes[:SHOWN] for one, asked in said) / count,
        answered=len(answered) / count,
        precision=sum(asked.expected in one.codes[:1] for one, asked in answered)
        / max(1, len(answered)),
    )


def _contestants() -> list[tuple[str, Build]]:
    found: list[tuple[str, Build]] = [("kruzhok", by_likeness())]
    meanings = find_meanings()
    if meanings is not None:
        found.append(("kruzhok[semantic]", by_likeness(meanings)))
    return [*found, ("bm25", _by_bm25)]


def _contest(
    name: str,
    build: Build,
    base: Sequence[ReadEntry],
    apart: Sequence[Labelled],
    strange: Sequence[Labelled],
) -> Contestant:
    left_out = [
        (one, asked) for rest, left in folds(base) for one, asked in _ask(build(rest), left)
    ]
    began = perf_counter()
    asks = build(base)
    build_s = perf_counter() - began
    said = _ask(asks, apart)
    off = _ask(asks, strange)
    times = sorted(one.took_ms for one, _ in (*said, *off)) or [0.0]
    return Contestant(
        name=name,
        left_out=quality_of(left_out),
        apart=quality_of(said),
        off_topic=len(off),
        false_answers=sum(one.answered for one, _ in off) / max(1, len(off)),
        p50_ms=times[len(times) // 2],
        p95_ms=times[int(len(times) * 0.95)],
        build_s=build_s,
        memory_mb=_held_mb(build, base),
    )


def _ask(asks: Asks, labelled: Sequence[Labelled]) -> list[tuple[Said, Labelled]]:
    return [(asks(one), one) for one in labelled]


def _by_bm25(base: Sequence[ReadEntry]) -> Asks:
    """BM25 over words as they stand; it has no verdict, so it answers whatever it finds."""
    codes = {entry.draft.question: entry.code for entry in base}
    search = bm25(
        (entry.draft.question, " ".join((*entry.draft.examples, entry.draft.answers[0].text.text)))
        for entry in base
    )

    heard = _heard(base)

    def asks(asked: Labelled) -> Said:
        began = perf_counter()
        may = heard(asked)
        found = [codes[question] for question in search(asked.text, len(base))]
        told = [code for code in found if code in may][:SHOWN]
        took_ms = (perf_counter() - began) * 1000
        return Said(codes=told, answered=bool(told), took_ms=took_ms)

    return asks


def _heard(base: Sequence[ReadEntry]) -> Callable[[Labelled], frozenset[str]]:
    """What may be told to whoever asks this: an off-topic text comes from a parent."""
    everything = frozenset(entry.code for entry in base)
    of_parents = frozenset(
        entry.code for entry in base if hears(Audience.PARENTS, entry.draft.audience)
    )
    return lambda asked: (
        of_parents if asked.expected is None or asked.expected in of_parents else everything
    )


def _held_mb(build: Build, base: Sequence[ReadEntry]) -> float:
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        held = build(base)
        after, _ = tracemalloc.get_traced_memory()
        del held
    finally:
        tracemalloc.stop()
    return (after - before) / (1 << 20)


def _without(entry: ReadEntry, fold: int) -> ReadEntry:
    examples = entry.draft.examples
    left = (*examples[:fold], *examples[fold + 1 :])
    return replace(entry, draft=replace(entry.draft, examples=left))


def _first(file: Path) -> dict[str, Any]:
    with file.open(encoding="utf-8-sig") as lines:
        first: dict[str, Any] = json.loads(next((line for line in lines if line.strip()), "{}"))
    return first


def _nowhere(_cell: Cell) -> int:
    """No municipality is known here: answers of one are passed over with their row."""
    raise Unreadable("unknown-municipality")


def as_document(report: AskReport) -> dict[str, Any]:
    """The shape of `--json`."""
    return {
        "entries": report.entries,
        "contestants": [
            {
                "name": one.name,
                "left_out": _quality(one.left_out),
                "apart": _quality(one.apart),
                "off_topic": {"count": one.off_topic, "false": round(one.false_answers, 4)},
                "p50_ms": round(one.p50_ms, 2),
                "p95_ms": round(one.p95_ms, 2),
                "build_s": round(one.build_s, 2),
                "memory_mb": round(one.memory_mb, 1),
            }
            for one in report.contestants
        ],
    }


def _quality(quality: Quality) -> dict[str, float]:
    return {
        "count": quality.count,
        "top1": round(quality.top1, 4),
        "top3": round(quality.top3, 4),
        "answered": round(quality.answered, 4),
        "precision": round(quality.precision, 4),
    }
