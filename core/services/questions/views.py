"""What leaves the area of questions: entries, answers, verdicts, versions, misses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.knowledge import AnswerText, Audience, Variant
from core.search.likeness.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class CandidateView:
    """A question that may have been meant. `score`: likeness, 0…1; `code`: of the import."""

    entry_id: int
    code: str
    question: str
    score: float


@dataclass(frozen=True, kw_only=True)
class Told:
    """An answer with what its variables are filled with; None: the municipality has not said it."""

    entry_id: int
    question: str
    answer: AnswerText
    centre_name: str | None
    centre_phone: str | None
    municipality: str | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What came of a question. `told` stands with the verdict `answer` only.

    `courtesy`: nothing was asked (a greeting, thanks). `foreign`: it is about something else.
    `danger`: a cry for help, which no answer fits; `personal`: it is about the asker's own affairs.
    `kept`: the question without numbers and names, the only form that may be stored.
    """

    verdict: Verdict
    candidates: tuple[CandidateView, ...]
    told: Told | None
    courtesy: bool
    foreign: bool
    danger: bool
    personal: bool
    kept: str


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """An entry in a list for staff."""

    id: int
    question: str
    topic: str


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """An entry for staff, with all answers that have not ended, the least specific first.

    `whole`: the actor may change all of it, not only the answer of their municipality.
    """

    id: int
    code: str
    version: int
    municipality_id: int | None
    topic: str
    audience: Audience
    question: str
    examples: tuple[str, ...]
    answers: tuple[Variant, ...]
    ended: bool
    whole: bool


@dataclass(frozen=True, kw_only=True)
class VersionView:
    """One state the entry was in. `fields`: codes of what changed then; no `by_person`: import."""

    number: int
    changed_at: datetime
    by_person: int | None
    by_name: str | None
    fields: tuple[str, ...]
    question: str


@dataclass(frozen=True, kw_only=True)
class MissView:
    """A question the base could not answer, how often it came, and the entry it resembles."""

    id: int
    text: str
    times: int
    last_at: datetime
    nearest_id: int | None
    nearest_question: str | None
