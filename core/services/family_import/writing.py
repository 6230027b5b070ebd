"""Carrying out a plan, in chunks that hold the write lock for a moment each.

New rows go in under an import number that no read sees yet; the last write makes them visible,
takes their seats and changes what changes. Where more rows change than fit that write, the first of
them change earlier: after a crash among them the same file finishes the rest.

Families and staff go on working meanwhile. What they change of the plan's ground (a number typed, a
seat asked for) is met by a constraint or an expected value: then nothing of the plan stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import bindparam, insert, select, update

from core.cipher import Cipher
from core.db.engine import Tx, wake
from core.db.models import Application, Base, Certificate, Group
from core.db.models import Child as ChildRecord
from core.domain.children import ChildState
from core.domain.enrolment import ApplicationSource, ApplicationState
from core.domain.refusals import Refusal
from core.domain.registry_tasks import TaskState
from core.domain.silence import QuietHours
from core.domain.staff import CardSubject
from core.services.audit.steps import Touched, record_many
from core.services.certificates.queries import seal_number
from core.services.family_import.plan import Change, NewCertificate, NewEnrolment
from core.services.family_import.roll import Child
from core.services.registry_tasks.steps import end_tasks
from core.services.registry_tasks.telling import tell_of_applications, tell_of_certificates

Item = TypeVar("Item")


class ImportDisturbed(Refusal):
    """Somebody changed the same children, certificates or seats while the file was loaded."""


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Who writes, under which import, when."""

    import_id: int
    mark: str
    now: datetime


