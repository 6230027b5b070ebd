"""A child's record: mended until documents are seen, then by a request; doubles by two people."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.db.models import AuditRecord, Child, ChildChange, ChildMerge
from core.domain.actors import Actor
from core.domain.certificates import CertificateState
from core.domain.children import ChildState
from core.domain.family import FamilyRole, GuardianNeeded
from core.domain.family_doubles import SecondPersonNeeded, UndoTooLate
from core.domain.family_records import ChangeState, ChangeWaits, Correction, OnlyInPerson
from core.domain.names import read_child_name
from core.domain.refusals import AlreadyDecided, BadValue, NotAllowed, NotFound
from core.domain.staff import Role
from tests.services.town import NINE_YEARS_OLD, SNILS, Town

MARRIED = Correction(name=read_child_name("Смирнова Алиса Ивановна"))


async def test_until_documents_are_seen_a_parent_mends_at_once(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    assert await town.child_records.change(parent, child.id, MARRIED, key="k") is None
    mended = await town.children.get_mine(parent, child.id)
    assert (mended.name.last, mended.state) == ("Смирнова", ChildState.ENTERED)
    # who looked at the old name decides about it no more
    assert (await town.requests.get_mine(parent, request.id)).version == request.version + 1


async def test_afterwards_staff_accept_or_refuse_and_the_number_stays(town: Town) -> None:
    parent, child = await town.family()
    before = await town.requests.of_child(parent, child.id)
    asked = await town.child_records.change(parent, child.id, MARRIED, key="k")
    assert asked is not None
    assert await town.child_records.change(parent, child.id, MARRIED, key="k") == asked
    waiting = await town.children.get_mine(parent, child.id)
    assert (waiting.name, waiting.state) == (child.name, ChildState.CHANGE_REQUESTED)
    with pytest.raises(ChangeWaits):
        await town.child_records.change(parent, child.id, MARRIED, key="other")

    staff = await town.staff()
    [listed] = await town.child_records.list_open(staff, town.municipality.id)
    opened = await town.child_records.open(staff, listed.id)
    assert opened.wanted == MARRIED
    assert opened.stands == Correction(name=child.name)
    await town.child_records.decide(staff, listed.id, accepted=True)
    await town.child_records.decide(staff, listed.id, accepted=True)

    changed = await town.children.get_mine(parent, child.id)
    assert (changed.name.last, changed.state) == ("Смирнова", ChildState.CONFIRMED)
    assert await town.requests.of_child(parent, child.id) != before
    after = await town.requests.of_child(parent, child.id)
    assert after is not None
    assert before is not None
    assert after.number_tail == before.number_tail
    async with town.database.read() as tx:
        former = (await tx.execute(select(ChildChange.former))).scalar_one()
        said = (await tx.execute(select(AuditRecord.details, AuditRecord.fields))).all()
    assert former is not None
    assert town.cipher.open_json("child", former)["last"] == "Петрова"
    assert "Петрова" not in str(said)
    assert "Смирнова" not in str(said)


async def test_a_refused_change_changes_nothing(town: Town) -> None:
    parent, child = await town.family()
    wanted = Correction(born=date(2016, 3, 5))
    asked = await town.child_records.change(parent, child.id, wanted, key="k")
    assert asked is not None
    staff = await town.staff()
    await town.child_records.decide(staff, asked.id, accepted=False)
    with pytest.raises(AlreadyDecided):
        await town.child_records.decide(staff, asked.id, accepted=True)
    with pytest.raises(AlreadyDecided):
        await town.child_records.decide(await town.staff(), asked.id, accepted=False)
    assert (await town.children.get_mine(parent, child.id)).born == NINE_YEARS_OLD
    assert (await town.child_records.get_mine(parent, asked.id)).state is ChangeState.REFUSED


async def test_many_deciders_decide_once(town: Town) -> None:
    parent, child = await town.family()
    asked = await town.child_records.change(parent, child.id, MARRIED, key="k")
    assert asked is not None
    staff = [await town.staff() for _ in range(4)]
    tried = await asyncio.gather(
        *(
            town.child_records.decide(one, asked.id, accepted=place % 2 == 0)
            for place, one in enumerate(staff)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(one, ChangeState) for one in tried) == 1


async def test_nobody_else_touches_a_record(town: Town) -> None:
    parent, child = await town.family()
    asked = await town.child_records.change(parent, child.id, MARRIED, key="k")
    assert asked is not None
    made = await town.family_invitations.invite(parent, [child.id], FamilyRole.HELPER)
    helper = await town.parent()
    await town.family_invitations.accept(helper, made.code)
    with pytest.raises(GuardianNeeded):
        await town.child_records.change(helper, child.id, MARRIED, key="h")
    provider = await town.staff(Role.PROVIDER, at=town.organisation_id)
    for nobody in (parent, helper, provider):
        with pytest.raises(NotAllowed):
            await town.child_records.decide(nobody, asked.id, accepted=True)
        with pytest.raises(NotAllowed):
            await town.child_records.list_open(nobody, town.municipality.id)
    staff = await town.staff()
    for change_id in (asked.id + 1, -1):
        with pytest.raises(NotFound):
            await town.child_records.open(staff, change_id)


async def test_a_family_in_dispute_changes_in_person_only(town: Town) -> None:
    parent, child = await town.family()
    asked = await town.child_records.change(parent, child.id, MARRIED, key="k")
    assert asked is not None
    staff = await town.staff()
    await town.child_records.keep_in_person(staff, asked.id, on=True)
    await town.child_records.decide(staff, asked.id, accepted=False)
    with pytest.raises(OnlyInPerson):
        await town.child_records.change(parent, child.id, MARRIED, key="again")


async def test_a_wrong_number_is_refused_before_anything(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    with pytest.raises(BadValue):
        await town.child_records.change(parent, child.id, Correction(snils="1"), key="k")
    with pytest.raises(BadValue):
        await town.child_records.change(
            parent, child.id, Correction(born=date(2030, 1, 1)), key="k"
        )


async def two_records(town: Town) -> tuple[Actor, int, Actor, int]:
    """One child, entered by both parents; the first one has the certificate."""
    parent, child = await town.family()
    other = await town.parent()
    second = await town.children.register(
        other, read_child_name("Петрова-Смирнова Алиса"), NINE_YEARS_OLD, key="second"
    )
    return parent, child.id, other, second.id


async def test_the_machine_proposes_and_two_people_decide(town: Town) -> None:
    parent, kept, other, gone = await two_records(town)
    await town.child(other, "Петрова Анна Ивановна")  # a twin is no double
    first, second = await town.staff(), await town.staff()
    [found] = await town.child_doubles.list_possible(first, town.municipality.id)
    assert (found.kept.child_id, found.gone.child_id) == (kept, gone)

    merge = await town.child_doubles.propose(first, kept, gone)
    assert await town.child_doubles.propose(first, kept, gone) == merge
    with pytest.raises(SecondPersonNeeded):
        await town.child_doubles.confirm(first, merge)
    await town.child_doubles.confirm(second, merge)
    await town.child_doubles.confirm(second, merge)

    assert [one.id for one in await town.children.list_mine(parent)] == [kept]
    assert kept in {one.id for one in await town.children.list_mine(other)}
    assert gone not in {one.id for one in await town.children.list_mine(other)}
    certificate = await town.requests.of_child(other, kept)
    assert certificate is not None
    assert certificate.state is CertificateState.ACTIVE
    async with town.database.read() as tx:
        row = (await tx.execute(select(Child).where(Child.id == gone))).one()
        assert (row.last_name, row.born, row.name_key) == (None, None, None)
    assert [one for one in await town.doctor.examine() if one.count] == []
    assert await town.child_doubles.list_possible(first, town.municipality.id) == []


async def test_a_merge_is_undone_for_seven_days(town: Town) -> None:
    parent, kept, other, gone = await two_records(town)
    child = await town.children.get_mine(other, gone)
    request = await town.requests.request(other, gone, snils=SNILS, phone=None, key="r")
    first, second = await town.staff(), await town.staff()
    merge = await town.child_doubles.propose(first, kept, gone)
    await town.child_doubles.confirm(second, merge)
    refused = await town.requests.get_mine(other, request.id)
    assert refused.state is CertificateState.REFUSED

    assert await town.child_doubles.list_undoable(first, town.municipality.id) == [merge]
    await town.child_doubles.undo(first, merge)
    await town.child_doubles.undo(first, merge)
    assert await town.children.get_mine(other, gone) == child
    with pytest.raises(NotFound):
        await town.children.get_mine(other, kept)
    back = await town.requests.get_mine(other, request.id)
    assert back.state is CertificateState.AWAITING_VISIT
    held = (await town.my_data.of(other)).children
    assert [one.snils for one in held] == ["11223344595"]
    assert [one.snils for one in (await town.my_data.of(parent)).children] == [None]


async def test_after_seven_days_what_was_sealed_is_gone(town: Town) -> None:
    _, kept, _, gone = await two_records(town)
    first, second = await town.staff(), await town.staff()
    merge = await town.child_doubles.propose(first, kept, gone)
    await town.child_doubles.confirm(second, merge)
    town.clock.move(timedelta(days=7))
    await town.timers.run_due()
    async with town.database.read() as tx:
        assert (await tx.execute(select(ChildMerge.record))).scalar_one() is None
    with pytest.raises(UndoTooLate):
        await town.child_doubles.undo(first, merge)


async def test_two_children_after_all_are_not_proposed_again(town: Town) -> None:
    _, kept, _, gone = await two_records(town)
    first, second = await town.staff(), await town.staff()
    await town.child_doubles.part(first, kept, gone)
    assert await town.child_doubles.list_possible(second, town.municipality.id) == []
    stranger = await town.staff(Role.PROVIDER, at=town.organisation_id)
    for deed in (
        town.child_doubles.propose(stranger, kept, gone),
        town.child_doubles.list_possible(stranger, town.municipality.id),
    ):
        with pytest.raises(NotAllowed):
            await deed
    with pytest.raises(NotFound):
        await town.child_doubles.propose(first, kept, gone + 1000)


async def test_a_child_below_five_is_remembered_on_its_birthday(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent, born=date(2021, 9, 20))  # four years and eleven months
    town.clock.move(timedelta(days=26))
    await town.timers.run_due()
    assert await town.notices() == []
    town.clock.move(timedelta(days=1))
    await town.timers.run_due()
    await town.timers.run_due()
    assert [kind for kind, _ in await town.notices()] == ["child.five"]
    assert child.age_years == 4
