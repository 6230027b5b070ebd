"""What a child has to pass to apply to a group, read inside the caller's transaction.

The same look serves the check screen, which holds nothing, and the application itself, which
takes the seat by a conditional UPDATE in the same write.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, bindparam, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from core.db.engine import Tx
from core.db.models import (
    Application,
    Certificate,
    Consent,
    Group,
    Import,
    Municipality,
    Organisation,
    Programme,
)
from core.domain.ages import ADULT_YEARS, full_years
from core.domain.calendar import local_date
from core.domain.certificates import CertificateState, TooOld
from core.domain.consents import ConsentKind, ConsentNeeded
from core.domain.enrolment import (
    SEAT_STATES,
    AlreadyApplied,
    CertificateNeeded,
    GroupTerms,
    check_age,
    check_window,
)
from core.domain.family import FamilyRole
from core.domain.programmes import ProgrammeState, RegistryKind
from core.domain.refusals import NotFound
from core.services.children.steps import ChildRecord

_PAID_BY_BUDGET = frozenset(
    {RegistryKind.PREPROFESSIONAL, RegistryKind.SIGNIFICANT, RegistryKind.OTHER}
)


_CHILD = bindparam("child", type_=Integer)
_PERSON = bindparam("person", type_=Integer)


def _visible(import_id: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    return or_(
        import_id.is_(None),
        exists().where(Import.id == import_id, Import.visible_at.is_not(None)),
    )


def _consent(kind: ConsentKind, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        Consent.person_id == _PERSON,
        Consent.kind == kind,
        Consent.withdrawn_at.is_(None),
        *more,
    )


_SAME_KEY = select(Application.id).where(
    Application.key == bindparam("same_key"), Application.child_id == _CHILD
)

# one question for everything the rules need, built once: a thousand families may ask it at the
# moment the window opens, and on SQLite each of them holds the only write lock while it does
_PROSPECT = (
    select(
        Group.name.label("group_name"),
        Group.schedule,
        Group.schedule_note,
        Group.address,
        Group.capacity,
        Group.taken,
        Group.starts_on,
        Group.ends_on,
        Group.applications_from,
        Group.applications_until,
        Programme.id.label("programme_id"),
        Programme.municipality_id,
        Programme.organisation_id,
        Programme.title,
        Programme.age_from_months,
        Programme.age_to_months,
        Programme.registry_kind,
        Programme.price_kopecks,
        Organisation.name.label("organisation_name"),
        Municipality.timezone,
        select(Application.id)
        .where(
            Application.child_id == _CHILD,
            Application.programme_id == Programme.id,
            Application.state.in_(sorted(SEAT_STATES)),
        )
        .limit(1)
        .scalar_subquery()
        .label("live_application"),
        _SAME_KEY.scalar_subquery().label("same_key"),
        exists()
        .where(Certificate.child_id == _CHILD, Certificate.state == CertificateState.ACTIVE)
        .label("certified"),
        _consent(ConsentKind.PROCESSING).label("processing"),
        _consent(ConsentKind.TRANSFER, Consent.organisation_id == Programme.organisation_id).label(
            "transfer"
        ),
    )
    .join(Programme, Programme.id == Group.programme_id)
    .join(Organisation, Organisation.id == Programme.organisation_id)
    .join(Municipality, Municipality.id == Programme.municipality_id)
    .where(
        Group.id == bindparam("group"),
        Programme.state == ProgrammeState.PUBLISHED,
        _visible(Group.import_id),
        _visible(Programme.import_id),
    )
)


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """A group as one child would enter it. `row` holds what views show of the group."""

    group_id: int
    programme_id: int
    municipality_id: int
    organisation_id: int
    today: date
    transfer_consent: bool
    row: Row[*tuple[Any, ...]]

    @property
    def price_kopecks(self) -> int | None:
        """What the family would pay; None where the budget pays."""
        price: int | None = self.row.price_kopecks
        return None if self.row.registry_kind in _PAID_BY_BUDGET else price

    @property
    def seats_left(self) -> int | None:
        """None: not limited."""
        capacity: int | None = self.row.capacity
        taken: int = self.row.taken
        return None if capacity is None else max(0, capacity - taken)


async def look_at(
    tx: Tx, child: ChildRecord, group_id: int, *, person_id: int, key: str | None = None
) -> Row[*tuple[Any, ...]] | None:
    """All that `judge` needs in one row; None when the group is absent, not published, or of an
    import that is not visible yet. `same_key` is the child's application made with `key`."""
    return (
        await tx.execute(
            _PROSPECT,
            {"child": child.id, "person": person_id, "group": group_id, "same_key": key},
        )
    ).one_or_none()


async def find_by_key(tx: Tx, child: ChildRecord, key: str) -> int | None:
    """The child's application made with this key, whatever has become of the group."""
    return (await tx.execute(_SAME_KEY, {"child": child.id, "same_key": key})).scalar()


def judge(
    row: Row[*tuple[Any, ...]] | None, child: ChildRecord, group_id: int, *, now: datetime
) -> Prospect:
    """Every rule but the seat and the transfer consent, in the order a person can mend them.

    Raises NotFound, AlreadyApplied, GroupFinished, NotYetOpen, WindowClosed, TooOld,
    AgeOutOfBounds, ConsentNeeded (processing), CertificateNeeded.
    """
    if row is None:
        raise NotFound(what="group")
    if row.live_application is not None:
        raise AlreadyApplied(application_id=row.live_application)
    today = local_date(now, row.timezone)
    terms = GroupTerms(
        age_from_months=row.age_from_months,
        age_to_months=row.age_to_months,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        applications_from=row.applications_from,
        applications_until=row.applications_until,
    )
    check_window(terms, today)
    if full_years(child.born, today) >= ADULT_YEARS:
        raise TooOld()
    check_age(child.born, terms, today)
    # a helper looks without one: nothing of theirs is kept, and a guardian applies
    if child.role is FamilyRole.GUARDIAN and not row.processing:
        raise ConsentNeeded(kind=ConsentKind.PROCESSING)
    if row.registry_kind != RegistryKind.PAID and not row.certified:
        raise CertificateNeeded()
    return Prospect(
        group_id=group_id,
        programme_id=row.programme_id,
        municipality_id=row.municipality_id,
        organisation_id=row.organisation_id,
        today=today,
        transfer_consent=bool(row.transfer),
        row=row,
    )
