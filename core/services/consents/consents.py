"""Consents: each one act with the exact words, their version and hash, and the time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Consent, ConsentText, Organisation, Person
from core.domain.actors import Actor
from core.domain.consents import ConsentKind
from core.domain.refusals import BadValue, NotFound
from core.services.audit.steps import record
from core.services.consents.steps import consent_stands

LONGEST_NAME = 150


@dataclass(frozen=True, kw_only=True)
class ConsentReceipt:
    """What the person is told and may keep: the act's number, words and time."""

    id: int
    kind: ConsentKind
    organisation_id: int | None
    version: str
    given_at: datetime


class Consents:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def give(
        self,
        actor: Actor,
        kind: ConsentKind,
        *,
        version: str,
        body: str,
        organisation_id: int | None = None,
        name: str | None = None,
        key: str,
    ) -> ConsentReceipt:
        """`body` is the exact text shown; `organisation_id` belongs to a transfer only; `name` is
        the guardian's, kept with the processing consent.

        The same key, or the same words still agreed to, give the same act. Raises NotFound
        (organisation), BadValue(field="name").
        """
        if (kind is ConsentKind.TRANSFER) != (organisation_id is not None):
            raise ValueError("a transfer, and nothing else, is to one organisation")
        if name is not None:
            name = _read_name(name)
        async with self._database.write() as tx:
            await _lock_person(tx, actor)
            given = await _find(tx, _acts().where(Consent.key == key), actor)
            if given is not None:
                return given
            now = self._clock.now()
            if organisation_id is not None:
                await _require_organisation(tx, organisation_id)
            if name is not None and kind is ConsentKind.PROCESSING:
                await tx.execute(
                    update(Person).where(Person.id == actor.person_id).values(name=name)
                )
            text_id = await _keep_text(tx, kind, version, body, now)
            standing = await _find(
                tx,
                _acts().where(
                    Consent.person_id == actor.person_id,
                    Consent.kind == kind,
                    Consent.text_id == text_id,
                    Consent.withdrawn_at.is_(None),
                    Consent.organisation_id.is_not_distinct_from(organisation_id),
                ),
                actor,
            )
            if standing is not None:
                return standing
            act = (
                await tx.execute(
                    insert(Consent)
                    .values(
                        person_id=actor.person_id,
                        kind=kind,
                        organisation_id=organisation_id,
                        text_id=text_id,
                        source="bot",
                        key=key,
                        given_at=now,
                    )
                    .returning(Consent.id)
                )
            ).scalar_one()
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="consent.given",
                entity="consents",
                entity_id=act,
                municipality_id=actor.municipality_id,
                fields=("name",) if name is not None else (),
                details={"kind": kind, "version": version, "organisation_id": organisation_id},
            )
            return ConsentReceipt(
                id=act, kind=kind, organisation_id=organisation_id, version=version, given_at=now
            )

    async def holds(
        self, actor: Actor, kind: ConsentKind, organisation_id: int | None = None
    ) -> bool:
        """Whether the person's consent stands now."""
        async with self._database.read() as tx:
            return await consent_stands(tx, actor.person_id, kind, organisation_id)

    async def find_version(
        self, actor: Actor, kind: ConsentKind, organisation_id: int | None = None
    ) -> str | None:
        """The version of the latest words the person agreed to, where the consent stands."""
        async with self._database.read() as tx:
            found: str | None = await tx.scalar(
                select(ConsentText.version)
                .join(Consent, Consent.text_id == ConsentText.id)
                .where(
                    Consent.person_id == actor.person_id,
                    Consent.kind == kind,
                    Consent.withdrawn_at.is_(None),
                    Consent.organisation_id.is_not_distinct_from(organisation_id),
                )
                .order_by(Consent.id.desc())
                .limit(1)
            )
            return found


def _read_name(text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise BadValue(field="name", reason="empty")
    if len(name) > LONGEST_NAME:
        raise BadValue(field="name", reason="long")
    return name


async def _lock_person(tx: Tx, actor: Actor) -> None:
    """What one person does at once on two devices goes one after the other."""
    await tx.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update())


async def _require_organisation(tx: Tx, organisation_id: int) -> None:
    found = await tx.execute(select(Organisation.id).where(Organisation.id == organisation_id))
    if found.one_or_none() is None:
        raise NotFound(what="organisation")


async def _keep_text(tx: Tx, kind: ConsentKind, version: str, body: str, now: datetime) -> int:
    """The id of these words; they are kept once."""
    sha256 = hashlib.sha256(body.encode("utf-8")).hexdigest()
    add = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    await tx.execute(
        add(ConsentText)
        .values(kind=kind, version=version, sha256=sha256, body=body, first_shown_at=now)
        .on_conflict_do_nothing(index_elements=["kind", "sha256"])
    )
    return (
        await tx.execute(
            select(ConsentText.id).where(ConsentText.kind == kind, ConsentText.sha256 == sha256)
        )
    ).scalar_one()


def _acts() -> Select[*tuple[Any, ...]]:
    return select(
        Consent.id,
        Consent.person_id,
        Consent.kind,
        Consent.organisation_id,
        Consent.given_at,
        ConsentText.version,
    ).join(ConsentText, ConsentText.id == Consent.text_id)


async def _find(tx: Tx, query: Select[*tuple[Any, ...]], actor: Actor) -> ConsentReceipt | None:
    row: Row[*tuple[Any, ...]] | None = (await tx.execute(query)).first()
    if row is None:
        return None
    if row.person_id != actor.person_id:
        raise NotFound(what="key")
    return ConsentReceipt(
        id=row.id,
        kind=ConsentKind(row.kind),
        organisation_id=row.organisation_id,
        version=row.version,
        given_at=row.given_at,
    )
