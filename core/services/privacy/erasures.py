"""/delete: what it would end, the act itself, and the acts again after a restore.

One write does all of it: the account becomes a pseudonym, the last guardian's children are emptied,
seats are free, the act is kept. The same key gives the same act, also to the account met anew.
Afterwards the bytes go from the files too (`scrub`), and the act is written beside the database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Select, exists, false, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from core.cipher import Cipher
from core.clock import Clock
from core.db import erasure_log
from core.db.engine import Database, Tx
from core.db.models import (
    Application,
    Certificate,
    Child,
    Erasure,
    Guardianship,
    Person,
    StaffRight,
)
from core.db.scrub import scrub
from core.domain.actors import CLI, Actor
from core.domain.enrolment import SEAT_STATES
from core.domain.erasure import ErasureAct, ErasureReceipt
from core.domain.refusals import NotFound
from core.services.audit.steps import record
from core.services.certificates.queries import as_view as as_certificate
from core.services.certificates.queries import views as certificate_views
from core.services.certificates.views import CertificateView
from core.services.children.steps import NAME, name_of
from core.services.enrolments.queries import as_view as as_application
from core.services.enrolments.queries import views as application_views
from core.services.enrolments.views import ApplicationView
from core.services.privacy.ending import Hand
from core.services.privacy.erased_children import (
    ENDED_BY_ERASURE,
    GUARDIAN,
    erase_children,
    hand_over,
    lock_children_of,
)
from core.services.privacy.erased_person import ERASED, erase_account


@dataclass(frozen=True, kw_only=True)
class Farewell:
    """What /delete would end, named before it is done. Names are full names of children."""

    children_erased: tuple[str, ...]
    children_left: tuple[str, ...]
    applications: tuple[ApplicationView, ...]
    certificates: tuple[CertificateView, ...]
    staff: bool


class Erasures:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher | None, log: Path | None = None
    ) -> None:
        """Without a cipher (command line) nobody is told and nothing can be looked at. `log`: the
        file of acts, by default beside the database."""
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._log = log or erasure_log.log_beside(database.url)

    async def foresee(self, actor: Actor) -> Farewell:
        """What lives now; nothing is held."""
        if self._cipher is None:
            raise RuntimeError("looking needs the key")
        async with self._database.read() as tx:
            alone, shared = await _named_children(tx, actor.person_id)
            applications = await tx.execute(
                application_views()
                .where(
                    Application.child_id.in_(list(alone)),
                    Application.state.in_(sorted(SEAT_STATES)),
                )
                .order_by(Application.id)
            )
            certificates = await tx.execute(
                certificate_views()
                .where(
                    Certificate.child_id.in_(list(alone)), Certificate.state.in_(ENDED_BY_ERASURE)
                )
                .order_by(Certificate.id)
            )
            staff = await tx.scalar(
                select(func.count())
                .select_from(StaffRight)
                .where(StaffRight.person_id == actor.person_id, StaffRight.revoked_at.is_(None))
            )
            return Farewell(
                children_erased=tuple(alone.values()),
                children_left=tuple(shared.values()),
                applications=tuple(as_application(row, self._cipher) for row in applications),
                certificates=tuple(as_certificate(row, self._cipher) for row in certificates),
                staff=bool(staff),
            )

    async def erase(self, actor: Actor, *, key: str, keep: Sequence[str] = ()) -> ErasureReceipt:
        """Erase the person behind the call. `keep`: endings of the keys of dialogue states
        that the update being handled ends itself. The same key gives the same act.
        Raises NotFound."""
        async with self._database.write() as tx:
            account = await _lock_account(tx, actor.person_id)
            earlier = await _find_act(tx, actor.person_id, key, account)
            if earlier is not None:
                receipt = earlier
            else:
                hand = Hand(actor=actor.mark, at=self._clock.now(), cipher=self._cipher)
                receipt = await _erase(tx, actor.person_id, account, key, hand, keep)
        await self.settle()
        return receipt

    async def settle(self) -> int:
        """What a write cannot do: the acts into the file, the bytes out of the database's own. Also
        for acts whose process died in between; how many were settled."""
        async with self._database.read() as tx:
            acts = await _unsettled(tx)
        if not acts:
            return 0
        await asyncio.to_thread(erasure_log.append, self._log, acts)
        if not await scrub(self._database):
            return 0
        async with self._database.write() as tx:
            await tx.execute(
                update(Erasure)
                .where(Erasure.key.in_([act.key for act in acts]))
                .values(exported_at=self._clock.now())
            )
        return len(acts)

    async def replay(self) -> int:
        """Do again what an older copy of the database does not know of; how much was done.

        Each act is one write; those the database knows are passed over. People who are not in the
        copy are nobody's data: nothing is left of them to erase.
        """
        done = 0
        acts = await asyncio.to_thread(erasure_log.read, self._log)
        for act in sorted(acts, key=lambda one: one.at):
            async with self._database.write() as tx:
                done += await _replay(tx, act, Hand(actor=CLI, at=act.at, cipher=None))
        if done:
            await scrub(self._database)
        return done


async def _unsettled(tx: Tx) -> list[ErasureAct]:
    rows = await tx.execute(
        select(Erasure.key, Erasure.person_id, Erasure.children, Erasure.at)
        .where(Erasure.exported_at.is_(None))
        .order_by(Erasure.id)
    )
    return [
        ErasureAct(key=row.key, person_id=row.person_id, children=tuple(row.children), at=row.at)
        for row in rows
    ]


async def _erase(
    tx: Tx,
    person_id: int,
    account: Row[*tuple[Any, ...]],
    key: str,
    hand: Hand,
    keep: Sequence[str],
) -> ErasureReceipt:
    alone, shared = await lock_children_of(tx, person_id)
    await hand_over(tx, shared, person_id)
    counts = await erase_children(tx, alone, hand)
    counts |= await erase_account(tx, person_id, account.messenger_id, hand.at, keep=keep)
    return await _keep_act(tx, person_id, alone, key, counts, hand, account.municipality_id)


async def _replay(tx: Tx, act: ErasureAct, hand: Hand) -> int:
    known = select(Erasure.id).where(Erasure.key == act.key)
    if (await tx.execute(known)).first() is not None:
        return 0
    account = (await tx.execute(_account(act.person_id))).one_or_none()
    if account is None:
        return 0
    counts = await erase_children(tx, act.children, hand)
    if account.messenger != ERASED:
        counts |= await erase_account(tx, act.person_id, account.messenger_id, hand.at)
    await _keep_act(tx, act.person_id, act.children, act.key, counts, hand, None)
    await tx.execute(update(Erasure).where(Erasure.key == act.key).values(exported_at=hand.at))
    return 1


async def _keep_act(
    tx: Tx,
    person_id: int,
    children: Sequence[int],
    key: str,
    counts: dict[str, int],
    hand: Hand,
    municipality_id: int | None,
) -> ErasureReceipt:
    number = (
        await tx.execute(
            insert(Erasure)
            .values(
                key=key, person_id=person_id, children=list(children), counts=counts, at=hand.at
            )
            .returning(Erasure.id)
        )
    ).scalar_one()
    await record(
        tx,
        at=hand.at,
        actor=hand.actor,
        action="person.erased",
        entity="people",
        entity_id=person_id,
        municipality_id=municipality_id,
        details={"erasure_id": number, **counts},
    )
    return _receipt(number, hand.at, counts)


def _receipt(number: int, at: datetime, counts: Mapping[str, int]) -> ErasureReceipt:
    return ErasureReceipt(
        number=number,
        at=at,
        children=counts["children"],
        applications=counts["applications"],
        certificates=counts["certificates"],
    )


async def _lock_account(tx: Tx, person_id: int) -> Row[*tuple[Any, ...]]:
    # no key is locked: a second parent who leaves meanwhile hands things over to this row
    locked = _account(person_id).with_for_update(key_share=True)
    row = (await tx.execute(locked)).one_or_none()
    if row is None:
        raise NotFound(what="person")
    return row


def _account(person_id: int) -> Select[*tuple[Any, ...]]:
    return select(Person.messenger, Person.messenger_id, Person.municipality_id).where(
        Person.id == person_id
    )


async def _find_act(
    tx: Tx, person_id: int, key: str, account: Row[*tuple[Any, ...]]
) -> ErasureReceipt | None:
    """The act of this key, or the one that has erased this very row already."""
    of_row = Erasure.person_id == person_id if account.messenger == ERASED else false()
    row = (
        await tx.execute(
            select(Erasure.id, Erasure.at, Erasure.counts)
            .where(or_(Erasure.key == key, of_row))
            .order_by(Erasure.id)
            .limit(1)
        )
    ).one_or_none()
    return _receipt(row.id, row.at, row.counts) if row is not None else None


async def _named_children(tx: Tx, person_id: int) -> tuple[dict[int, str], dict[int, str]]:
    """Full names by id: children nobody else guards, and the others."""
    other = aliased(Guardianship)
    guarded = exists().where(
        other.child_id == Child.id,
        other.person_id != person_id,
        other.ended_at.is_(None),
        other.role == GUARDIAN,
    )
    rows = await tx.execute(
        select(Child.id, *NAME, guarded.label("guarded"))
        .join(Guardianship, Guardianship.child_id == Child.id)
        .where(
            Guardianship.person_id == person_id,
            Guardianship.ended_at.is_(None),
            Guardianship.role == GUARDIAN,
            Child.born.is_not(None),
        )
        .order_by(Child.id)
    )
    alone: dict[int, str] = {}
    shared: dict[int, str] = {}
    for row in rows:
        (shared if row.guarded else alone)[row.id] = name_of(row).full
    return alone, shared
