"""What lies on the disk: planted values are looked for byte by byte, in the file and its WAL."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from core.db.engine import Database
from core.domain.certificates import CertificateRefusal
from tests.services.town import Town, found_town

SNILS = "11223344595"
PHONE = "+79181234567"
NOTE = "Примечание-сотрудника"
NAME = "Краснопольская Ярополка"


def files_of(database: Database) -> bytes:
    place = Path(str(database.url.database))
    return b"".join(part.read_bytes() for part in place.parent.glob(f"{place.name}*"))


def _columns(connection: Connection) -> dict[str, list[str]]:
    """Of every table."""
    schema = inspect(connection)
    return {
        table: [str(column["name"]) for column in schema.get_columns(table)]
        for table in schema.get_table_names()
    }


async def lived_through(town: Town) -> None:
    """A request is made, opened, refused, made again and confirmed."""
    await town.moderation_chat()
    parent, consultant = await town.parent(), await town.staff()
    child = await town.child(parent, NAME)
    for key in ("first", "second"):
        request = await town.requests.request(parent, child.id, snils=SNILS, phone=PHONE, key=key)
        await town.certificate_decisions.open(consultant, request.id)
        if key == "first":
            await town.certificate_decisions.refuse(
                consultant,
                request.id,
                version=1,
                reason=CertificateRefusal.OTHER,
                note=NOTE,
            )
        else:
            await town.certificate_decisions.confirm(consultant, request.id, version=1)


async def test_numbers_and_notes_are_in_no_file_and_names_only_in_their_columns(
    sqlite_url: str,
) -> None:
    database = Database(sqlite_url)
    town = await found_town(database)
    await lived_through(town)
    held = files_of(database)
    assert NAME.split()[0].encode() in held  # the search would find what lies open
    assert json.dumps(NAME.split()[0]).strip('"').encode() not in held  # as JSON would spell it
    for secret in (SNILS, "112-233-445 95", PHONE, PHONE[1:], NOTE, "9901000001"):
        assert secret.encode() not in held
        assert secret.encode("utf-16-le") not in held
    await database.close()


async def test_a_name_is_in_the_name_columns_only(town: Town) -> None:
    await lived_through(town)
    async with town.database.read() as tx:
        tables = await tx.run_sync(_columns)
        for table, columns in tables.items():
            for column in columns:
                found = await tx.execute(
                    text(
                        f'SELECT count(*) FROM "{table}" '
                        f"WHERE CAST(\"{column}\" AS TEXT) LIKE '%Краснопольская%'"
                    )
                )
                assert (found.scalar_one() > 0) == ((table, column) == ("children", "last_name"))
