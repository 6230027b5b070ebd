"""A hundred requests at once, four officers and two moderators who all want to decide each.

Every officer finds every family by its code, as if it had come to all schools; moderators press
their cards. Each request is decided once: one decision in the audit, one notice, one number, and
the point that saw the documents is the one whose officer was first.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import func, select

from core.db.engine import Database
from core.db.models import AuditRecord, Certificate, OutboxRow, PointConfirmation
from core.domain.actors import Actor
from core.domain.certificates import CertificateRefusal, CertificateState
from core.domain.refusals import AlreadyDecided
from core.services.certificates.views import CertificateView
from tests.services.points import asked, code_of, officer, school, visits
from tests.services.town import Town, found_town

REQUESTS = 100
OFFICERS = 4
MODERATORS = 2
SEED = 20261122
DECIDED = ("certificate.confirmed", "certificate.refused")
_LETTERS = "абвгдежзик"

Decide = Callable[[CertificateView], Awaitable[object]]


@pytest.mark.slow
async def test_each_of_a_hundred_requests_is_decided_once(database: Database) -> None:
    town = await found_town(database)
    chance = random.Random(SEED)
    requests = [
        await asked(town, f"Петров Пётр{_LETTERS[n // 10]}{_LETTERS[n % 10]}")
        for n in range(REQUESTS)
    ]
    officers = [await officer(town, await school(town)) for _ in range(OFFICERS)]
    moderators = [await town.staff() for _ in range(MODERATORS)]
    people = [_by_officer(town, person) for person in officers]
    people += [_by_moderator(town, person, chance) for person in moderators]
    outcomes = await asyncio.gather(
        *(_decide_all(decide, chance.sample(requests, REQUESTS)) for decide in people)
    )
    said = sum(outcomes, Counter())
    sys.stdout.write(f"{database.dialect}, seed {SEED}: {dict(said)}\n")
    assert said == {"decided": REQUESTS, "late": REQUESTS * (len(people) - 1)}
    await _each_once(town)
    assert [one for one in await town.doctor.examine() if one.count] == []


def _by_officer(town: Town, person: Actor) -> Decide:
    async def decide(request: CertificateView) -> object:
        found = await visits(town).find_by_code(person, code_of(request))
        return await town.certificate_decisions.confirm(person, found, version=1)

    return decide


def _by_moderator(town: Town, person: Actor, chance: random.Random) -> Decide:
    decisions = town.certificate_decisions

    async def decide(request: CertificateView) -> object:
        if chance.random() < 0.5:
            return await decisions.confirm(person, request.id, version=1)
        return await decisions.refuse(
            person, request.id, version=1, reason=CertificateRefusal.NOT_RESIDENT
        )

    return decide


async def _decide_all(decide: Decide, requests: list[CertificateView]) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    for request in requests:
        try:
            await decide(request)
        except AlreadyDecided:
            outcomes["late"] += 1
        else:
            outcomes["decided"] += 1
    return outcomes


async def _each_once(town: Town) -> None:
    async with town.database.read() as tx:
        decided = await tx.execute(
            select(AuditRecord.entity_id, func.count())
            .where(AuditRecord.action.in_(DECIDED))
            .group_by(AuditRecord.entity_id)
        )
        assert {count for _, count in decided} == {1}
        told = await tx.scalar(
            select(func.count())
            .select_from(OutboxRow)
            .where(OutboxRow.kind == "certificate.decided")
        )
        assert told == REQUESTS
        rows = (
            await tx.execute(
                select(
                    Certificate.state,
                    Certificate.number_tail,
                    Certificate.decided_by,
                    PointConfirmation.person_id,
                ).outerjoin(PointConfirmation, PointConfirmation.certificate_id == Certificate.id)
            )
        ).all()
    active = [row for row in rows if row.state == CertificateState.ACTIVE]
    refused = [row for row in rows if row.state == CertificateState.REFUSED]
    assert len(active) + len(refused) == REQUESTS
    serials = sorted(int(row.number_tail) for row in active)
    assert serials == list(range(1, len(active) + 1))
    at_points = [row for row in rows if row.person_id is not None]
    assert all(row.decided_by == row.person_id for row in at_points)
    assert 0 < len(at_points) < REQUESTS
