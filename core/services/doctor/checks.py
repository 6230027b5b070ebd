"""One function per invariant: what is broken, if anything is. Plain reads only."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, or_, select

from core.db import fulltext
from core.db.engine import Tx
from core.db.models import (
    Application,
    AuditRecord,
    Certificate,
    Child,
    Consent,
    Group,
    Guardianship,
    Import,
    InboxRow,
    KnowledgeAnswer,
    KnowledgeEntry,
    KnowledgeVersion,
    OutboxRow,
    PaperConsent,
    Programme,
    ProgrammeFacets,
    ProgrammeTexts,
)
from core.db.triggers import list_triggers
from core.domain.certificates import LIVE, NUMBERED
from core.domain.consents import ConsentKind
from core.domain.enrolment import SEAT_STATES
from core.domain.family import FamilyRole
from core.domain.outgoing import OutboxState
from core.domain.programmes import ProgrammeState
from core.services.doctor.findings import Finding
from core.services.programmes.seats import seen_import

INBOX_IN_TIME = timedelta(seconds=60)
OUTBOX_IN_TIME = timedelta(minutes=10)
IMPORT_IN_TIME = timedelta(minutes=10)
ADULT_AFTER = timedelta(days=18 * 365 + 4)  # leap days of eighteen years, at the least
_CHUNK = 5000
_CODE = re.compile(r"[A-Za-z0-9_.:-]{0,64}", re.ASCII)
_PERSONAL_NUMBER = re.compile(r"\d{10,}")
_TRIGGERS = {
    "sqlite": {"audit_no_delete", "audit_no_update"},
    "postgresql": {"audit_append_only"},
}


async def seats(tx: Tx, _now: datetime) -> AsyncIterator[Finding]:
    """I1: `taken` is the number of applications that hold a seat. Overbooking is no fault, and
    applications of an import that is not visible yet hold none."""
    held = (
        select(func.count())
        .select_from(Application)
        .where(
            Application.group_id == Group.id,
            Application.state.in_(sorted(SEAT_STATES)),
            seen_import(Application.import_id),
        )
        .scalar_subquery()
    )
    yield Finding(
        invariant="I1",
        what="groups whose count of taken seats differs from their applications",
        count=await _count(tx, select(Group.id).where(Group.taken != held)),
    )


async def inbox(tx: Tx, now: datetime) -> AsyncIterator[Finding]:
    """I6: every update ends, and its payload goes with it."""
    yield Finding(
        invariant="I6",
        what="updates received more than 60 s ago and not ended",
        count=await _count(
            tx,
            select(InboxRow.id).where(
                InboxRow.state == "received", InboxRow.received_at < now - INBOX_IN_TIME
            ),
        ),
    )
    yield Finding(
        invariant="I6",
        what="updates that are done and still hold their payload",
        count=await _count(
            tx,
            select(InboxRow.id).where(InboxRow.state == "done", InboxRow.payload.is_not(None)),
        ),
    )


async def outbox(tx: Tx, now: datetime) -> AsyncIterator[Finding]:
    """I7: every row ends, and its parameters go with it."""
    late = now - OUTBOX_IN_TIME
    yield Finding(
        invariant="I7",
        what="messages due more than 10 min ago and not ended",
        count=await _count(
            tx,
            select(OutboxRow.id).where(
                OutboxRow.state == OutboxState.PENDING, OutboxRow.not_before < late
            ),
        ),
    )
    yield Finding(
        invariant="I7",
        what="messages ended without a time",
        count=await _count(
            tx,
            select(OutboxRow.id).where(
                OutboxRow.state != OutboxState.PENDING, OutboxRow.ended_at.is_(None)
            ),
        ),
    )


async def audit(tx: Tx, _now: datetime) -> AsyncIterator[Finding]:
    """I9: append-only by triggers; ids, codes and field names only."""
    standing = set(await tx.run_sync(list_triggers))
    yield Finding(
        invariant="I9",
        what="triggers that keep the audit append-only are missing",
        count=len(_TRIGGERS[tx.dialect.name] - standing),
    )
    yield Finding(
        invariant="I9",
        what="audit records with something else than ids, codes and field names",
        count=await _talkative_records(tx),
    )


async def consents(tx: Tx, now: datetime) -> AsyncIterator[Finding]:
    """I10: no child without a guardian whose consent to processing stands, one on paper, or the
    import that brought it. What an import that was cut off left is nobody's: the next one takes it
    away."""
    consented = exists().where(
        Guardianship.child_id == Child.id,
        Guardianship.ended_at.is_(None),
        Guardianship.role == FamilyRole.GUARDIAN,
        Consent.person_id == Guardianship.person_id,
        Consent.kind == ConsentKind.PROCESSING,
        Consent.withdrawn_at.is_(None),
    )
    brought = exists().where(
        Import.id == Child.import_id,
        or_(Import.visible_at.is_not(None), Import.started_at > now - IMPORT_IN_TIME),
    )
    on_paper = exists().where(
        PaperConsent.child_id == Child.id, PaperConsent.withdrawn_at.is_(None)
    )
    # who has grown up consents anew; until then the record stays, and nobody's page shows it
    grown = Child.born <= (now - ADULT_AFTER).date()
    named = or_(Child.last_name.is_not(None), Child.born.is_not(None))
    yield Finding(
        invariant="I10",
        what="children held without a guardian's consent or an import",
        count=await _count(
            tx, select(Child.id).where(named, ~consented, ~brought, ~grown, ~on_paper)
        ),
    )


async def certificates(tx: Tx, _now: datetime) -> AsyncIterator[Finding]:
    """One live certificate per child, one number per insurance number, a number where active."""
    yield Finding(
        invariant="one-certificate",
        what="children with more than one live certificate",
        count=await _count(
            tx,
            select(Certificate.child_id)
            .where(Certificate.state.in_(sorted(LIVE)))
            .group_by(Certificate.child_id)
            .having(func.count() > 1),
        ),
    )
    yield Finding(
        invariant="one-certificate",
        what="insurance numbers that hold more than one certificate",
        count=await _count(
            tx,
            select(Child.snils_index)
            .join(Certificate, Certificate.child_id == Child.id)
            .where(Certificate.state.in_(sorted(NUMBERED)), Child.snils_index.is_not(None))
            .group_by(Child.snils_index)
            .having(func.count() > 1),
        ),
    )
    yield Finding(
        invariant="one-certificate",
        what="certificates in force without a number",
        count=await _count(
            tx,
            select(Certificate.id).where(
                Certificate.state.in_(sorted(NUMBERED)), Certificate.number_index.is_(None)
            ),
        ),
    )


async def one_application(tx: Tx, _now: datetime) -> AsyncIterator[Finding]:
    """I5: one child holds one seat in a programme, however often it was asked for."""
    yield Finding(
        invariant="I5",
        what="children with more than one live application for one programme",
        count=await _count(
            tx,
            select(Application.child_id)
            .where(Application.state.in_(sorted(SEAT_STATES)))
            .group_by(Application.child_id, Application.programme_id)
            .having(func.count() > 1),
        ),
    )


async def knowledge(tx: Tx, _now: datetime) -> AsyncIterator[Finding]:
    """What is told has an answer, and every entry stands at its last version."""
    answered = exists().where(
        KnowledgeAnswer.entry_id == KnowledgeEntry.id, KnowledgeAnswer.ended_at.is_(None)
    )
    last = (
        select(func.max(KnowledgeVersion.number))
        .where(KnowledgeVersion.entry_id == KnowledgeEntry.id)
        .scalar_subquery()
    )
    yield Finding(
        invariant="knowledge",
        what="entries of the knowledge base that are told and have no answer",
        count=await _count(
            tx, select(KnowledgeEntry.id).where(KnowledgeEntry.ended_at.is_(None), ~answered)
        ),
    )
    yield Finding(
        invariant="knowledge",
        what="entries of the knowledge base that stand apart from their versions",
        count=await _count(
            tx, select(KnowledgeEntry.id).where(KnowledgeEntry.version != func.coalesce(last, 0))
        ),
    )


async def references(tx: Tx, _now: datetime) -> AsyncIterator[Finding]:
    """Rows that point nowhere; PostgreSQL cannot have them."""
    if tx.dialect.name != "sqlite":
        return
    broken = (await tx.exec_driver_sql("PRAGMA foreign_key_check")).fetchall()
    yield Finding(
        invariant="references", what="rows that point to a row that is not there", count=len(broken)
    )


async def search(tx: Tx, _now: datetime) -> AsyncIterator[Finding]:
    """What search reads agrees with itself and with the registry; `kruzhok db reindex --anew`
    mends it. Programmes that the index lacks are no fault: the next start indexes them."""
    torn = (
        select(ProgrammeFacets.programme_id)
        .outerjoin(ProgrammeTexts, ProgrammeTexts.programme_id == ProgrammeFacets.programme_id)
        .join(Programme, Programme.id == ProgrammeFacets.programme_id)
        .where(
            or_(
                ProgrammeTexts.programme_id.is_(None),
                Programme.state != ProgrammeState.PUBLISHED,
            )
        )
    )
    yield Finding(
        invariant="search",
        what="programmes indexed in part, or indexed and not published",
        count=await _count(tx, torn),
    )
    whole = await tx.run_sync(fulltext.is_whole)
    yield Finding(
        invariant="search",
        what="the full-text index differs from its texts",
        count=0 if whole else 1,
    )


ALL = (
    seats,
    one_application,
    inbox,
    outbox,
    audit,
    consents,
    certificates,
    references,
    search,
)


async def _count(tx: Tx, rows: Select[*tuple[Any, ...]]) -> int:
    return (await tx.execute(select(func.count()).select_from(rows.subquery()))).scalar_one()


async def _talkative_records(tx: Tx) -> int:
    """Counted in chunks by id: the audit is the longest table."""
    found = 0
    last = 0
    while True:
        rows = (
            await tx.execute(
                select(AuditRecord.id, AuditRecord.fields, AuditRecord.details)
                .where(AuditRecord.id > last)
                .order_by(AuditRecord.id)
                .limit(_CHUNK)
            )
        ).all()
        if not rows:
            return found
        last = rows[-1].id
        found += sum(not (_are_codes(row.fields) and _says_codes(row.details)) for row in rows)


def _are_codes(texts: list[str]) -> bool:
    return all(_CODE.fullmatch(text) for text in texts)


def _says_codes(details: Mapping[str, Any]) -> bool:
    texts = [value for value in details.values() if isinstance(value, str)]
    plain = all(isinstance(value, str | int | None) for value in details.values())
    return plain and all(
        _CODE.fullmatch(text) and not _PERSONAL_NUMBER.search(text) for text in texts
    )
