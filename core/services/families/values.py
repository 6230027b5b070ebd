"""The fields of a child's record as they stand, and writing a correction down."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Child
from core.domain.family_records import Correction, RecordField
from core.services.children.steps import NAME, name_index, name_of


async def write_down(tx: Tx, child_id: int, correction: Correction, *, cipher: Cipher) -> None:
    """The record says this from now on."""
    values: dict[str, Any]
    if correction.name is not None:
        name = correction.name
        values = {
            "last_name": name.last,
            "first_name": name.first,
            "patronymic": name.patronymic,
            "name_key": name_index(cipher, name),
        }
    elif correction.born is not None:
        values = {"born": correction.born}
    else:
        digits = correction.snils or ""
        values = {
            "snils_sealed": cipher.seal_text("snils", digits),
            "snils_index": cipher.blind_index("snils", digits),
        }
    await tx.execute(update(Child).where(Child.id == child_id).values(**values))


async def standing(
    tx: Tx, child_id: int, field: RecordField, *, cipher: Cipher
) -> Correction | None:
    """What stands there; None where nothing does."""
    row = (
        await tx.execute(select(*NAME, Child.born, Child.snils_sealed).where(Child.id == child_id))
    ).one()
    if field is RecordField.NAME:
        return Correction(name=name_of(row))
    if field is RecordField.BORN:
        return Correction(born=row.born) if row.born is not None else None
    if row.snils_sealed is None:
        return None
    return Correction(snils=cipher.open_text("snils", row.snils_sealed))