def parts(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


async def add_children(tx: Tx, children: Sequence[Child], hand: Hand, cipher: Cipher) -> None:
    """Their ids are known from then on."""
    waiting = {f"import:{hand.import_id}:{child.row}": child for child in children}
    rows = await tx.execute(
        insert(ChildRecord).returning(ChildRecord.key, ChildRecord.id),
        [
            {
                "municipality_id": child.municipality_id,
                "last_name": child.name.last,
                "first_name": child.name.first,
                "patronymic": child.name.patronymic,
                "name_key": child.name_key,
                "born": child.born,
                "snils_sealed": cipher.seal_text("snils", child.snils) if child.snils else None,
                "snils_index": child.snils_index,
                "state": ChildState.ENTERED,
                "key": key,
                "import_id": hand.import_id,
                "entered_at": hand.now,
            }
            for key, child in waiting.items()
        ],
    )
    for key, child_id in rows:
        waiting[key].id = child_id


async def add_certificates(
    tx: Tx, certificates: Sequence[NewCertificate], hand: Hand, cipher: Cipher
) -> None:
    await tx.execute(
        insert(Certificate),
        [
            {
                "municipality_id": new.child.municipality_id,
                "child_id": new.child.id,
                "kind": new.kind,
                "state": new.state,
                "nominal_kopecks": new.nominal_kopecks,
                "period_from": new.period.begins if new.period else None,
                "period_until": new.period.ends if new.period else None,
                **seal_number(cipher, new.number),
                "version": 1,
                "key": f"import:{hand.import_id}:{new.row}",
                "import_id": hand.import_id,
                "requested_at": hand.now,
            }
            for new in certificates
        ],
    )


async def add_enrolments(tx: Tx, enrolments: Sequence[NewEnrolment], hand: Hand) -> None:
    """Their seats are taken when the import becomes visible."""
    await tx.execute(
        insert(Application),
        [
            {
                "municipality_id": new.child.municipality_id,
                "child_id": new.child.id,
                "programme_id": new.programme_id,
                "group_id": new.group_id,
                "source": ApplicationSource.REGISTRY,
                "state": ApplicationState.STUDYING,
                "money_source": new.money_source,
                "enrolled_on": new.enrolled_on,
                "version": 1,
                "key": f"import:{hand.import_id}:{new.row}",
                "import_id": hand.import_id,
                "applied_at": hand.now,
            }
            for new in enrolments
        ],
    )


async def take_seats(tx: Tx, seats: Counter[int]) -> None:
    """More seats taken, or fewer, by group; in one order, so that two writers never wait for each
    other. Overbooking is allowed here: the registry says who studies."""
    moving = [{"group": group, "more": more} for group, more in sorted(seats.items()) if more]
    if not moving:
        return
    await tx.execute(
        update(Group)
        .where(Group.id == bindparam("group"))
        .values(taken=Group.taken + bindparam("more")),
        moving,
    )
    if any(more < 0 for more in seats.values()):
        wake("seats")


async def change_children(tx: Tx, changes: Sequence[Change], hand: Hand, cipher: Cipher) -> None:
    """Raises ImportDisturbed."""
    values = {change.row_id: dict(change.values) for change in changes}
    for change in changes:
        if change.snils is not None:
            values[change.row_id] |= {
                "snils_sealed": cipher.seal_text("snils", change.snils),
                "snils_index": cipher.blind_index("snils", change.snils),
            }
    await _change(tx, ChildRecord, changes, values, hand, action="child.completed")


async def change_certificates(
    tx: Tx, changes: Sequence[Change], hand: Hand, cipher: Cipher, quiet: QuietHours | None
) -> None:
    """Requests whose number has come are told of, and nobody has to enter them any more. Raises
    ImportDisturbed."""
    settled = [change for change in changes if change.settles]
    others = [change for change in changes if not change.settles]
    for some, action in ((settled, "certificate.entered"), (others, "certificate.reconciled")):
        values = {change.row_id: dict(change.values) for change in some}
        for change in some:
            if change.number is not None:
                values[change.row_id] |= {
                    **seal_number(cipher, change.number),
                    "state_since": hand.now,
                }
        await _change(tx, Certificate, some, values, hand, action=action)
    ids = [change.row_id for change in settled]
    await _end_tasks(tx, CardSubject.CERTIFICATES, ids, hand)
    await tell_of_certificates(tx, ids, now=hand.now, cipher=cipher, quiet=quiet)


async def _end_tasks(tx: Tx, subject: CardSubject, ids: Sequence[int], hand: Hand) -> None:
    await end_tasks(
        tx,
        subject,
        ids,
        TaskState.DONE,
        actor=hand.mark,
        now=hand.now,
        import_id=hand.import_id,
    )


async def change_enrolments(
    tx: Tx, changes: Sequence[Change], hand: Hand, cipher: Cipher, quiet: QuietHours | None
) -> None:
    """With the seats of those who moved to another group; applications that have come true are
    told of. Raises ImportDisturbed."""
    settled = [change for change in changes if change.settles]
    others = [change for change in changes if not change.settles]
    for some, action in ((settled, "application.enrolled"), (others, "application.reconciled")):
        values = {change.row_id: dict(change.values) for change in some}
        await _change(tx, Application, some, values, hand, action=action)
    ids = [change.row_id for change in settled]
    await _end_tasks(tx, CardSubject.APPLICATIONS, ids, hand)
    await tell_of_applications(
        tx, ids, "application.decided", now=hand.now, cipher=cipher, quiet=quiet
    )
    seats: Counter[int] = Counter()
    for change in changes:
        if change.moved is not None:
            before, after = change.moved
            seats[before] -= 1
            seats[after] += 1
    await take_seats(tx, seats)


async def _change(
    tx: Tx,
    table: type[Base],
    changes: Sequence[Change],
    values: dict[int, dict[str, Any]],
    hand: Hand,
    *,
    action: str,
) -> None:
    """Rows that stand as expected get their values, many a statement; each is in the audit."""
    if not changes:
        return
    await _check_expected(tx, table, changes)
    columns = table.__table__.c
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row_id, new in values.items():
        said = {f"new_{name}": value for name, value in new.items()}
        alike.setdefault(tuple(sorted(new)), []).append({"row_id": row_id, **said})
    for names, parameters in alike.items():
        await tx.execute(
            update(table)
            .where(columns.id == bindparam("row_id"))
            .values({name: bindparam(f"new_{name}") for name in names}),
            parameters,
        )
    places = {change.row_id: change.municipality_id for change in changes}
    await record_many(
        tx,
        [
            Touched(entity_id=row_id, municipality_id=places[row_id], fields=sorted(new))
            for row_id, new in values.items()
        ],
        at=hand.now,
        actor=hand.mark,
        action=action,
        entity=str(table.__tablename__),
        details={"import_id": hand.import_id},
    )


async def _check_expected(tx: Tx, table: type[Base], changes: Sequence[Change]) -> None:
    columns = table.__table__.c
    looked_at = sorted({name for change in changes for name in change.expected})
    rows = await tx.execute(
        select(columns.id, *(columns[name] for name in looked_at))
        .where(columns.id.in_([change.row_id for change in changes]))
        .order_by(columns.id)
        .with_for_update()
    )
    standing = {row["id"]: row for row in rows.mappings()}
    for change in changes:
        row = standing.get(change.row_id)
        if row is None or any(row[name] != value for name, value in change.expected.items()):
            raise ImportDisturbed()
