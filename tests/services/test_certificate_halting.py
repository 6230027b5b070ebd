"""A certificate stands still, works again, ends; and the eighteenth birthday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from core.db.engine import Database
from core.db.models import Application, OutboxRow
from core.domain.certificates import CertificateState, HaltReason, StudiesNow
from core.domain.enrolment import ApplicationRefusal, ApplicationState, CertificateNeeded
from core.domain.refusals import AlreadyDecided, NotAllowed, NotFound
from core.domain.silence import QuietHours
from core.domain.staff import Role
from core.services.certificates.halting import Halting
from core.services.municipalities.municipalities import Municipalities
from tests.services.statements import statements
from tests.services.town import Town, found_town


def halting(town: Town) -> Halting:
    return Halting(town.database, town.clock, town.cipher, town.quiet)


async def test_suspending_refuses_what_waits_and_says_why(town: Town) -> None:
    parent, child = await town.family()
    group = await town.group()
    applied = await town.applied(parent, child, group)
    certificate = await town.requests.of_child(parent, child.id)
    assert certificate is not None
    operator = await town.staff(Role.OPERATOR)
    suspended = await halting(town).suspend(
        operator, certificate.id, version=2, reason=HaltReason.OTHER, note="Справка устарела"
    )
    assert suspended.state is CertificateState.SUSPENDED
    assert (suspended.halt_reason, suspended.halt_note) == (HaltReason.OTHER, "Справка устарела")
    refused = await town.applications.get_mine(parent, applied.id)
    assert refused.state is ApplicationState.REFUSED
    assert refused.refusal_reason is ApplicationRefusal.CERTIFICATE
    assert await town.taken(group) == 0
    with pytest.raises(CertificateNeeded):
        await town.applied(parent, child, group)
    resumed = await halting(town).resume(operator, certificate.id, version=3)
    assert (resumed.state, resumed.halt_reason) == (CertificateState.ACTIVE, None)
    await town.applied(parent, child, group)
    assert [kind for kind, _ in await town.notices()] == [
        "certificate.decided",
        "application.decided",
        "certificate.decided",
        "certificate.decided",
    ]
    assert await town.requests.show_number(parent, certificate.id) == "9901000001"


async def test_who_studies_keeps_the_certificate(town: Town) -> None:
    parent, child = await town.family()
    applied = await town.applied(parent, child, await town.group())
    await town.execute(
        update(Application)
        .where(Application.id == applied.id)
        .values(state=ApplicationState.STUDYING)
    )
    consultant = await town.staff()
    for halt in (halting(town).suspend, halting(town).annul):
        with pytest.raises(StudiesNow):
            await halt(consultant, 1, version=2, reason=HaltReason.MOVED)
    with pytest.raises(StudiesNow):
        await halting(town).give_up(parent, 1, version=2)


async def test_the_first_of_two_decisions_stands_and_the_same_again_is_harmless(
    town: Town,
) -> None:
    parent = await town.parent()
    certificate = await town.certified(parent, await town.child(parent))
    first, second = await town.staff(), await town.staff(Role.HEAD)
    halt = halting(town)
    annulled = await halt.annul(first, certificate.id, version=2, reason=HaltReason.DOUBLE)
    assert annulled == await halt.annul(first, certificate.id, version=2, reason=HaltReason.DOUBLE)
    with pytest.raises(AlreadyDecided):
        await halt.suspend(second, certificate.id, version=2, reason=HaltReason.MOVED)
    with pytest.raises(AlreadyDecided):
        await halt.resume(second, certificate.id, version=3)
    child = await town.requests.of_child(parent, certificate.child_id)
    assert child is not None
    assert child.state is CertificateState.ANNULLED


async def test_only_staff_of_the_place_halt_and_strangers_give_up_nothing(town: Town) -> None:
    parent, stranger = await town.parent(), await town.parent()
    certificate = await town.certified(parent, await town.child(parent))
    other = await Municipalities(town.database, town.clock).add("other", "Другой район")
    elsewhere = await town.staff(municipality_id=other.id)
    for person in (parent, await town.staff(Role.PROVIDER, at=town.organisation_id)):
        with pytest.raises(NotAllowed):
            await halting(town).suspend(person, certificate.id, version=2, reason=HaltReason.MOVED)
    costs = set()
    for number in (certificate.id, certificate.id + 1):
        with statements() as cost, pytest.raises(NotFound):
            await halting(town).annul(elsewhere, number, version=2, reason=HaltReason.MOVED)
        costs.add(len(cost))
    assert len(costs) == 1
    costs = set()
    for number in (certificate.id, certificate.id + 1):
        with statements() as cost, pytest.raises(NotFound):
            await halting(town).give_up(stranger, number, version=2)
        costs.add(len(cost))
    assert len(costs) == 1
    gone = await halting(town).give_up(parent, certificate.id, version=2)
    assert (gone.state, gone.halt_reason) == (CertificateState.ANNULLED, HaltReason.FAMILY)


async def test_the_eighteenth_birthday_is_said_ahead_and_ends_the_parents_access(
    database: Database,
) -> None:
    town = await found_town(database, quiet=QuietHours())
    parent = await town.parent()
    grown = await town.child(parent, "Петров Борис", born=date(2008, 10, 1))
    younger = await town.child(parent, "Петрова Алиса")
    await town.certified(parent, grown)
    await town.certified(parent, younger)
    until = town.clock.now() + timedelta(days=45)
    while town.clock.now() < until:
        town.clock.move(timedelta(hours=1))
        await town.timers.run_due()
    zone = timedelta(hours=3)
    told = [(kind, f"{at + zone:%d.%m %H}") for kind, at in await town.notices()]
    assert [one for one in told if one[0] != "certificate.decided"] == [
        ("certificate.adult-soon", "01.09 10"),
        ("certificate.adult-soon", "24.09 10"),
        ("certificate.grown", "01.10 09"),
    ]
    assert [child.id for child in await town.children.list_mine(parent)] == [younger.id]
    with pytest.raises(NotFound):
        await town.requests.show_number(parent, 1)
    findings = [one for one in await town.doctor.examine() if one.invariant == "I10"]
    assert findings == []


async def test_a_note_is_kept_sealed(town: Town) -> None:
    parent = await town.parent()
    certificate = await town.certified(parent, await town.child(parent))
    await halting(town).suspend(
        await town.staff(),
        certificate.id,
        version=2,
        reason=HaltReason.OTHER,
        note="Спорная дата рождения",
    )
    async with town.database.read() as tx:
        rows = [tuple(row) for row in await tx.execute(select(OutboxRow.__table__))]
    assert "Спорная".encode() not in repr(rows).encode()
