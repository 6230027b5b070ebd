"""The doctor finds what is broken: each invariant is broken by hand once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, literal, select, text, update

from core.db.engine import Database
from core.db.models import (
    Application,
    AuditRecord,
    Certificate,
    Child,
    Consent,
    Group,
    Guardianship,
    InboxRow,
    OutboxRow,
    SearchMiss,
)
from core.services.doctor.findings import Finding
from tests.services.town import SNILS, Town, found_town

Break = Callable[[Town], Awaitable[None]]


def _copy(model: Any, **changed: Any) -> tuple[list[str], Any]:
    """Columns, and a query of the same rows with other ids and the changed values."""
    names = [column.name for column in model.__table__.columns if column.name != "id"]
    columns = [
        literal(changed[name]).label(name) if name in changed else model.__table__.c[name]
        for name in names
    ]
    return names, select(*columns)


async def lived_in(town: Town) -> None:
    """Two families, one with a certificate and an application."""
    parent, child = await town.family()
    await town.applied(parent, child, await town.group())
    other = await town.parent()
    await town.requested(other, await town.child(other, "Иванова Анна"), snils=SNILS)


async def findings(town: Town) -> list[tuple[str, int]]:
    found: list[Finding] = await town.doctor.examine()
    return [(finding.invariant, finding.count) for finding in found]


def inbox_row(town: Town, **columns: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "bot_id": 1,
        "update_id": 1,
        "queue": "1:1",
        "kind": "message",
        "state": "received",
        "payload": b"-",
        "received_at": town.clock.now(),
        "next_try_at": town.clock.now(),
    }
    return values | columns


def outbox_row(town: Town, **columns: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "dedupe_key": "k",
        "kind": "certificate.decided",
        "lane": "person:1",
        "priority": 0,
        "repeatable": True,
        "state": "pending",
        "made_at": town.clock.now(),
        "not_before": town.clock.now(),
    }
    return values | columns


async def seat_lost(town: Town) -> None:
    await town.execute(update(Group).values(taken=Group.taken + 1))


async def application_gone(town: Town) -> None:
    await town.execute(update(Application).values(state="refused"))


async def second_application(town: Town) -> None:
    await town.execute(text("DROP INDEX uq_applications_live_programme"))
    names, rows = _copy(Application, key="copy")
    await town.execute(insert(Application).from_select(names, rows))
    await town.execute(update(Group).values(taken=2))


async def update_forgotten(town: Town) -> None:
    await town.execute(
        insert(InboxRow).values(
            inbox_row(town, received_at=town.clock.now() - timedelta(seconds=61))
        )
    )


async def payload_kept(town: Town) -> None:
    await town.execute(
        insert(InboxRow).values(inbox_row(town, state="done", ended_at=town.clock.now()))
    )


async def message_forgotten(town: Town) -> None:
    await town.execute(
        insert(OutboxRow).values(
            outbox_row(town, not_before=town.clock.now() - timedelta(minutes=11))
        )
    )


async def message_without_end(town: Town) -> None:
    await town.execute(insert(OutboxRow).values(outbox_row(town, state="sent")))


async def audit_open(town: Town) -> None:
    if town.database.dialect == "sqlite":
        await town.execute(text("DROP TRIGGER audit_no_delete"))
    else:
        await town.execute(text("DROP TRIGGER audit_append_only ON audit"))


async def name_in_audit(town: Town) -> None:
    await audit_of(town, {"name": "Петрова Алиса"})


async def number_in_audit(town: Town) -> None:
    await audit_of(town, {"snils": "11223344595"})


async def audit_of(town: Town, details: dict[str, Any]) -> None:
    await town.execute(
        insert(AuditRecord).values(
            at=town.clock.now(),
            actor="system",
            action="child.registered",
            entity="children",
            entity_id=1,
            fields=["last_name"],
            details=details,
        )
    )


async def consent_gone(town: Town) -> None:
    await town.execute(update(Consent).values(withdrawn_at=town.clock.now()))


async def guardian_gone(town: Town) -> None:
    await town.execute(update(Guardianship).values(ended_at=town.clock.now()))


async def second_certificate(town: Town) -> None:
    await town.execute(text("DROP INDEX uq_certificates_live_child"))
    names, rows = _copy(Certificate, key="copy")
    waiting = rows.where(Certificate.state == "awaiting_visit")
    await town.execute(insert(Certificate).from_select(names, waiting))


async def one_insurance_number_twice(town: Town) -> None:
    await town.execute(
        update(Child).values(snils_index=town.cipher.blind_index("snils", "11223344595"))
    )
    await town.execute(
        update(Certificate)
        .where(Certificate.state == "awaiting_visit")
        .values(state="active", number_index=b"another")
    )


async def number_lost(town: Town) -> None:
    await town.execute(update(Certificate).values(number_index=None))


async def schema_behind(town: Town) -> None:
    await town.execute(text("DELETE FROM alembic_version"))


async def schema_bent(town: Town) -> None:
    await town.execute(text("CREATE INDEX ix_stray ON children (born)"))


@pytest.mark.parametrize(
    ("break_it", "found"),
    [
        (seat_lost, [("I1", 1)]),
        (application_gone, [("I1", 1)]),
        (second_application, [("schema", 1), ("I5", 1)]),
        (update_forgotten, [("I6", 1)]),
        (payload_kept, [("I6", 1)]),
        (message_forgotten, [("I7", 1)]),
        (message_without_end, [("I7", 1)]),
        (audit_open, [("I9", 1)]),
        (name_in_audit, [("I9", 1)]),
        (number_in_audit, [("I9", 1)]),
        (consent_gone, [("I10", 2)]),
        (guardian_gone, [("I10", 2)]),
        (second_certificate, [("schema", 1), ("one-certificate", 1)]),
        (one_insurance_number_twice, [("one-certificate", 1)]),
        (number_lost, [("one-certificate", 1)]),
        (schema_behind, [("schema", 1)]),
        (schema_bent, [("schema", 1)]),
    ],
)
async def test_what_is_broken_is_found(
    town: Town, break_it: Break, found: list[tuple[str, int]]
) -> None:
    await lived_in(town)
    assert await findings(town) == []
    await break_it(town)
    assert await findings(town) == found


async def test_a_row_that_points_nowhere_is_found(sqlite_url: str) -> None:
    """SQLite only: PostgreSQL cannot have such rows."""
    database = Database(sqlite_url)
    town = await found_town(database)
    await lived_in(town)
    async with database.writer.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await connection.rollback()
        await driver.execute("PRAGMA foreign_keys=OFF")
        await driver.execute("DELETE FROM organisations")
        await driver.execute("PRAGMA foreign_keys=ON")
    assert await findings(town) == [("references", 2)]  # a programme and a transfer consent
    await database.close()


async def test_an_overbooked_group_is_no_fault(town: Town) -> None:
    parent, child = await town.family()
    await town.applied(parent, child, await town.group())
    await town.execute(update(Group).values(capacity=0))
    assert await findings(town) == []


async def test_an_update_and_a_message_on_their_way_are_no_faults(town: Town) -> None:
    await town.execute(insert(InboxRow).values(inbox_row(town)))
    await town.execute(insert(OutboxRow).values(outbox_row(town)))
    assert await findings(town) == []


async def test_a_dead_payload_is_dropped_after_seven_days(town: Town) -> None:
    await town.execute(
        insert(InboxRow).values(inbox_row(town, state="dead", ended_at=town.clock.now()))
    )
    town.clock.move(timedelta(days=7))
    assert await town.timers.run_due() == 0
    town.clock.move(timedelta(seconds=1))
    assert await town.timers.run_due() == 1
    assert await town.timers.run_due() == 0


async def test_an_ended_update_is_forgotten_after_thirty_days(town: Town) -> None:
    await town.execute(
        insert(InboxRow).values(
            inbox_row(town, state="done", payload=None, ended_at=town.clock.now())
        )
    )
    town.clock.move(timedelta(days=30))
    assert await town.timers.run_due() == 0
    town.clock.move(timedelta(seconds=1))
    assert await town.timers.run_due() == 1
    assert await town.timers.run_due() == 0


async def test_what_was_looked_for_in_vain_is_forgotten_after_half_a_year(town: Town) -> None:
    await town.execute(
        insert(SearchMiss).values(words="квиддич", times=1, last_at=town.clock.now())
    )
    town.clock.move(timedelta(days=180))
    assert await town.timers.run_due() == 0
    town.clock.move(timedelta(seconds=1))
    assert await town.timers.run_due() == 1
    assert await town.timers.run_due() == 0
