"""What other areas ask of consents inside their own transaction."""

from __future__ import annotations

from sqlalchemy import select

from core.db.engine import Tx
from core.db.models import Consent
from core.domain.consents import ConsentKind, ConsentNeeded


async def consent_stands(
    tx: Tx, person_id: int, kind: ConsentKind, organisation_id: int | None = None
) -> bool:
    """Given and not withdrawn; a transfer is to exactly this organisation."""
    found = await tx.execute(
        select(Consent.id)
        .where(
            Consent.person_id == person_id,
            Consent.kind == kind,
            Consent.withdrawn_at.is_(None),
            Consent.organisation_id.is_not_distinct_from(organisation_id),
        )
        .limit(1)
    )
    return found.first() is not None


async def require_processing(tx: Tx, person_id: int) -> None:
    """Raises ConsentNeeded: nothing personal is stored before this consent."""
    if not await consent_stands(tx, person_id, ConsentKind.PROCESSING):
        raise ConsentNeeded(kind=ConsentKind.PROCESSING)
