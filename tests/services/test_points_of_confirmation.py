"""A point of confirmation: only those who came, compared, mended, confirmed; its own figures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from core.db.models import Certificate, Organisation, StaffRight
from core.domain.certificates import CertificateRefusal, CertificateState, TooOld
from core.domain.codes import code_hash
from core.domain.confirmation import (
    MOST_TRIES,
    VISIT_OPEN,
    NamedChild,
    TooManyTries,
    VisitCode,
)
from core.domain.names import read_child_name
from core.domain.refusals import AlreadyDecided, BadValue, NotAllowed, NotFound, Refusal
from core.domain.staff import Role
from core.services.confirmation.visits import Mending
from core.services.municipalities.municipalities import Municipalities
from tests.services.points import asked, code_of, counted, officer, points, school, visits, wrong
from tests.services.town import NINE_YEARS_OLD, SNILS, Town

NAMED = NamedChild(name=read_child_name("петрова  АЛИСА"), born=NINE_YEARS_OLD)


async def test_an_officer_confirms_a_family_that_came_with_its_code(town: Town) -> None:
    at = await school(town)
    person = await officer(town, at)
    request = await asked(town)
    found = await visits(town).find_by_code(person, code_of(request))
    details = await town.certificate_decisions.open(person, found)
    assert details.child_name.full == "Петрова Алиса Ивановна"
    confirmed = await town.certificate_decisions.confirm(person, found, version=details.version)
    assert confirmed.state is CertificateState.ACTIVE
    assert (await points(town).own_figures(person)).this_year == 1
    card = await town.certificate_decisions.card(found)
    assert card.point == (await points(town).own_figures(person)).organisation_name
    assert await town.actions("certificates", found) == [
        "certificate.requested",
        "certificate.opened",
        "certificate.confirmed",
    ]


async def test_a_family_without_its_code_is_found_by_the_exact_name_and_date(town: Town) -> None:
    person = await officer(town, await school(town))
    request = await asked(town)
    assert await visits(town).find_by_name(person, NAMED) == request.id
    other_day = NamedChild(name=NAMED.name, born=NAMED.born + timedelta(days=1))
    with pytest.raises(NotFound):
        await visits(town).find_by_name(person, other_day)


async def test_a_card_shown_by_a_family_opens_only_where_it_belongs(town: Town) -> None:
    elsewhere = (await Municipalities(town.database, town.clock).add("other", "Другой")).id
    person = await officer(town, await school(town))
    stranger = await officer(town, await school(town, elsewhere), elsewhere)
    request = await asked(town)
    await town.execute(update(Certificate).values(token_sha256=code_hash("t" * 22)))
    assert await visits(town).find_by_link(person, "t" * 22) == request.id
    assert (await town.certificate_decisions.open(person, request.id)).id == request.id
    costs = set()
    for token in ("t" * 22, "x" * 22):
        with counted() as statements, pytest.raises(NotFound):
            await visits(town).find_by_link(stranger, token)
        costs.add(len(statements))
    assert len(costs) == 1


async def test_of_namesakes_nobody_is_shown(town: Town) -> None:
    person = await officer(town, await school(town))
    await asked(town)
    await asked(town, "Петрова Алиса Сергеевна")
    with pytest.raises(NotFound):
        await visits(town).find_by_name(person, NAMED)


async def test_who_has_not_come_stays_closed(town: Town) -> None:
    """Ids beside the one that was found, and one that another officer found."""
    at = await school(town)
    person, colleague = await officer(town, at), await officer(town, at)
    first, second, third = [await asked(town, f"Петров Пётр{letter}") for letter in "абв"]
    await visits(town).find_by_code(person, code_of(second))
    for number in (first.id, third.id, third.id + 1):
        with pytest.raises(NotFound):
            await town.certificate_decisions.open(person, number)
        with pytest.raises(NotFound):
            await town.certificate_decisions.confirm(person, number, version=1)
        with pytest.raises(NotFound):
            await visits(town).mend(person, number, Mending(snils=SNILS), version=1)
        with pytest.raises(NotFound):
            await visits(town).hand_to_specialist(person, number, version=1)
    with pytest.raises(NotFound):
        await town.certificate_decisions.open(colleague, second.id)
    town.clock.move(VISIT_OPEN)
    with pytest.raises(NotFound):
        await town.certificate_decisions.confirm(person, second.id, version=1)


async def test_wrong_foreign_and_absent_are_one_answer_of_as_many_statements(town: Town) -> None:
    elsewhere = (await Municipalities(town.database, town.clock).add("other", "Другой")).id
    stranger = await officer(town, await school(town, elsewhere), elsewhere)
    request = await asked(town)
    code = code_of(request)
    answers, costs = set(), set()
    tries = (code, wrong(code), VisitCode(number=request.id + 1, control=code.control))
    for one in tries:
        with counted() as statements, pytest.raises(NotFound) as refusal:
            await visits(town).find_by_code(stranger, one)
        answers.add(str(refusal.value))
        costs.add(len(statements))
    for child in (NAMED, NamedChild(name=read_child_name("Никто Такой"), born=NINE_YEARS_OLD)):
        with counted() as statements, pytest.raises(NotFound) as refusal:
            await visits(town).find_by_name(stranger, child)
        answers.add(str(refusal.value))
        costs.add(len(statements))
    assert (len(answers), len(costs)) == (1, 1)


async def test_acts_on_foreign_and_absent_requests_cost_the_same(town: Town) -> None:
    elsewhere = (await Municipalities(town.database, town.clock).add("other", "Другой")).id
    stranger = await officer(town, await school(town, elsewhere), elsewhere)
    request = await asked(town)
    decisions, here = town.certificate_decisions, visits(town)
    acts: dict[str, Callable[[int], Awaitable[object]]] = {
        "open": lambda number: decisions.open(stranger, number),
        "confirm": lambda number: decisions.confirm(stranger, number, version=1),
        "mend": lambda number: here.mend(stranger, number, Mending(snils=SNILS), version=1),
        "hand on": lambda number: here.hand_to_specialist(stranger, number, version=1),
    }
    for name, act in acts.items():
        costs, answers = set(), set()
        for number in (request.id, request.id + 1, request.id - 1):
            with counted() as statements, pytest.raises(NotFound) as refusal:
                await act(number)
            costs.add(len(statements))
            answers.add(str(refusal.value))
        assert (len(costs), len(answers)) == (1, 1), name


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICER])
async def test_no_other_role_looks_for_those_who_came(town: Town, role: Role) -> None:
    at = await school(town)
    request = await asked(town)
    person = await town.staff(role, at=at)
    with pytest.raises(NotAllowed):
        await visits(town).find_by_code(person, code_of(request))
    with pytest.raises(NotAllowed):
        await visits(town).find_by_name(person, NAMED)
    with pytest.raises(NotAllowed):
        await points(town).own_figures(person)
    assert await points(town).find_point(person) is None


async def test_a_parent_and_a_demoted_officer_do_nothing_not_even_with_what_was_found(
    town: Town,
) -> None:
    at = await school(town)
    former = await officer(town, at)
    request = await asked(town)
    await visits(town).find_by_code(former, code_of(request))
    await town.execute(
        update(StaffRight)
        .where(StaffRight.person_id == former.person_id)
        .values(revoked_at=town.clock.now())
    )
    for person in (former, await town.parent()):
        for number in (request.id, request.id + 1):
            with pytest.raises(NotAllowed):
                await town.certificate_decisions.confirm(person, number, version=1)
            with pytest.raises(NotAllowed):
                await town.certificate_decisions.open(person, number)
            with pytest.raises(NotAllowed):
                await visits(town).mend(person, number, Mending(snils=SNILS), version=1)
            with pytest.raises(NotAllowed):
                await visits(town).hand_to_specialist(person, number, version=1)
        with pytest.raises(NotAllowed):
            await visits(town).find_by_code(person, code_of(request))


async def test_an_officer_moved_to_another_school_has_found_nobody_there(town: Town) -> None:
    at = await school(town)
    person = await officer(town, at)
    request = await asked(town)
    await visits(town).find_by_code(person, code_of(request))
    await town.execute(
        update(StaffRight)
        .where(StaffRight.person_id == person.person_id)
        .values(organisation_id=await school(town))
    )
    with pytest.raises(NotFound):
        await town.certificate_decisions.confirm(person, request.id, version=1)


async def test_an_officer_refuses_nothing(town: Town) -> None:
    person = await officer(town, await school(town))
    request = await asked(town)
    await visits(town).find_by_code(person, code_of(request))
    with pytest.raises(NotAllowed):
        await town.certificate_decisions.refuse(
            person, request.id, version=1, reason=CertificateRefusal.WRONG_DATA
        )


async def test_thirty_tries_in_vain_within_an_hour_are_enough(town: Town) -> None:
    person = await officer(town, await school(town))
    request = await asked(town)
    for _ in range(MOST_TRIES):
        with pytest.raises(NotFound):
            await visits(town).find_by_code(person, wrong(code_of(request)))
    with pytest.raises(TooManyTries):
        await visits(town).find_by_code(person, code_of(request))
    town.clock.move(timedelta(hours=1))
    assert await visits(town).find_by_code(person, code_of(request)) == request.id


async def test_a_full_day_at_the_point_is_no_attack(town: Town) -> None:
    person = await officer(town, await school(town))
    request = await asked(town)
    for _ in range(MOST_TRIES + 5):
        await visits(town).find_by_code(person, code_of(request))
    for _ in range(MOST_TRIES):
        await visits(town).find_by_name(person, NAMED)
    with pytest.raises(TooManyTries):
        await visits(town).find_by_name(person, NAMED)


async def test_a_wrong_date_and_name_are_mended_on_the_spot_and_the_parent_is_told(
    town: Town,
) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    person = await officer(town, await school(town))
    number = await visits(town).find_by_code(person, code_of(request))
    mending = Mending(
        name=read_child_name("Петрова-Белова Алиса Ивановна"), born=date(2017, 5, 3), snils=SNILS
    )
    await visits(town).mend(person, number, mending, version=1)
    details = await town.certificate_decisions.open(person, number)
    assert details.child_name.last == "Петрова-Белова"
    assert (details.born, details.snils) == (date(2017, 5, 3), "11223344595")
    assert (await town.children.get_mine(parent, child.id)).born == date(2017, 5, 3)
    assert [kind for kind, _ in await town.notices()] == ["certificate.mended"]
    await visits(town).mend(person, number, mending, version=1)
    assert (await town.actions("certificates", number)).count("certificate.mended") == 1
    confirmed = await town.certificate_decisions.confirm(person, number, version=2)
    assert confirmed.state is CertificateState.ACTIVE


async def test_what_was_seen_is_mended_no_more(town: Town) -> None:
    person = await officer(town, await school(town))
    request = await asked(town)
    number = await visits(town).find_by_code(person, code_of(request))
    for mending, refusal in (
        (Mending(snils="112-233-445 96"), BadValue),
        (Mending(born=date(2001, 1, 1)), TooOld),
    ):
        with pytest.raises(refusal):
            await visits(town).mend(person, number, mending, version=1)
    await town.certificate_decisions.confirm(person, number, version=1)
    with pytest.raises(Refusal) as late:
        await visits(town).mend(person, number, Mending(snils=SNILS), version=2)
    assert isinstance(late.value, AlreadyDecided)


async def test_where_papers_differ_a_specialist_decides(town: Town) -> None:
    person = await officer(town, await school(town))
    request = await asked(town)
    number = await visits(town).find_by_code(person, code_of(request))
    await visits(town).hand_to_specialist(person, number, version=1)
    await visits(town).hand_to_specialist(person, number, version=1)
    assert (await town.certificate_decisions.card(number)).state is CertificateState.UNDER_REVIEW
    assert [kind for kind, _ in await town.notices()] == ["certificate.under_review"]
    consultant = await town.staff()
    await town.certificate_decisions.confirm(consultant, number, version=2)
    assert (await town.certificate_decisions.card(number)).point is None


async def test_a_point_knows_its_figures_and_the_head_sets_its_plan(town: Town) -> None:
    at, head = await school(town), await town.staff(Role.HEAD)
    first, second = await officer(town, at), await officer(town, at)
    for person, names in ((first, "аб"), (second, "в")):
        for letter in names:
            request = await asked(town, f"Петров Пётр{letter}")
            number = await visits(town).find_by_code(person, code_of(request))
            await town.certificate_decisions.confirm(person, number, version=1)
    await points(town).set_plan(head, town.municipality.id, at, 260)
    town.clock.move(timedelta(days=1))
    figures = await points(town).own_figures(first)
    assert (figures.this_year, figures.plan, figures.today) == (3, 260, 0)
    assert figures.mine_this_year == 2
    listed = await points(town).all_figures(head, town.municipality.id)
    assert [(one.organisation_id, one.this_year) for one in listed] == [(at, 3)]
    town.clock.move(timedelta(days=200))
    assert (await points(town).own_figures(first)).this_year == 0


async def test_only_the_head_of_this_municipality_sets_plans(town: Town) -> None:
    elsewhere = (await Municipalities(town.database, town.clock).add("other", "Другой")).id
    at = await school(town)
    other_head = await town.staff(Role.HEAD, municipality_id=elsewhere)
    for person in (other_head, await officer(town, at), await town.staff(), await town.parent()):
        with pytest.raises(NotAllowed):
            await points(town).set_plan(person, town.municipality.id, at, 5)
        with pytest.raises(NotAllowed):
            await points(town).all_figures(person, town.municipality.id)
    costs = set()
    for foreign in (at, at + 100):
        with counted() as statements, pytest.raises(NotFound):
            await points(town).set_plan(other_head, elsewhere, foreign, 5)
        costs.add(len(statements))
    assert len(costs) == 1
    async with town.database.read() as tx:
        assert (
            await tx.scalar(
                Organisation.__table__.select().with_only_columns(Organisation.confirmation_plan)
            )
            is None
        )
