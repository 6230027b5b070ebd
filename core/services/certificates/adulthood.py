"""The eighteenth birthday: said thirty and seven days ahead; from that day the certificate has
ended and the parents look no more. Who has grown up consents anew.

Timers are laid by a look at all certificates in force, so it does not matter how each came here.
What the child studies goes on as its municipality's rule says: nothing is expelled here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select, update

from core.db.engine import Database, Tx
from core.db.models import Certificate, Child, Guardianship, Municipality, Timer
from core.domain.actors import SYSTEM
from core.domain.ages import ADULT_YEARS, birthday
from core.domain.calendar import day_begins
from core.domain.certificates import ADULT_AHEAD_DAYS, NUMBERED, CertificateState, HaltReason
from core.domain.family import FamilyRole
from core.services.certificates.changing import Change, change, tell_family
from core.services.certificates.holding import hold
from core.services.timers.steps import set_timer
from core.services.timers.surroundings import Deed, Surroundings

ADULT_TIMER = "certificate.adult"
AHEAD_TIMERS = {days: f"certificate.adult-{days}" for days in ADULT_AHEAD_DAYS}

_LOOKED_AHEAD = timedelta(days=ADULT_YEARS * 365 - 60)
"""How old the youngest is whose timers are laid: some months before the birthday."""
_TOLD_AT = time(10)
_VERSIONS_APART = 100
_LATE = timedelta(days=2)


async def lay_birthdays(database: Database, now: datetime, limit: int) -> int:
    """Set the timers of those who will be eighteen soon; how many were new."""
    soon = (
        select(Certificate.id, Child.born, Municipality.timezone)
        .join(Child, Child.id == Certificate.child_id)
        .join(Municipality, Municipality.id == Certificate.municipality_id)
        .where(
            Certificate.state.in_(sorted(NUMBERED)),
            Child.born <= (now - _LOOKED_AHEAD).date(),
            ~exists().where(Timer.kind == ADULT_TIMER, Timer.entity_id == Certificate.id),
        )
        .order_by(Certificate.id)
        .limit(limit)
    )
    async with database.read() as tx:
        found = (await tx.execute(soon)).all()
    if not found:
        return 0
    async with database.write() as tx:
        for row in found:
            if row.born is None:
                continue
            day = birthday(row.born, ADULT_YEARS)
            for days, kind in AHEAD_TIMERS.items():
                at = datetime.combine(
                    day - timedelta(days=days), _TOLD_AT, tzinfo=ZoneInfo(row.timezone)
                )
                await set_timer(tx, kind, row.id, at)
            await set_timer(tx, ADULT_TIMER, row.id, day_begins(day, row.timezone))
    return len(found)


async def _tell_ahead(tx: Tx, certificate_id: int, given: Surroundings, *, days: int) -> bool:
    row = await hold(tx, certificate_id)
    if row is None or row.state not in NUMBERED or given.now > given.due_at + _LATE:
        return False
    await tell_family(
        tx,
        row,
        "certificate.adult-soon",
        row.version * _VERSIONS_APART + days,
        now=given.now,
        cipher=given.cipher,
        quiet=given.quiet,
    )
    return True


async def _grow_up(tx: Tx, certificate_id: int, given: Surroundings) -> bool:
    """It has ended, and those who stood by the child look no more."""
    row = await hold(tx, certificate_id)
    if row is None or row.state not in NUMBERED:
        return False
    ended = Change(
        state=CertificateState.ANNULLED,
        action="certificate.grown",
        actor=SYSTEM,
        columns={"halt_reason": HaltReason.GROWN, "halt_note": None},
        told="certificate.grown",
        noted={"reason": HaltReason.GROWN},
    )
    await change(tx, row, ended, now=given.now, cipher=given.cipher, quiet=given.quiet)
    await tx.execute(
        update(Guardianship)
        .where(
            Guardianship.child_id == row.child_id,
            Guardianship.role != FamilyRole.CHILD,
            Guardianship.ended_at.is_(None),
        )
        .values(ended_at=given.now)
    )
    return True


DEEDS: Mapping[str, Deed] = {
    ADULT_TIMER: _grow_up,
    **{kind: partial(_tell_ahead, days=days) for days, kind in AHEAD_TIMERS.items()},
}
