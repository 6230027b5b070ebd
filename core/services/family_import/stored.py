"""What the database knows of the children, certificates and groups that the rows of a file mean.

Read in parts, so that no statement grows with the file. Rows of an import that is not visible are
not there: the next import takes them away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, select

from core.db.engine import Tx
from core.db.models import Application, Certificate, Group, Organisation, Programme
from core.db.models import Child as ChildRecord
from core.domain.certificates import (
    LIVE,
    NUMBERED,
    CertificateKind,
    CertificateState,
)
from core.domain.children import ChildState
from core.domain.enrolment import SEAT_STATES, ApplicationState
from core.domain.naming import normal_form, without_marks
from core.domain.registry_tasks import DifferenceKind, DifferenceSubject
from core.services.children.steps import NAME, name_of
from core.services.family_import.cells import Period
from core.services.family_import.certificates import Facts, KnownCertificate
from core.services.family_import.children import Holders
from core.services.family_import.clubs import ClubGroup, Clubs
from core.services.family_import.differing import Difference, Rosters
from core.services.family_import.roll import Child, Holding, Roll, Seat
from core.services.family_import.rows import ChildSaid
from core.services.programmes.seats import seen_import

Item = TypeVar("Item")

_AT_ONCE = 500  # values of one IN
_HELD = sorted(LIVE | NUMBERED)

_CHILD = (
    ChildRecord.id,
    ChildRecord.municipality_id,
    *NAME,
    ChildRecord.name_key,
    ChildRecord.born,
    ChildRecord.snils_index,
    ChildRecord.state,
    ChildRecord.import_id,
)


async def load_children(
    tx: Tx, roll: Roll, municipality_ids: Sequence[int], said: Iterable[ChildSaid]
) -> None:
    """Children who may be those of the rows."""
    places = ChildRecord.municipality_id.in_(municipality_ids)
    for part in _parts(said):
        names = sorted({child.name_key for child in part})
        numbers = sorted({child.snils_index for child in part if child.snils_index is not None})
        # two questions: joined by OR they would be answered by reading the whole table
        await _add_children(tx, roll, places, ChildRecord.name_key.in_(names))
        if numbers:
            await _add_children(tx, roll, places, ChildRecord.snils_index.in_(numbers))


async def load_certificates(
    tx: Tx, roll: Roll, indexes: Iterable[bytes]
) -> dict[bytes, KnownCertificate]:
    """Certificates with these numbers, of all municipalities, and their children."""
    known: dict[bytes, KnownCertificate] = {}
    for part in _parts(sorted(set(indexes))):
        rows = await tx.execute(
            select(
                Certificate.id,
                Certificate.municipality_id,
                Certificate.child_id,
                Certificate.version,
                Certificate.import_id,
                Certificate.number_index,
                Certificate.kind,
                Certificate.state,
                Certificate.nominal_kopecks,
                Certificate.period_from,
                Certificate.period_until,
            ).where(Certificate.number_index.in_(part), seen_import(Certificate.import_id))
        )
        found = rows.all()
        owners = sorted({row.child_id for row in found})
        await _add_children(tx, roll, ChildRecord.id.in_(owners))
        known |= {
            row.number_index: _certificate(row, roll) for row in found if row.child_id in roll
        }
    return known


async def load_holdings(tx: Tx, roll: Roll) -> None:
    """The certificate in force, or asked for, of every child on the roll."""
    for part in _parts(roll.children()):
        rows = await tx.execute(
            select(
                Certificate.id,
                Certificate.child_id,
                Certificate.state,
                Certificate.number_tail,
                Certificate.version,
            ).where(
                Certificate.child_id.in_([child.id for child in part]),
                Certificate.state.in_(_HELD),
                seen_import(Certificate.import_id),
            )
        )
        for row in rows:
            roll.get(row.child_id).holding = Holding(
                state=CertificateState(row.state),
                certificate_id=row.id,
                tail=row.number_tail,
                version=row.version,
            )


async def load_holders(tx: Tx, roll: Roll, snils_indexes: Iterable[bytes]) -> Holders:
    """Who, anywhere, holds a certificate in force by these insurance numbers. The roll knows what
    its own children hold."""
    holders: Holders = {}
    for part in _parts(sorted(set(snils_indexes))):
        rows = await tx.execute(
            select(ChildRecord.snils_index, ChildRecord.id).where(ChildRecord.snils_index.in_(part))
        )
        same = [(index, child_id) for index, child_id in rows if index is not None]
        elsewhere = await _with_certificate(tx, [one for _, one in same if one not in roll])
        for index, child_id in same:
            if child_id in elsewhere or (child_id in roll and roll.get(child_id).is_numbered):
                holders.setdefault(index, set()).add(child_id)
    return holders


async def load_seats(tx: Tx, roll: Roll) -> None:
    """The live applications of every child on the roll."""
    for part in _parts(roll.children()):
        rows = await tx.execute(
            select(
                Application.id,
                Application.child_id,
                Application.programme_id,
                Application.group_id,
                Application.state,
                Application.import_id,
                Application.version,
                Application.money_source,
                Application.enrolled_on,
            ).where(
                Application.child_id.in_([child.id for child in part]),
                Application.state.in_(sorted(SEAT_STATES)),
                seen_import(Application.import_id),
            )
        )
        for row in rows:
            roll.get(row.child_id).seats[row.programme_id] = Seat(
                group_id=row.group_id,
                application_id=row.id,
                version=row.version,
                ours=row.import_id is not None,
                studies=row.state == ApplicationState.STUDYING,
                money_source=row.money_source,
                enrolled_on=row.enrolled_on,
            )


async def find_missing(
    tx: Tx, rosters: Rosters, municipality_ids: Collection[int]
) -> list[Difference]:
    """Who studies here in groups that a roster names, and is not in it."""
    missing: list[Difference] = []
    for part in _parts(sorted(rosters.groups)):
        rows = await tx.execute(
            select(
                Application.id,
                Application.municipality_id,
                Application.child_id,
                Application.programme_id,
                Application.group_id,
            )
            .where(
                Application.group_id.in_(part),
                Application.municipality_id.in_(municipality_ids),
                Application.state == ApplicationState.STUDYING,
                seen_import(Application.import_id),
            )
            .order_by(Application.id)
        )
        missing += [
            Difference(
                municipality_id=row.municipality_id,
                kind=DifferenceKind.NOT_THERE,
                subject=DifferenceSubject.APPLICATIONS,
                subject_id=row.id,
                ours={"group_id": row.group_id},
                theirs={},
            )
            for row in rows
            if rosters.lacks(row.child_id, row.programme_id)
        ]
    return missing


async def load_clubs(tx: Tx, named: Iterable[tuple[int, str]]) -> Clubs:
    """The groups of the organisations that rows name: (municipality, name in normal form)."""
    clubs = Clubs()
    for part in _parts(sorted(set(named))):
        organisations = (
            await tx.execute(
                select(Organisation.id, Organisation.municipality_id, Organisation.name_key)
                .where(
                    Organisation.municipality_id.in_(sorted({place for place, _ in part})),
                )
                .order_by(Organisation.id)
            )
        ).all()
        meant = {(place, without_marks(name)) for place, name in part}
        organisations = [
            row
            for row in organisations
            if (row.municipality_id, without_marks(row.name_key)) in meant
        ]
        for row in organisations:
            clubs.add_organisation(row.municipality_id, row.name_key, row.id)
        await _add_groups(tx, clubs, [row.id for row in organisations])
    return clubs


async def _add_groups(tx: Tx, clubs: Clubs, organisation_ids: list[int]) -> None:
    rows = await tx.execute(
        select(
            Group.id,
            Group.name_key,
            Group.programme_id,
            Group.starts_on,
            Group.capacity,
            Group.taken,
            Programme.organisation_id,
            Programme.title,
            Programme.age_from_months,
            Programme.age_to_months,
        )
        .join(Programme, Programme.id == Group.programme_id)
        .where(
            Programme.organisation_id.in_(organisation_ids),
            seen_import(Programme.import_id),
            seen_import(Group.import_id),
        )
        .order_by(Group.id)
    )
    for row in rows:
        group = ClubGroup(
            id=row.id,
            name_key=row.name_key,
            programme_id=row.programme_id,
            title=row.title,
            age_from_months=row.age_from_months,
            age_to_months=row.age_to_months,
            starts_on=row.starts_on,
            capacity=row.capacity,
            taken=row.taken,
        )
        clubs.add_group(row.organisation_id, normal_form(row.title), group)


async def _add_children(tx: Tx, roll: Roll, *which: ColumnElement[bool]) -> None:
    rows = await tx.execute(
        select(*_CHILD)
        .where(
            *which,
            ChildRecord.name_key.is_not(None),
            ChildRecord.born.is_not(None),
            seen_import(ChildRecord.import_id),
        )
        .order_by(ChildRecord.id)
    )
    for row in rows:
        proven = row.import_id is not None or row.state == ChildState.CONFIRMED
        roll.add(
            Child(
                id=row.id,
                municipality_id=row.municipality_id,
                name=name_of(row),
                born=row.born,
                name_key=row.name_key,
                snils_index=row.snils_index,
                proven=proven,
            )
        )


async def _with_certificate(tx: Tx, child_ids: list[int]) -> set[int]:
    """Those of the children who hold a certificate in force."""
    if not child_ids:
        return set()
    found = await tx.scalars(
        select(Certificate.child_id).where(
            Certificate.child_id.in_(child_ids),
            Certificate.state.in_(sorted(NUMBERED)),
            seen_import(Certificate.import_id),
        )
    )
    return set(found)


def _certificate(row: Row[*tuple[Any, ...]], roll: Roll) -> KnownCertificate:
    period = None
    if row.period_from is not None and row.period_until is not None:
        period = Period(begins=row.period_from, ends=row.period_until)
    return KnownCertificate(
        id=row.id,
        municipality_id=row.municipality_id,
        child=roll.get(row.child_id),
        version=row.version,
        imported=row.import_id is not None,
        facts=Facts(
            kind=CertificateKind(row.kind),
            state=CertificateState(row.state),
            nominal_kopecks=row.nominal_kopecks,
            period=period,
        ),
    )


def _parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while part := list(islice(rest, _AT_ONCE)):
        yield part
