"""Questions the base could not answer: noted without who asked, settled by staff.

The same words asked again are one row with a count. A settled question that comes again is open
again: the example or the answer did not help.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.db.engine import Tx
from core.db.models import QuestionMiss
from core.domain.refusals import NotFound


async def note_miss(
    tx: Tx, municipality_id: int, text: str, *, nearest_id: int | None, now: datetime
) -> None:
    """`text` is masked already."""
    make = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    noted = make(QuestionMiss).values(
        municipality_id=municipality_id,
        text=text,
        text_key=text.casefold(),
        nearest_id=nearest_id,
        times=1,
        last_at=now,
    )
    await tx.execute(
        noted.on_conflict_do_update(
            index_elements=["municipality_id", "text_key"],
            set_={
                "times": QuestionMiss.times + 1,
                "last_at": now,
                "nearest_id": nearest_id,
                "settled_at": None,
            },
        )
    )


async def get_miss(tx: Tx, miss_id: int, municipality_ids: set[int]) -> tuple[int, str]:
    """(municipality, text) of a question asked in one of these. Raises NotFound."""
    row = (
        await tx.execute(
            select(QuestionMiss.municipality_id, QuestionMiss.text).where(
                QuestionMiss.id == miss_id, QuestionMiss.municipality_id.in_(municipality_ids)
            )
        )
    ).one_or_none()
    if row is None:
        raise NotFound(what="question-miss")
    return row.municipality_id, row.text


async def settle(tx: Tx, miss_id: int, now: datetime) -> None:
    """Staff have done something about it, or it needs nothing."""
    await tx.execute(update(QuestionMiss).where(QuestionMiss.id == miss_id).values(settled_at=now))


async def count_misses(tx: Tx, municipality_id: int) -> int:
    """Unsettled ones."""
    return (
        await tx.execute(
            select(func.count())
            .select_from(QuestionMiss)
            .where(
                QuestionMiss.municipality_id == municipality_id, QuestionMiss.settled_at.is_(None)
            )
        )
    ).scalar_one()
