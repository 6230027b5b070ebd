"""Reads of applications inside somebody's transaction; rows become views here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased

from core.cipher import Cipher, Purpose
from core.db.engine import Tx
from core.db.models import (
    Application,
    Certificate,
    Child,
    Group,
    Municipality,
    Organisation,
    Person,
    Programme,
)
from core.domain.ages import full_years
from core.domain.calendar import local_date
from core.domain.certificates import CertificateState
from core.domain.enrolment import ApplicationRefusal, ApplicationState
from core.domain.refusals import NotFound
from core.domain.schedule import from_stored
from core.domain.staff import CardSubject
from core.services.children.steps import NAME, name_of
from core.services.enrolments.views import ApplicationCard, ApplicationDetails, ApplicationView
from core.services.programmes.seats import seen_import
from core.services.registry_tasks.queries import waits_for_entering

NOTE_PURPOSE: Purpose = "note"
"""Notes typed by staff are sealed under one purpose, whatever they are about."""

_Guardian = aliased(Person)
_Decider = aliased(Person)


def views() -> Select[*tuple[Any, ...]]:
    """Rows for `as_view`; add the conditions."""
    return (
        select(
            Application.id,
            Application.child_id,
            *NAME,
            Application.programme_id,
            Programme.title,
            Organisation.name.label("organisation_name"),
            Organisation.phone.label("organisation_phone"),
            Application.group_id,
            Group.name.label("group_name"),
            Group.schedule,
            Group.schedule_note,
            Group.address,
            Group.starts_on,
            Application.state,
            Application.answer_by,
            Application.refusal_reason,
            Application.refusal_note,
            Application.applied_at,
            Application.version,
        )
        .join(Child, Child.id == Application.child_id)
        .join(Programme, Programme.id == Application.programme_id)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .join(Group, Group.id == Application.group_id)
        .where(seen_import(Application.import_id))
    )


def as_view(row: Row[*tuple[Any, ...]], cipher: Cipher) -> ApplicationView:
    return ApplicationView(
        id=row.id,
        child_id=row.child_id,
        child_name=name_of(row),
        programme_id=row.programme_id,
        programme_title=row.title,
        organisation_name=row.organisation_name,
        organisation_phone=row.organisation_phone,
        group_id=row.group_id,
        group_name=row.group_name,
        schedule=from_stored(row.schedule),
        schedule_note=row.schedule_note,
        address=row.address,
        starts_on=row.starts_on,
        state=ApplicationState(row.state),
        answer_by=row.answer_by,
        refusal_reason=_reason(row),
        refusal_note=_note(row, cipher),
        applied_at=row.applied_at,
        version=row.version,
    )


async def get_view(tx: Tx, application_id: int, cipher: Cipher) -> ApplicationView:
    """Whoever asks has been checked. Raises NotFound."""
    row = (await tx.execute(views().where(Application.id == application_id))).one_or_none()
    if row is None:
        raise NotFound(what="application")
    return as_view(row, cipher)


async def get_details(
    tx: Tx, application_id: int, *, now: datetime, cipher: Cipher
) -> ApplicationDetails:
    """Personal fields in the open: the caller has checked rights and notes the look."""
    tail = (
        select(Certificate.number_tail)
        .where(
            Certificate.child_id == Application.child_id,
            Certificate.state == CertificateState.ACTIVE,
        )
        .limit(1)
        .scalar_subquery()
    )
    row = (
        await tx.execute(
            _for_staff(
                Application.child_id,
                *NAME,
                Application.refusal_note,
                Group.schedule,
                Group.schedule_note,
                _Guardian.name.label("guardian_name"),
                _Guardian.phone_sealed,
                tail.label("certificate_tail"),
            )
            .outerjoin(_Guardian, _Guardian.id == Application.applied_by)
            .where(Application.id == application_id)
        )
    ).one_or_none()
    if row is None or row.born is None:
        raise NotFound(what="application")
    return ApplicationDetails(
        id=row.id,
        municipality_id=row.municipality_id,
        state=ApplicationState(row.state),
        version=row.version,
        child_id=row.child_id,
        child_name=name_of(row),
        born=row.born,
        age_years=_age(row, now),
        guardian_name=row.guardian_name,
        phone=cipher.open_text("phone", row.phone_sealed) if row.phone_sealed else None,
        certificate_tail=row.certificate_tail,
        programme_title=row.title,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        group_name=row.group_name,
        schedule=from_stored(row.schedule),
        schedule_note=row.schedule_note,
        applied_at=row.applied_at,
        answer_by=row.answer_by,
        refusal_reason=_reason(row),
        refusal_note=_note(row, cipher),
        decided_by_name=row.decided_by_name,
        decided_at=row.decided_at,
    )


async def get_card(tx: Tx, application_id: int, *, now: datetime) -> ApplicationCard:
    """No personal data of the family. Raises NotFound."""
    to_enter = waits_for_entering(CardSubject.APPLICATIONS, Application.id).label("to_enter")
    row = (
        await tx.execute(_for_staff(to_enter).where(Application.id == application_id))
    ).one_or_none()
    if row is None or row.born is None:
        raise NotFound(what="application")
    return ApplicationCard(
        id=row.id,
        municipality_id=row.municipality_id,
        state=ApplicationState(row.state),
        age_years=_age(row, now),
        programme_title=row.title,
        organisation_name=row.organisation_name,
        group_name=row.group_name,
        waiting_since=local_date(row.applied_at, row.timezone),
        answer_by=row.answer_by,
        version=row.version,
        decided_by_name=row.decided_by_name,
        decided_at=row.decided_at,
        refusal_reason=_reason(row),
        to_enter=bool(row.to_enter),
    )


def _for_staff(*more: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Application.id,
            Application.municipality_id,
            Application.state,
            Application.version,
            Application.applied_at,
            Application.answer_by,
            Application.decided_at,
            Application.refusal_reason,
            Child.born,
            Municipality.timezone,
            Programme.title,
            Programme.organisation_id,
            Organisation.name.label("organisation_name"),
            Group.name.label("group_name"),
            Group.starts_on,
            _Decider.name.label("decided_by_name"),
            *more,
        )
        .join(Child, Child.id == Application.child_id)
        .join(Municipality, Municipality.id == Application.municipality_id)
        .join(Programme, Programme.id == Application.programme_id)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .join(Group, Group.id == Application.group_id)
        .outerjoin(_Decider, _Decider.id == Application.decided_by)
    )


def _age(row: Row[*tuple[Any, ...]], now: datetime) -> int:
    """On the group's start date, as the rules count it."""
    return full_years(row.born, row.starts_on or local_date(now, row.timezone))


def _reason(row: Row[*tuple[Any, ...]]) -> ApplicationRefusal | None:
    return ApplicationRefusal(row.refusal_reason) if row.refusal_reason else None


def _note(row: Row[*tuple[Any, ...]], cipher: Cipher) -> str | None:
    return cipher.open_text(NOTE_PURPOSE, row.refusal_note) if row.refusal_note else None
