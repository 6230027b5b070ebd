"""What a registry kept elsewhere leaves behind: a task to enter, a difference to settle."""

from __future__ import annotations

from sqlalchemy import insert, select

from core.db.models import Child, Import, RegistryDifference, RegistryTask
from core.domain.registry_tasks import (
    DifferenceKind,
    DifferenceState,
    DifferenceSubject,
    TaskState,
)
from core.domain.staff import CardSubject
from tests.services.town import Town


async def carry_over(town: Town) -> None:
    """The town keeps its own registry, so these stand as an earlier year has left them."""
    now, here = town.clock.now(), town.municipality.id
    async with town.database.write() as tx:
        child_id = await tx.scalar(select(Child.id).order_by(Child.id).limit(1))
        import_id = await tx.scalar(select(Import.id).order_by(Import.id).limit(1))
        await tx.execute(
            insert(RegistryTask).values(
                municipality_id=here,
                subject=CardSubject.CERTIFICATES,
                subject_id=1,
                state=TaskState.DONE,
                version=2,
                made_at=now,
                done_at=now,
            )
        )
        await tx.execute(
            insert(RegistryDifference).values(
                municipality_id=here,
                kind=DifferenceKind.NAME,
                subject=DifferenceSubject.CHILDREN,
                subject_id=child_id,
                fingerprint=town.cipher.blind_index("difference", "one"),
                ours_sealed=town.cipher.seal_json("difference", {}),
                theirs_sealed=town.cipher.seal_json("difference", {}),
                import_id=import_id,
                state=DifferenceState.OPEN,
                version=1,
                found_at=now,
            )
        )
