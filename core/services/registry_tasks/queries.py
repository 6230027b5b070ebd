"""Reads of tasks inside somebody's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, or_, select
from sqlalchemy.orm import aliased

from core.cipher import Cipher
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
    RegistryTask,
)
from core.domain.calendar import local_date
from core.domain.certificates import CertificateState
from core.domain.refusals import NotAllowed, NotFound
from core.domain.registry_tasks import TaskState
from core.domain.staff import (
    MODERATORS,
    CardSubject,
    Right,
    Role,
    may_decide_applications,
    may_decide_certificates,
)
from core.services.children.steps import NAME, name_of
from core.services.registry_tasks.views import TaskFields, TaskLine
from core.services.staff.steps import rights_of

LISTED = 200
"""Tasks of one list; more are shown when these are done."""

_ENTERING = MODERATORS | {Role.OPERATOR, Role.PROVIDER}
_Asking = aliased(Person)


def waits_for_entering(subject: CardSubject, subject_id: Any) -> Any:
    """A condition: an open task about this row."""
    return exists().where(
        RegistryTask.subject == subject,
        RegistryTask.subject_id == subject_id,
        RegistryTask.state == TaskState.OPEN,
    )


async def entering_rights(tx: Tx, person_id: int, now: datetime) -> list[Right]:
    """Rights of whoever may enter anything anywhere. Raises NotAllowed."""
    rights = await rights_of(tx, person_id, now)
    if not any(right.role in _ENTERING for right in rights):
        raise NotAllowed()
    return rights


async def list_tasks(tx: Tx, rights: Sequence[Right]) -> list[TaskLine]:
    """Open tasks that these rights let one enter, the oldest first."""
    deciding = sorted(
        {
            right.municipality_id
            for right in rights
            if may_decide_certificates([right], municipality_id=right.municipality_id)
        }
    )
    moderating = sorted({right.municipality_id for right in rights if right.role in MODERATORS})
    providing = sorted({right.organisation_id or 0 for right in rights if _provides(right)})
    rows = await tx.execute(
        select(
            RegistryTask.id,
            RegistryTask.subject,
            RegistryTask.subject_id,
            RegistryTask.made_at,
            Municipality.timezone,
        )
        .join(Municipality, Municipality.id == RegistryTask.municipality_id)
        .outerjoin(
            Application,
            and_(
                RegistryTask.subject == CardSubject.APPLICATIONS,
                Application.id == RegistryTask.subject_id,
            ),
        )
        .outerjoin(Programme, Programme.id == Application.programme_id)
        .where(
            RegistryTask.state == TaskState.OPEN,
            or_(
                and_(
                    RegistryTask.subject == CardSubject.CERTIFICATES,
                    RegistryTask.municipality_id.in_(deciding),
                ),
                and_(
                    RegistryTask.subject == CardSubject.APPLICATIONS,
                    or_(
                        RegistryTask.municipality_id.in_(moderating),
                        Programme.organisation_id.in_(providing),
                    ),
                ),
            ),
        )
        .order_by(RegistryTask.id)
        .limit(LISTED)
    )
    return [
        TaskLine(
            id=row.id,
            subject=CardSubject(row.subject),
            subject_id=row.subject_id,
            waiting_since=local_date(row.made_at, row.timezone),
        )
        for row in rows
    ]


async def lock_task(tx: Tx, rights: Sequence[Right], task_id: int) -> Row[*tuple[Any, ...]]:
    """The task, held until the write ends, if these rights reach it. Raises NotFound: absent and
    foreign are one question and one answer."""
    row: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(
                RegistryTask.id,
                RegistryTask.municipality_id,
                RegistryTask.subject,
                RegistryTask.subject_id,
                RegistryTask.state,
                RegistryTask.version,
                RegistryTask.done_by,
                Programme.organisation_id,
                Municipality.timezone,
            )
            .join(Municipality, Municipality.id == RegistryTask.municipality_id)
            .outerjoin(
                Application,
                and_(
                    RegistryTask.subject == CardSubject.APPLICATIONS,
                    Application.id == RegistryTask.subject_id,
                ),
            )
            .outerjoin(Programme, Programme.id == Application.programme_id)
            .where(RegistryTask.id == task_id)
            .with_for_update(of=RegistryTask)
        )
    ).one_or_none()
    if row is None or not _reaches(rights, row):
        raise NotFound(what="registry_task")
    return row


async def find_task_of(tx: Tx, subject: CardSubject, subject_id: int) -> int | None:
    """The open task about a certificate or an application."""
    found: int | None = await tx.scalar(
        select(RegistryTask.id).where(
            RegistryTask.subject == subject,
            RegistryTask.subject_id == subject_id,
            RegistryTask.state == TaskState.OPEN,
        )
    )
    return found


async def get_fields(tx: Tx, task: Row[*tuple[Any, ...]], cipher: Cipher) -> TaskFields:
    """Personal fields in the open: the caller has checked rights and notes the look."""
    if task.subject == CardSubject.CERTIFICATES:
        return await _certificate_fields(tx, task, cipher)
    return await _application_fields(tx, task, cipher)


async def _certificate_fields(tx: Tx, task: Row[*tuple[Any, ...]], cipher: Cipher) -> TaskFields:
    row = (
        await tx.execute(
            select(
                *NAME,
                Child.born,
                Child.snils_sealed,
                _Asking.name.label("guardian_name"),
                _Asking.phone_sealed,
            )
            .select_from(Certificate)
            .join(Child, Child.id == Certificate.child_id)
            .outerjoin(_Asking, _Asking.id == Certificate.requested_by)
            .where(Certificate.id == task.subject_id)
        )
    ).one_or_none()
    if row is None or row.born is None:
        raise NotFound(what="registry_task")
    return _fields(task, row, cipher)


async def _application_fields(tx: Tx, task: Row[*tuple[Any, ...]], cipher: Cipher) -> TaskFields:
    row = (
        await tx.execute(
            select(
                *NAME,
                Child.born,
                Child.snils_sealed,
                Certificate.number_sealed,
                _Asking.name.label("guardian_name"),
                _Asking.phone_sealed,
                Programme.title.label("programme"),
                Group.name.label("group"),
                Organisation.name.label("organisation"),
            )
            .select_from(Application)
            .join(Child, Child.id == Application.child_id)
            .join(Programme, Programme.id == Application.programme_id)
            .join(Group, Group.id == Application.group_id)
            .join(Organisation, Organisation.id == Programme.organisation_id)
            .outerjoin(_Asking, _Asking.id == Application.applied_by)
            .outerjoin(
                Certificate,
                and_(
                    Certificate.child_id == Application.child_id,
                    Certificate.state == CertificateState.ACTIVE,
                ),
            )
            .where(Application.id == task.subject_id)
        )
    ).one_or_none()
    if row is None or row.born is None:
        raise NotFound(what="registry_task")
    return _fields(task, row, cipher)


def _fields(task: Row[*tuple[Any, ...]], row: Row[*tuple[Any, ...]], cipher: Cipher) -> TaskFields:
    said = row._mapping
    number = said.get("number_sealed")
    return TaskFields(
        id=task.id,
        version=task.version,
        state=TaskState(task.state),
        subject=CardSubject(task.subject),
        subject_id=task.subject_id,
        child_name=name_of(row),
        born=row.born,
        snils=cipher.open_text("snils", row.snils_sealed) if row.snils_sealed else None,
        number=cipher.open_text("certificate", number) if number else None,
        guardian_name=row.guardian_name,
        phone=cipher.open_text("phone", row.phone_sealed) if row.phone_sealed else None,
        programme=said.get("programme"),
        group=said.get("group"),
        organisation=said.get("organisation"),
    )


def _provides(right: Right) -> bool:
    return right.role is Role.PROVIDER and right.organisation_id is not None


def _reaches(rights: Sequence[Right], row: Row[*tuple[Any, ...]]) -> bool:
    if row.subject == CardSubject.CERTIFICATES:
        return may_decide_certificates(rights, municipality_id=row.municipality_id)
    return row.organisation_id is not None and may_decide_applications(
        rights, municipality_id=row.municipality_id, organisation_id=row.organisation_id
    )
