"""Foreign and absent are one answer by one number of statements, at every door of a family."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from core.domain.actors import Actor
from core.domain.family import FamilyInvitationInvalid, FamilyRole, GuardianKind, RecoveryRefused
from core.domain.family_records import Correction
from core.domain.names import read_child_name
from core.domain.refusals import NotFound
from core.domain.staff import Role
from core.services.municipalities.municipalities import Municipalities
from tests.services.points import counted
from tests.services.town import NINE_YEARS_OLD, Town

NAME = Correction(name=read_child_name("Смирнова Алиса"))
Door = Callable[[Town, Actor, int], Awaitable[object]]

OF_A_CHILD: dict[str, Door] = {
    "page": lambda t, a, n: t.children.get_mine(a, n),
    "members": lambda t, a, n: t.families.list_members(a, n),
    "kind": lambda t, a, n: t.families.kind_of(a, n),
    "say kind": lambda t, a, n: t.families.say_kind(a, n, GuardianKind.MOTHER),
    "end": lambda t, a, n: t.families.end_access(a, n, a.person_id),
    "invite": lambda t, a, n: t.family_invitations.invite(a, [n], FamilyRole.HELPER),
    "waiting": lambda t, a, n: t.family_invitations.list_waiting(a, n),
    "record": lambda t, a, n: t.child_records.change(a, n, NAME, key="k"),
    "twins": lambda t, a, n: t.children.register_twins(a, n, ["Анна"], key="k"),
}


@pytest.mark.parametrize("door", OF_A_CHILD.values(), ids=OF_A_CHILD.keys())
async def test_anothers_child_is_no_child(town: Town, door: Door) -> None:
    child = await town.child(await town.parent())
    stranger = await town.parent()
    costs: set[int] = set()
    for number in (child.id, child.id + 1, -1):
        with counted() as statements, pytest.raises(NotFound) as refusal:
            await door(town, stranger, number)
        assert refusal.value.params == {"what": "child"}
        costs.add(len(statements))
    assert len(costs) == 1


async def test_anothers_invitation_is_no_invitation(town: Town) -> None:
    parent, stranger = await town.parent(), await town.parent()
    child = await town.child(parent)
    made = await town.family_invitations.invite(parent, [child.id], FamilyRole.HELPER)
    taken = await town.family_invitations.invite(parent, [child.id], FamilyRole.HELPER)
    await town.family_invitations.accept(await town.parent(), taken.code)
    costs: set[int] = set()
    for number in (made.id, made.id + 100):
        with counted() as statements, pytest.raises(NotFound):
            await town.family_invitations.revoke(stranger, number)
        costs.add(len(statements))
    assert len(costs) == 1
    costs.clear()
    for code in (taken.code, "junk", "x" * 24):
        with counted() as statements, pytest.raises(FamilyInvitationInvalid):
            await town.family_invitations.accept(stranger, code)
        costs.add(len(statements))
    assert len(costs) == 1


async def test_a_wrong_code_and_a_wrong_date_cost_the_same(town: Town) -> None:
    parent, thief = await town.parent(), await town.parent()
    await town.child(parent)
    code = await town.family_recovery.make_code(parent)
    costs: set[int] = set()
    for guess, born in [
        ("junk", NINE_YEARS_OLD),
        (code, date(2017, 3, 6)),
        ("y" * 24, NINE_YEARS_OLD),
    ]:
        with counted() as statements, pytest.raises(RecoveryRefused):
            await town.family_recovery.recover(thief, guess, born)
        costs.add(len(statements))
    assert len(costs) == 1


async def test_staff_of_another_place_find_nothing(town: Town) -> None:
    parent, child = await town.family()
    asked = await town.child_records.change(parent, child.id, NAME, key="k")
    assert asked is not None
    other = await town.child(await town.parent(), "Петрова Алиса")
    merge = await town.child_doubles.propose(await town.staff(), child.id, other.id)
    there = await Municipalities(town.database, town.clock).add("other", "Другой район")
    head = await town.staff(Role.HEAD, municipality_id=there.id)
    doors: list[tuple[Door, int]] = [
        (lambda t, a, n: t.child_records.open(a, n), asked.id),
        (lambda t, a, n: t.child_records.decide(a, n, accepted=True), asked.id),
        (lambda t, a, n: t.child_records.keep_in_person(a, n, on=True), asked.id),
        (lambda t, a, n: t.child_doubles.confirm(a, n), merge),
        (lambda t, a, n: t.child_doubles.refuse(a, n), merge),
        (lambda t, a, n: t.child_doubles.undo(a, n), merge),
        (lambda t, a, n: t.child_doubles.propose(a, n, n + 1), child.id),
        (lambda t, a, n: t.families.hand_over(a, n, a.person_id), child.id),
    ]
    for door, number in doors:
        costs: set[int] = set()
        for wanted in (number, number + 1000):
            with counted() as statements, pytest.raises(NotFound):
                await door(town, head, wanted)
            costs.add(len(statements))
        assert len(costs) == 1
