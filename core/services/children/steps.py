"""Steps about a child inside somebody's transaction. A child is found by its guardian only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Child, Guardianship
from core.domain.actors import Actor
from core.domain.children import ChildState
from core.domain.names import ChildName, match_key
from core.domain.refusals import NotFound


@dataclass(frozen=True, kw_only=True)
class ChildRecord:
    """A child as the rules need it."""

    id: int
    municipality_id: int
    name: ChildName
    born: date
    state: ChildState
    snils_index: bytes | None


NAME = (Child.last_name, Child.first_name, Child.patronymic)


# built once: making a statement anew costs more than the database does to answer it
_MINE = (
    select(Child.id, Child.municipality_id, *NAME, Child.born, Child.state, Child.snils_index)
    .join(Guardianship, Guardianship.child_id == Child.id)
    .where(
        Child.id == bindparam("wanted_child"),
        Guardianship.person_id == bindparam("guardian"),
        Guardianship.ended_at.is_(None),
    )
)
_MINE_LOCKED = _MINE.with_for_update(of=Child)


async def get_child(tx: Tx, actor: Actor, child_id: int) -> ChildRecord:
    """The actor's own child. Raises NotFound."""
    return _record((await tx.execute(_MINE, _who(actor, child_id))).one_or_none())


async def lock_child(tx: Tx, actor: Actor, child_id: int) -> ChildRecord:
    """The same, and what else would be done about this child waits. Raises NotFound."""
    return _record((await tx.execute(_MINE_LOCKED, _who(actor, child_id))).one_or_none())


def guarded_by(actor: Actor) -> Select[int]:
    """Ids of the actor's children."""
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


def _record(row: Row[*tuple[Any, ...]] | None) -> ChildRecord:
    if row is None or row.born is None:
        raise NotFound(what="child")
    return ChildRecord(
        id=row.id,
        municipality_id=row.municipality_id,
        name=name_of(row),
        born=row.born,
        state=ChildState(row.state),
        snils_index=row.snils_index,
    )
