"""Who stands by a child, and what each of them may."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from core.db.models import Child, FamilyInvitation, Guardianship
from core.domain.actors import Actor
from core.domain.consents import ConsentNeeded
from core.domain.family import (
    FamilyInvitationInvalid,
    FamilyRole,
    GuardianKind,
    GuardianNeeded,
    LastGuardian,
    MoveWaits,
    RecoveryRefused,
    RecoveryTriesOver,
    SameMunicipality,
    TooYoungForAccount,
)
from core.domain.refusals import NotAllowed, NotFound
from core.services.children.views import ChildView
from core.services.municipalities.municipalities import Municipalities
from tests.services.town import NINE_YEARS_OLD, Town


async def joined(town: Town, parent: Actor, child: ChildView, role: FamilyRole) -> Actor:
    made = await town.family_invitations.invite(parent, [child.id], role)
    other = await town.parent()
    await town.family_invitations.accept(other, made.code)
    return other


async def test_a_second_parent_joins_by_one_link_and_the_first_hears_of_it(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    made = await town.family_invitations.invite(parent, [child.id], FamilyRole.GUARDIAN)
    other = await town.parent()

    offer = await town.family_invitations.look(other, made.code)
    assert (offer.inviter_name, offer.children) == ("Мария", 1)
    await town.family_invitations.accept(other, made.code)
    await town.family_invitations.accept(other, made.code)  # the link followed again

    assert [one.id for one in await town.children.list_mine(other)] == [child.id]
    assert [kind for kind, _ in await town.notices()] == ["family.joined"]
    assert await town.count(Guardianship) == 2


async def test_a_second_parent_consents_first(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    made = await town.family_invitations.invite(parent, [child.id], FamilyRole.GUARDIAN)
    with pytest.raises(ConsentNeeded):
        await town.family_invitations.accept(await town.parent(consented=False), made.code)
    assert await town.count(Guardianship) == 1


async def test_invitations_that_are_no_use_look_alike(town: Town) -> None:
    parent, stranger = await town.parent(), await town.parent()
    child = await town.child(parent)
    used, revoked, own, late = [
        await town.family_invitations.invite(parent, [child.id], FamilyRole.HELPER)
        for _ in range(4)
    ]
    await town.family_invitations.accept(await town.parent(), used.code)
    await town.family_invitations.revoke(parent, revoked.id)
    for actor, code in [
        (stranger, used.code),
        (stranger, revoked.code),
        (parent, own.code),
        (stranger, "junk"),
        (stranger, own.code[:-1]),
    ]:
        with pytest.raises(FamilyInvitationInvalid):
            await town.family_invitations.accept(actor, code)
    town.clock.move(timedelta(days=3))
    with pytest.raises(FamilyInvitationInvalid):
        await town.family_invitations.look(stranger, late.code)


async def test_one_link_tried_by_many_lets_one_in(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    made = await town.family_invitations.invite(parent, [child.id], FamilyRole.HELPER)
    others = [await town.parent() for _ in range(4)]
    tried = await asyncio.gather(
        *(town.family_invitations.accept(one, made.code) for one in others),
        return_exceptions=True,
    )
    assert sum(not isinstance(one, BaseException) for one in tried) == 1
    assert await town.count(Guardianship) == 2


async def test_only_a_guardian_invites_and_only_to_own_children(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    helper = await joined(town, parent, child, FamilyRole.HELPER)
    with pytest.raises(GuardianNeeded):
        await town.family_invitations.invite(helper, [child.id], FamilyRole.HELPER)
    for child_id in (child.id, child.id + 1000):
        with pytest.raises(NotFound):
            await town.family_invitations.invite(await town.parent(), [child_id], FamilyRole.HELPER)
    assert await town.count(FamilyInvitation) == 1


async def test_a_helper_sees_and_does_nothing_in_the_parents_stead(town: Town) -> None:
    parent, child = await town.family()
    group = await town.group()
    application = await town.applied(parent, child, group)
    certificate = await town.requests.of_child(parent, child.id)
    assert certificate is not None
    helper = await joined(town, parent, child, FamilyRole.HELPER)

    [seen] = await town.children.list_mine(helper)
    assert seen.role is FamilyRole.HELPER
    assert (await town.requests.get_mine(helper, certificate.id)).id == certificate.id
    assert [one.id for one in await town.applications.list_mine(helper)] == [application.id]
    assert (await town.my_data.of(helper)).children == ()

    with pytest.raises(NotFound):
        await town.requests.show_number(helper, certificate.id)
    with pytest.raises(NotFound):
        await town.applications.withdraw(helper, application.id)
    with pytest.raises(GuardianNeeded):
        await town.requests.request(helper, child.id, snils=None, phone=None, key="h")
    with pytest.raises(GuardianNeeded):
        await town.applications.apply(helper, child.id, await town.group(), key="h")
    with pytest.raises(GuardianNeeded):
        await town.families.list_members(helper, child.id)


async def test_a_guardian_shows_a_helper_out_and_the_helper_hears_it(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    helper = await joined(town, parent, child, FamilyRole.HELPER)
    await town.families.end_access(parent, child.id, helper.person_id)
    await town.families.end_access(parent, child.id, helper.person_id)
    assert await town.children.list_mine(helper) == []
    assert [kind for kind, _ in await town.notices()] == ["family.joined", "family.ended"]


async def test_whoever_was_invited_does_not_show_the_inviter_out(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    other = await joined(town, parent, child, FamilyRole.GUARDIAN)
    with pytest.raises(GuardianNeeded):
        await town.families.end_access(other, child.id, parent.person_id)
    await town.families.end_access(parent, child.id, other.person_id)
    with pytest.raises(LastGuardian):
        await town.families.end_access(parent, child.id, parent.person_id)
    with pytest.raises(NotFound):
        await town.families.end_access(other, child.id, parent.person_id)


async def test_who_the_guardian_is_is_said_once(town: Town) -> None:
    parent = await town.parent()
    first = await town.child(parent)
    await town.families.say_kind(parent, first.id, GuardianKind.MOTHER)
    second = await town.child(parent, "Петров Борис")
    assert await town.families.kind_of(parent, second.id) is GuardianKind.MOTHER
    with pytest.raises(NotAllowed):
        await town.families.say_kind(parent, first.id, GuardianKind.ORGANISATION)


async def test_an_own_account_from_fourteen_on(town: Town) -> None:
    parent = await town.parent()
    small = await town.child(parent)
    grown = await town.child(parent, "Петров Борис", born=date(2012, 8, 24))
    with pytest.raises(TooYoungForAccount):
        await town.family_invitations.invite(parent, [small.id], FamilyRole.CHILD)
    teenager = await town.parent(consented=False)
    made = await town.family_invitations.invite(parent, [grown.id], FamilyRole.CHILD)
    await town.family_invitations.accept(teenager, made.code)
    assert [one.role for one in await town.children.list_mine(teenager)] == [FamilyRole.CHILD]


async def test_twins_are_registered_both_or_none(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    twins = await town.children.register_twins(parent, child.id, ["Анна", "Арина"], key="t")
    again = await town.children.register_twins(parent, child.id, ["Анна", "Арина"], key="t")
    assert twins == again
    assert [one.name.full for one in twins] == ["Петрова Анна Ивановна", "Петрова Арина Ивановна"]
    assert {one.born for one in twins} == {NINE_YEARS_OLD}
    with pytest.raises(Exception, match="already"):
        await town.children.register_twins(parent, child.id, ["Вера", "Анна"], key="u")
    assert await town.count(Child) == 3


async def test_a_lost_account_comes_back_by_the_family_code(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    await town.family_recovery.make_code(parent)
    code = await town.family_recovery.make_code(parent)
    new = await town.parent()

    assert await town.family_recovery.recover(new, f" {code} ", NINE_YEARS_OLD) == 1
    assert await town.children.list_mine(parent) == []
    assert (await town.requests.get_mine(new, request.id)).id == request.id
    assert "family.recovered" in [kind for kind, _ in await town.notices()]
    assert [one for one in await town.doctor.examine() if one.count] == []
    with pytest.raises(RecoveryRefused):
        await town.family_recovery.recover(await town.parent(), code, NINE_YEARS_OLD)


async def test_guessing_at_a_family_code_ends_after_five_tries(town: Town) -> None:
    parent = await town.parent()
    await town.child(parent)
    first = await town.family_recovery.make_code(parent)
    code = await town.family_recovery.make_code(parent)
    thief = await town.parent()
    wrong = [(first, NINE_YEARS_OLD), (code, date(2017, 3, 6)), ("junk", NINE_YEARS_OLD)]
    for guess, born in [*wrong, *wrong[:2]]:
        with pytest.raises(RecoveryRefused):
            await town.family_recovery.recover(thief, guess, born)
    with pytest.raises(RecoveryTriesOver):
        await town.family_recovery.recover(thief, code, NINE_YEARS_OLD)
    town.clock.move(timedelta(hours=1))
    assert await town.family_recovery.recover(thief, code, NINE_YEARS_OLD) == 1


async def test_staff_hand_a_child_over_in_person(town: Town) -> None:
    child = await town.child(await town.parent())
    found = await town.parent()
    with pytest.raises(NotAllowed):
        await town.families.hand_over(found, child.id, found.person_id)
    staff = await town.staff()
    with pytest.raises(NotFound):
        await town.families.hand_over(staff, child.id + 1000, found.person_id)
    await town.families.hand_over(staff, child.id, found.person_id)
    assert [one.id for one in await town.children.list_mine(found)] == [child.id]


async def test_a_family_moves_with_its_number(town: Town) -> None:
    parent, child = await town.family()
    number = await town.requests.of_child(parent, child.id)
    there = await Municipalities(town.database, town.clock).add("other", "Другой район")
    with pytest.raises(SameMunicipality):
        await town.family_moves.move(parent, town.municipality.id)
    group = await town.group()
    application = await town.applied(parent, child, group)
    with pytest.raises(MoveWaits):
        await town.family_moves.move(parent, there.id)
    await town.applications.withdraw(parent, application.id)
    assert await town.family_moves.move(parent, there.id) == 1
    moved = await town.requests.of_child(parent, child.id)
    assert moved is not None
    assert number is not None
    assert (moved.municipality_id, moved.number_tail) == (there.id, number.number_tail)


async def test_helpers_hear_what_the_club_answered(town: Town) -> None:
    parent, child = await town.family()
    helper = await joined(town, parent, child, FamilyRole.HELPER)
    application = await town.applied(parent, child, await town.group())
    await town.application_decisions.accept(
        await town.staff(), application.id, version=application.version
    )
    told = [kind for kind, _ in await town.notices()]
    assert told.count("application.decided") == 2
    assert (await town.applications.get_mine(helper, application.id)).id == application.id
