"""Reads about the knowledge base: an entry whole, all that is told, versions, misses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, exists, or_, select

from core.db.engine import Tx
from core.db.models import (
    KnowledgeAnswer,
    KnowledgeEntry,
    KnowledgeState,
    KnowledgeVersion,
    Person,
    QuestionMiss,
    StaffRight,
)
from core.domain.knowledge import Audience, Variant
from core.domain.refusals import NotFound
from core.services.questions.drafts import AnswerDraft, EntryDraft, from_columns, from_snapshot
from core.services.questions.views import EntryLine, MissView, VersionView
from core.services.staff.steps import holds

MOST_VERSIONS = 20
MOST_MISSES = 50


@dataclass(frozen=True, kw_only=True)
class HeldEntry:
    """An entry with its live answers, as the database has it."""

    id: int
    code: str
    version: int
    municipality_id: int | None
    draft: EntryDraft
    answers: tuple[Variant, ...]


async def state_number(tx: Tx) -> int:
    """How often the base has changed."""
    return (await tx.execute(select(KnowledgeState.number))).scalar_one()


async def get_entry(tx: Tx, entry_id: int, *, for_change: bool = False) -> HeldEntry:
    """`for_change` holds the row until the write ends. Raises NotFound."""
    found = select(KnowledgeEntry).where(KnowledgeEntry.id == entry_id)
    row = (await tx.execute(found.with_for_update() if for_change else found)).one_or_none()
    if row is None:
        raise NotFound(what="knowledge-entry")
    return (await _with_answers(tx, [row]))[0]


async def list_told(tx: Tx) -> list[HeldEntry]:
    """Entries that have not ended."""
    rows = await tx.execute(
        select(KnowledgeEntry).where(KnowledgeEntry.ended_at.is_(None)).order_by(KnowledgeEntry.id)
    )
    return await _with_answers(tx, rows.all())


async def entries_by_code(
    tx: Tx, codes: Collection[str], municipality_id: int | None
) -> dict[str, HeldEntry]:
    """Those of one municipality, or the common ones."""
    rows = await tx.execute(
        select(KnowledgeEntry)
        .where(
            KnowledgeEntry.code.in_(codes),
            KnowledgeEntry.municipality_id == municipality_id
            if municipality_id is not None
            else KnowledgeEntry.municipality_id.is_(None),
        )
        .order_by(KnowledgeEntry.id)
    )
    return {held.code: held for held in await _with_answers(tx, rows.all())}


async def imported_before_staff(tx: Tx, entry_ids: Collection[int]) -> dict[int, EntryDraft | None]:
    """Those of the entries whose present version a person made, each with what the import before
    it had left; None: no import did."""
    ids = sorted(entry_ids)
    by_people = await tx.scalars(
        select(KnowledgeEntry.id)
        .join(
            KnowledgeVersion,
            and_(
                KnowledgeVersion.entry_id == KnowledgeEntry.id,
                KnowledgeVersion.number == KnowledgeEntry.version,
            ),
        )
        .where(KnowledgeEntry.id.in_(ids), KnowledgeVersion.changed_by.is_not(None))
    )
    found: dict[int, EntryDraft | None] = dict.fromkeys(by_people)
    imports = await tx.execute(
        select(KnowledgeVersion.entry_id, KnowledgeVersion.snapshot)
        .where(KnowledgeVersion.entry_id.in_(sorted(found)), KnowledgeVersion.changed_by.is_(None))
        .order_by(KnowledgeVersion.number)
    )
    found.update({row.entry_id: from_snapshot(row.snapshot) for row in imports})
    return found


async def list_lines(tx: Tx, municipality_id: int) -> list[EntryLine]:
    """What staff of a municipality see: their own entries and the common ones, by topic."""
    rows = await tx.execute(
        select(KnowledgeEntry.id, KnowledgeEntry.question, KnowledgeEntry.topic)
        .where(
            KnowledgeEntry.ended_at.is_(None),
            or_(
                KnowledgeEntry.municipality_id.is_(None),
                KnowledgeEntry.municipality_id == municipality_id,
            ),
        )
        .order_by(KnowledgeEntry.topic, KnowledgeEntry.id)
    )
    return [EntryLine(id=row.id, question=row.question, topic=row.topic) for row in rows]


async def list_versions(tx: Tx, entry_id: int) -> list[VersionView]:
    """The newest first."""
    rows = await tx.execute(
        select(
            KnowledgeVersion.number,
            KnowledgeVersion.changed_at,
            KnowledgeVersion.changed_by,
            KnowledgeVersion.fields,
            KnowledgeVersion.snapshot,
            Person.name,
        )
        .outerjoin(Person, Person.id == KnowledgeVersion.changed_by)
        .where(KnowledgeVersion.entry_id == entry_id)
        .order_by(KnowledgeVersion.number.desc())
        .limit(MOST_VERSIONS)
    )
    return [
        VersionView(
            number=row.number,
            changed_at=row.changed_at,
            by_person=row.changed_by,
            by_name=row.name,
            fields=tuple(row.fields),
            question=row.snapshot["question"],
        )
        for row in rows
    ]


async def list_misses(tx: Tx, municipality_id: int) -> list[MissView]:
    """Unsettled ones, the most frequent first."""
    rows = await tx.execute(
        select(
            QuestionMiss.id,
            QuestionMiss.text,
            QuestionMiss.times,
            QuestionMiss.last_at,
            QuestionMiss.nearest_id,
            KnowledgeEntry.question,
        )
        .outerjoin(KnowledgeEntry, KnowledgeEntry.id == QuestionMiss.nearest_id)
        .where(QuestionMiss.municipality_id == municipality_id, QuestionMiss.settled_at.is_(None))
        .order_by(QuestionMiss.times.desc(), QuestionMiss.last_at.desc(), QuestionMiss.id)
        .limit(MOST_MISSES)
    )
    return [
        MissView(
            id=row.id,
            text=row.text,
            times=row.times,
            last_at=row.last_at,
            nearest_id=row.nearest_id,
            nearest_question=row.question,
        )
        for row in rows
    ]


async def is_organiser(tx: Tx, person_id: int, now: Any) -> bool:
    """Whether the person holds any staff right: answers for organisers are theirs too."""
    held = exists().where(StaffRight.person_id == person_id, holds(now))
    return bool(await tx.scalar(select(held)))


async def _with_answers(tx: Tx, rows: Sequence[Row[Any]]) -> list[HeldEntry]:
    answers: dict[int, list[tuple[int, AnswerDraft]]] = defaultdict(list)
    ids = [row.id for row in rows]
    for start in range(0, len(ids), 500):
        found = await tx.execute(
            select(KnowledgeAnswer)
            .where(
                KnowledgeAnswer.entry_id.in_(ids[start : start + 500]),
                KnowledgeAnswer.ended_at.is_(None),
            )
            .order_by(KnowledgeAnswer.id)
        )
        for row in found:
            answers[row.entry_id].append((row.id, from_columns(row._asdict())))
    return [_held(row, answers[row.id]) for row in rows]


def _held(row: Row[Any], answers: Sequence[tuple[int, AnswerDraft]]) -> HeldEntry:
    return HeldEntry(
        id=row.id,
        code=row.code,
        version=row.version,
        municipality_id=row.municipality_id,
        draft=EntryDraft(
            topic=row.topic,
            audience=Audience(row.audience),
            question=row.question,
            examples=tuple(row.examples),
            answers=tuple(answer for _, answer in answers),
            ended=row.ended_at is not None,
        ),
        answers=tuple(
            Variant(id=answer_id, terms=answer.terms, text=answer.text)
            for answer_id, answer in answers
        ),
    )
