"""An entry as one value: what a change, an import and a restored version all come down to.

Two drafts are compared field by field; the difference is what is written, noted in the audit and
judged by rights. Its JSON is the snapshot of a version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from core.domain.knowledge import AnswerTerms, AnswerText, Audience
from core.domain.municipality import Regime, RegistryMode

Known = TypeVar("Known", Regime, RegistryMode, Audience)


@dataclass(frozen=True, kw_only=True)
class AnswerDraft:
    """What is told, and on what terms."""

    terms: AnswerTerms
    text: AnswerText


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """Whatever of an entry can change."""

    topic: str
    audience: Audience
    question: str
    examples: tuple[str, ...]
    answers: tuple[AnswerDraft, ...]
    ended: bool = False

    def differs_from(self, other: EntryDraft) -> list[str]:
        """Names of the fields that are not equal; the order of answers is nothing."""
        return [
            field.name
            for field in fields(self)
            if _comparable(getattr(self, field.name)) != _comparable(getattr(other, field.name))
        ]


def is_within(municipality_id: int, before: EntryDraft, after: EntryDraft) -> bool:
    """Whether a change of a common entry touches nobody else: examples are added, or answers of
    this municipality come and go."""
    changed = set(after.differs_from(before))
    if "examples" in changed and not set(before.examples) <= set(after.examples):
        return False
    touched = set(before.answers) ^ set(after.answers)
    if any(answer.terms.municipality_id != municipality_id for answer in touched):
        return False
    return changed <= {"examples", "answers"}


def as_snapshot(draft: EntryDraft) -> dict[str, Any]:
    """The draft as JSON."""
    return {
        "topic": draft.topic,
        "audience": draft.audience,
        "question": draft.question,
        "examples": list(draft.examples),
        "answers": [_as_json(answer) for answer in draft.answers],
        "ended": draft.ended,
    }


def from_snapshot(snapshot: Mapping[str, Any]) -> EntryDraft:
    """The draft of `as_snapshot`."""
    return EntryDraft(
        topic=snapshot["topic"],
        audience=Audience(snapshot["audience"]),
        question=snapshot["question"],
        examples=tuple(snapshot["examples"]),
        answers=tuple(_from_json(answer) for answer in snapshot["answers"]),
        ended=snapshot["ended"],
    )


def as_columns(answer: AnswerDraft) -> dict[str, Any]:
    """The columns of `knowledge_answers` that say what and on what terms."""
    terms, said = answer.terms, answer.text
    return {
        "municipality_id": terms.municipality_id,
        "regime": terms.regime,
        "registry_mode": terms.registry_mode,
        "audience": terms.audience,
        "valid_from": terms.valid_from,
        "valid_until": terms.valid_until,
        "text": said.text,
        "link": said.link,
        "picture": said.picture,
        "file": said.file,
    }


def from_columns(columns: Mapping[str, Any]) -> AnswerDraft:
    """The answer of `as_columns`; other columns are passed over."""
    return AnswerDraft(
        terms=AnswerTerms(
            municipality_id=columns["municipality_id"],
            regime=_known(Regime, columns["regime"]),
            registry_mode=_known(RegistryMode, columns["registry_mode"]),
            audience=_known(Audience, columns["audience"]),
            valid_from=columns["valid_from"],
            valid_until=columns["valid_until"],
        ),
        text=AnswerText(
            text=columns["text"],
            link=columns["link"],
            picture=columns["picture"],
            file=columns["file"],
        ),
    )


def _as_json(answer: AnswerDraft) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in as_columns(answer).items()
    }


def _from_json(answer: Mapping[str, Any]) -> AnswerDraft:
    days = {name: answer[name] for name in ("valid_from", "valid_until")}
    read = {name: date.fromisoformat(day) if day else None for name, day in days.items()}
    return from_columns({**answer, **read})


def _known(kind: type[Known], value: str | None) -> Known | None:
    return kind(value) if value is not None else None


def _comparable(value: object) -> object:
    """Answers stand in no order."""
    if isinstance(value, tuple) and value and isinstance(value[0], AnswerDraft):
        return frozenset(value)
    return value
