"""Staff settle what a file of the other registry says otherwise: theirs, ours, or later.

Consultants and the head of the municipality's centre do; the first answer wins, each is in the
audit. Taking the file's side changes our row as the file says it, and the family hears of it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import (
    Application,
    Certificate,
    Child,
    RegistryDifference,
)
from core.domain.actors import Actor
from core.domain.certificates import CertificateState
from core.domain.enrolment import SEAT_STATES, ApplicationState
from core.domain.municipality import RegistryMode
from core.domain.names import ChildName
from core.domain.refusals import AlreadyDecided, NotAllowed
from core.domain.registry_tasks import (
    DifferenceAnswer,
    DifferenceKind,
    DifferenceState,
    TaskState,
)
from core.domain.silence import QuietHours
from core.domain.staff import MODERATORS, CardSubject
from core.services.audit.looks import note_look
from core.services.audit.steps import record
from core.services.certificates.numbers import give_number
from core.services.certificates.queries import seal_number
from core.services.children.steps import name_index
from core.services.enrolments.steps import give_seat_back
from core.services.family_import.writing import take_seats
from core.services.registry_tasks.difference_queries import (
    get_difference,
    list_differences,
    lock_difference,
)
from core.services.registry_tasks.steps import end_tasks
from core.services.registry_tasks.telling import tell_of_applications, tell_of_certificates
from core.services.registry_tasks.views import DifferenceLine, DifferenceView
from core.services.staff.steps import rights_of

ENTITY = "registry_differences"


class RegistryDifferences:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def list_open(self, actor: Actor) -> list[DifferenceLine]:
        """Of the actor's municipalities, the oldest first. Raises NotAllowed."""
        async with self._database.read() as tx:
            places = await _places(tx, actor, self._clock.now())
            return await list_differences(tx, places)

    async def open(self, actor: Actor, difference_id: int) -> DifferenceView:
        """Both sides in the open; the audit notes who looked. Raises NotAllowed, NotFound."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await self._lock(tx, actor, difference_id, now)
            await note_look(
                tx,
                at=now,
                actor=actor.mark,
                action="registry_difference.looked_at",
                entity=ENTITY,
                entity_id=row.id,
                municipality_id=row.municipality_id,
                fields=(row.kind,),
                version=row.version,
            )
            return await get_difference(tx, row, self._cipher)

    async def take_theirs(self, actor: Actor, difference_id: int, *, version: int) -> None:
        """What the file says stands from now on. The same person's same answer again is harmless.

        Raises NotAllowed, NotFound, AlreadyDecided (answered, or our row has moved on), BadValue
        (number: taken).
        """
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await self._lock(tx, actor, difference_id, now)
            if _repeated(row, actor, version, DifferenceAnswer.THEIRS):
                return
            _check_open(row, version)
            await self._take(tx, actor, row, now)
            await self._settle(tx, actor, row, DifferenceAnswer.THEIRS, now)

    async def keep_ours(self, actor: Actor, difference_id: int, *, version: int) -> None:
        """Ours is right: the same word of a later file is asked about no more.

        Raises NotAllowed, NotFound, AlreadyDecided.
        """
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await self._lock(tx, actor, difference_id, now)
            if _repeated(row, actor, version, DifferenceAnswer.OURS):
                return
            _check_open(row, version)
            await self._settle(tx, actor, row, DifferenceAnswer.OURS, now)

    async def put_off(self, actor: Actor, difference_id: int) -> None:
        """It stays in the list; the audit notes it. Raises NotAllowed, NotFound."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await self._lock(tx, actor, difference_id, now)
            await self._record(tx, actor, row, "registry_difference.put_off", (), now)

    async def _lock(
        self, tx: Tx, actor: Actor, difference_id: int, now: datetime
    ) -> Row[*tuple[Any, ...]]:
        places = await _places(tx, actor, now)
        return await lock_difference(tx, places, difference_id)

    async def _settle(
        self,
        tx: Tx,
        actor: Actor,
        row: Row[*tuple[Any, ...]],
        answer: DifferenceAnswer,
        now: datetime,
    ) -> None:
        await tx.execute(
            update(RegistryDifference)
            .where(RegistryDifference.id == row.id)
            .values(
                state=DifferenceState.SETTLED,
                answer=answer,
                version=row.version + 1,
                settled_at=now,
                settled_by=actor.person_id,
            )
        )
        await self._record(tx, actor, row, f"registry_difference.{answer}", ("state",), now)

    async def _record(
        self,
        tx: Tx,
        actor: Actor,
        row: Row[*tuple[Any, ...]],
        action: str,
        fields: tuple[str, ...],
        now: datetime,
    ) -> None:
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action=action,
            entity=ENTITY,
            entity_id=row.id,
            municipality_id=row.municipality_id,
            fields=fields,
            details={"kind": row.kind, "subject": row.subject, "subject_id": row.subject_id},
        )

    async def _take(self, tx: Tx, actor: Actor, row: Row[*tuple[Any, ...]], now: datetime) -> None:
        ours = self._cipher.open_json("difference", row.ours_sealed)
        theirs = self._cipher.open_json("difference", row.theirs_sealed)
        kind = DifferenceKind(row.kind)
        if kind is DifferenceKind.NAME:
            await self._rename(tx, actor, row, theirs, now)
        elif kind is DifferenceKind.NUMBER:
            number = await give_number(
                tx,
                row.municipality_id,
                RegistryMode.EXTERNAL,
                typed=str(theirs["number"]),
                cipher=self._cipher,
            )
            columns = {"state": CertificateState.ACTIVE, **seal_number(self._cipher, number)}
            await self._change_certificate(tx, actor, row, columns, now)
        elif kind is DifferenceKind.STATE:
            state = CertificateState(str(theirs["state"]))
            await self._change_certificate(tx, actor, row, {"state": state}, now)
        else:
            await self._change_application(tx, actor, row, ours, theirs, now)

    async def _rename(
        self,
        tx: Tx,
        actor: Actor,
        row: Row[*tuple[Any, ...]],
        theirs: dict[str, Any],
        now: datetime,
    ) -> None:
        name = ChildName(
            last=theirs["last"], first=theirs["first"], patronymic=theirs["patronymic"]
        )
        columns: dict[str, Any] = {
            "last_name": name.last,
            "first_name": name.first,
            "name_key": name_index(self._cipher, name),
            "born": date.fromisoformat(theirs["born"]),
        }
        if name.patronymic is not None:
            columns["patronymic"] = name.patronymic
        await tx.execute(update(Child).where(Child.id == row.subject_id).values(**columns))
        await self._note(tx, actor, row, "child.reconciled", columns, now)

    async def _change_certificate(
        self,
        tx: Tx,
        actor: Actor,
        row: Row[*tuple[Any, ...]],
        columns: dict[str, Any],
        now: datetime,
    ) -> None:
        await tx.execute(
            update(Certificate)
            .where(Certificate.id == row.subject_id)
            .values(
                version=Certificate.version + 1,
                state_since=now,
                decided_by=actor.person_id,
                decided_at=now,
                **columns,
            )
        )
        await self._note(tx, actor, row, "certificate.reconciled", columns, now)
        await self._end_tasks(tx, actor, CardSubject.CERTIFICATES, row.subject_id, now)
        await tell_of_certificates(
            tx, [row.subject_id], now=now, cipher=self._cipher, quiet=self._quiet
        )

    async def _change_application(
        self,
        tx: Tx,
        actor: Actor,
        row: Row[*tuple[Any, ...]],
        ours: dict[str, Any],
        theirs: dict[str, Any],
        now: datetime,
    ) -> None:
        """Moved to the group of the roster, or studying no more. Raises AlreadyDecided when it
        holds that seat no more."""
        held = (
            await tx.execute(
                select(Application.group_id, Application.state)
                .where(Application.id == row.subject_id)
                .with_for_update()
            )
        ).one()
        if held.state not in SEAT_STATES or held.group_id != ours["group_id"]:
            raise AlreadyDecided(state=held.state)
        columns: dict[str, Any] = {"state": ApplicationState.FINISHED}
        if row.kind == DifferenceKind.GROUP:
            columns = {"state": ApplicationState.STUDYING, "group_id": theirs["group_id"]}
        await tx.execute(
            update(Application)
            .where(Application.id == row.subject_id)
            .values(version=Application.version + 1, **columns)
        )
        if row.kind == DifferenceKind.GROUP:
            await take_seats(tx, Counter({held.group_id: -1, theirs["group_id"]: 1}))
        else:
            await give_seat_back(tx, held.group_id)
        await self._note(tx, actor, row, "application.reconciled", columns, now)
        await self._end_tasks(tx, actor, CardSubject.APPLICATIONS, row.subject_id, now)
        await tell_of_applications(
            tx,
            [row.subject_id],
            "application.decided",
            now=now,
            cipher=self._cipher,
            quiet=self._quiet,
        )

    async def _end_tasks(
        self, tx: Tx, actor: Actor, subject: CardSubject, subject_id: int, now: datetime
    ) -> None:
        await end_tasks(
            tx,
            subject,
            [subject_id],
            TaskState.DONE,
            actor=actor.mark,
            now=now,
            done_by=actor.person_id,
        )

    async def _note(
        self,
        tx: Tx,
        actor: Actor,
        row: Row[*tuple[Any, ...]],
        action: str,
        columns: dict[str, Any],
        now: datetime,
    ) -> None:
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action=action,
            entity=row.subject,
            entity_id=row.subject_id,
            municipality_id=row.municipality_id,
            fields=sorted(columns),
            details={"difference_id": row.id, "import_id": row.import_id},
        )


async def _places(tx: Tx, actor: Actor, now: datetime) -> list[int]:
    """The municipalities the actor moderates. Raises NotAllowed."""
    rights = await rights_of(tx, actor.person_id, now)
    places = sorted({right.municipality_id for right in rights if right.role in MODERATORS})
    if not places:
        raise NotAllowed()
    return places


def _repeated(
    row: Row[*tuple[Any, ...]], actor: Actor, version: int, answer: DifferenceAnswer
) -> bool:
    return bool(
        row.version == version + 1
        and row.state == DifferenceState.SETTLED
        and row.settled_by == actor.person_id
        and row.answer == answer
    )


def _check_open(row: Row[*tuple[Any, ...]], version: int) -> None:
    if row.version != version or row.state != DifferenceState.OPEN:
        raise AlreadyDecided(state=row.state)
