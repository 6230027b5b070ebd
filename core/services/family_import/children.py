"""Rows of a list of children beside what is known: new ones, and what a record still lacked.

A patronymic or an insurance number that was absent is filled in; nothing is replaced.
"""

from __future__ import annotations

from typing import Any

from core.services.family_import.differing import Mismatch
from core.services.family_import.plan import Change, Plan, new_child
from core.services.family_import.roll import Child, Roll
from core.services.family_import.rows import ChildRow, ChildSaid

Holders = dict[bytes, set[int]]
"""Insurance number (blind index) -> ids of children anywhere who hold a certificate in force."""


class ChildJudge:
    def __init__(self, plan: Plan, roll: Roll, holders: Holders, name_field: str) -> None:
        self._plan = plan
        self._roll = roll
        self._holders = holders
        self._name_field = name_field

    def judge(self, row: ChildRow) -> None:
        """Raises Mismatch."""
        child = self._roll.find(row.municipality_id, row.child, name_field=self._name_field)
        if child is None:
            child = new_child(row, row.child)
            self._plan.children.append(child)
            self._roll.add(child)
            self._plan.new += 1
        elif self._fill_in(child, row.child):
            self._plan.changed += 1
        else:
            self._plan.unchanged += 1

    def _fill_in(self, child: Child, said: ChildSaid) -> bool:
        """Whether a record of the database changes; one of this file only grows."""
        expected: dict[str, Any] = {}
        values: dict[str, Any] = {}
        snils = said.snils if child.snils_index is None else None
        if snils is not None and said.snils_index is not None:
            if child.is_numbered:
                refuse_second_holder(child, said.snils_index, self._holders, field="snils")
            expected["snils_index"] = None
            self._roll.learn_snils(child, snils, said.snils_index)
        if child.name.patronymic is None and said.name.patronymic is not None:
            expected["patronymic"] = None
            values["patronymic"] = said.name.patronymic
            child.name = said.name
        if child.id is None or not expected:
            return False
        self._plan.child_changes.append(
            Change(
                row_id=child.id,
                municipality_id=child.municipality_id,
                expected=expected,
                values=values,
                snils=snils,
            )
        )
        return True


def refuse_second_holder(
    child: Child, snils_index: bytes | None, holders: Holders, *, field: str
) -> None:
    """One insurance number holds one certificate, wherever it was given: this child's, from now
    on. Raises Mismatch."""
    if snils_index is None or child.id is None:
        return  # a child of this file has a number only where files give no certificates
    if holders.get(snils_index, set()) - {child.id}:
        raise Mismatch(field, "snils-holds-certificate")
    holders.setdefault(snils_index, set()).add(child.id)
