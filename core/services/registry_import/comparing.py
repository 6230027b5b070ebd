"""Laying rows of a registry beside what the database holds.

A field whose column the file lacks keeps what it was. A group that was no longer listed takes
applications again when a row names it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import RowMapping, select

from core.db.engine import Tx
from core.db.models import Group, Programme
from core.domain.programmes import ProgrammeState
from core.services.registry_import.header import Header
from core.services.registry_import.rows import ProgrammeRow
from core.services.registry_import.sheet import AcceptedRow, ProgrammeKey, Terms

# column of the table -> fields of the header that say it; identity columns never differ
_PROGRAMME_FIELDS = {
    "annotation": ("annotation",),
    "form": ("form",),
    "registry_kind": ("registry_kind",),
    "hours": ("hours",),
    "price_kopecks": ("price",),
    "normative_price_kopecks": ("normative_price",),
    "adapted": ("adapted",),
    "remote": ("remote",),
    "holiday": ("holiday",),
}
_GROUP_FIELDS = {
    "teacher": ("teacher",),
    "address": ("address",),
    "schedule": ("schedule",),
    "schedule_note": ("schedule",),
    "capacity": ("capacity",),
    "starts_on": ("starts_on", "period"),
    "ends_on": ("ends_on", "period"),
    "applications_from": ("applications_from", "applications"),
    "applications_until": ("applications_until", "applications"),
}
_BY_THE_WAY = frozenset({"remote", "schedule", "starts_on", "ends_on"})
"""What another cell may say too: then an empty value says nothing."""


@dataclass(kw_only=True)
class Counts:
    """Of data rows; `archived` of programmes, `closed` of groups that the file lacks."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    archived: int = 0
    closed: int = 0

    def add(self, found: Differences) -> None:
        self.new += found.new
        self.changed += found.changed
        self.unchanged += found.unchanged


