"""«Who looked and changed»: the last thirty days of the audit, for the head of a centre.

Ids, actions and the names of staff only; families appear as «the family». By child (found by the
number of a request or the tail of a certificate) or by a staff person. The look is noted too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select

from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Application, AuditRecord, Certificate, Person, StaffRight
from core.domain.actors import Actor
from core.domain.refusals import NotFound
from core.domain.staff import is_head
from core.services.audit.looks import note_look
from core.services.programmes.seats import seen_import
from core.services.staff.steps import require

SHOWN = timedelta(days=30)
MOST = 200
_TAIL = 4
_LONGEST_NUMBER = 18


@dataclass(frozen=True, kw_only=True)
class AuditedChild:
    """A child as the head finds it: by the number of a certificate's request."""

    child_id: int
    certificate_id: int


@dataclass(frozen=True, kw_only=True)
class AuditedPerson:
    """Somebody who holds or held a right here; `name` as the account was called."""

    id: int
    name: str | None


@dataclass(frozen=True, kw_only=True)
class AuditLine:
    """One record. `person_id` and `name`: of staff only; None for families and the system."""

    id: int
    at: datetime
    actor: str
    person_id: int | None
    name: str | None
    action: str
    entity: str
    entity_id: int


class AuditView:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def find_children(
        self, actor: Actor, municipality_id: int, typed: str
    ) -> list[AuditedChild]:
        """Children whose request has this number or whose certificate ends in it. Raises
        NotAllowed."""
        digits = typed.strip().lstrip("№").strip()
        async with self._database.read() as tx:
            await self._require_head(tx, actor, municipality_id)
            if not digits.isascii() or not digits.isdecimal() or len(digits) > _LONGEST_NUMBER:
                return []
            named: ColumnElement[bool] = Certificate.id == int(digits)
            if len(digits) == _TAIL:
                named = or_(named, Certificate.number_tail == digits)
            rows = await tx.execute(
                select(Certificate.child_id, Certificate.id)
                .where(
                    Certificate.municipality_id == municipality_id,
                    seen_import(Certificate.import_id),
                    named,
                )
                .order_by(Certificate.id)
                .limit(MOST)
            )
            return [AuditedChild(child_id=row.child_id, certificate_id=row.id) for row in rows]

    async def list_staff(self, actor: Actor, municipality_id: int) -> list[AuditedPerson]:
        """Who holds or held a right here. Raises NotAllowed."""
        async with self._database.read() as tx:
            await self._require_head(tx, actor, municipality_id)
            rows = await tx.execute(
                select(Person.id, Person.name)
                .where(
                    Person.id.in_(
                        select(StaffRight.person_id).where(
                            StaffRight.municipality_id == municipality_id
                        )
                    )
                )
                .order_by(Person.id)
            )
            return [AuditedPerson(id=row.id, name=row.name) for row in rows]

    async def of_child(
        self, actor: Actor, municipality_id: int, certificate_id: int
    ) -> list[AuditLine]:
        """What was done to the child of this request and looked at, latest first. Raises
        NotAllowed, NotFound (absent, or of another municipality)."""
        async with self._database.write() as tx:
            await self._require_head(tx, actor, municipality_id)
            child_id = await tx.scalar(
                select(Certificate.child_id).where(
                    Certificate.id == certificate_id,
                    Certificate.municipality_id == municipality_id,
                    seen_import(Certificate.import_id),
                )
            )
            if child_id is None:
                raise NotFound(what="certificate")
            lines = await self._lines(tx, _about(child_id))
            await self._note(tx, actor, municipality_id, "children", child_id)
            return lines

    async def of_person(
        self, actor: Actor, municipality_id: int, person_id: int
    ) -> list[AuditLine]:
        """What a staff person did here, latest first. Raises NotAllowed, NotFound (no staff of
        this municipality)."""
        async with self._database.write() as tx:
            await self._require_head(tx, actor, municipality_id)
            held = await tx.scalar(
                select(StaffRight.id)
                .where(
                    StaffRight.person_id == person_id,
                    StaffRight.municipality_id == municipality_id,
                )
                .limit(1)
            )
            if held is None:
                raise NotFound(what="person")
            lines = await self._lines(
                tx,
                and_(
                    AuditRecord.actor == f"person:{person_id}",
                    AuditRecord.municipality_id == municipality_id,
                ),
            )
            await self._note(tx, actor, municipality_id, "people", person_id)
            return lines

    async def _require_head(self, tx: Tx, actor: Actor, municipality_id: int) -> None:
        await require(
            tx,
            actor.person_id,
            now=self._clock.now(),
            allows=lambda rights: is_head(rights, municipality_id=municipality_id),
        )

    async def _note(
        self, tx: Tx, actor: Actor, municipality_id: int, entity: str, entity_id: int
    ) -> None:
        await note_look(
            tx,
            at=self._clock.now(),
            actor=actor.mark,
            action="audit.looked",
            entity=entity,
            entity_id=entity_id,
            municipality_id=municipality_id,
            fields=(),
            version=0,
        )

    async def _lines(self, tx: Tx, which: ColumnElement[bool]) -> list[AuditLine]:
        rows = (
            await tx.execute(
                select(
                    AuditRecord.id,
                    AuditRecord.at,
                    AuditRecord.actor,
                    AuditRecord.action,
                    AuditRecord.entity,
                    AuditRecord.entity_id,
                )
                .where(which, AuditRecord.at > self._clock.now() - SHOWN)
                .order_by(AuditRecord.id.desc())
                .limit(MOST)
            )
        ).all()
        return _named(rows, await _staff_among(tx, rows))


def _about(child_id: int) -> ColumnElement[bool]:
    """The child, its certificates, its applications."""

    def of(entity: str, model: type[Certificate] | type[Application]) -> ColumnElement[bool]:
        ids = select(model.id).where(model.child_id == child_id)
        return and_(AuditRecord.entity == entity, AuditRecord.entity_id.in_(ids))

    return or_(
        and_(AuditRecord.entity == "children", AuditRecord.entity_id == child_id),
        of("certificates", Certificate),
        of("applications", Application),
    )


async def _staff_among(tx: Tx, rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, str | None]:
    """Names of those among the actors who hold or held a right."""
    ids = {person for row in rows if (person := _person_of(row.actor)) is not None}
    held = select(StaffRight.person_id).where(StaffRight.person_id.in_(ids))
    staff = await tx.execute(select(Person.id, Person.name).where(Person.id.in_(held)))
    return {row.id: row.name for row in staff}


def _named(rows: Sequence[Row[*tuple[Any, ...]]], staff: dict[int, str | None]) -> list[AuditLine]:
    lines = []
    for row in rows:
        person = _person_of(row.actor)
        known = person if person in staff else None
        lines.append(
            AuditLine(
                id=row.id,
                at=row.at,
                actor=row.actor if person is None else "person",
                person_id=known,
                name=staff[known] if known is not None else None,
                action=row.action,
                entity=row.entity,
                entity_id=row.entity_id,
            )
        )
    return lines


def _person_of(actor: str) -> int | None:
    kind, _, number = actor.partition(":")
    return int(number) if kind == "person" and number.isdecimal() else None
