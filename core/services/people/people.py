"""People: an account of a messenger. Before a consent it is a number and a language, no more.

Where there is one municipality only, it is everybody's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Select, Update, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.clock import Clock
from core.db.engine import Database
from core.db.models import Municipality, Person
from core.domain.actors import Actor, Messenger
from core.domain.refusals import NotFound

SEEN_AGAIN_AFTER = timedelta(days=1)
"""How old `seen_at` may grow before a sight is written down: a read a message, a write a day."""


class People:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def meet(self, messenger: Messenger, messenger_id: int, locale: str) -> Actor:
        """The person behind an account, made on first sight; one read when seen recently.

        `locale` is kept from the first sight on.
        """
        now = self._clock.now()
        account = _account(messenger, messenger_id)
        async with self._database.read() as tx:
            known = (await tx.execute(account)).one_or_none()
        if (
            known is not None
            and now - known.seen_at < SEEN_AGAIN_AFTER
            and (known.municipality_id is not None or known.only_municipality is None)
        ):
            return _actor(known)
        async with self._database.write() as tx:
            insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
            if known is None:
                # two first messages may meet here: the second one finds the row of the first
                await tx.execute(
                    insert(Person)
                    .values(
                        messenger=messenger, messenger_id=messenger_id, locale=locale, seen_at=now
                    )
                    .on_conflict_do_nothing(index_elements=["messenger", "messenger_id"])
                )
            met = (await tx.execute(account)).one()
            await tx.execute(
                update(Person)
                .where(Person.id == met.id)
                .values(
                    seen_at=now,
                    municipality_id=func.coalesce(Person.municipality_id, met.only_municipality),
                )
            )
            return _actor((await tx.execute(account)).one())

    async def find(self, messenger: Messenger, messenger_id: int) -> Actor | None:
        """The person behind an account that is known; nobody is made or changed."""
        async with self._database.read() as tx:
            known = (await tx.execute(_account(messenger, messenger_id))).one_or_none()
        return _actor(known) if known is not None else None

    async def choose_municipality(self, actor: Actor, municipality_id: int) -> Actor:
        """Raises NotFound."""
        async with self._database.write() as tx:
            known = await tx.execute(
                select(Municipality.id).where(Municipality.id == municipality_id)
            )
            if known.one_or_none() is None:
                raise NotFound(what="municipality")
            await tx.execute(
                update(Person)
                .where(Person.id == actor.person_id)
                .values(municipality_id=municipality_id)
            )
        return Actor(
            person_id=actor.person_id, locale=actor.locale, municipality_id=municipality_id
        )

    async def choose_language(self, actor: Actor, locale: str) -> Actor:
        """Kept on the person: every screen and notice speaks it from now on. The caller offers
        languages there are texts of; one that goes away later falls back by itself."""
        async with self._database.write() as tx:
            await tx.execute(
                update(Person).where(Person.id == actor.person_id).values(locale=locale)
            )
        return replace(actor, locale=locale)

    async def mark_blocked(self, messenger: Messenger, messenger_id: int) -> None:
        """The person blocked the assistant: nothing is sent until they come back."""
        async with self._database.write() as tx:
            await tx.execute(
                _one(messenger, messenger_id)
                .where(Person.blocked_at.is_(None))
                .values(blocked_at=self._clock.now())
            )

    async def mark_reachable(self, messenger: Messenger, messenger_id: int) -> None:
        """The person is back."""
        async with self._database.write() as tx:
            await tx.execute(_one(messenger, messenger_id).values(blocked_at=None))


def _one(messenger: Messenger, messenger_id: int) -> Update:
    return update(Person).where(Person.messenger == messenger, Person.messenger_id == messenger_id)


def _account(messenger: Messenger, messenger_id: int) -> Select[*tuple[Any, ...]]:
    only = select(func.min(Municipality.id)).having(func.count() == 1).scalar_subquery()
    return select(
        Person.id,
        Person.locale,
        Person.municipality_id,
        Person.blocked_at,
        Person.seen_at,
        only.label("only_municipality"),
    ).where(Person.messenger == messenger, Person.messenger_id == messenger_id)


def _actor(row: Row[*tuple[Any, ...]]) -> Actor:
    return Actor(
        person_id=row.id,
        locale=row.locale,
        municipality_id=row.municipality_id,
        reachable=row.blocked_at is None,
    )
