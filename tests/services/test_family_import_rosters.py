"""Rosters: who studies already takes a seat, so that seats are those really left."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from core.db.models import Group, Import
from core.domain.enrolment import AlreadyApplied, SeatTaken
from core.domain.refusals import AlreadyDecided
from core.services.registry_import import Pace
from tests.services.registers import (
    ALICE,
    BORIS,
    CERTIFICATE,
    ENROLMENT,
    Register,
    counts,
    known_by_name,
    second_group,
)
from tests.services.town import Town


@pytest.fixture
async def register(town: Town, tmp_path: Path) -> Register:
    await known_by_name(town)
    return Register(town=town, folder=tmp_path, pace=Pace(breath=0))


async def test_an_enrolled_child_holds_a_seat_and_a_second_time_nothing_is_written(
    register: Register,
) -> None:
    town = register.town
    group = await town.group(capacity=2)

    first = await register.bring("enrolments", ENROLMENT)
    before = await register.everything()
    second = await register.bring("enrolments", ENROLMENT)

    assert (counts(first), first.warnings) == ((1, 0, 0, 0), ())
    assert counts(second) == (0, 0, 1, 0)
    assert await register.everything() == before
    (seat,) = await register.applications()
    assert (seat.group_id, seat.state, seat.source) == (group, "studying", "registry")
    assert (seat.money_source, seat.enrolled_on) == ("budget", date(2026, 9, 1))
    assert (seat.applied_by, seat.answer_by) == (None, None)
    (alice,) = await register.children()
    assert (alice.state, alice.import_id) == ("entered", seat.import_id)
    assert await town.taken(group) == 1
    assert await register.is_well()


async def test_a_group_the_file_overbooks_is_allowed_said_and_full(register: Register) -> None:
    town = register.town
    group = await town.group(capacity=1)

    report = await register.bring("enrolments", ENROLMENT, {**ENROLMENT, **BORIS})

    assert counts(report) == (2, 0, 0, 0)
    (warning,) = report.warnings
    assert (warning.reason, warning.params) == (
        "overbooked",
        {"programmes": 1, "first": "Робототехника"},
    )
    assert await town.taken(group) == 2
    assert await register.is_well()
    parent, child = await town.family()
    with pytest.raises(SeatTaken):
        await town.applied(parent, child, group)


async def test_a_certificates_number_is_enough_to_know_the_child(register: Register) -> None:
    await register.town.group()
    await register.bring("certificates", CERTIFICATE)
    numbered = {
        "Номер сертификата": "2300 0001 10",
        **{name: ENROLMENT[name] for name in ("Организация", "Программа", "Группа")},
    }

    report = await register.bring("enrolments", numbered)

    assert counts(report) == (1, 0, 0, 0)
    (alice,) = await register.children()
    (seat,) = await register.applications()
    assert seat.child_id == alice.id


async def test_an_unknown_number_alone_is_refused_and_with_a_name_makes_the_child(
    register: Register,
) -> None:
    await register.town.group()
    place = {name: ENROLMENT[name] for name in ("Организация", "Программа", "Группа")}
    nameless = dict.fromkeys(ALICE, "")

    report = await register.bring(
        "enrolments",
        {"Номер сертификата": "2300000999", **nameless, **place},
        {"Номер сертификата": "2300000998", **ALICE, **place},
        skip_bad=True,
    )

    assert [(row.row, row.reason) for row in report.refused] == [(2, "unknown-number")]
    assert [child.first_name for child in await register.children()] == ["Алиса"]


async def test_a_number_of_another_child_is_a_difference(register: Register) -> None:
    await register.town.group()
    await register.bring("certificates", CERTIFICATE)

    report = await register.bring(
        "enrolments", {**ENROLMENT, **BORIS, "Номер сертификата": "2300000110"}
    )

    assert [row.reason for row in report.refused] == ["number-of-another"]


async def test_the_only_group_need_not_be_named_and_age_tells_like_titles_apart(
    register: Register,
) -> None:
    town = register.town
    younger = await town.group()
    await town.group(programme={"age_from_months": 132, "age_to_months": 179})

    report = await register.bring("enrolments", {**ENROLMENT, "Группа": ""})

    assert counts(report) == (1, 0, 0, 0)
    assert await town.taken(younger) == 1


async def test_a_child_who_moved_to_another_group_leaves_its_seat(register: Register) -> None:
    town = register.town
    first = await town.group()
    second = await second_group(town, first)
    await register.bring("enrolments", ENROLMENT)

    moved = {**ENROLMENT, "Группа": "Группа 2", "Источник денег": "платно"}
    report = await register.bring("enrolments", moved)

    assert counts(report) == (0, 1, 0, 0)
    assert (await town.taken(first), await town.taken(second)) == (0, 1)
    (seat,) = await register.applications()
    assert (seat.group_id, seat.money_source, seat.version) == (second, "paid", 2)
    assert await town.actions("applications", seat.id) == ["application.reconciled"]
    assert await register.is_well()
    both = await register.bring("enrolments", moved, ENROLMENT)
    assert [(row.row, row.reason) for row in both.refused] == [(3, "enrolled-twice")]


@pytest.mark.parametrize("accepted", [True, False])
async def test_a_seat_asked_for_in_the_bot_comes_true_by_a_roster(
    register: Register, accepted: bool
) -> None:
    """Its seat is not counted twice, its family hears of it, and the file again changes nothing."""
    town = register.town
    group = await town.group()
    parent, child = await town.family()
    application = await town.applied(parent, child, group)
    if accepted:
        staff = await town.staff()
        await town.application_decisions.accept(staff, application.id, version=1)
    told = await town.notices()

    report = await register.bring("enrolments", ENROLMENT)

    assert counts(report) == (0, 1, 0, 0)
    assert await town.taken(group) == 1
    (seat,) = await register.applications()
    assert (seat.id, seat.state, seat.source) == (application.id, "studying", "bot")
    assert (seat.money_source, seat.enrolled_on) == ("budget", date(2026, 9, 1))
    assert (await town.actions("applications", seat.id))[-1] == "application.enrolled"
    fresh = (await town.notices())[len(told) :]
    assert [kind for kind, _ in fresh] == ["application.decided"]
    assert (await town.applications.list_mine(parent))[0].state == "studying"
    assert await register.is_well()
    assert counts(await register.bring("enrolments", ENROLMENT)) == (0, 0, 1, 0)
    if not accepted:
        with pytest.raises(AlreadyDecided):
            await town.application_decisions.accept(await town.staff(), application.id, version=1)


async def test_a_seat_in_another_group_or_of_an_unseen_child_is_decided_by_people(
    register: Register,
) -> None:
    town = register.town
    group = await town.group()
    await second_group(town, group)
    parent, child = await town.family()
    application = await town.applied(parent, child, group)
    stranger = await town.parent()
    await town.transfer_consent(stranger)
    typed = await town.child(stranger, "Петров Борис Иванович")
    paid = await town.group(programme={"registry_kind": "paid", "title": "Шахматы"})
    claim = await town.applied(stranger, typed, paid)

    report = await register.bring(
        "enrolments",
        {**ENROLMENT, "Группа": "Группа 2"},
        {**ENROLMENT, **BORIS, "Программа": "Шахматы"},
    )

    assert [(row.reason, row.params) for row in report.refused] == [
        ("application-open", {"application": str(application.id)}),
        ("application-open", {"application": str(claim.id)}),
    ]


async def test_a_family_whose_documents_were_seen_finds_the_enrolment(register: Register) -> None:
    town = register.town
    group = await town.group()
    parent, child = await town.family()
    told = await town.notices()

    await register.bring("enrolments", ENROLMENT)

    (seat,) = await town.applications.list_mine(parent)
    assert (seat.state, seat.answer_by, seat.child_id) == ("studying", None, child.id)
    assert (await town.my_data.of(parent)).applications == (seat,)
    details = await town.application_decisions.open(await town.staff(), seat.id)
    card = await town.application_decisions.card(seat.id)
    assert (details.guardian_name, card.answer_by) == (None, None)
    with pytest.raises(AlreadyApplied):
        await town.applied(parent, child, group)
    assert await town.notices() == told
    assert await register.is_well()


async def test_seats_and_rows_appear_at_one_moment(register: Register) -> None:
    town = register.town
    group = await town.group()
    parent, _ = await town.family()
    await register.bring("enrolments", ENROLMENT)
    await town.execute(update(Group).values(taken=0))
    (seat,) = await register.applications()
    await town.execute(update(Import).where(Import.id == seat.import_id).values(visible_at=None))

    assert await town.applications.list_mine(parent) == []
    assert await register.is_well()
    again = await register.bring("enrolments", ENROLMENT)
    assert counts(again) == (1, 0, 0, 0)
    assert await town.taken(group) == 1
    assert await register.is_well()
