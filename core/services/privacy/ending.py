"""Ending what lives because its ground has gone: a consent withdrawn, a family erased."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Application
from core.domain.enrolment import ApplicationState
from core.domain.registry_tasks import TaskState
from core.domain.staff import CardSubject
from core.services.audit.steps import record
from core.services.chats.steps import show_card
from core.services.enrolments.steps import give_seat_back
from core.services.programmes.seats import seen_import
from core.services.registry_tasks.steps import end_tasks


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Who ends it, when and why (a code). `cipher` None: nobody is told (a replay after a
    restore)."""

    actor: str
    at: datetime
    cipher: Cipher | None
    why: str = "erased"


async def withdraw_applications(
    tx: Tx, which: ColumnElement[bool], states: Collection[ApplicationState], hand: Hand
) -> int:
    """Withdraw those of `which` in `states`, free their seats; how many."""
    live = await tx.execute(
        select(
            Application.id,
            Application.group_id,
            Application.municipality_id,
            Application.state,
            Application.version,
            seen_import(Application.import_id).label("holds_seat"),
        )
        .where(which, Application.state.in_(sorted(states)))
        .order_by(Application.group_id, Application.id)
        .with_for_update(of=Application)
    )
    rows = live.all()
    for row in rows:
        await tx.execute(
            update(Application)
            .where(Application.id == row.id)
            .values(state=ApplicationState.WITHDRAWN, version=row.version + 1)
        )
        if row.holds_seat:
            await give_seat_back(tx, row.group_id)
        await note_end(tx, hand, CardSubject.APPLICATIONS, row, "application.withdrawn")
    await drop_tasks(tx, CardSubject.APPLICATIONS, [row.id for row in rows], hand)
    return len(rows)


async def drop_tasks(tx: Tx, subject: CardSubject, ids: Sequence[int], hand: Hand) -> None:
    """Nobody has to enter these into another registry any more."""
    await end_tasks(tx, subject, ids, TaskState.DROPPED, actor=hand.actor, now=hand.at)


async def note_end(
    tx: Tx, hand: Hand, subject: CardSubject, row: Row[*tuple[Any, ...]], action: str
) -> None:
    """The audit, and the staff's card."""
    version = row.version + 1
    await record(
        tx,
        at=hand.at,
        actor=hand.actor,
        action=action,
        entity=subject.value,
        entity_id=row.id,
        municipality_id=row.municipality_id,
        fields=("state",),
        details={"version": version, "from": row.state, "why": hand.why},
    )
    if hand.cipher is not None:
        await show_card(
            tx,
            subject,
            row.id,
            version=version,
            municipality_id=row.municipality_id,
            now=hand.at,
            cipher=hand.cipher,
        )
