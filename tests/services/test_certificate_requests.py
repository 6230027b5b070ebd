"""Asking for a certificate: who may, what is kept, what happens without a visit."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select, update

from core.db.engine import Database
from core.db.models import Certificate, Child, Consent, Person
from core.domain.certificates import (
    CertificateExists,
    CertificateState,
    TooOld,
    TooYoung,
)
from core.domain.consents import ConsentNeeded
from core.domain.refusals import BadValue, NotFound
from core.domain.silence import QuietHours
from tests.services.town import SNILS, Town, found_town


async def test_a_request_waits_thirty_days_for_a_visit(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requests.request(
        parent, child.id, snils=SNILS, phone="+79181234567", key="k"
    )
    assert request.state is CertificateState.AWAITING_VISIT
    assert request.visit_until == date(2026, 9, 23)
    number, _, digits = (request.visit_code or "").partition("-")
    assert number == str(request.id)
    assert len(digits) == 2
    assert digits.isdecimal()
    assert request.number_tail is None
    assert await town.requests.of_child(parent, child.id) == request
    assert await town.requests.get_mine(parent, request.id) == request
    assert await town.actions("certificates", request.id) == ["certificate.requested"]


async def test_numbers_are_sealed(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    await town.requests.request(parent, child.id, snils=SNILS, phone="+79181234567", key="k")
    async with town.database.read() as tx:
        row = (await tx.execute(select(Child.snils_sealed, Child.snils_index))).one()
        person = (
            await tx.execute(select(Person.phone_sealed).where(Person.id == parent.person_id))
        ).scalar_one()
    assert row.snils_sealed is not None
    assert b"11223344595" not in row.snils_sealed
    assert town.cipher.open_text("snils", row.snils_sealed) == "11223344595"
    assert row.snils_index == town.cipher.blind_index("snils", "11223344595")
    assert person is not None
    assert town.cipher.open_text("phone", person) == "+79181234567"


async def test_one_tap_sent_many_times_is_one_request(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    await town.moderation_chat()
    requests = await asyncio.gather(
        *(
            town.requests.request(parent, child.id, snils=None, phone=None, key="k")
            for _ in range(8)
        )
    )
    assert len(set(requests)) == 1
    assert await town.count(Certificate) == 1
    assert [kind for kind, _ in await town.notices()] == ["card.certificate"]


async def test_a_second_request_is_pointed_to_the_first(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    first = await town.requested(parent, child)
    with pytest.raises(CertificateExists) as refusal:
        await town.requested(parent, child)
    assert refusal.value.params == {"certificate_id": first.id}


async def test_a_suspended_certificate_is_still_the_childs(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    await town.requested(parent, child)
    await town.execute(update(Certificate).values(state=CertificateState.SUSPENDED))
    with pytest.raises(CertificateExists):
        await town.requested(parent, child)


async def test_below_five_the_fifth_birthday_is_named(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent, born=date(2021, 8, 25))
    with pytest.raises(TooYoung) as refusal:
        await town.requested(parent, child)
    assert refusal.value.params == {"fifth_birthday": "2026-08-25"}
    town.clock.move(timedelta(days=1))
    assert (await town.requested(parent, child)).state is CertificateState.AWAITING_VISIT


async def test_at_eighteen_it_is_too_late(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent, born=date(2008, 8, 25))
    town.clock.move(timedelta(days=1))
    with pytest.raises(TooOld):
        await town.requested(parent, child)


async def test_a_withdrawn_consent_stops_the_request(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    await town.execute(update(Consent).values(withdrawn_at=town.clock.now()))
    with pytest.raises(ConsentNeeded):
        await town.requested(parent, child)


@pytest.mark.parametrize(
    ("snils", "phone", "field"), [("112-233-445 96", None, "snils"), (None, "12", "phone")]
)
async def test_what_was_typed_is_checked_again(
    town: Town, snils: str | None, phone: str | None, field: str
) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    with pytest.raises(BadValue) as refusal:
        await town.requests.request(parent, child.id, snils=snils, phone=phone, key="k")
    assert refusal.value.params["field"] == field
    assert await town.count(Certificate) == 0


async def test_anothers_certificate_looks_like_none(town: Town) -> None:
    parent, stranger = await town.parent(), await town.parent()
    child = await town.child(parent)
    certificate = await town.certified(parent, child)
    assert len(await town.requests.show_number(parent, certificate.id)) == 10
    for certificate_id in (certificate.id, certificate.id + 1):
        with pytest.raises(NotFound):
            await town.requests.get_mine(stranger, certificate_id)
        with pytest.raises(NotFound):
            await town.requests.show_number(stranger, certificate_id)
    with pytest.raises(NotFound):
        await town.requests.request(stranger, child.id, snils=None, phone=None, key="x")
    with pytest.raises(NotFound):
        await town.requests.of_child(stranger, child.id)


async def test_there_is_no_number_to_show_before_the_visit(town: Town) -> None:
    parent = await town.parent()
    request = await town.requested(parent, await town.child(parent))
    with pytest.raises(NotFound):
        await town.requests.show_number(parent, request.id)


async def test_a_request_nobody_came_for_is_closed_and_may_be_made_again(
    database: Database,
) -> None:
    town = await found_town(database, zone="Asia/Vladivostok", quiet=QuietHours())
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    await town.moderation_chat()
    assert request.visit_until is not None
    end_of_last_day = datetime.combine(
        request.visit_until, time(23, 59), tzinfo=ZoneInfo("Asia/Vladivostok")
    )
    town.clock.move(end_of_last_day - town.clock.now())
    assert await town.timers.run_due() == 0
    town.clock.move(timedelta(minutes=1))
    assert await town.timers.run_due() == 1
    assert await town.timers.run_due() == 0
    closed = await town.requests.get_mine(parent, request.id)
    assert (closed.state, closed.version) == (CertificateState.CLOSED, 2)
    morning = datetime.combine(
        request.visit_until + timedelta(days=1), time(9), tzinfo=ZoneInfo("Asia/Vladivostok")
    )
    assert await town.notices() == [
        ("certificate.closed", morning.astimezone(UTC)),
        ("card.certificate", town.clock.now()),
    ]
    again = await town.requested(parent, child)
    assert again.id != request.id
    assert await town.requests.of_child(parent, child.id) == again


async def test_a_decided_request_is_not_closed(town: Town) -> None:
    parent = await town.parent()
    certificate = await town.certified(parent, await town.child(parent))
    town.clock.move(timedelta(days=60))
    assert await town.timers.run_due() == 0
    assert (await town.requests.get_mine(parent, certificate.id)).state is CertificateState.ACTIVE


async def test_two_processes_close_a_request_once(town: Town) -> None:
    parent = await town.parent()
    request = await town.requested(parent, await town.child(parent))
    town.clock.move(timedelta(days=60))
    assert sum(await asyncio.gather(*(town.timers.run_due() for _ in range(4)))) == 1
    assert await town.actions("certificates", request.id) == [
        "certificate.requested",
        "certificate.closed",
    ]


async def test_nothing_due_is_nothing_written(town: Town) -> None:
    commits = town.database.crash.commits
    assert await town.timers.run_due() == 0
    assert town.database.crash.commits == commits


async def test_the_audit_cannot_be_cut(town: Town) -> None:
    from core.db.models import AuditRecord

    with pytest.raises(Exception, match="append-only"):
        await town.execute(delete(AuditRecord))
