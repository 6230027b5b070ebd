"""Letting go of what has been kept long enough (`core.domain.retention`).

Each kind is one write; nothing is written when nothing is due. Notes and payloads are emptied, the
rest is deleted: nothing hangs on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from core.db.engine import Database
from core.db.models import (
    Application,
    AttachTry,
    Base,
    Certificate,
    ChatCode,
    DeskEntry,
    DeskFile,
    DeskSession,
    DialogueState,
    FamilyInvitation,
    FamilyInvitationChild,
    InboxRow,
    JoinSlip,
    QuestionMiss,
    RecoveryTry,
    SearchMiss,
    StaffInvitation,
)
from core.domain import retention
from core.domain.retention import Kept

_MANY = 10  # rows that nothing hangs on go ten times as many at once


@dataclass(frozen=True, kw_only=True)
class Letting:
    """Rows of `model` older than `rule` says by `since` and meeting `which` are deleted, or only
    lose `columns`."""

    rule: Kept
    model: type[Base]
    since: InstrumentedAttribute[Any]
    which: ColumnElement[bool] | None = None
    columns: tuple[str, ...] = ()

    def due(self, now: datetime, limit: int) -> Select[Any]:
        """Keys of what is due, at most `limit`."""
        key = self.model.__mapper__.primary_key[0]
        query = select(key).where(self.since < now - self.rule.kept)
        if self.which is not None:
            query = query.where(self.which)
        if self.columns:
            held = (self.model.__mapper__.columns[name] for name in self.columns)
            query = query.where(or_(*(column.is_not(None) for column in held)))
        return query.order_by(key).limit(limit if self.columns else limit * _MANY)

    async def run(self, database: Database, now: datetime, limit: int) -> int:
        due = self.due(now, limit)
        async with database.read() as tx:
            if (await tx.execute(due)).first() is None:
                return 0
        key = self.model.__mapper__.primary_key[0]
        async with database.write() as tx:
            if self.columns:
                emptied = dict.fromkeys(self.columns)
                done = await tx.execute(update(self.model).where(key.in_(due)).values(**emptied))
            else:
                done = await tx.execute(delete(self.model).where(key.in_(due)))
            return done.rowcount


LETTINGS = (
    Letting(
        rule=retention.DEAD_PAYLOADS,
        model=InboxRow,
        since=InboxRow.ended_at,
        which=InboxRow.state == "dead",
        columns=("payload",),
    ),
    Letting(
        rule=retention.ENDED_UPDATES,
        model=InboxRow,
        since=InboxRow.ended_at,
        which=InboxRow.state.in_(("done", "dead")),
    ),
    Letting(rule=retention.DRAFTS, model=DialogueState, since=DialogueState.changed_at),
    Letting(rule=retention.MISSES, model=SearchMiss, since=SearchMiss.last_at),
    Letting(rule=retention.MISSES, model=QuestionMiss, since=QuestionMiss.last_at),
    Letting(rule=retention.TRIES, model=AttachTry, since=AttachTry.tried_at),
    Letting(rule=retention.TRIES, model=RecoveryTry, since=RecoveryTry.at),
    Letting(rule=retention.CODES, model=StaffInvitation, since=StaffInvitation.expires_at),
    Letting(rule=retention.CODES, model=ChatCode, since=ChatCode.expires_at),
    Letting(rule=retention.CODES, model=DeskEntry, since=DeskEntry.expires_at),
    Letting(rule=retention.CODES, model=DeskSession, since=DeskSession.expires_at),
    Letting(rule=retention.CODES, model=DeskFile, since=DeskFile.expires_at),
    Letting(rule=retention.CODES, model=JoinSlip, since=JoinSlip.expires_at),
    Letting(
        rule=retention.REFUSAL_NOTES,
        model=Certificate,
        since=Certificate.decided_at,
        columns=("refusal_note", "needed_note", "halt_note"),
    ),
    Letting(
        rule=retention.REFUSAL_NOTES,
        model=Application,
        since=Application.decided_at,
        columns=("refusal_note",),
    ),
)


async def let_go(database: Database, now: datetime, limit: int) -> int:
    """At most `limit` of each kind; how much went."""
    done = await _forget_family_invitations(database, now, limit)
    for letting in LETTINGS:
        done += await letting.run(database, now, limit)
    return done


async def _forget_family_invitations(database: Database, now: datetime, limit: int) -> int:
    """With the list of children each was for."""
    old = (
        select(FamilyInvitation.id)
        .where(FamilyInvitation.expires_at < now - retention.CODES.kept)
        .order_by(FamilyInvitation.id)
        .limit(limit)
    )
    async with database.read() as tx:
        ids = list((await tx.execute(old)).scalars())
    if not ids:
        return 0
    async with database.write() as tx:
        await tx.execute(
            delete(FamilyInvitationChild).where(FamilyInvitationChild.invitation_id.in_(ids))
        )
        done = await tx.execute(delete(FamilyInvitation).where(FamilyInvitation.id.in_(ids)))
        return done.rowcount
