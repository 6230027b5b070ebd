"""How one record goes into another inside a write, and comes back.

A journal holds each moved row by table and id with what it said before; personal values of the
record that went are sealed beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select, update

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import (
    Application,
    Base,
    Certificate,
    Child,
    ChildChange,
    ChildMerge,
    Consent,
    Guardianship,
)
from core.domain.certificates import (
    LIVE,
    NUMBERED,
    UNDECIDED,
    CertificateRefusal,
    CertificateState,
)
from core.domain.children import ChildState
from core.domain.enrolment import SEAT_STATES
from core.domain.family_doubles import MergeWaits
from core.domain.family_records import ChangeState
from core.domain.names import ChildName
from core.services.children.steps import NAME, name_index, name_of

Journal = list[dict[str, Any]]


async def take_in(
    tx: Tx, *, kept_id: int, gone_id: int, now: datetime, cipher: Cipher
) -> tuple[Journal, bytes]:
    """Move everything of the one to the other; the journal, and what was sealed. Raises
    MergeWaits."""
    await _check_applications(tx, kept_id, gone_id)
    journal: Journal = []
    await _move_guardians(tx, kept_id, gone_id, now, journal)
    await _move_certificates(tx, kept_id, gone_id, journal)
    await _drop_change(tx, gone_id, journal)
    for model in (Application, Consent):
        await _move(tx, model, kept_id, gone_id, journal)
    return journal, await _empty(tx, kept_id, gone_id, cipher)


async def bring_back(
    tx: Tx,
    *,
    kept_id: int,
    gone_id: int,
    moved: Sequence[Mapping[str, Any]],
    sealed: bytes,
    cipher: Cipher,
) -> None:
    """Every row of the journal says again what it said; the record is filled again."""
    for entry in reversed(moved):
        table: Table = Base.metadata.tables[entry["table"]]
        await tx.execute(update(table).where(table.c.id == entry["id"]).values(**entry["was"]))
    held = cipher.open_json("child", sealed)
    name = _name(held)
    snils = held["snils"]
    await tx.execute(
        update(Child)
        .where(Child.id == gone_id)
        .values(
            last_name=name.last,
            first_name=name.first,
            patronymic=name.patronymic,
            name_key=name_index(cipher, name),
            born=date.fromisoformat(held["born"]),
            state=held["state"],
            snils_sealed=cipher.seal_text("snils", snils) if snils else None,
            snils_index=cipher.blind_index("snils", snils) if snils else None,
        )
    )
    if held["lent_snils"]:
        await tx.execute(
            update(Child).where(Child.id == kept_id).values(snils_sealed=None, snils_index=None)
        )


async def forget_record(tx: Tx, merge_id: int) -> bool:
    """What was kept for an undo goes."""
    forgotten = await tx.execute(
        update(ChildMerge)
        .where(ChildMerge.id == merge_id, ChildMerge.record.is_not(None))
        .values(record=None)
    )
    return forgotten.rowcount == 1


async def _check_applications(tx: Tx, kept_id: int, gone_id: int) -> None:
    """One seat each in one programme cannot become one child's."""
    rows = (
        await tx.execute(
            select(Application.programme_id, Application.child_id).where(
                Application.child_id.in_([kept_id, gone_id]),
                Application.state.in_(sorted(SEAT_STATES)),
            )
        )
    ).all()
    of_kept = {row.programme_id for row in rows if row.child_id == kept_id}
    if any(row.programme_id in of_kept for row in rows if row.child_id == gone_id):
        raise MergeWaits()


async def _move_guardians(
    tx: Tx, kept_id: int, gone_id: int, now: datetime, journal: Journal
) -> None:
    """Who stands by both already stays by the one."""
    rows = (
        await tx.execute(
            select(
                Guardianship.id,
                Guardianship.child_id,
                Guardianship.person_id,
                Guardianship.ended_at,
            ).where(Guardianship.child_id.in_([kept_id, gone_id]))
        )
    ).all()
    of_kept = {row.person_id: row for row in rows if row.child_id == kept_id}
    for row in rows:
        if row.child_id != gone_id or row.ended_at is not None:
            continue
        known = of_kept.get(row.person_id)
        if known is None:
            await _set(tx, Guardianship, row.id, {"child_id": kept_id}, journal, child_id=gone_id)
            continue
        await _set(tx, Guardianship, row.id, {"ended_at": now}, journal, ended_at=None)
        if known.ended_at is not None:
            # the person came back through the other record
            await tx.execute(
                update(Guardianship)
                .where(Guardianship.id == known.id)
                .values(ended_at=None, since=now)
            )


