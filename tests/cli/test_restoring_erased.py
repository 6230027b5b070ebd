"""A backup made before somebody left does not bring them back."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from core.cipher import Cipher
from core.clock import SystemClock
from core.db.engine import Database
from core.db.models import Person
from core.domain.consents import ConsentKind
from core.services.consents.consents import Consents
from core.services.people.people import People
from core.services.privacy.erasures import Erasures
from tests.cli.commands import Operator

NAME = "Щуроглазова"


@pytest.mark.slow
async def test_who_left_after_the_copy_leaves_it_again(sqlite_url: str, tmp_path: Path) -> None:
    operator = Operator(folder=tmp_path, database_url=sqlite_url)
    added = await operator.does("municipality", "add", "krylovsky", "--name", "Крыловский район")
    assert added.code == 0, added.err
    database, clock = Database(sqlite_url), SystemClock()
    parent = await People(database, clock).meet("telegram", 1001, "ru")
    await Consents(database, clock).give(
        parent, ConsentKind.PROCESSING, version="1", body="...", name=NAME, key="consent"
    )
    copy = tmp_path / "copy"
    assert (await operator.does("db", "backup", copy)).code == 0
    await Erasures(database, clock, Cipher.from_text("A" * 43 + "=")).erase(parent, key="act")
    await database.close()

    restored = await operator.does("db", "restore", copy)

    assert restored.code == 0, restored.err
    assert "Удалено снова: 1 человек" in restored.out
    database = Database(sqlite_url)
    async with database.read() as tx:
        account = (await tx.execute(select(Person.messenger, Person.name))).one()
    await database.close()
    assert tuple(account) == ("erased", None)
    place = Path(str(database.url.database))
    held = b"".join(
        part.read_bytes() for part in place.parent.glob(f"{place.name}*") if part.is_file()
    )
    assert NAME.encode() not in held
