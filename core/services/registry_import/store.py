"""Writing the differences between a file and the database.

New rows come in under an import number that no read sees yet. `taken` seats are never touched.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from core.db.engine import Tx
from core.db.models import Group, Programme
from core.services.registry_import.comparing import Comparison, Differences, group_values
from core.services.registry_import.organisations import Organisations


async def add_rows(
    tx: Tx,
    comparison: Comparison,
    found: Differences,
    organisations: Organisations,
    *,
    import_id: int,
    now: datetime,
) -> Collection[int]:
    """Write new programmes and groups under an import number; the programmes to be indexed."""
    ids = await _take_ids(tx, len(found.new_programmes))
    made = {
        accepted.key: programme_id
        for accepted, programme_id in zip(found.new_programmes, ids, strict=True)
    }
    programme_ids = found.programme_ids | made
    if found.new_programmes:
        await tx.execute(
            insert(Programme),
            [
                {
                    **comparison.programme_values(accepted),
                    "id": made[accepted.key],
                    "municipality_id": accepted.row.municipality_id,
                    "organisation_id": organisations.id_of(accepted.row),
                    "identity_key": accepted.row.identity,
                    "age_from_months": accepted.row.ages.from_months,
                    "age_to_months": accepted.row.ages.to_months,
                    "level": accepted.row.level,
                    "import_id": import_id,
                    "changed_at": now,
                }
                for accepted in found.new_programmes
            ],
        )
    if found.new_groups:
        await tx.execute(
            insert(Group),
            [
                {
                    **group_values(accepted.row),
                    "programme_id": programme_ids[accepted.key],
                    "name_key": accepted.row.group_key,
                    "taken": 0,
                    "listed": True,
                    "import_id": import_id,
                    "changed_at": now,
                }
                for accepted in found.new_groups
            ],
        )
    return {programme_ids[accepted.key] for accepted in found.new_groups}


async def change_rows(
    tx: Tx,
    programmes: Mapping[int, Mapping[str, Any]],
    groups: Mapping[int, Mapping[str, Any]],
    now: datetime,
) -> None:
    """Write changed columns, many rows a statement."""
    for table, changes in ((Programme, programmes), (Group, groups)):
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row_id, values in changes.items():
            said = {f"new_{name}": value for name, value in values.items()}
            alike.setdefault(tuple(sorted(values)), []).append({"row_id": row_id, **said})
        for columns, parameters in alike.items():
            await tx.execute(
                update(table)
                .where(table.id == bindparam("row_id"))
                .values(
                    {**{name: bindparam(f"new_{name}") for name in columns}, "changed_at": now}
                ),
                parameters,
            )


async def _take_ids(tx: Tx, count: int) -> list[int]:
    """Ids for new programmes, taken beforehand: rows that nobody has to read back are written
    three times faster."""
    if tx.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(Programme.__tablename__, Programme.id.key)
        taken = select(func.nextval(sequence)).select_from(func.generate_series(1, count))
        return list((await tx.scalars(taken)).all())
    last = await tx.scalar(select(func.max(Programme.id))) or 0  # nobody else writes meanwhile
    return list(range(last + 1, last + 1 + count))
