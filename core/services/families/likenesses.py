"""Reads about records that may be one child. Rules: core.domain.family_doubles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import aliased

from core.db.engine import Tx
from core.db.models import Certificate, Child, ChildMerge, Guardianship
from core.domain.certificates import NUMBERED
from core.domain.children import LOCKED
from core.domain.family import FamilyRole
from core.domain.family_doubles import (
    DoubleRecord,
    Likeness,
    MergeState,
    PossibleDouble,
    may_be_one,
)
from core.domain.names import ChildName
from core.services.children.steps import NAME, name_of
from core.services.programmes.seats import seen_import

Pair = tuple[int, int]
_Other = aliased(Child)


async def list_merges(tx: Tx, municipality_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Every merge of the municipality, whatever became of it."""
    return (
        await tx.execute(
            select(
                ChildMerge.id,
                ChildMerge.kept_id,
                ChildMerge.gone_id,
                ChildMerge.state,
                ChildMerge.proposed_by,
            )
            .where(ChildMerge.municipality_id == municipality_id)
            .order_by(ChildMerge.id)
        )
    ).all()


async def alike(tx: Tx, municipality_id: int) -> list[Pair]:
    """Pairs that may be one child, the older record first: born on one day, or of one number."""
    found: set[Pair] = set()
    for same in (_Other.born == Child.born, _Other.snils_index == Child.snils_index):
        found |= await _pairs(tx, municipality_id, same)
    return sorted(found)


async def _pairs(tx: Tx, municipality_id: int, same: ColumnElement[bool]) -> set[Pair]:
    mine = (Child.last_name, Child.first_name, Child.patronymic, Child.born, Child.snils_index)
    theirs = (
        _Other.last_name,
        _Other.first_name,
        _Other.patronymic,
        _Other.born,
        _Other.snils_index,
    )
    rows = await tx.execute(
        select(Child.id, *mine, _Other.id, *theirs)
        .join(_Other, same)
        .where(
            _Other.id > Child.id,
            Child.municipality_id == municipality_id,
            _Other.municipality_id == municipality_id,
            Child.born.is_not(None),
            _Other.born.is_not(None),
            seen_import(Child.import_id),
            seen_import(_Other.import_id),
        )
    )
    size = len(mine) + 1
    return {
        (int(row[0]), int(row[size]))
        for row in map(tuple, rows)
        if may_be_one(_likeness(row[1:size]), _likeness(row[size + 1 :]))
    }


def undecided(pairs: Sequence[Pair], merges: Sequence[Row[*tuple[Any, ...]]]) -> list[Pair]:
    """Without those somebody proposed, or said to be two children."""
    known = {
        frozenset((one.kept_id, one.gone_id))
        for one in merges
        if one.state in (MergeState.PROPOSED, MergeState.REFUSED)
    }
    return [pair for pair in pairs if frozenset(pair) not in known]


async def get_records(tx: Tx, child_ids: Collection[int]) -> dict[int, DoubleRecord]:
    """What staff see of each; emptied records are left out."""
    tail = (
        select(Certificate.number_tail)
        .where(Certificate.child_id == Child.id, Certificate.state.in_(sorted(NUMBERED)))
        .limit(1)
        .scalar_subquery()
    )
    guardians = (
        select(func.count())
        .select_from(Guardianship)
        .where(
            Guardianship.child_id == Child.id,
            Guardianship.role == FamilyRole.GUARDIAN,
            Guardianship.ended_at.is_(None),
        )
        .scalar_subquery()
    )
    rows = await tx.execute(
        select(
            Child.id,
            *NAME,
            Child.born,
            Child.state,
            tail.label("tail"),
            guardians.label("guardians"),
        ).where(Child.id.in_(sorted(child_ids)), Child.born.is_not(None))
    )
    return {
        row.id: DoubleRecord(
            child_id=row.id,
            name=name_of(row),
            born=row.born,
            confirmed=row.state in LOCKED,
            certificate_tail=row.tail,
            guardians=row.guardians,
        )
        for row in rows
        if row.born is not None
    }


def put_in_order(left: DoubleRecord, right: DoubleRecord) -> PossibleDouble:
    """The one with a number stays, then the one whose documents were seen, then the older."""
    kept, gone = sorted(
        (left, right),
        key=lambda one: (one.certificate_tail is None, not one.confirmed, one.child_id),
    )
    return PossibleDouble(kept=kept, gone=gone, merge_id=None, state=None, mine=False)


def _likeness(columns: Sequence[Any]) -> Likeness:
    last, first, patronymic, born, snils_index = columns
    return Likeness(
        name=ChildName(last=last or "", first=first or "", patronymic=patronymic),
        born=born,
        snils_index=snils_index,
    )
