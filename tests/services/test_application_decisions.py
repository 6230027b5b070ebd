"""Answering applications: who may, the first decision, the seat, the card, silence."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from core.db.engine import Database
from core.db.models import Application, StaffRight
from core.domain.enrolment import ApplicationRefusal, ApplicationState
from core.domain.refusals import AlreadyDecided, NotAllowed, NotFound
from core.domain.silence import QuietHours
from core.domain.staff import Role
from core.services.municipalities.municipalities import Municipalities
from tests.services.town import NOON, Town, found_town


async def test_accepting_confirms_and_tells_the_family(town: Town) -> None:
    parent, child = await town.family()
    await town.moderation_chat()
    application = await town.applied(parent, child, await town.group())
    told = len(await town.notices())
    provider = await town.staff(Role.PROVIDER, at=town.organisation_id)
    accepted = await town.application_decisions.accept(provider, application.id, version=1)
    assert (accepted.state, accepted.version) == (ApplicationState.CONFIRMED, 2)
    assert await town.taken(application.group_id) == 1
    assert [kind for kind, _ in await town.notices()][told:] == [
        "application.decided",
        "card.application",
    ]
    assert await town.actions("applications", application.id) == [
        "application.made",
        "application.accepted",
    ]


async def test_refusing_frees_the_seat_and_keeps_the_reason(town: Town) -> None:
    parent, child = await town.family()
    group = await town.group(capacity=1)
    application = await town.applied(parent, child, group)
    await town.application_decisions.refuse(
        await town.staff(),
        application.id,
        version=1,
        reason=ApplicationRefusal.OTHER,
        note="Группа переезжает",
    )
    refused = await town.applications.get_mine(parent, application.id)
    assert refused.state is ApplicationState.REFUSED
    assert refused.refusal_reason is ApplicationRefusal.OTHER
    assert refused.refusal_note == "Группа переезжает"
    assert await town.taken(group) == 0
    async with town.database.read() as tx:
        stored = (await tx.execute(select(Application.refusal_note))).scalar_one()
    assert stored is not None
    assert "Группа".encode() not in stored
    assert (await town.applied(parent, child, group)).state is ApplicationState.NEW


async def test_the_first_of_many_decisions_wins(town: Town) -> None:
    parent, child = await town.family()
    application = await town.applied(parent, child, await town.group())
    deciders = [await town.staff() for _ in range(4)]
    outcomes = await asyncio.gather(
        *(
            town.application_decisions.refuse(
                decider, application.id, version=1, reason=ApplicationRefusal.NO_SEATS
            )
            for decider in deciders
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, AlreadyDecided) for outcome in outcomes) == 3
    assert await town.taken(application.group_id) == 0
    assert len(await town.actions("applications", application.id)) == 2


async def test_the_same_decision_sent_again_by_the_same_person_is_harmless(town: Town) -> None:
    parent, child = await town.family()
    application = await town.applied(parent, child, await town.group())
    head = await town.staff(Role.HEAD)
    first = await town.application_decisions.accept(head, application.id, version=1)
    assert await town.application_decisions.accept(head, application.id, version=1) == first
    with pytest.raises(AlreadyDecided):
        await town.application_decisions.refuse(
            head, application.id, version=1, reason=ApplicationRefusal.AGE
        )


async def test_what_the_family_took_back_is_decided(town: Town) -> None:
    parent, child = await town.family()
    application = await town.applied(parent, child, await town.group())
    await town.applications.withdraw(parent, application.id)
    consultant = await town.staff()
    for version in (1, 2):
        with pytest.raises(AlreadyDecided) as refusal:
            await town.application_decisions.accept(consultant, application.id, version=version)
        assert refusal.value.params == {"state": "withdrawn"}


async def test_a_withdrawal_and_a_refusal_at_once_free_one_seat(town: Town) -> None:
    parent, child = await town.family()
    group = await town.group()
    other_parent, other_child = await town.family()
    await town.applied(other_parent, other_child, group)
    application = await town.applied(parent, child, group)
    outcomes = await asyncio.gather(
        town.applications.withdraw(parent, application.id),
        town.application_decisions.refuse(
            await town.staff(), application.id, version=1, reason=ApplicationRefusal.AGE
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, AlreadyDecided) for outcome in outcomes) == 1
    assert await town.taken(group) == 1


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PAYER, Role.EXPERT, Role.TEACHER])
async def test_other_roles_answer_nothing(town: Town, role: Role) -> None:
    parent, child = await town.family()
    application = await town.applied(parent, child, await town.group())
    person = await town.staff(role)
    for who in (person, parent):
        for application_id in (application.id, application.id + 1):
            with pytest.raises(NotAllowed):
                await town.application_decisions.accept(who, application_id, version=1)
            with pytest.raises(NotAllowed):
                await town.application_decisions.open(who, application_id)


async def test_another_organisations_and_another_municipalitys_staff_see_nothing(
    town: Town,
) -> None:
    parent, child = await town.family()
    application = await town.applied(parent, child, await town.group())
    elsewhere = await Municipalities(town.database, town.clock).add("other", "Другой район")
    strangers = [
        await town.staff(Role.PROVIDER, at=await town.organisation()),
        await town.staff(municipality_id=elsewhere.id),
    ]
    for stranger in strangers:
        for application_id in (application.id, application.id + 1):
            with pytest.raises(NotFound) as refusal:
                await town.application_decisions.accept(stranger, application_id, version=1)
            assert refusal.value.params == {"what": "application"}


async def test_a_demoted_consultant_answers_nothing(town: Town) -> None:
    parent, child = await town.family()
    application = await town.applied(parent, child, await town.group())
    former = await town.staff()
    await town.execute(
        update(StaffRight)
        .where(StaffRight.person_id == former.person_id)
        .values(ends_at=town.clock.now())
    )
    with pytest.raises(NotAllowed):
        await town.application_decisions.accept(former, application.id, version=1)


async def test_opening_shows_the_fields_and_is_noted(town: Town) -> None:
    parent, child = await town.family()
    application = await town.applied(parent, child, await town.group())
    consultant = await town.staff()
    details = await town.application_decisions.open(consultant, application.id)
    assert (details.child_name, details.age_years) == (child.name, 9)
    assert (details.certificate_tail, details.guardian_name) == ("0001", "Мария")
    await town.application_decisions.open(consultant, application.id)
    assert await town.actions("applications", application.id) == [
        "application.made",
        "application.opened",
    ]


async def test_a_card_holds_nothing_about_the_family(town: Town) -> None:
    parent, child = await town.family()
    application = await town.applied(parent, child, await town.group())
    town.clock.move(timedelta(days=3))
    card = await town.application_decisions.card(application.id)
    assert (card.age_years, card.state) == (9, ApplicationState.NEW)
    assert card.waiting_since == NOON.date()
    assert card.programme_title == "Робототехника"
    assert "Алиса" not in repr(card)
    with pytest.raises(NotFound):
        await town.application_decisions.card(application.id + 1)


async def test_an_answer_at_night_is_heard_at_nine(database: Database) -> None:
    town = await found_town(database, quiet=QuietHours())
    parent, child = await town.family()
    application = await town.applied(parent, child, await town.group())
    town.clock.move(datetime(2026, 8, 24, 22, tzinfo=UTC) - town.clock.now())
    await town.application_decisions.accept(await town.staff(), application.id, version=1)
    assert (await town.notices())[-1] == (
        "application.decided",
        datetime(2026, 8, 25, 6, tzinfo=UTC),
    )
