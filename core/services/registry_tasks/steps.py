"""Steps about tasks inside somebody's write: opened by a decision, ended by whatever settles it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, update

from core.db.engine import Tx
from core.db.models import RegistryTask
from core.domain.registry_tasks import TaskState
from core.domain.staff import CardSubject
from core.services.audit.steps import Touched, record, record_many

ENTITY = "registry_tasks"


async def open_task(
    tx: Tx,
    subject: CardSubject,
    subject_id: int,
    *,
    municipality_id: int,
    actor: str,
    now: datetime,
) -> None:
    """A decision was taken: a person enters its subject into the other registry."""
    task_id = (
        await tx.execute(
            insert(RegistryTask)
            .values(
                municipality_id=municipality_id,
                subject=subject,
                subject_id=subject_id,
                state=TaskState.OPEN,
                version=1,
                made_at=now,
            )
            .returning(RegistryTask.id)
        )
    ).scalar_one()
    await record(
        tx,
        at=now,
        actor=actor,
        action="registry_task.opened",
        entity=ENTITY,
        entity_id=task_id,
        municipality_id=municipality_id,
        details={"subject": subject, "subject_id": subject_id},
    )


async def end_tasks(
    tx: Tx,
    subject: CardSubject,
    subject_ids: Sequence[int],
    state: TaskState,
    *,
    actor: str,
    now: datetime,
    done_by: int | None = None,
    import_id: int | None = None,
) -> None:
    """There is nothing to enter any more: typed back, brought by a file, refused or withdrawn."""
    if not subject_ids:
        return
    ended = (
        await tx.execute(
            update(RegistryTask)
            .where(
                RegistryTask.subject == subject,
                RegistryTask.subject_id.in_(subject_ids),
                RegistryTask.state == TaskState.OPEN,
            )
            .values(state=state, version=RegistryTask.version + 1, done_at=now, done_by=done_by)
            .returning(RegistryTask.id, RegistryTask.municipality_id)
        )
    ).all()
    await record_many(
        tx,
        [
            Touched(entity_id=row.id, municipality_id=row.municipality_id, fields=("state",))
            for row in ended
        ],
        at=now,
        actor=actor,
        action=f"registry_task.{state}",
        entity=ENTITY,
        details={"import_id": import_id},
    )
