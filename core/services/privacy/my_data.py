"""Everything held about a person, for the person (152-FZ, article 14)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from core.cipher import Cipher, Purpose
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import (
    Application,
    Certificate,
    Child,
    Consent,
    ConsentText,
    Municipality,
    Organisation,
    Person,
)
from core.domain.actors import Actor, Messenger
from core.domain.children import ChildState
from core.domain.consents import ConsentKind
from core.domain.names import ChildName
from core.domain.refusals import NotFound
from core.services.certificates.queries import as_view as as_certificate
from core.services.certificates.queries import views as certificate_views
from core.services.certificates.views import CertificateView
from core.services.children.steps import NAME, guarded_by, name_of
from core.services.enrolments.queries import as_view as as_application
from core.services.enrolments.queries import views as application_views
from core.services.enrolments.views import ApplicationView
from core.services.watches.views import WatchView
from core.services.watches.watches import watch_views


@dataclass(frozen=True, kw_only=True)
class ConsentHeld:
    kind: ConsentKind
    organisation_name: str | None
    version: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ChildHeld:
    """`snils`: eleven digits."""

    id: int
    name: ChildName
    born: date
    snils: str | None
    state: ChildState
    entered_at: datetime
    certificates: tuple[CertificateView, ...]


@dataclass(frozen=True, kw_only=True)
class MyDataView:
    """All of it; `phone` in international form."""

    messenger: Messenger
    messenger_id: int
    name: str | None
    phone: str | None
    locale: str
    municipality_name: str | None
    consents: tuple[ConsentHeld, ...]
    children: tuple[ChildHeld, ...]
    applications: tuple[ApplicationView, ...]
    watches: tuple[WatchView, ...]


class MyData:
    def __init__(self, database: Database, clock: Clock, cipher: Cipher) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher

    async def of(self, actor: Actor) -> MyDataView:
        """Raises NotFound."""
        async with self._database.read() as tx:
            person = await _person(tx, actor)
            return MyDataView(
                messenger=person.messenger,
                messenger_id=person.messenger_id,
                name=person.name,
                phone=self._opened("phone", person.phone_sealed),
                locale=person.locale,
                municipality_name=person.municipality_name,
                consents=await _consents(tx, actor),
                children=await self._children(tx, actor),
                applications=await self._applications(tx, actor),
                watches=tuple(await watch_views(tx, actor, now=self._clock.now())),
            )

    async def _children(self, tx: Tx, actor: Actor) -> tuple[ChildHeld, ...]:
        certificates: dict[int, list[CertificateView]] = defaultdict(list)
        for row in await tx.execute(
            certificate_views()
            .where(Certificate.child_id.in_(guarded_by(actor)))
            .order_by(Certificate.id)
        ):
            view = as_certificate(row, self._cipher)
            certificates[view.child_id].append(view)
        rows = await tx.execute(
            select(Child.id, *NAME, Child.born, Child.snils_sealed, Child.state, Child.entered_at)
            .where(Child.id.in_(guarded_by(actor)), Child.born.is_not(None))
            .order_by(Child.born, Child.id)
        )
        return tuple(
            ChildHeld(
                id=row.id,
                name=name_of(row),
                born=row.born,
                snils=self._opened("snils", row.snils_sealed),
                state=ChildState(row.state),
                entered_at=row.entered_at,
                certificates=tuple(certificates[row.id]),
            )
            for row in rows
            if row.born is not None
        )

    async def _applications(self, tx: Tx, actor: Actor) -> tuple[ApplicationView, ...]:
        rows = await tx.execute(
            application_views()
            .where(Application.child_id.in_(guarded_by(actor)))
            .order_by(Application.id)
        )
        return tuple(as_application(row, self._cipher) for row in rows)

    def _opened(self, purpose: Purpose, sealed: bytes | None) -> str | None:
        return self._cipher.open_text(purpose, sealed) if sealed else None


async def _person(tx: Tx, actor: Actor) -> Row[*tuple[Any, ...]]:
    row: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(
                Person.messenger,
                Person.messenger_id,
                Person.name,
                Person.phone_sealed,
                Person.locale,
                Municipality.name.label("municipality_name"),
            )
            .outerjoin(Municipality, Municipality.id == Person.municipality_id)
            .where(Person.id == actor.person_id)
        )
    ).one_or_none()
    if row is None:
        raise NotFound(what="person")
    return row


async def _consents(tx: Tx, actor: Actor) -> tuple[ConsentHeld, ...]:
    rows = await tx.execute(
        select(
            Consent.kind,
            Organisation.name.label("organisation_name"),
            ConsentText.version,
            Consent.given_at,
            Consent.withdrawn_at,
        )
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .outerjoin(Organisation, Organisation.id == Consent.organisation_id)
        .where(Consent.person_id == actor.person_id)
        .order_by(Consent.id)
    )
    return tuple(
        ConsentHeld(
            kind=ConsentKind(row.kind),
            organisation_name=row.organisation_name,
            version=row.version,
            given_at=row.given_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    )
