"""What a request lacks: staff ask the family for one thing, the family answers, staff go on.

What the family answers about a child nobody has confirmed yet is written into the child's record;
of a confirmed one only the words are kept, and a person compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Child, Person
from core.domain.actors import Actor
from core.domain.calendar import local_date
from core.domain.certificates import (
    UNDECIDED,
    CertificateState,
    NeededData,
    check_age_for_request,
)
from core.domain.children import ChildState
from core.domain.names import ChildName
from core.domain.outgoing import Notice
from core.domain.refusals import AlreadyDecided, BadValue
from core.domain.silence import QuietHours
from core.domain.snils import read_snils
from core.domain.staff import MOST_NOTE
from core.services.certificates.changing import Change, change
from core.services.certificates.holding import Held, hold_as_family, hold_as_staff
from core.services.certificates.queries import get_view
from core.services.certificates.views import CertificateView
from core.services.certificates.visits import ENTITY, end_visit_timers
from core.services.chats.cards import PrivateChatClosed, press_number
from core.services.children.steps import name_index
from core.services.outgoing.steps import enqueue
from core.services.people.phones import read_phone


@dataclass(frozen=True, kw_only=True)
class GivenData:
    """The family's answer: exactly one of these. `words` answers what staff asked in words."""

    name: ChildName | None = None
    born: date | None = None
    snils: str | None = None
    phone: str | None = None
    words: str | None = None


class MissingData:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def ask(
        self,
        actor: Actor,
        certificate_id: int,
        *,
        version: int,
        needed: NeededData,
        note: str | None = None,
    ) -> CertificateView:
        """`note`: what is asked, where it stands on no list. The same person's same question again
        is harmless. Raises NotAllowed, NotFound, AlreadyDecided."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await hold_as_staff(tx, actor, certificate_id, now)
            if row.version == version + 1 and row.needed_data == needed:
                return await get_view(tx, certificate_id, self._cipher)
            if row.version != version or row.state not in UNDECIDED:
                raise AlreadyDecided(state=row.state)
            await end_visit_timers(tx, certificate_id, now)
            asked = Change(
                state=CertificateState.NEEDS_DATA,
                action="certificate.data-asked",
                actor=actor.mark,
                columns={
                    "needed_data": needed,
                    "needed_note": self._cipher.seal_json("note", {"asked": note}),
                },
                told="certificate.data-asked",
                noted={"needed": needed},
            )
            await change(tx, row, asked, now=now, cipher=self._cipher, quiet=self._quiet)
            return await get_view(tx, certificate_id, self._cipher)

    async def ask_for_words(
        self, actor: Actor, certificate_id: int, *, version: int, tap: str
    ) -> None:
        """Ask the actor in private what to ask the family. Raises NotAllowed, NotFound,
        PrivateChatClosed."""
        async with self._database.write() as tx:
            now = self._clock.now()
            await hold_as_staff(tx, actor, certificate_id, now)
            notice = Notice(
                kind="card.need",
                entity=ENTITY,
                entity_id=certificate_id,
                version=press_number(tap),
                person_id=actor.person_id,
                params={"card_version": version},
            )
            if await tx.scalar(select(Person.blocked_at).where(Person.id == actor.person_id)):
                raise PrivateChatClosed()
            await enqueue(tx, notice, now=now, cipher=self._cipher)

    async def answer(
        self, actor: Actor, certificate_id: int, given: GivenData, *, version: int
    ) -> CertificateView:
        """`version`: of the question that is answered; the same answer again is harmless.

        Raises NotFound, AlreadyDecided (nothing is asked any more), BadValue, TooYoung, TooOld.
        """
        async with self._database.write() as tx:
            row = await hold_as_family(tx, actor, certificate_id)
            if row.version == version + 1 and row.state == CertificateState.UNDER_REVIEW:
                return await get_view(tx, certificate_id, self._cipher)
            if row.version != version or row.state != CertificateState.NEEDS_DATA:
                raise AlreadyDecided(state=row.state)
            now = self._clock.now()
            today = local_date(now, row.timezone)
            words = await self._keep(tx, actor, row, given, today)
            note = self._cipher.open_json("note", row.needed_note) if row.needed_note else {}
            answered = Change(
                state=CertificateState.UNDER_REVIEW,
                action="certificate.data-given",
                actor=actor.mark,
                columns={
                    "needed_note": self._cipher.seal_json("note", {**note, "answered": words}),
                },
                noted={"needed": row.needed_data},
            )
            await change(tx, row, answered, now=now, cipher=self._cipher, quiet=self._quiet)
            return await get_view(tx, certificate_id, self._cipher)

    async def _keep(
        self, tx: Tx, actor: Actor, row: Held, given: GivenData, today: date
    ) -> str | None:
        """Write the answer where it belongs; the words of what belongs nowhere.

        Raises BadValue, TooYoung, TooOld.
        """
        needed = NeededData(row.needed_data)
        if needed is NeededData.PHONE and given.phone is not None:
            phone = read_phone(given.phone)
            await tx.execute(
                update(Person)
                .where(Person.id == actor.person_id)
                .values(
                    phone_sealed=self._cipher.seal_text("phone", phone),
                    phone_index=self._cipher.blind_index("phone", phone),
                )
            )
            return None
        columns, words = self._child_columns(needed, given, today)
        if columns and row.child_state == ChildState.ENTERED:
            await tx.execute(update(Child).where(Child.id == row.child_id).values(**columns))
            return None
        return words

    def _child_columns(
        self, needed: NeededData, given: GivenData, today: date
    ) -> tuple[Mapping[str, Any], str]:
        """What goes into the child's record, and the same in words."""
        if needed is NeededData.NAME and given.name is not None:
            return {
                "last_name": given.name.last,
                "first_name": given.name.first,
                "patronymic": given.name.patronymic,
                "name_key": name_index(self._cipher, given.name),
            }, given.name.full
        if needed is NeededData.BORN and given.born is not None:
            if given.born > today:
                raise BadValue(field="born", reason="in-future")
            check_age_for_request(given.born, today)
            return {"born": given.born}, given.born.isoformat()
        if needed is NeededData.SNILS and given.snils is not None:
            snils = read_snils(given.snils)
            return {
                "snils_sealed": self._cipher.seal_text("snils", snils),
                "snils_index": self._cipher.blind_index("snils", snils),
            }, snils
        if needed is NeededData.OTHER and given.words is not None:
            return {}, " ".join(given.words.split())[:MOST_NOTE]
        raise BadValue(field="needed", reason="other")
