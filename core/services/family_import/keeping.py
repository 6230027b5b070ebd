"""Differences of a file become a list for people.

The newest file of a kind speaks: what it says no more is settled by itself. What a person has
answered with «ours» stays answered while the file says the same.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from sqlalchemy import case, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Import, RegistryDifference
from core.domain.actors import SYSTEM
from core.domain.registry_tasks import DifferenceAnswer, DifferenceState
from core.services.audit.steps import Touched, record_many
from core.services.family_import.differing import Difference
from core.services.family_import.vocabulary import FamilyFile
from core.services.family_import.writing import Hand


async def keep_differences(
    tx: Tx,
    differences: Sequence[Difference],
    hand: Hand,
    cipher: Cipher,
    *,
    kind: FamilyFile,
    municipality_ids: Collection[int],
) -> None:
    """In the write that makes the import visible."""
    for difference in differences:
        await _keep(tx, difference, hand, cipher)
    gone = (
        await tx.execute(
            update(RegistryDifference)
            .where(
                RegistryDifference.municipality_id.in_(municipality_ids),
                RegistryDifference.state == DifferenceState.OPEN,
                RegistryDifference.import_id != hand.import_id,
                RegistryDifference.import_id.in_(select(Import.id).where(Import.kind == kind)),
            )
            .values(
                state=DifferenceState.SETTLED,
                version=RegistryDifference.version + 1,
                settled_at=hand.now,
            )
            .returning(RegistryDifference.id, RegistryDifference.municipality_id)
        )
    ).all()
    await record_many(
        tx,
        [
            Touched(entity_id=row.id, municipality_id=row.municipality_id, fields=("state",))
            for row in gone
        ],
        at=hand.now,
        actor=SYSTEM,
        action="registry_difference.gone",
        entity="registry_differences",
        details={"import_id": hand.import_id},
    )


async def _keep(tx: Tx, difference: Difference, hand: Hand, cipher: Cipher) -> None:
    said = json.dumps(dict(difference.theirs), sort_keys=True, ensure_ascii=True)
    named = f"{difference.kind}:{difference.subject}:{difference.subject_id}:{said}"
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    row = insert(RegistryDifference).values(
        municipality_id=difference.municipality_id,
        kind=difference.kind,
        subject=difference.subject,
        subject_id=difference.subject_id,
        fingerprint=cipher.blind_index("difference", named),
        ours_sealed=cipher.seal_json("difference", dict(difference.ours)),
        theirs_sealed=cipher.seal_json("difference", dict(difference.theirs)),
        import_id=hand.import_id,
        state=DifferenceState.OPEN,
        version=1,
        found_at=hand.now,
    )
    known = RegistryDifference.__table__.c
    settled = known.state == DifferenceState.SETTLED
    again = settled & or_(known.answer.is_(None), known.answer != DifferenceAnswer.OURS)
    await tx.execute(
        row.on_conflict_do_update(
            index_elements=[RegistryDifference.fingerprint],
            set_={
                "import_id": row.excluded.import_id,
                "ours_sealed": row.excluded.ours_sealed,
                "state": case((again, DifferenceState.OPEN), else_=known.state),
                "answer": case((again, null()), else_=known.answer),
                "settled_at": case((again, null()), else_=known.settled_at),
                "settled_by": case((again, null()), else_=known.settled_by),
                "version": case((again, known.version + 1), else_=known.version),
            },
        )
    )
