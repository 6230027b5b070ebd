"""Deciding on certificates: who may, the first decision, numbers, doubles, cards, silence."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from core.db.engine import Database
from core.db.models import AuditRecord, Certificate, Municipality, StaffRight
from core.domain.certificates import (
    CertificateDouble,
    CertificateRefusal,
    CertificateState,
)
from core.domain.children import ChildState
from core.domain.municipality import RegistryMode
from core.domain.refusals import AlreadyDecided, BadValue, NotAllowed, NotFound, Refusal
from core.domain.silence import QuietHours
from core.domain.staff import Role
from core.services.certificates.views import CertificateView
from core.services.municipalities.municipalities import Municipalities
from tests.services.town import NOON, SNILS, Town, found_town


async def asked(town: Town) -> CertificateView:
    parent = await town.parent()
    return await town.requested(parent, await town.child(parent))


async def test_confirming_gives_a_number_and_confirms_the_child(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    consultant = await town.staff()
    confirmed = await town.certificate_decisions.confirm(consultant, request.id, version=1)
    assert (confirmed.state, confirmed.version) == (CertificateState.ACTIVE, 2)
    assert confirmed.number_tail == "0001"
    assert await town.requests.show_number(parent, request.id) == "9901000001"
    assert (await town.children.get_mine(parent, child.id)).state is ChildState.CONFIRMED
    assert await town.actions("certificates", request.id) == [
        "certificate.requested",
        "certificate.confirmed",
    ]
    assert [kind for kind, _ in await town.notices()] == ["certificate.decided"]


async def test_numbers_follow_the_municipalitys_counter_without_gaps(town: Town) -> None:
    consultant = await town.staff()
    requests = [await asked(town) for _ in range(5)]
    confirmed = await asyncio.gather(
        *(
            town.certificate_decisions.confirm(consultant, request.id, version=1)
            for request in requests
        )
    )
    assert sorted(view.number_tail or "" for view in confirmed) == [
        "0001",
        "0002",
        "0003",
        "0004",
        "0005",
    ]


async def test_the_first_of_two_decisions_wins(town: Town) -> None:
    request = await asked(town)
    first, second = await town.staff(), await town.staff(Role.HEAD)
    outcomes = await asyncio.gather(
        town.certificate_decisions.confirm(first, request.id, version=1),
        town.certificate_decisions.refuse(
            second, request.id, version=1, reason=CertificateRefusal.WRONG_DATA
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, AlreadyDecided) for outcome in outcomes) == 1
    assert len(await town.actions("certificates", request.id)) == 2
    assert len(await town.notices()) == 1


async def test_the_same_decision_sent_again_by_the_same_person_is_harmless(town: Town) -> None:
    request = await asked(town)
    consultant, other = await town.staff(), await town.staff()
    first = await town.certificate_decisions.confirm(consultant, request.id, version=1)
    assert await town.certificate_decisions.confirm(consultant, request.id, version=1) == first
    with pytest.raises(AlreadyDecided) as refusal:
        await town.certificate_decisions.confirm(other, request.id, version=1)
    assert refusal.value.params == {"state": "active"}
    with pytest.raises(AlreadyDecided):
        await town.certificate_decisions.confirm(consultant, request.id, version=2)
    assert len(await town.notices()) == 1


async def test_a_refusal_has_a_reason_and_a_sealed_note(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    await town.certificate_decisions.refuse(
        await town.staff(Role.OPERATOR),
        request.id,
        version=1,
        reason=CertificateRefusal.WRONG_DATA,
        note="Другая фамилия в свидетельстве",
    )
    refused = await town.requests.get_mine(parent, request.id)
    assert refused.state is CertificateState.REFUSED
    assert refused.refusal_reason is CertificateRefusal.WRONG_DATA
    assert refused.refusal_note == "Другая фамилия в свидетельстве"
    async with town.database.read() as tx:
        stored = (await tx.execute(select(Certificate.refusal_note))).scalar_one()
    assert stored is not None
    assert "Другая".encode() not in stored
    assert (await town.requested(parent, child)).id != request.id


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.CONSULTANT, Role.HEAD, Role.OPERATOR)]
)
async def test_other_roles_decide_nothing(town: Town, role: Role) -> None:
    request = await asked(town)
    person = await town.staff(role, at=town.organisation_id if role is Role.PROVIDER else 0)
    for attempt in (request.id, request.id + 1):
        with pytest.raises(NotAllowed):
            await town.certificate_decisions.confirm(person, attempt, version=1)
        with pytest.raises(NotAllowed):
            await town.certificate_decisions.open(person, attempt)


async def test_a_parent_and_a_demoted_consultant_decide_nothing(town: Town) -> None:
    parent = await town.parent()
    request = await town.requested(parent, await town.child(parent))
    former = await town.staff()
    await town.execute(
        update(StaffRight)
        .where(StaffRight.person_id == former.person_id)
        .values(revoked_at=town.clock.now())
    )
    for person in (parent, former):
        with pytest.raises(NotAllowed):
            await town.certificate_decisions.confirm(person, request.id, version=1)


async def test_staff_elsewhere_cannot_tell_a_foreign_request_from_an_absent_one(
    town: Town,
) -> None:
    request = await asked(town)
    elsewhere = await Municipalities(town.database, town.clock).add("other", "Другой район")
    consultant = await town.staff(municipality_id=elsewhere.id)
    said: list[Refusal] = []
    for certificate_id in (request.id, request.id + 1):
        with pytest.raises(NotFound) as refusal:
            await town.certificate_decisions.confirm(consultant, certificate_id, version=1)
        said.append(refusal.value)
    assert said[0].params == said[1].params


async def test_one_insurance_number_gets_one_certificate(town: Town) -> None:
    consultant = await town.staff()
    requests = []
    for name in ("Петрова Алиса", "Иванова Алиса"):
        parent = await town.parent()
        requests.append(await town.requested(parent, await town.child(parent, name), snils=SNILS))
    outcomes = await asyncio.gather(
        *(
            town.certificate_decisions.confirm(consultant, request.id, version=1)
            for request in requests
        ),
        return_exceptions=True,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "CertificateDouble",
        "CertificateView",
    ]
    assert any(isinstance(outcome, CertificateDouble) for outcome in outcomes)
    assert await town.doctor.examine() == []


async def test_a_possible_double_is_marked_for_staff_and_namesakes_are_for_people(
    town: Town,
) -> None:
    consultant = await town.staff()
    first = await asked(town)
    assert not (await town.certificate_decisions.card(first.id)).possible_double
    second = await asked(town)  # the same name and birth date in another family
    assert (await town.certificate_decisions.card(second.id)).possible_double
    details = await town.certificate_decisions.open(consultant, second.id)
    assert (details.possible_double, details.doubles) == (True, 1)
    for request in (first, second):
        confirmed = await town.certificate_decisions.confirm(consultant, request.id, version=1)
        assert confirmed.state is CertificateState.ACTIVE


async def test_opening_shows_the_fields_and_is_noted_once_a_look(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requests.request(
        parent, child.id, snils=SNILS, phone="+79181234567", key="k"
    )
    consultant = await town.staff()
    details = await town.certificate_decisions.open(consultant, request.id)
    assert (details.child_name, details.snils) == (child.name, "11223344595")
    assert (details.phone, details.guardian_name) == ("+79181234567", "Мария")
    await town.certificate_decisions.open(consultant, request.id)
    town.clock.move(timedelta(minutes=11))
    await town.certificate_decisions.open(consultant, request.id)
    assert await town.actions("certificates", request.id) == [
        "certificate.requested",
        "certificate.opened",
        "certificate.opened",
    ]
    async with town.database.read() as tx:
        record = (
            await tx.execute(
                select(AuditRecord.fields, AuditRecord.details, AuditRecord.actor).where(
                    AuditRecord.action == "certificate.opened"
                )
            )
        ).first()
    assert record is not None
    assert record.actor == f"person:{consultant.person_id}"
    assert {"snils", "phone", "born"} <= set(record.fields)
    assert record.details == {"version": 1}


async def test_a_card_says_since_which_day_of_the_municipality_the_family_waits(
    town: Town,
) -> None:
    town.clock.move(timedelta(hours=13))  # 22:00 UTC: the next day in Moscow
    request = await asked(town)
    town.clock.move(timedelta(days=9))
    card = await town.certificate_decisions.card(request.id)
    assert card.waiting_since == NOON.date() + timedelta(days=1)


async def test_a_card_says_who_decided_and_nothing_about_the_family(town: Town) -> None:
    parent = await town.parent()
    request = await town.requested(parent, await town.child(parent))
    town.clock.move(timedelta(days=2, hours=3))
    card = await town.certificate_decisions.card(request.id)
    assert (card.age_years, card.waiting_since, card.decided_by_name) == (9, NOON.date(), None)
    await town.certificate_decisions.confirm(await town.staff(), request.id, version=1)
    town.clock.move(timedelta(days=5))
    decided = await town.certificate_decisions.card(request.id)
    assert (decided.state, decided.waiting_since) == (CertificateState.ACTIVE, NOON.date())
    assert decided.decided_by_name == "Мария"
    assert "Алиса" not in repr(decided)
    with pytest.raises(NotFound):
        await town.certificate_decisions.card(request.id + 1)


async def test_every_moderation_chat_gets_the_card_and_its_change(town: Town) -> None:
    await town.moderation_chat()
    request = await asked(town)
    await town.certificate_decisions.confirm(await town.staff(), request.id, version=1)
    assert [kind for kind, _ in await town.notices()] == [
        "card.certificate",
        "certificate.decided",
        "card.certificate",
    ]


@pytest.mark.parametrize(
    ("decided", "heard"),
    [
        (datetime(2026, 8, 24, 17, 59, tzinfo=UTC), datetime(2026, 8, 24, 17, 59, tzinfo=UTC)),
        (datetime(2026, 8, 24, 18, 0, tzinfo=UTC), datetime(2026, 8, 25, 6, 0, tzinfo=UTC)),
        (datetime(2026, 8, 25, 5, 59, tzinfo=UTC), datetime(2026, 8, 25, 6, 0, tzinfo=UTC)),
    ],
)
async def test_a_decision_at_night_is_heard_at_nine(
    database: Database, decided: datetime, heard: datetime
) -> None:
    town = await found_town(database, quiet=QuietHours())
    request = await asked(town)
    town.clock.move(decided - town.clock.now())
    await town.certificate_decisions.confirm(await town.staff(), request.id, version=1)
    assert await town.notices() == [("certificate.decided", heard)]


async def test_an_external_registrys_number_is_typed_by_staff(database: Database) -> None:
    town = await found_town(database, registry_mode=RegistryMode.EXTERNAL)
    consultant = await town.staff()
    first, second = await asked(town), await asked(town)
    for number, reason in (("12345", "digits"), ("12345678xx", "digits")):
        with pytest.raises(BadValue) as refusal:
            await town.certificate_decisions.confirm(consultant, first.id, version=1, number=number)
        assert refusal.value.params["reason"] == reason
    confirmed = await town.certificate_decisions.confirm(
        consultant, first.id, version=1, number="23 4567 8110"
    )
    assert confirmed.number_tail == "8110"
    with pytest.raises(BadValue) as refusal:
        await town.certificate_decisions.confirm(
            consultant, second.id, version=1, number="2345678110"
        )
    assert refusal.value.params["reason"] == "taken"


async def test_the_own_registry_takes_no_typed_number(town: Town) -> None:
    request = await asked(town)
    with pytest.raises(BadValue):
        await town.certificate_decisions.confirm(
            await town.staff(), request.id, version=1, number="2345678110"
        )
    async with town.database.read() as tx:
        assert (await tx.execute(select(Municipality.certificate_serial))).scalar_one() == 0
