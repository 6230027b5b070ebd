"""The family's part of an erasure: a child whose last guardian goes, and what hung on it.

Rows stay, emptied: the ledger, the audit and counted seats go on pointing to their ids.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, select, update

from core.db.engine import Tx
from core.db.models import (
    Application,
    Certificate,
    Child,
    ChildChange,
    ChildMerge,
    Guardianship,
    JoinSlip,
    PaperConsent,
    RegistryDifference,
)
from core.domain.certificates import LIVE, CertificateState
from core.domain.enrolment import SEAT_STATES
from core.domain.staff import CardSubject
from core.services.certificates.visits import end_visit_timers
from core.services.privacy.ending import Hand, drop_tasks, note_end, withdraw_applications

ENDED_BY_ERASURE = (*sorted(LIVE), CertificateState.SUSPENDED)
GUARDIAN = "guardian"
"""The role that keeps a child's record; a helper's or the child's own does not."""


async def lock_children_of(tx: Tx, person_id: int) -> tuple[list[int], list[int]]:
    """The person's children, held until the write ends: those nobody else guards, and the others.

    Two parents who leave at the same moment go one after the other: the second is the last.
    """
    mine = (
        select(Guardianship.child_id)
        .where(
            Guardianship.person_id == person_id,
            Guardianship.ended_at.is_(None),
            Guardianship.role == GUARDIAN,
        )
        .order_by(Guardianship.child_id)
    )
    ids = list((await tx.execute(mine)).scalars())
    await tx.execute(select(Child.id).where(Child.id.in_(ids)).order_by(Child.id).with_for_update())
    guarded = set(
        (
            await tx.execute(
                select(Guardianship.child_id).where(
                    Guardianship.child_id.in_(ids),
                    Guardianship.person_id != person_id,
                    Guardianship.ended_at.is_(None),
                    Guardianship.role == GUARDIAN,
                )
            )
        ).scalars()
    )
    return [one for one in ids if one not in guarded], [one for one in ids if one in guarded]


async def erase_children(tx: Tx, child_ids: Sequence[int], hand: Hand) -> dict[str, int]:
    """Empty the rows, end what lives, free the seats; how much of what was ended."""
    ids = sorted({*child_ids, *await _merged_into(tx, child_ids)})
    if not ids:
        return {"children": 0, "applications": 0, "certificates": 0}
    of_these = Application.child_id.in_(ids)
    applications = await withdraw_applications(tx, of_these, SEAT_STATES, hand)
    await tx.execute(update(Application).where(of_these).values(refusal_note=None))
    certificates = await _annul_certificates(tx, ids, hand)
    await tx.execute(
        update(ChildChange).where(ChildChange.child_id.in_(ids)).values(wanted=None, former=None)
    )
    await tx.execute(
        update(ChildMerge)
        .where(ChildMerge.kept_id.in_(ids) | ChildMerge.gone_id.in_(ids))
        .values(record=None)
    )
    await _shred_papers(tx, ids, hand)
    await tx.execute(
        update(Guardianship)
        .where(Guardianship.child_id.in_(ids), Guardianship.ended_at.is_(None))
        .values(ended_at=hand.at)
    )
    await tx.execute(
        update(Child)
        .where(Child.id.in_(ids))
        .values(
            last_name=None,
            first_name=None,
            patronymic=None,
            name_key=None,
            born=None,
            snils_sealed=None,
            snils_index=None,
        )
    )
    return {"children": len(ids), "applications": applications, "certificates": certificates}


async def hand_over(tx: Tx, child_ids: Sequence[int], person_id: int) -> None:
    """What the person had asked for a child somebody else guards too is that guardian's now: the
    answers go there."""
    for child_id in child_ids:
        heir = await tx.scalar(
            select(Guardianship.person_id)
            .where(
                Guardianship.child_id == child_id,
                Guardianship.person_id != person_id,
                Guardianship.ended_at.is_(None),
                Guardianship.role == GUARDIAN,
            )
            .order_by(Guardianship.since, Guardianship.id)
            .limit(1)
        )
        await tx.execute(
            update(Certificate)
            .where(Certificate.child_id == child_id, Certificate.requested_by == person_id)
            .values(requested_by=heir)
        )
        await tx.execute(
            update(Application)
            .where(Application.child_id == child_id, Application.applied_by == person_id)
            .values(applied_by=heir)
        )


async def _merged_into(tx: Tx, child_ids: Sequence[int]) -> list[int]:
    """Records that a merge has put aside for one of these."""
    rows = await tx.execute(
        select(ChildMerge.gone_id).where(
            ChildMerge.kept_id.in_(child_ids), ChildMerge.state == "confirmed"
        )
    )
    return list(rows.scalars())


async def _shred_papers(tx: Tx, child_ids: Sequence[int], hand: Hand) -> None:
    """What points of confirmation and comparisons with another registry hold about them."""
    await tx.execute(
        update(PaperConsent)
        .where(PaperConsent.child_id.in_(child_ids))
        .values(
            guardian_name_sealed=None,
            phone_sealed=None,
            withdrawn_at=func.coalesce(PaperConsent.withdrawn_at, hand.at),
        )
    )
    await tx.execute(delete(JoinSlip).where(JoinSlip.child_id.in_(child_ids)))
    for subject, model in (("certificates", Certificate), ("applications", Application)):
        of_these = select(model.id).where(model.child_id.in_(child_ids))
        await tx.execute(
            delete(RegistryDifference).where(
                RegistryDifference.subject == subject, RegistryDifference.subject_id.in_(of_these)
            )
        )
    await tx.execute(
        delete(RegistryDifference).where(
            RegistryDifference.subject == "children", RegistryDifference.subject_id.in_(child_ids)
        )
    )


async def _annul_certificates(tx: Tx, child_ids: Sequence[int], hand: Hand) -> int:
    live = await tx.execute(
        select(Certificate.id, Certificate.municipality_id, Certificate.state, Certificate.version)
        .where(Certificate.child_id.in_(child_ids), Certificate.state.in_(ENDED_BY_ERASURE))
        .order_by(Certificate.id)
        .with_for_update()
    )
    rows = live.all()
    for row in rows:
        await tx.execute(
            update(Certificate)
            .where(Certificate.id == row.id)
            .values(state=CertificateState.ANNULLED, version=row.version + 1)
        )
        await end_visit_timers(tx, row.id, hand.at)
        await note_end(tx, hand, CardSubject.CERTIFICATES, row, "certificate.annulled")
    await drop_tasks(tx, CardSubject.CERTIFICATES, [row.id for row in rows], hand)
    await tx.execute(
        update(Certificate)
        .where(Certificate.child_id.in_(child_ids))
        .values(
            number_sealed=None,
            number_index=None,
            number_tail=None,
            visit_code=None,
            refusal_note=None,
            needed_note=None,
            halt_note=None,
            token_sealed=None,
            token_sha256=None,
        )
    )
    return len(rows)
