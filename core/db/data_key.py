"""Is this the key the database was begun with?

The first start leaves a sealed mark; every later one must be able to open it. Without it a wrong
DATA_KEY would go unnoticed until half of the sealed fields were of one key and half of another.
A database without a mark that already holds sealed fields is tried by those.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from core.cipher import Cipher, Purpose, WrongDataKey
from core.db.engine import Database, Tx
from core.db.models import Certificate, Child, DataKeyMark, DialogueState, Person

_ONLY = 1
_KNOWN = b"kruzhok"
_SEALED: tuple[tuple[Purpose, type, str], ...] = (
    ("snils", Child, "snils_sealed"),
    ("phone", Person, "phone_sealed"),
    ("certificate", Certificate, "number_sealed"),
    ("dialogue", DialogueState, "blob"),
)


async def check_data_key(database: Database, cipher: Cipher, now: datetime) -> None:
    """Leave a mark where there is none. Raises WrongDataKey."""
    async with database.read() as tx:
        mark = await _mark(tx)
    if mark is None:
        async with database.write() as tx:
            await _try_what_is_sealed(tx, cipher)
            make = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
            await tx.execute(  # a process that came first keeps its mark
                make(DataKeyMark)
                .values(id=_ONLY, sealed=cipher.seal("data-key", _KNOWN), made_at=now)
                .on_conflict_do_nothing()
            )
            mark = await _mark(tx)
    if mark is None or cipher.open("data-key", mark) != _KNOWN:
        raise WrongDataKey("data-key")


async def _mark(tx: Tx) -> bytes | None:
    found: bytes | None = await tx.scalar(select(DataKeyMark.sealed).where(DataKeyMark.id == _ONLY))
    return found


async def _try_what_is_sealed(tx: Tx, cipher: Cipher) -> None:
    for purpose, model, name in _SEALED:
        column = getattr(model, name)
        sealed = await tx.scalar(select(column).where(column.is_not(None)).limit(1))
        if sealed is not None:
            cipher.open(purpose, sealed)