async def _move_certificates(tx: Tx, kept_id: int, gone_id: int, journal: Journal) -> None:
    """One survives: the kept child's; with none there, that of the other."""
    alive = sorted(LIVE | NUMBERED)
    survives = await tx.scalar(
        select(Certificate.id)
        .where(Certificate.child_id == kept_id, Certificate.state.in_(alive))
        .limit(1)
    )
    rows = (
        await tx.execute(
            select(Certificate.id, Certificate.state, Certificate.refusal_reason)
            .where(Certificate.child_id == gone_id)
            .order_by(Certificate.id)
        )
    ).all()
    for row in rows:
        was = {
            "child_id": gone_id,
            "state": row.state,
            "refusal_reason": row.refusal_reason,
        }
        becomes: dict[str, Any] = {"child_id": kept_id, "version": Certificate.version + 1}
        if survives is not None and row.state in UNDECIDED:
            becomes["state"] = CertificateState.REFUSED
            becomes["refusal_reason"] = CertificateRefusal.HAS_CERTIFICATE
        elif survives is not None and row.state in NUMBERED:
            becomes["state"] = CertificateState.ANNULLED
        await _set(tx, Certificate, row.id, becomes, journal, **was)


async def _drop_change(tx: Tx, gone_id: int, journal: Journal) -> None:
    open_one = await tx.scalar(
        select(ChildChange.id).where(
            ChildChange.child_id == gone_id, ChildChange.state == ChangeState.OPEN
        )
    )
    if open_one is not None:
        dropped = {"state": ChangeState.DROPPED}
        await _set(tx, ChildChange, open_one, dropped, journal, state=ChangeState.OPEN.value)


async def _move(
    tx: Tx, model: type[Application] | type[Consent], kept_id: int, gone_id: int, journal: Journal
) -> None:
    rows = await tx.execute(select(model.id).where(model.child_id == gone_id).order_by(model.id))
    for number in rows.scalars().all():
        await _set(tx, model, number, {"child_id": kept_id}, journal, child_id=gone_id)


async def _set(
    tx: Tx, model: type[Any], number: int, values: dict[str, Any], journal: Journal, **was: Any
) -> None:
    await tx.execute(update(model).where(model.id == number).values(**values))
    journal.append({"table": model.__tablename__, "id": number, "was": was})


async def _empty(tx: Tx, kept_id: int, gone_id: int, cipher: Cipher) -> bytes:
    """Seal the record that goes and leave nothing of it; its insurance number is lent to the kept
    one where that has none."""
    rows = await tx.execute(
        select(
            Child.id, *NAME, Child.born, Child.state, Child.snils_sealed, Child.snils_index
        ).where(Child.id.in_([kept_id, gone_id]))
    )
    records = {row.id: row for row in rows}
    gone, kept = records[gone_id], records[kept_id]
    lent = kept.snils_index is None and gone.snils_index is not None
    name = name_of(gone)
    sealed = cipher.seal_json(
        "child",
        {
            "last": name.last,
            "first": name.first,
            "patronymic": name.patronymic,
            "born": gone.born.isoformat(),
            "state": gone.state,
            "snils": cipher.open_text("snils", gone.snils_sealed) if gone.snils_sealed else None,
            "lent_snils": lent,
        },
    )
    await tx.execute(
        update(Child)
        .where(Child.id == gone_id)
        .values(
            last_name=None,
            first_name=None,
            patronymic=None,
            name_key=None,
            born=None,
            snils_sealed=None,
            snils_index=None,
            state=ChildState.ENTERED,
        )
    )
    if lent:
        await tx.execute(
            update(Child)
            .where(Child.id == kept_id)
            .values(snils_sealed=gone.snils_sealed, snils_index=gone.snils_index)
        )
    return sealed


def _name(held: Mapping[str, Any]) -> ChildName:
    return ChildName(last=held["last"], first=held["first"], patronymic=held["patronymic"])
