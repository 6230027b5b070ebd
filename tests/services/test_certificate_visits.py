"""A request waits thirty days for the visit: reminders, closing, and one tap that opens it again.

The clock moves hour by hour, so what is told is told by the day on which it is due.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from core.db.engine import Database
from core.db.models import Consent
from core.domain.certificates import CertificateState, ReopenTooLate, TooOld
from core.domain.consents import ConsentNeeded
from core.domain.refusals import AlreadyDecided, NotFound
from core.domain.silence import QuietHours
from tests.services.town import NOON, Town, found_town

HOUR = timedelta(hours=1)


async def live(town: Town, days: int, step: timedelta = timedelta(hours=6)) -> None:
    """Let the days pass; what is due happens when it is."""
    until = town.clock.now() + timedelta(days=days)
    while town.clock.now() < until:
        town.clock.move(step)
        await town.timers.run_due()


async def heard(town: Town) -> list[tuple[str, str]]:
    """What was told, with the day of the municipality's calendar on which it may go."""
    zone = timedelta(hours=3)
    return [(kind, f"{at + zone:%d.%m %H}") for kind, at in await town.notices()]


async def test_a_month_without_a_visit_gives_three_reminders_and_the_closing(
    database: Database,
) -> None:
    town = await found_town(database, quiet=QuietHours())
    parent = await town.parent()
    request = await town.requested(parent, await town.child(parent))
    await live(town, 35, HOUR)
    assert await heard(town) == [
        ("certificate.reminded", "27.08 10"),
        ("certificate.reminded", "03.09 10"),
        ("certificate.reminded", "18.09 10"),
        ("certificate.closed", "24.09 09"),  # midnight keeps silence
    ]
    closed = await town.requests.get_mine(parent, request.id)
    assert closed.state is CertificateState.CLOSED


async def test_a_request_that_was_decided_is_reminded_of_no_more(town: Town) -> None:
    parent = await town.parent()
    request = await town.requested(parent, await town.child(parent))
    await live(town, 5)
    await town.certificate_decisions.confirm(await town.staff(), request.id, version=1)
    await live(town, 30)
    assert [kind for kind, _ in await town.notices()] == [
        "certificate.reminded",
        "certificate.decided",
    ]


async def test_who_was_away_for_weeks_sends_no_heap_of_old_reminders(town: Town) -> None:
    parent = await town.parent()
    await town.requested(parent, await town.child(parent))
    town.clock.move(timedelta(days=25, hours=5))
    await town.timers.run_due()
    assert [kind for kind, _ in await town.notices()] == ["certificate.reminded"]


async def test_one_tap_opens_a_closed_request_with_its_number_and_code(town: Town) -> None:
    parent = await town.parent()
    request = await town.requested(parent, await town.child(parent))
    await live(town, 40)
    opened = await town.requests.reopen(parent, request.id)
    again = await town.requests.reopen(parent, request.id)
    assert opened == again
    assert (opened.id, opened.visit_code) == (request.id, request.visit_code)
    assert opened.state is CertificateState.AWAITING_VISIT
    assert opened.visit_until == (NOON + timedelta(days=70)).date()
    await live(town, 35)
    kinds = [kind for kind, _ in await town.notices()]
    one_round: Sequence[str] = ["certificate.reminded"] * 3 + ["certificate.closed"]
    assert kinds == [*one_round, *one_round]
    assert await town.actions("certificates", request.id) == [
        "certificate.requested",
        "certificate.closed",
        "certificate.reopened",
        "certificate.closed",
    ]


async def test_after_fourteen_days_a_new_request_is_made_instead(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    await live(town, 46)
    with pytest.raises(ReopenTooLate):
        await town.requests.reopen(parent, request.id)
    assert (await town.requested(parent, child)).id != request.id


async def test_only_a_closed_request_of_ones_own_opens_again(town: Town) -> None:
    parent, stranger = await town.parent(), await town.parent()
    request = await town.certified(parent, await town.child(parent))
    with pytest.raises(AlreadyDecided):
        await town.requests.reopen(parent, request.id)
    said = []
    for certificate_id in (request.id, request.id + 1):
        with pytest.raises(NotFound) as refusal:
            await town.requests.reopen(stranger, certificate_id)
        said.append(refusal.value.params)
    assert said[0] == said[1]


async def test_without_consent_or_childhood_nothing_opens_again(town: Town) -> None:
    parent = await town.parent()
    request = await town.requested(parent, await town.child(parent))
    grown = await town.requested(
        parent,
        await town.child(parent, "Петров Борис", born=datetime(2008, 10, 1, tzinfo=UTC).date()),
    )
    await live(town, 40)
    with pytest.raises(TooOld):
        await town.requests.reopen(parent, grown.id)
    await town.execute(update(Consent).values(withdrawn_at=town.clock.now()))
    with pytest.raises(ConsentNeeded):
        await town.requests.reopen(parent, request.id)
