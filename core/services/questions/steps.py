"""Writing an entry: its columns, its answers, the version that shows it whole, the raised number.

`write_draft` is the only door: editing, restoring and importing all pass it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from core.db.engine import Tx
from core.db.models import KnowledgeAnswer, KnowledgeEntry, KnowledgeState, KnowledgeVersion
from core.domain.knowledge import KnowledgeChanged
from core.services.audit.steps import record
from core.services.questions.drafts import EntryDraft, as_columns, as_snapshot
from core.services.questions.queries import HeldEntry

ENTITY = "knowledge_entries"


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who changes the base. `person_id` None: an operator at the command line."""

    mark: str  # for the audit
    person_id: int | None


async def raise_number(tx: Tx) -> None:
    """First in each write: changes follow one another, and every process sees that it is old."""
    await tx.execute(update(KnowledgeState).values(number=KnowledgeState.number + 1))


async def add_entry(
    tx: Tx,
    draft: EntryDraft,
    *,
    code: str,
    municipality_id: int | None,
    key: str | None,
    author: Author,
    now: datetime,
) -> int:
    """A new entry with its first version. A taken code or key fails on its constraint."""
    entry_id: int = (
        await tx.execute(
            insert(KnowledgeEntry)
            .values(
                code=code,
                municipality_id=municipality_id,
                key=key,
                added_at=now,
                version=1,
                **_columns(draft, now),
            )
            .returning(KnowledgeEntry.id)
        )
    ).scalar_one()
    if draft.answers:
        await tx.execute(
            insert(KnowledgeAnswer),
            [
                {"entry_id": entry_id, "added_at": now, **as_columns(answer)}
                for answer in draft.answers
            ],
        )
    await _remember(
        tx,
        entry_id,
        draft,
        number=1,
        fields=["added"],
        municipality_id=municipality_id,
        author=author,
        now=now,
    )
    return entry_id


async def write_draft(
    tx: Tx, held: HeldEntry, draft: EntryDraft, *, author: Author, now: datetime
) -> None:
    """Bring an entry to `draft`. Raises KnowledgeChanged when its version is not `held`'s."""
    fields = draft.differs_from(held.draft)
    changed = await tx.execute(
        update(KnowledgeEntry)
        .where(KnowledgeEntry.id == held.id, KnowledgeEntry.version == held.version)
        .values(version=held.version + 1, **_columns(draft, now))
    )
    if changed.rowcount == 0:
        raise KnowledgeChanged()
    await _change_answers(tx, held, draft, now)
    await _remember(
        tx,
        held.id,
        draft,
        number=held.version + 1,
        fields=fields,
        municipality_id=held.municipality_id,
        author=author,
        now=now,
    )


async def _change_answers(tx: Tx, held: HeldEntry, draft: EntryDraft, now: datetime) -> None:
    kept = set(draft.answers)
    gone = [
        answer.id
        for answer, of_draft in zip(held.answers, held.draft.answers, strict=True)
        if of_draft not in kept
    ]
    if gone:
        await tx.execute(
            update(KnowledgeAnswer).where(KnowledgeAnswer.id.in_(gone)).values(ended_at=now)
        )
    standing = set(held.draft.answers)
    added = [answer for answer in draft.answers if answer not in standing]
    if added:
        await tx.execute(
            insert(KnowledgeAnswer),
            [{"entry_id": held.id, "added_at": now, **as_columns(answer)} for answer in added],
        )


async def _remember(
    tx: Tx,
    entry_id: int,
    draft: EntryDraft,
    *,
    number: int,
    fields: Sequence[str],
    municipality_id: int | None,
    author: Author,
    now: datetime,
) -> None:
    await tx.execute(
        insert(KnowledgeVersion).values(
            entry_id=entry_id,
            number=number,
            changed_by=author.person_id,
            changed_at=now,
            fields=list(fields),
            snapshot=as_snapshot(draft),
        )
    )
    await record(
        tx,
        at=now,
        actor=author.mark,
        action="knowledge.added" if number == 1 else "knowledge.changed",
        entity=ENTITY,
        entity_id=entry_id,
        municipality_id=municipality_id,
        fields=fields,
        details={"version": number},
    )


def _columns(draft: EntryDraft, now: datetime) -> dict[str, Any]:
    return {
        "topic": draft.topic,
        "audience": draft.audience,
        "question": draft.question,
        "examples": list(draft.examples),
        "changed_at": now,
        "ended_at": now if draft.ended else None,
    }
