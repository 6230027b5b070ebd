"""R5: a thousand families want ten seats at the same moment, from four processes.

Every round must sell exactly ten. The bar of time is the product's, not that of a machine busy
with something else: the best of a few rounds counts, and the rounds stop once it is met. The twin
looks and then writes under the driver's default isolation: it must oversell, or the race proves
nothing.
"""

from __future__ import annotations

import asyncio
import math
import sys
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select

from core.clock import MovableClock
from core.db.engine import Database
from core.db.models import (
    Application,
    AuditRecord,
    Certificate,
    Child,
    Consent,
    ConsentText,
    Group,
    Guardianship,
    Municipality,
    Organisation,
    Person,
    Programme,
)
from core.domain.consents import ConsentKind
from core.services.doctor.doctor import Doctor
from tests.faults.seat_race import APPLICANTS, NOW, SEATS, percentile, race

SEED = 20260824
BAR_SECONDS = 2.0
MOST_ROUNDS = 3
TRIES_OF_THE_TWIN = 5


@pytest.mark.alone
@pytest.mark.slow
async def test_ten_seats_are_sold_ten_times(database: Database, database_url: str) -> None:
    await arrange(database)
    best = math.inf
    for group in range(1, MOST_ROUNDS + 1):
        ran = await asyncio.to_thread(race, database_url, group, SEED + group, twin=False)
        p95 = percentile(ran.seconds, 0.95)
        say(f"{database.dialect}, seed {SEED + group}: {dict(ran.outcomes)}, p95 {p95:.2f} s")
        assert ran.outcomes == {"accepted": SEATS, "SeatTaken": APPLICANTS - SEATS}
        assert await sold(database, group) == (SEATS, SEATS, SEATS * group)
        best = min(best, p95)
        if best <= BAR_SECONDS:
            break
    assert await Doctor(database, MovableClock(NOW)).examine() == []
    assert best <= BAR_SECONDS


@pytest.mark.alone
@pytest.mark.slow
async def test_the_twin_that_looks_first_oversells(database: Database, database_url: str) -> None:
    await arrange(database)
    for attempt in range(TRIES_OF_THE_TWIN):
        seed = SEED + attempt
        ran = await asyncio.to_thread(race, database_url, 1, seed, twin=True)
        say(f"{database.dialect}, seed {seed}: the twin sold {ran.outcomes['accepted']}")
        if ran.outcomes["accepted"] > SEATS:
            return
        async with database.write() as tx:
            await tx.execute(delete(Application))
    pytest.fail("the twin never oversold: the race is no race")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


async def sold(database: Database, group: int) -> tuple[int, int, int]:
    """Seats counted as taken, applications of the group, all records of the audit."""
    async with database.read() as tx:
        taken = await tx.execute(select(Group.taken).where(Group.id == group))
        made = await tx.execute(
            select(func.count()).select_from(Application).where(Application.group_id == group)
        )
        noted = await tx.execute(select(func.count()).select_from(AuditRecord))
        return taken.scalar_one(), made.scalar_one(), noted.scalar_one()


async def arrange(database: Database) -> None:
    """A thousand children who may all apply, and a group of ten for each round."""
    people = range(1, APPLICANTS + 1)
    rounds = range(1, MOST_ROUNDS + 1)
    rows: list[tuple[Any, list[dict[str, Any]]]] = [
        (Municipality, [_municipality()]),
        (Organisation, [_organisation()]),
        (Programme, [_programme(number) for number in rounds]),
        (Group, [_group(number) for number in rounds]),
        (Person, [_person(person) for person in people]),
        (ConsentText, [_text(ConsentKind.PROCESSING, 1), _text(ConsentKind.TRANSFER, 2)]),
        (Consent, [_consent(person, ConsentKind.PROCESSING, 1) for person in people]),
        (Consent, [_consent(person, ConsentKind.TRANSFER, 2) for person in people]),
        (Child, [_child(child) for child in people]),
        (Guardianship, [{"child_id": child, "person_id": child, "since": NOW} for child in people]),
        (Certificate, [_certificate(child) for child in people]),
    ]
    async with database.write() as tx:
        for model, values in rows:
            await tx.execute(insert(model), values)


def _municipality() -> dict[str, Any]:
    return {
        "id": 1,
        "code": "race",
        "name": "Район",
        "timezone": "Europe/Moscow",
        "regime": "pfdo",
        "registry_mode": "own",
        "ordinal": 1,
        "certificate_serial": APPLICANTS,
        "added_at": NOW,
    }


def _organisation() -> dict[str, Any]:
    return {
        "id": 1,
        "municipality_id": 1,
        "name": "ДДТ",
        "name_key": "ддт",
        "confirms_certificates": False,
        "added_at": NOW,
    }


def _programme(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "municipality_id": 1,
        "organisation_id": 1,
        "identity_key": f"p{number}",
        "title": "Робототехника",
        "direction": "technical",
        "age_from_months": 84,
        "age_to_months": 131,
        "registry_kind": "significant",
        "adapted": False,
        "state": "published",
        "changed_at": NOW,
    }


def _group(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "programme_id": number,
        "name": "Группа 1",
        "name_key": "группа1",
        "schedule": [],
        "capacity": SEATS,
        "taken": 0,
        "starts_on": date(2026, 9, 1),
        "changed_at": NOW,
    }


def _person(person: int) -> dict[str, Any]:
    return {
        "id": person,
        "messenger": "telegram",
        "messenger_id": person,
        "locale": "ru",
        "municipality_id": 1,
        "seen_at": NOW,
    }


def _text(kind: ConsentKind, text_id: int) -> dict[str, Any]:
    return {
        "id": text_id,
        "kind": kind,
        "version": "1",
        "sha256": "0",
        "body": "...",
        "first_shown_at": NOW,
    }


def _consent(person: int, kind: ConsentKind, text_id: int) -> dict[str, Any]:
    return {
        "person_id": person,
        "kind": kind,
        "organisation_id": 1 if kind is ConsentKind.TRANSFER else None,
        "text_id": text_id,
        "source": "bot",
        "key": f"{kind}:{person}",
        "given_at": NOW,
    }


def _child(child: int) -> dict[str, Any]:
    return {
        "id": child,
        "municipality_id": 1,
        "last_name": "Петрова",
        "first_name": "Алиса",
        "born": date(2017, 3, 5),
        "state": "confirmed",
        "key": f"child:{child}",
        "entered_at": NOW,
    }


def _certificate(child: int) -> dict[str, Any]:
    return {
        "municipality_id": 1,
        "child_id": child,
        "requested_by": child,
        "kind": "record",
        "state": "active",
        "number_sealed": b"-",
        "number_index": child.to_bytes(4, "big"),
        "number_tail": f"{child:04}",
        "visit_code": f"{child}-00",
        "visit_until": date(2026, 9, 23),
        "version": 2,
        "key": f"certificate:{child}",
        "requested_at": NOW,
    }
