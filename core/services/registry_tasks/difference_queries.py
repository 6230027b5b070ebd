"""Reads of differences inside somebody's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import (
    Application,
    Certificate,
    Child,
    Group,
    Programme,
    RegistryDifference,
)
from core.domain.names import ChildName
from core.domain.refusals import NotFound
from core.domain.registry_tasks import DifferenceKind, DifferenceState, DifferenceSubject
from core.services.children.steps import NAME, name_of
from core.services.registry_tasks.views import DifferenceLine, DifferenceView

LISTED = 200


async def list_differences(tx: Tx, municipality_ids: Sequence[int]) -> list[DifferenceLine]:
    """Open ones, the oldest first."""
    rows = await tx.execute(
        select(
            RegistryDifference.id,
            RegistryDifference.kind,
            RegistryDifference.subject,
            RegistryDifference.subject_id,
        )
        .where(
            RegistryDifference.municipality_id.in_(municipality_ids),
            RegistryDifference.state == DifferenceState.OPEN,
        )
        .order_by(RegistryDifference.id)
        .limit(LISTED)
    )
    return [
        DifferenceLine(
            id=row.id,
            kind=DifferenceKind(row.kind),
            subject=DifferenceSubject(row.subject),
            subject_id=row.subject_id,
        )
        for row in rows
    ]


async def lock_difference(
    tx: Tx, municipality_ids: Sequence[int], difference_id: int
) -> Row[*tuple[Any, ...]]:
    """Held until the write ends. Raises NotFound: absent and foreign are one question."""
    row: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(RegistryDifference.__table__)
            .where(
                RegistryDifference.id == difference_id,
                RegistryDifference.municipality_id.in_(municipality_ids),
            )
            .with_for_update()
        )
    ).one_or_none()
    if row is None:
        raise NotFound(what="registry_difference")
    return row


async def get_difference(tx: Tx, row: Row[*tuple[Any, ...]], cipher: Cipher) -> DifferenceView:
    """Personal fields in the open: the caller has checked rights and notes the look."""
    child_id = await _child_of(tx, DifferenceSubject(row.subject), row.subject_id)
    child = (await tx.execute(select(*NAME, Child.born).where(Child.id == child_id))).one_or_none()
    if child is None or child.born is None:
        raise NotFound(what="registry_difference")
    kind = DifferenceKind(row.kind)
    ours = cipher.open_json("difference", row.ours_sealed)
    theirs = cipher.open_json("difference", row.theirs_sealed)
    return DifferenceView(
        id=row.id,
        version=row.version,
        kind=kind,
        subject=DifferenceSubject(row.subject),
        subject_id=row.subject_id,
        state=DifferenceState(row.state),
        child_name=name_of(child),
        born=child.born,
        ours=await _said(tx, kind, ours),
        theirs=await _said(tx, kind, theirs),
        found_at=row.found_at,
    )


async def _child_of(tx: Tx, subject: DifferenceSubject, subject_id: int) -> int | None:
    if subject is DifferenceSubject.CHILDREN:
        return subject_id
    table = Certificate if subject is DifferenceSubject.CERTIFICATES else Application
    found: int | None = await tx.scalar(select(table.child_id).where(table.id == subject_id))
    return found


async def _said(tx: Tx, kind: DifferenceKind, said: Mapping[str, Any]) -> str:
    """One side in one line; '' where it says nothing."""
    if kind is DifferenceKind.NAME:
        name = ChildName(last=said["last"], first=said["first"], patronymic=said["patronymic"])
        return f"{name.full}, {date.fromisoformat(said['born']):%d.%m.%Y}"
    if kind is DifferenceKind.NUMBER:
        return str(said.get("number") or said.get("tail") or "")
    if kind is DifferenceKind.STATE:
        return str(said["state"])
    if "group_id" not in said:
        return ""
    row = (
        await tx.execute(
            select(Programme.title, Group.name)
            .join(Programme, Programme.id == Group.programme_id)
            .where(Group.id == said["group_id"])
        )
    ).one_or_none()
    return f"{row.title}, {row.name}" if row is not None else ""
