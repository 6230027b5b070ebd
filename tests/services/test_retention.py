"""What has been kept long enough goes on its day, and nothing else does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from bot.intake.dialogue import store_changes
from core.db.models import (
    Application,
    AttachTry,
    Base,
    ChatCode,
    DialogueState,
    FamilyInvitation,
    FamilyInvitationChild,
    InboxRow,
    Person,
    QuestionMiss,
    RecoveryTry,
    SearchMiss,
    StaffInvitation,
)
from core.domain import retention
from core.domain.certificates import CertificateRefusal
from core.services.privacy.retention import LETTINGS
from core.services.questions.misses import note_miss as note_question
from core.services.search.misses import note_miss
from tests.services.town import Town

KINDS: tuple[type[Base], ...] = (
    InboxRow,
    DialogueState,
    SearchMiss,
    QuestionMiss,
    AttachTry,
    RecoveryTry,
    StaffInvitation,
    ChatCode,
    FamilyInvitation,
)


def update_row(now: datetime, number: int, state: str) -> dict[str, Any]:
    return {
        "bot_id": 1,
        "update_id": number,
        "queue": "1:1",
        "kind": "message",
        "state": state,
        "payload": b"sealed" if state != "done" else None,
        "received_at": now,
        "next_try_at": now,
        "ended_at": None if state == "received" else now,
    }


async def fill(town: Town) -> None:
    """One of everything that is let go, and an open update that never is."""
    now = town.clock.now()
    parent = await town.parent()
    child = await town.child(parent)
    for number, state in enumerate(("done", "dead", "received")):
        await town.execute(insert(InboxRow).values(update_row(now, number, state)))
    code = {
        "municipality_id": town.municipality.id,
        "made_at": now,
        "expires_at": now + timedelta(days=1),
    }
    await town.execute(insert(StaffInvitation).values(code_sha256="s", role="head", **code))
    await town.execute(insert(ChatCode).values(code_sha256="c", purpose="moderation", **code))
    await town.execute(insert(AttachTry).values(person_id=parent.person_id, tried_at=now))
    await town.execute(insert(RecoveryTry).values(person_id=parent.person_id, at=now))
    async with town.database.write() as tx:
        invited = await tx.scalar(
            insert(FamilyInvitation)
            .values(
                code_sha256="f",
                inviter_id=parent.person_id,
                role="guardian",
                made_at=now,
                expires_at=now + timedelta(days=1),
            )
            .returning(FamilyInvitation.id)
        )
        await tx.execute(
            insert(FamilyInvitationChild).values(invitation_id=invited, child_id=child.id)
        )
        await store_changes(tx, {"1:1:1::x": {"a": 1}}, cipher=town.cipher, now=now)
        await note_miss(tx, town.municipality.id, "керлинг", now)
        await note_question(tx, town.municipality.id, "есть ли ушу", nearest_id=None, now=now)


async def counts(town: Town) -> dict[str, int]:
    return {kind.__tablename__: await town.count(kind) for kind in KINDS}


async def payloads(town: Town) -> int:
    async with town.database.read() as tx:
        held = select(func.count()).where(InboxRow.payload.is_not(None))
        return (await tx.execute(held)).scalar_one()


async def test_a_month_of_days_lets_exactly_this_go(town: Town) -> None:
    """Day by day: what was there the day before and is no more."""
    await fill(town)
    gone: dict[int, list[str]] = {}
    timers = town.timers
    held, letters = await counts(town), await payloads(town)
    for day in range(1, 190):
        town.clock.move(timedelta(days=1, seconds=1))
        await timers.run_due()
        now_held, now_letters = await counts(town), await payloads(town)
        lost = [name for name in held if now_held[name] < held[name]]
        if now_letters < letters:
            lost.append("payload")
        if lost:
            gone[day] = sorted(lost)
        held, letters = now_held, now_letters
    assert gone == {
        1: ["attach_tries", "recovery_tries"],
        7: ["payload"],
        30: ["dialogue_states", "inbox"],
        31: ["chat_codes", "family_invitations", "staff_invitations"],
        180: ["question_misses", "search_misses"],
    }
    assert held["inbox"] == 1
    assert await town.count(Person) == 1


async def test_notes_of_a_refusal_are_emptied_after_a_year(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    await town.certificate_decisions.refuse(
        await town.staff(),
        request.id,
        version=request.version,
        reason=CertificateRefusal.OTHER,
        note="Нет прописки",
    )
    town.clock.move(timedelta(days=364))
    await town.timers.run_due()
    assert (await town.requests.get_mine(parent, request.id)).refusal_note == "Нет прописки"
    town.clock.move(timedelta(days=2))
    await town.timers.run_due()
    refused = await town.requests.get_mine(parent, request.id)
    assert (refused.refusal_note, refused.refusal_reason) == (None, CertificateRefusal.OTHER)


def test_every_rule_of_the_table_is_carried_out() -> None:
    assert {letting.rule for letting in LETTINGS} == set(retention.ALL)


@pytest.mark.parametrize("letting", LETTINGS, ids=lambda one: one.model.__tablename__)
async def test_nothing_due_writes_nothing(town: Town, letting: Any) -> None:
    assert await letting.run(town.database, town.clock.now(), 10) == 0
    assert await town.count(Application) == 0
