"""The database as a story without ids and moments, so that two runs can be compared.

Ids are replaced by their order within their table (a rolled back insert uses up a number on
PostgreSQL); moments, random codes, sealed blobs and leases are left out; dialogue states are
compared opened.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Table, select

from core.cipher import Cipher
from core.db.engine import Database
from core.db.models import Base, DialogueState
from core.db.models.base import Moment
from core.services.staff.granting import COMMANDS

_LEFT_OUT = {
    "visit_code",
    "key",
    "messenger_id",
    "chat_id",
    "message_id",
    "thread_id",
    "first_shown_at",
    "attempts",
    "lease_epoch",
    "lease_owner",
    "epoch",
    "owner",
    "update_id",
    "queue",
    "outcome",
    "details",
    "sha256",
    "code_sha256",
    "number_tail",
    "visit_until",
    "answer_by",
}
_NOT_COMPARED = {
    "leases",
    "dialogue_states",
    "alembic_version",
    "programmes",
    "organisations",
    "municipalities",
    "imports",
}


async def story_of(database: Database) -> dict[str, list[str]]:
    """Table -> its rows as sorted lines."""
    async with database.read() as tx:
        order = {}
        rows: dict[str, list[dict[str, Any]]] = {}
        for table in Base.metadata.sorted_tables:
            found = (await tx.execute(select(table))).mappings().all()
            rows[table.name] = [dict(row) for row in found if not _comes_with_a_start(row)]
            if "id" in table.c:
                ids = sorted(row["id"] for row in rows[table.name])
                order[table.name] = {row_id: number for number, row_id in enumerate(ids, 1)}
    return {
        table.name: sorted(_line(table, row, order) for row in rows[table.name])
        for table in Base.metadata.sorted_tables
        if table.name not in _NOT_COMPARED
    }


def _comes_with_a_start(row: Mapping[Any, Any]) -> bool:
    """Each start may order the menus of commands anew: a crash brings a start more."""
    return row.get("kind") == COMMANDS


async def open_dialogues(database: Database, cipher: Cipher) -> list[str]:
    """Where each conversation stands: states and what was answered, without ids."""
    async with database.read() as tx:
        blobs = (await tx.execute(select(DialogueState.blob))).scalars().all()
    lines = []
    for blob in blobs:
        state = cipher.open_json("dialogue", blob)
        if "state" in state:
            lines.append(str(state["state"]))
    return sorted(lines)


async def counts(database: Database) -> tuple[int, int, int]:
    """Newest update in the inbox, inbox rows not ended, outbox rows not ended.

    In this order: a notice is committed before its update ends, an update ends after it came in.
    """
    async with database.read() as tx:

        async def number(query: str) -> int:
            return int((await tx.exec_driver_sql(query)).scalar_one())

        return (
            await number("SELECT coalesce(max(update_id), 0) FROM inbox"),
            await number("SELECT count(*) FROM inbox WHERE state = 'received'"),
            await number("SELECT count(*) FROM outbox WHERE state = 'pending'"),
        )


def differences(
    expected: dict[str, list[str]],
    found: dict[str, list[str]],
    *,
    without: Collection[str] = (),
) -> list[str]:
    """Lines of one story that the other lacks; tables of `without` are passed over."""
    lines = []
    for table, rows in expected.items():
        if table in without:
            continue
        theirs = list(found[table])
        for row in rows:
            if row in theirs:
                theirs.remove(row)
            else:
                lines.append(f"- {table}: {row}")
        lines += [f"+ {table}: {row}" for row in theirs]
    return lines


def _line(table: Table, row: dict[str, Any], order: dict[str, dict[int, int]]) -> str:
    shown = {}
    for column in table.c:
        value = row[column.name]
        if column.name in _LEFT_OUT or isinstance(column.type, Moment):
            continue
        if isinstance(value, bytes | memoryview):
            value = "sealed"
        elif column.name == "id":
            continue
        elif column.foreign_keys and value is not None:
            [key] = column.foreign_keys
            value = f"#{order[key.column.table.name].get(value)}"
        elif column.name in ("entity_id", "subject_id"):
            entity = row.get("entity") or row.get("subject") or ""
            value = f"#{order.get(entity, {}).get(value, 0)}"
        elif column.name == "actor":
            value = value.partition(":")[0]
        elif column.name in ("dedupe_key", "lane"):
            value = _without_ids(value, order)
        shown[column.name] = value
    return json.dumps(shown, ensure_ascii=False, default=str, sort_keys=True)


def _without_ids(key: str, order: dict[str, dict[int, int]]) -> str:
    """`kind:entity:id:version:person:id`: ids become orders, versions of taps become one."""
    parts = key.split(":")
    if len(parts) == 2:
        table = "people" if parts[0] == "person" else "bound_chats"
        return f"{parts[0]}:#{order[table].get(int(parts[1]))}"
    kind, entity, entity_id, version, *lane = parts
    number = order.get(entity, {}).get(int(entity_id), 0)
    tapped = int(version) > 1000
    return ":".join(
        [
            kind,
            entity,
            f"#{number}",
            "tap" if tapped else version,
            _without_ids(":".join(lane), order),
        ]
    )
