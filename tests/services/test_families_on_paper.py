"""A family on paper: child and certificate at once, a ground on paper, a slip to join by."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from core.db.models import Certificate, Child, JoinSlip, PaperConsent, StaffRight
from core.domain.actors import Actor
from core.domain.certificates import CertificateState, TooYoung
from core.domain.confirmation import SLIP_LIFE, SlipInvalid
from core.domain.consents import ConsentNeeded
from core.domain.names import read_child_name
from core.domain.refusals import BadValue, NotAllowed
from core.domain.staff import Role
from core.services.confirmation.joining import JoinSlips
from core.services.confirmation.paper import PaperFamilies
from core.services.confirmation.views import EnteredFamily, PaperFamily
from tests.services.points import asked, counted, officer, points, school
from tests.services.town import NINE_YEARS_OLD, SNILS, Town

CODE = "a" * 24
FAMILY = PaperFamily(
    name=read_child_name("Бумагина Вера Петровна"),
    born=NINE_YEARS_OLD,
    snils=SNILS,
    guardian_name="Бумагина Ольга Ильинична",
    phone="8 (918) 123-45-67",
    consent_number="12",
    consent_on=date(2026, 8, 20),
)


def paper(town: Town) -> PaperFamilies:
    return PaperFamilies(town.database, town.clock, town.cipher)


def slips(town: Town) -> JoinSlips:
    return JoinSlips(town.database, town.clock)


async def entered(town: Town, person: Actor, key: str = "k", code: str = CODE) -> EnteredFamily:
    return await paper(town).enter(person, FAMILY, slip_code=code, key=key)


async def test_child_and_certificate_are_there_at_once_and_the_doctor_agrees(town: Town) -> None:
    person = await officer(town, await school(town))
    family = await entered(town, person)
    assert (family.state, family.number) == (CertificateState.ACTIVE, "9901000001")
    assert (await points(town).own_figures(person)).this_year == 1
    assert [one for one in await town.doctor.examine() if one.count] == []
    details = await town.certificate_decisions.open(await town.staff(), family.certificate_id)
    assert (details.guardian_name, details.phone) == ("Бумагина Ольга Ильинична", "+79181234567")
    async with town.database.read() as tx:
        kept = (await tx.execute(select(PaperConsent.__table__))).one()
    assert (kept.number, kept.given_on, kept.taken_by) == (
        "12",
        date(2026, 8, 20),
        person.person_id,
    )
    assert "Бумагина".encode() not in kept.guardian_name_sealed
    await town.execute(update(PaperConsent).values(withdrawn_at=town.clock.now()))
    assert [one.invariant for one in await town.doctor.examine() if one.count] == ["I10"]


async def test_the_same_entry_sent_again_is_one_family_with_one_slip(town: Town) -> None:
    person = await officer(town, await school(town))
    twice = await asyncio.gather(*(entered(town, person) for _ in range(3)))
    assert len(set(twice)) == 1
    counts = [await town.count(one) for one in (Child, Certificate, PaperConsent, JoinSlip)]
    assert counts == [1, 1, 1, 1]


async def test_one_known_already_waits_for_a_specialist(town: Town) -> None:
    person = await officer(town, await school(town))
    await asked(town, FAMILY.name.full)
    family = await entered(town, person)
    assert (family.state, family.number) == (CertificateState.UNDER_REVIEW, None)
    assert (await points(town).own_figures(person)).this_year == 0
    card = await town.certificate_decisions.card(family.certificate_id)
    assert card.possible_double


async def test_two_officers_who_enter_one_child_at_once_give_one_number(town: Town) -> None:
    first, second = [await officer(town, await school(town)) for _ in range(2)]
    both = await asyncio.gather(
        entered(town, first, "a", "b" * 24), entered(town, second, "c", "d" * 24)
    )
    assert sorted(one.number or "" for one in both) == ["", "9901000001"]


async def test_what_is_written_wrongly_is_refused_by_field(town: Town) -> None:
    person = await officer(town, await school(town))
    for wrong, field in (
        (replace(FAMILY, snils="112-233-445 96"), "snils"),
        (replace(FAMILY, phone="нет"), "phone"),
        (replace(FAMILY, consent_on=date(2026, 9, 20)), "consent"),
    ):
        with pytest.raises(BadValue) as refusal:
            await paper(town).enter(person, wrong, slip_code=CODE, key="k")
        assert refusal.value.params["field"] == field
    with pytest.raises(TooYoung):
        await paper(town).enter(
            person, replace(FAMILY, born=date(2024, 1, 1)), slip_code=CODE, key="k"
        )
    assert await town.count(Child) == 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICER])
async def test_no_other_role_enters_families(town: Town, role: Role) -> None:
    person = await town.staff(role, at=await school(town))
    with pytest.raises(NotAllowed):
        await entered(town, person)


async def test_a_demoted_officer_and_a_parent_enter_nobody(town: Town) -> None:
    person = await officer(town, await school(town))
    await entered(town, person)
    await town.execute(update(StaffRight).values(revoked_at=town.clock.now()))
    for somebody in (person, await town.parent()):
        with pytest.raises(NotAllowed):
            await entered(town, somebody)


async def test_a_parent_joins_by_the_slip_once_and_may_follow_it_again(town: Town) -> None:
    person = await officer(town, await school(town))
    family = await entered(town, person)
    parent, stranger = await town.parent(consented=False), await town.parent()
    with pytest.raises(ConsentNeeded):
        await slips(town).join(parent, CODE)
    parent = await town.parent()
    joined = await slips(town).join(parent, CODE)
    assert joined == await slips(town).join(parent, CODE)
    assert [child.name for child in await town.children.list_mine(parent)] == [FAMILY.name]
    assert await town.requests.show_number(parent, family.certificate_id) == family.number
    with pytest.raises(SlipInvalid):
        await slips(town).join(stranger, CODE)
    with pytest.raises(SlipInvalid):
        await slips(town).check(stranger, CODE)


async def test_junk_used_and_late_slips_are_one_answer_of_as_many_statements(town: Town) -> None:
    person = await officer(town, await school(town))
    await entered(town, person)
    await slips(town).join(await town.parent(), CODE)
    other = replace(FAMILY, name=read_child_name("Позднева Ада"), snils=None)
    await paper(town).enter(person, other, slip_code="c" * 24, key="late")
    town.clock.move(SLIP_LIFE + timedelta(days=1))
    stranger = await town.parent()
    costs, answers = set(), set()
    for code in (CODE, "c" * 24, "e" * 24, "", "<b>", "z" * 65):
        with counted() as statements, pytest.raises(SlipInvalid) as refusal:
            await slips(town).join(stranger, code)
        costs.add(len(statements))
        answers.add(str(refusal.value))
    assert (len(costs), len(answers)) == (1, 1)


async def test_two_who_follow_one_slip_at_once_are_one_guardian(town: Town) -> None:
    await entered(town, await officer(town, await school(town)))
    parents = [await town.parent() for _ in range(4)]
    outcomes = await asyncio.gather(
        *(slips(town).join(parent, CODE) for parent in parents), return_exceptions=True
    )
    assert sum(isinstance(one, SlipInvalid) for one in outcomes) == 3
