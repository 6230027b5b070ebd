"""The step every change of a certificate's state ends with: write, audit, card, family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Certificate, Guardianship
from core.domain.certificates import CertificateState
from core.domain.family import FamilyRole
from core.domain.outgoing import Notice
from core.domain.silence import QuietHours, after_silence
from core.domain.staff import CardSubject
from core.services.audit.steps import record
from core.services.certificates.holding import Held
from core.services.certificates.visits import ENTITY
from core.services.chats.steps import show_card
from core.services.outgoing.steps import enqueue


@dataclass(frozen=True, kw_only=True)
class Change:
    """What becomes of a certificate. `told`: the kind of the notice to the family, if any.
    `noted`: codes for the audit, never values."""

    state: CertificateState
    action: str
    actor: str
    columns: Mapping[str, Any]
    told: str | None = None
    noted: Mapping[str, int | str | None]


async def change(
    tx: Tx, row: Held, what: Change, *, now: datetime, cipher: Cipher, quiet: QuietHours | None
) -> int:
    """The new version."""
    version: int = row.version + 1
    await tx.execute(
        update(Certificate)
        .where(Certificate.id == row.id, Certificate.version == row.version)
        .values(state=what.state, state_since=now, version=version, **what.columns)
    )
    await record(
        tx,
        at=now,
        actor=what.actor,
        action=what.action,
        entity=ENTITY,
        entity_id=row.id,
        municipality_id=row.municipality_id,
        fields=("state", *sorted(what.columns)),
        details={"version": version, **what.noted},
    )
    if what.told is not None:
        await tell_family(tx, row, what.told, version, now=now, cipher=cipher, quiet=quiet)
    await show_card(
        tx,
        CardSubject.CERTIFICATES,
        row.id,
        version=version,
        municipality_id=row.municipality_id,
        now=now,
        cipher=cipher,
    )
    return version


async def tell_family(
    tx: Tx,
    row: Held,
    kind: str,
    version: int,
    *,
    now: datetime,
    cipher: Cipher,
    quiet: QuietHours | None,
) -> None:
    """Everybody who answers for the child hears it, by day."""
    readers = await tx.execute(
        select(Guardianship.person_id)
        .where(
            Guardianship.child_id == row.child_id,
            Guardianship.ended_at.is_(None),
            Guardianship.role == FamilyRole.GUARDIAN,
        )
        .order_by(Guardianship.id)
    )
    for person_id in readers.scalars():
        await enqueue(
            tx,
            Notice(
                kind=kind,
                entity=ENTITY,
                entity_id=row.id,
                version=version,
                person_id=person_id,
                not_before=after_silence(now, row.timezone, quiet),
            ),
            now=now,
            cipher=cipher,
        )
