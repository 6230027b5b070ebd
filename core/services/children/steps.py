"""Steps about a child inside somebody's transaction.

The one door to a child: guardians only, unless a caller lets the whole family in by
`Reach.FAMILY`. Who has no place by the child finds nothing, by the same statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Child, Guardianship
from core.domain.actors import Actor
from core.domain.children import ChildState
from core.domain.family import FamilyRole, GuardianNeeded
from core.domain.names import ChildName, match_key
from core.domain.refusals import NotFound


class Reach(Enum):
    """Who may: guardians alone, or helpers and the child itself too."""

    GUARDIANS = frozenset({FamilyRole.GUARDIAN})
    FAMILY = frozenset(FamilyRole)


@dataclass(frozen=True, kw_only=True)
class ChildRecord:
    """A child as the rules need it; `role` is the actor's own by its side."""

    id: int
    municipality_id: int
    name: ChildName
    born: date
    state: ChildState
    snils_index: bytes | None
    role: FamilyRole


NAME = (Child.last_name, Child.first_name, Child.patronymic)


# built once: making a statement anew costs more than the database does to answer it
_MINE = (
    select(
        Child.id,
        Child.municipality_id,
        *NAME,
        Child.born,
        Child.state,
        Child.snils_index,
        Guardianship.role,
    )
    .join(Guardianship, Guardianship.child_id == Child.id)
    .where(
        Child.id == bindparam("wanted_child"),
        Guardianship.person_id == bindparam("guardian"),
        Guardianship.ended_at.is_(None),
    )
)
_MINE_LOCKED = _MINE.with_for_update(of=Child)


async def get_child(
    tx: Tx, actor: Actor, child_id: int, reach: Reach = Reach.GUARDIANS
) -> ChildRecord:
    """The actor's own child. Raises NotFound, GuardianNeeded (in the family, but may not)."""
    return _record((await tx.execute(_MINE, _who(actor, child_id))).one_or_none(), reach)


async def lock_child(
    tx: Tx, actor: Actor, child_id: int, reach: Reach = Reach.GUARDIANS
) -> ChildRecord:
    """The same, and what else would be done about this child waits. Raises NotFound,
    GuardianNeeded."""
    return _record((await tx.execute(_MINE_LOCKED, _who(actor, child_id))).one_or_none(), reach)


def guarded_by(actor: Actor) -> Select[int]:
    """Ids of the children the actor is a guardian of."""
    return followed_by(actor).where(Guardianship.role == FamilyRole.GUARDIAN)


def followed_by(actor: Actor) -> Select[int]:
    """Ids of the children the actor may see: as guardian, helper or the child itself."""
    return select(Guardianship.child_id).where(
        Guardianship.person_id == actor.person_id, Guardianship.ended_at.is_(None)
    )


def name_of(row: Row[*tuple[Any, ...]]) -> ChildName:
    """The name in a row with the columns NAME; empty once erased."""
    return ChildName(
        last=row.last_name or "", first=row.first_name or "", patronymic=row.patronymic
    )


def name_index(cipher: Cipher, name: ChildName) -> bytes:
    """The blind index by which equal names meet."""
    return cipher.blind_index("name", match_key(name))


def _who(actor: Actor, child_id: int) -> dict[str, int]:
    return {"wanted_child": child_id, "guardian": actor.person_id}


def _record(row: Row[*tuple[Any, ...]] | None, reach: Reach) -> ChildRecord:
    if row is None or row.born is None:
        raise NotFound(what="child")
    if row.role not in reach.value:
        raise GuardianNeeded()
    return ChildRecord(
        id=row.id,
        municipality_id=row.municipality_id,
        name=name_of(row),
        born=row.born,
        state=ChildState(row.state),
        snils_index=row.snils_index,
        role=FamilyRole(row.role),
    )