@dataclass(kw_only=True)
class Differences:
    """What a chunk of rows would change. `changed_*`: id -> columns with their new values.
    `touched`: stored programmes whose groups change."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    new_programmes: list[AcceptedRow] = field(default_factory=list)
    new_groups: list[AcceptedRow] = field(default_factory=list)
    programme_ids: dict[ProgrammeKey, int] = field(default_factory=dict)
    changed_programmes: dict[int, dict[str, Any]] = field(default_factory=dict)
    changed_groups: dict[int, dict[str, Any]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)


class Comparison:
    """Compares chunk after chunk of one file; remembers which programmes it found changed.

    `headers` are those of its sheets. `is_first`: the municipalities had no programme before this
    file, so only rows that open no programme may find one.
    """

    def __init__(
        self,
        headers: Sequence[Header],
        terms: Mapping[ProgrammeKey, Terms],
        *,
        is_first: bool = False,
    ) -> None:
        self._terms = terms
        self._is_first = is_first
        self._programme_columns = [_said(_PROGRAMME_FIELDS, header) for header in headers]
        self._group_columns = [_said(_GROUP_FIELDS, header) for header in headers]
        self._changed: set[ProgrammeKey] = set()

    async def of(self, tx: Tx, rows: Sequence[AcceptedRow]) -> Differences:
        found = Differences()
        asked = [row for row in rows if not row.opens] if self._is_first else rows
        programmes = await _stored_programmes(tx, asked)
        groups = await _stored_groups(tx, [row["id"] for row in programmes.values()])
        for accepted in rows:
            stored = programmes.get(accepted.key)
            if stored is not None:
                found.programme_ids[accepted.key] = stored["id"]
            if accepted.repeats:
                found.unchanged += 1
                continue
            if accepted.opens:
                self._weigh_programme(accepted, stored, found)
            group = None if stored is None else groups.get((stored["id"], accepted.row.group_key))
            self._weigh_group(accepted, group, found)
        return found

    def programme_values(self, accepted: AcceptedRow) -> dict[str, Any]:
        """All that the file says of a programme; money and registry as its rows agreed."""
        row, terms = accepted.row, self._terms[accepted.key]
        return {
            "title": row.title,
            "annotation": row.annotation,
            "direction": row.direction,
            "form": row.form,
            "registry_kind": terms.registry_kind,
            "hours": row.hours,
            "price_kopecks": terms.price,
            "normative_price_kopecks": terms.normative_price,
            "adapted": row.adapted,
            "remote": bool(row.remote),
            "holiday": row.holiday,
            "state": ProgrammeState.PUBLISHED,
        }

    def _weigh_programme(
        self, accepted: AcceptedRow, stored: RowMapping | None, found: Differences
    ) -> None:
        if stored is None:
            found.new_programmes.append(accepted)
            return
        said = self._programme_columns[accepted.sheet] | {"title", "direction", "state"}
        differing = _differing(self.programme_values(accepted), stored, said)
        if differing:
            found.changed_programmes[stored["id"]] = differing
            self._changed.add(accepted.key)

    def _weigh_group(
        self, accepted: AcceptedRow, stored: RowMapping | None, found: Differences
    ) -> None:
        if stored is None:
            found.new_groups.append(accepted)
            found.new += 1
            return
        values = group_values(accepted.row)
        said = self._group_columns[accepted.sheet] | {"name"}
        differing = _differing(values, stored, said)
        if not stored["listed"]:
            differing |= {"listed": True, "applications_until": values["applications_until"]}
        if differing:
            found.changed_groups[stored["id"]] = differing
            found.touched.add(stored["programme_id"])
        if differing or accepted.key in self._changed:
            found.changed += 1
        else:
            found.unchanged += 1


def group_values(row: ProgrammeRow) -> dict[str, Any]:
    """All that a row says of its group."""
    return {
        "name": row.group_name,
        "teacher": row.teacher,
        "address": row.address,
        "schedule": row.schedule,
        "schedule_note": row.schedule_note,
        "capacity": row.capacity,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "applications_from": row.applications_from,
        "applications_until": row.applications_until,
    }


async def _stored_programmes(tx: Tx, rows: Sequence[AcceptedRow]) -> dict[ProgrammeKey, RowMapping]:
    wanted: dict[int, set[str]] = {}
    for municipality_id, identity in {accepted.key for accepted in rows}:
        wanted.setdefault(municipality_id, set()).add(identity)
    found: dict[ProgrammeKey, RowMapping] = {}
    columns = [getattr(Programme, name) for name in (*_PROGRAMME_FIELDS, "title", "direction")]
    for municipality_id, identities in wanted.items():
        stored = await tx.execute(
            select(Programme.id, Programme.identity_key, Programme.state, *columns).where(
                Programme.municipality_id == municipality_id,
                Programme.identity_key.in_(sorted(identities)),
            )
        )
        found.update(
            {(municipality_id, row["identity_key"]): row for row in stored.mappings().all()}
        )
    return found


async def _stored_groups(tx: Tx, programme_ids: list[int]) -> dict[tuple[int, str], RowMapping]:
    if not programme_ids:
        return {}
    columns = [getattr(Group, name) for name in (*_GROUP_FIELDS, "name", "listed")]
    stored = await tx.execute(
        select(Group.id, Group.programme_id, Group.name_key, *columns).where(
            Group.programme_id.in_(programme_ids)
        )
    )
    return {(row["programme_id"], row["name_key"]): row for row in stored.mappings().all()}


def _said(fields: Mapping[str, tuple[str, ...]], header: Header) -> set[str]:
    return {column for column, names in fields.items() if any(map(header.has, names))}


def _differing(values: Mapping[str, Any], stored: RowMapping, said: set[str]) -> dict[str, Any]:
    return {
        column: value
        for column, value in values.items()
        if value != stored[column] and (column in said or (value and column in _BY_THE_WAY))
    }
