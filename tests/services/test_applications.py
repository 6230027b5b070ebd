"""Applying to a group: the rules, the seat, the double, taking it back."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from core.db.models import Application, Consent, Group, Import
from core.domain.certificates import TooOld
from core.domain.consents import ConsentKind, ConsentNeeded
from core.domain.enrolment import (
    AgeOutOfBounds,
    AlreadyApplied,
    ApplicationState,
    CertificateNeeded,
    GroupFinished,
    NotYetOpen,
    SeatTaken,
    WindowClosed,
)
from core.domain.refusals import AlreadyDecided, NotFound, Refusal
from tests.services.town import Town


async def test_an_application_takes_a_seat_and_names_its_answer_day(town: Town) -> None:
    parent, child = await town.family()
    group = await town.group()
    weighing = await town.applications.weigh(parent, child.id, group)
    assert (weighing.seats_left, weighing.consent_needed) == (10, False)
    assert weighing.price_kopecks is None
    application = await town.applications.apply(parent, child.id, group, key="k")
    assert application.state is ApplicationState.NEW
    assert application.answer_by == weighing.answer_by == date(2026, 9, 2)
    assert application.schedule == weighing.schedule
    assert await town.taken(group) == 1
    assert await town.applications.list_mine(parent) == [application]
    assert await town.applications.get_mine(parent, application.id) == application
    assert await town.actions("applications", application.id) == ["application.made"]


async def test_weighing_holds_nothing(town: Town) -> None:
    parent, child = await town.family()
    group = await town.group()
    commits = town.database.crash.commits
    await town.applications.weigh(parent, child.id, group)
    assert town.database.crash.commits == commits


async def test_one_tap_sent_many_times_is_one_application(town: Town) -> None:
    parent, child = await town.family()
    await town.moderation_chat()
    group = await town.group()
    told = len(await town.notices())
    applications = await asyncio.gather(
        *(town.applications.apply(parent, child.id, group, key="k") for _ in range(20))
    )
    assert len(set(applications)) == 1
    assert await town.taken(group) == 1
    assert [kind for kind, _ in await town.notices()][told:] == ["card.application"]


async def test_the_same_key_answers_the_same_when_the_group_is_full_by_now(town: Town) -> None:
    parent, child = await town.family()
    group = await town.group(capacity=1)
    first = await town.applications.apply(parent, child.id, group, key="k")
    assert await town.applications.apply(parent, child.id, group, key="k") == first


async def test_a_second_application_to_the_programme_is_pointed_to_the_first(town: Town) -> None:
    parent, child = await town.family()
    group = await town.group()
    outcomes = await asyncio.gather(
        *(town.applied(parent, child, group) for _ in range(6)), return_exceptions=True
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, AlreadyApplied)]
    assert len(refused) == 5
    [application] = await town.applications.list_mine(parent)
    assert {refusal.params["application_id"] for refusal in refused} == {application.id}
    assert await town.taken(group) == 1


async def test_the_last_seat_goes_to_one_family(town: Town) -> None:
    group = await town.group(capacity=1)
    families = [await town.family() for _ in range(4)]
    outcomes = await asyncio.gather(
        *(town.applied(parent, child, group) for parent, child in families),
        return_exceptions=True,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "ApplicationView",
        "SeatTaken",
        "SeatTaken",
        "SeatTaken",
    ]
    parent, child = families[0]
    with pytest.raises((SeatTaken, AlreadyApplied)):
        await town.applications.weigh(parent, child.id, group)


async def test_a_group_without_a_limit_is_never_full(town: Town) -> None:
    parent, child = await town.family()
    group = await town.group(capacity=None)
    assert (await town.applications.weigh(parent, child.id, group)).seats_left is None
    await town.applied(parent, child, group)
    assert await town.taken(group) == 1


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"applications_from": date(2026, 8, 25)}, NotYetOpen(opens="2026-08-25")),
        ({"applications_until": date(2026, 8, 23)}, WindowClosed(until="2026-08-23")),
        ({"ends_on": date(2026, 8, 23)}, GroupFinished(ended="2026-08-23")),
        ({"capacity": 3, "taken": 3}, SeatTaken()),
        ({"capacity": 2, "taken": 3}, SeatTaken()),  # overbooked by staff
        (
            {"starts_on": date(2023, 3, 4)},
            AgeOutOfBounds(years_from=7, years_to=10, age_years=5, on="2023-03-04"),
        ),
        (
            {"starts_on": date(2028, 3, 5)},
            AgeOutOfBounds(years_from=7, years_to=10, age_years=11, on="2028-03-05"),
        ),
    ],
)
async def test_each_limit_has_its_own_refusal(
    town: Town, columns: dict[str, Any], refusal: Refusal
) -> None:
    parent, child = await town.family()
    group = await town.group(**columns)
    for attempt in (
        town.applications.weigh(parent, child.id, group),
        town.applications.apply(parent, child.id, group, key=town.key()),
    ):
        with pytest.raises(type(refusal)) as said:
            await attempt
        assert said.value.params == refusal.params
    assert await town.applications.list_mine(parent) == []
    assert await town.taken(group) == columns.get("taken", 0)


@pytest.mark.parametrize(
    "columns",
    [
        {"applications_from": date(2026, 8, 24), "applications_until": date(2026, 8, 24)},
        {"ends_on": date(2026, 8, 24)},
        {"starts_on": date(2028, 3, 4)},  # the day before the eleventh birthday
        {"starts_on": date(2024, 3, 5)},  # the seventh birthday
    ],
)
async def test_bounds_are_inclusive(town: Town, columns: dict[str, Any]) -> None:
    parent, child = await town.family()
    group = await town.group(**columns)
    assert (await town.applied(parent, child, group)).state is ApplicationState.NEW


async def test_from_the_eighteenth_birthday_there_are_no_applications(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent, born=date(2008, 8, 25))
    await town.certified(parent, child)
    await town.transfer_consent(parent)
    group = await town.group(programme={"age_to_months": 300})
    town.clock.move(timedelta(days=1))
    with pytest.raises(TooOld):
        await town.applied(parent, child, group)


async def test_a_place_paid_by_the_budget_needs_a_certificate(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    await town.transfer_consent(parent)
    await town.requested(parent, child)  # asked for, not confirmed
    with pytest.raises(CertificateNeeded):
        await town.applied(parent, child, await town.group())
    paid = await town.group(programme={"registry_kind": "paid", "price_kopecks": 120000})
    assert (await town.applications.weigh(parent, child.id, paid)).price_kopecks == 120000
    assert (await town.applied(parent, child, paid)).state is ApplicationState.NEW


async def test_the_provider_sees_a_child_only_with_a_transfer_consent(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    await town.certified(parent, child)
    group = await town.group()
    assert (await town.applications.weigh(parent, child.id, group)).consent_needed
    with pytest.raises(ConsentNeeded) as refusal:
        await town.applied(parent, child, group)
    assert refusal.value.params == {"kind": "transfer", "organisation_id": town.organisation_id}
    await town.transfer_consent(parent)
    assert (await town.applied(parent, child, group)).state is ApplicationState.NEW


async def test_a_withdrawn_consent_counts_no_more(town: Town) -> None:
    parent, child = await town.family()
    await town.execute(
        update(Consent)
        .where(Consent.kind == ConsentKind.TRANSFER)
        .values(withdrawn_at=town.clock.now())
    )
    with pytest.raises(ConsentNeeded):
        await town.applied(parent, child, await town.group())


@pytest.mark.parametrize("state", ["draft", "archived"])
async def test_an_unpublished_programme_is_absent(town: Town, state: str) -> None:
    parent, child = await town.family()
    hidden = await town.group(programme={"state": state})
    for group in (hidden, hidden + 1):
        with pytest.raises(NotFound) as refusal:
            await town.applied(parent, child, group)
        assert refusal.value.params == {"what": "group"}


async def test_a_group_of_an_import_under_way_is_absent(town: Town) -> None:
    parent, child = await town.family()
    await town.execute(
        insert(Import).values(
            id=5,
            kind="programmes",
            sha256="",
            rows_read=0,
            rows_new=0,
            rows_changed=0,
            rows_refused=0,
            started_at=town.clock.now(),
        )
    )
    group = await town.group(import_id=5)
    with pytest.raises(NotFound):
        await town.applied(parent, child, group)
    await town.execute(update(Import).values(visible_at=town.clock.now()))
    assert (await town.applied(parent, child, group)).state is ApplicationState.NEW


async def test_anothers_child_and_application_look_absent(town: Town) -> None:
    parent, child = await town.family()
    stranger, _ = await town.family()
    group = await town.group()
    application = await town.applied(parent, child, group)
    for child_id in (child.id, 999):
        with pytest.raises(NotFound):
            await town.applications.weigh(stranger, child_id, group)
        with pytest.raises(NotFound):
            await town.applications.apply(stranger, child_id, group, key="x")
    for application_id in (application.id, application.id + 1):
        with pytest.raises(NotFound):
            await town.applications.get_mine(stranger, application_id)
        with pytest.raises(NotFound):
            await town.applications.withdraw(stranger, application_id)
    assert await town.applications.list_mine(stranger) == []
    assert await town.taken(group) == 1


async def test_withdrawing_gives_the_seat_back_once(town: Town) -> None:
    parent, child = await town.family()
    group = await town.group(capacity=1)
    application = await town.applied(parent, child, group)
    withdrawn = await asyncio.gather(
        *(town.applications.withdraw(parent, application.id) for _ in range(6))
    )
    assert {view.state for view in withdrawn} == {ApplicationState.WITHDRAWN}
    assert await town.taken(group) == 0
    assert await town.actions("applications", application.id) == [
        "application.made",
        "application.withdrawn",
    ]
    again = await town.applied(parent, child, group)
    assert again.id != application.id
    assert await town.taken(group) == 1


@pytest.mark.parametrize("state", ["studying", "refused", "finished"])
async def test_what_is_decided_is_not_withdrawn(town: Town, state: str) -> None:
    parent, child = await town.family()
    group = await town.group()
    application = await town.applied(parent, child, group)
    await town.execute(update(Application).values(state=state))
    with pytest.raises(AlreadyDecided) as refusal:
        await town.applications.withdraw(parent, application.id)
    assert refusal.value.params == {"state": state}
    assert await town.taken(group) == 1


async def test_seats_are_what_a_recount_says(town: Town) -> None:
    group = await town.group(capacity=3)
    families = [await town.family() for _ in range(3)]
    for parent, child in families:
        application = await town.applied(parent, child, group)
        if child is families[1][1]:
            await town.applications.withdraw(parent, application.id)
    async with town.database.read() as tx:
        assert (await tx.execute(select(Group.taken).where(Group.id == group))).scalar_one() == 2
    assert await town.doctor.examine() == []
