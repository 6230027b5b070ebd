"""A helper, or a child with an own account, has chosen a club: the guardians are asked.

Nothing is sent to the club and no seat is held until a guardian applies. One suggestion of a group
for a child is told once a day.
"""

from __future__ import annotations

from sqlalchemy import select

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database
from core.db.models import Guardianship
from core.domain.actors import Actor
from core.domain.calendar import local_date
from core.domain.family import FamilyRole
from core.domain.outgoing import Notice
from core.domain.silence import QuietHours, after_silence
from core.services.audit.steps import record
from core.services.children.steps import Reach, get_child
from core.services.municipalities.steps import get_municipality
from core.services.outgoing.steps import enqueue

_DAYS = 10_000_000


class FamilySuggestions:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def suggest(self, actor: Actor, child_id: int, group_id: int) -> None:
        """Ask every guardian of the child. Raises NotFound. Whether the child may join was looked
        at when the group was shown, and is again when a guardian applies."""
        async with self._database.write() as tx:
            child = await get_child(tx, actor, child_id, Reach.FAMILY)
            now = self._clock.now()
            zone = (await get_municipality(tx, child.municipality_id)).timezone
            guardians = await tx.execute(
                select(Guardianship.person_id)
                .where(
                    Guardianship.child_id == child_id,
                    Guardianship.role == FamilyRole.GUARDIAN,
                    Guardianship.ended_at.is_(None),
                )
                .order_by(Guardianship.person_id)
            )
            for person_id in guardians.scalars().all():
                notice = Notice(
                    kind="application.suggested",
                    entity="children",
                    entity_id=child_id,
                    version=group_id * _DAYS + local_date(now, zone).toordinal(),
                    person_id=person_id,
                    params={"group_id": group_id},
                    not_before=after_silence(now, zone, self._quiet),
                )
                await enqueue(tx, notice, now=now, cipher=self._cipher)
            await record(
                tx,
                at=now,
                actor=actor.mark,
                action="application.suggested",
                entity="children",
                entity_id=child_id,
                municipality_id=child.municipality_id,
                details={"group_id": group_id},
            )
