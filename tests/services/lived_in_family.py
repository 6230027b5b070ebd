"""Rows of a family that comes together, loses its code, changes a record, was entered twice."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from core.db.models import (
    ChildChange,
    ChildMerge,
    FamilyCode,
    FamilyInvitation,
    FamilyInvitationChild,
    RecoveryTry,
)
from core.domain.actors import Actor
from tests.services.town import Town


async def gather_the_family(town: Town, parent: Actor, child_id: int, other_id: int) -> None:
    now = town.clock.now()
    person = parent.person_id
    invitation = await _add(
        town,
        FamilyInvitation,
        code_sha256="a" * 64,
        inviter_id=person,
        role="helper",
        made_at=now,
        expires_at=now,
    )
    await _add(town, FamilyInvitationChild, invitation_id=invitation, child_id=child_id)
    await _add(town, FamilyCode, person_id=person, code_sha256="b" * 64, made_at=now)
    await _add(town, RecoveryTry, person_id=person, at=now)
    await _add(
        town,
        ChildChange,
        child_id=child_id,
        requested_by=person,
        state="open",
        field="name",
        wanted=town.cipher.seal_text("note", "..."),
        key=town.key(),
        requested_at=now,
    )
    await _add(
        town,
        ChildMerge,
        municipality_id=town.municipality.id,
        kept_id=child_id,
        gone_id=other_id,
        state="proposed",
        proposed_by=person,
        proposed_at=now,
        moved=[],
    )


async def _add(town: Town, model: Any, **values: Any) -> int:
    async with town.database.write() as tx:
        made: int = (
            await tx.execute(insert(model).values(**values).returning(model.id))
        ).scalar_one()
        return made
