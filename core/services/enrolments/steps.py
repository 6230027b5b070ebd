"""Steps about seats and cards inside somebody's write.

A seat is taken and given back by one conditional UPDATE of the group's row: two writers cannot
both see the last one free (I1).
"""

from __future__ import annotations

from sqlalchemy import bindparam, exists, or_, select, update

from core.db.engine import Tx, wake
from core.db.models import Application, Group, Guardianship
from core.domain.actors import Actor
from core.domain.enrolment import SEAT_STATES, SeatTaken

ENTITY = "applications"


_TAKE = (
    update(Group)
    .where(
        Group.id == bindparam("group"),
        or_(Group.capacity.is_(None), Group.taken < Group.capacity),
    )
    .values(taken=Group.taken + 1)
)


_FULL = select(Group.id).where(
    Group.id == bindparam("group"),
    Group.taken >= Group.capacity,
    exists().where(
        Guardianship.child_id == bindparam("child"),
        Guardianship.person_id == bindparam("person"),
        Guardianship.ended_at.is_(None),
    ),
    ~exists().where(Application.key == bindparam("key")),
    ~exists().where(
        Application.child_id == bindparam("child"),
        Application.programme_id == Group.programme_id,
        Application.state.in_(sorted(SEAT_STATES)),
    ),
)


async def is_full_for(tx: Tx, actor: Actor, child_id: int, group_id: int, key: str) -> bool:
    """Whether the group has no seat for this child of the actor's, who has not applied yet.

    One cheap statement: in the rush a thousand refusals need no lock.
    """
    asked = {"group": group_id, "child": child_id, "person": actor.person_id, "key": key}
    return (await tx.execute(_FULL, asked)).first() is not None


async def take_seat(tx: Tx, group_id: int) -> None:
    """Raises SeatTaken."""
    if (await tx.execute(_TAKE, {"group": group_id})).rowcount == 0:
        raise SeatTaken()


async def give_seat_back(tx: Tx, group_id: int) -> None:
    """The caller has just moved the application out of the states that hold a seat."""
    await tx.execute(
        update(Group).where(Group.id == group_id, Group.taken > 0).values(taken=Group.taken - 1)
    )
    wake("seats")
