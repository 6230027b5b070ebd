"""«I shall prepare it and remind you»: a child below five gets its certificate on the birthday.

The record is there already; on the fifth birthday its guardians hear that one tap is left.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from core.db.engine import Tx
from core.db.models import Certificate, Child, Guardianship, Municipality
from core.domain.ages import birthday, full_years
from core.domain.calendar import day_begins, local_date
from core.domain.certificates import LIVE, YOUNGEST_YEARS, CertificateState
from core.domain.family import FamilyRole
from core.services.families.steps import tell
from core.services.timers.steps import set_timer, stop_timers
from core.services.timers.surroundings import Surroundings

PREPARED_TIMER = "child.five"
"""Its entity is the child."""
_ONE_AT_A_TIME = sorted(LIVE | {CertificateState.SUSPENDED})


async def promise(tx: Tx, child_id: int, born: date, *, zone: str, now: datetime) -> None:
    """Remind on the fifth birthday; nothing to promise from then on."""
    if full_years(born, local_date(now, zone)) < YOUNGEST_YEARS:
        due = day_begins(birthday(born, YOUNGEST_YEARS), zone)
        await set_timer(tx, PREPARED_TIMER, child_id, due)
    else:
        await stop_timers(tx, [PREPARED_TIMER], child_id, now)


async def remind(tx: Tx, child_id: int, given: Surroundings) -> bool:
    """Told to every guardian, unless a certificate was asked for otherwise meanwhile."""
    asked = (
        select(Certificate.id)
        .where(Certificate.child_id == Child.id, Certificate.state.in_(_ONE_AT_A_TIME))
        .exists()
    )
    rows = (
        await tx.execute(
            select(Guardianship.person_id, Municipality.timezone)
            .join(Child, Child.id == Guardianship.child_id)
            .join(Municipality, Municipality.id == Child.municipality_id)
            .where(
                Child.id == child_id,
                Child.born.is_not(None),
                Guardianship.role == FamilyRole.GUARDIAN,
                Guardianship.ended_at.is_(None),
                ~asked,
            )
            .order_by(Guardianship.person_id)
        )
    ).all()
    for row in rows:
        await tell(
            tx,
            "child.five",
            row.person_id,
            entity="children",
            entity_id=child_id,
            version=1,
            zone=row.timezone,
            now=given.now,
            cipher=given.cipher,
            quiet=given.quiet,
        )
    return bool(rows)
