"""Rights with dates: invited for a time, handed over for a leave, revoked with what hangs on."""

from __future__ import annotations

from datetime import date

import pytest

from core.db.engine import Database
from core.domain.actors import Actor
from core.domain.refusals import BadValue, NotAllowed, NotFound
from core.domain.staff import CardSubject, HandingOverTwice, InvitationInvalid, Role
from core.domain.terms import Term
from tests.services.staff_scene import BOT, DAY, Scene, open_scene
from tests.services.statements import statements

LEAVE = Term(first=date(2026, 9, 7), last=date(2026, 9, 20))
ABSENT = 10_000


@pytest.fixture
def scene(database: Database) -> Scene:
    return open_scene(database)


async def roles(scene: Scene, actor: Actor) -> set[Role]:
    return {right.role for right in await scene.staff.rights(actor)}


async def own_right(scene: Scene, actor: Actor) -> int:
    [own] = await scene.colleagues.list_own(actor)
    return own.right_id


async def test_an_invited_right_holds_on_its_days_only(scene: Scene) -> None:
    await scene.municipality()
    anna = await scene.person(1)
    made = await scene.staff.invite(
        Role.CONSULTANT,
        "krylovsky",
        bot_username=BOT,
        term=Term(first=date(2026, 9, 3), last=date(2026, 9, 4)),
    )
    granted = await scene.staff.accept_invitation(anna, made.code)
    assert (granted.first, granted.last) == (date(2026, 9, 3), date(2026, 9, 4))
    held = []
    for _day in range(1, 7):
        held.append(bool(await scene.staff.rights(anna)))
        scene.clock.move(DAY)
    assert held == [False, False, True, True, False, False]
    menus = [row["not_before"].date() for row in await scene.told("commands.staff")]
    assert menus == [date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 4)], "Moscow's midnights"


async def test_a_right_may_not_end_before_it_begins_nor_in_the_past(scene: Scene) -> None:
    await scene.municipality()
    for term in (
        Term(first=date(2026, 9, 3), last=date(2026, 9, 2)),
        Term(last=date(2026, 8, 31)),
    ):
        with pytest.raises(BadValue):
            await scene.staff.invite(Role.HEAD, "krylovsky", bot_username=BOT, term=term)


async def test_an_invitation_whose_right_is_over_is_like_junk(scene: Scene) -> None:
    await scene.municipality()
    anna = await scene.person(1)
    made = await scene.staff.invite(
        Role.CONSULTANT, "krylovsky", bot_username=BOT, term=Term(last=date(2026, 9, 2))
    )
    scene.clock.move(2 * DAY)
    with pytest.raises(InvitationInvalid):
        await scene.staff.accept_invitation(anna, made.code)


async def test_a_longer_invitation_takes_the_place_of_a_shorter_right(scene: Scene) -> None:
    await scene.municipality()
    anna = await scene.person(1)
    short = await scene.staff.invite(
        Role.CONSULTANT, "krylovsky", bot_username=BOT, term=Term(last=date(2026, 9, 2))
    )
    await scene.staff.accept_invitation(anna, short.code)
    await scene.holds(anna, Role.CONSULTANT, "krylovsky")
    scene.clock.move(30 * DAY)
    [right] = await scene.staff.rights(anna)
    assert right.ends_at is None


async def test_a_leave_is_covered_day_by_day_and_ends_by_itself(scene: Scene) -> None:
    municipality_id = await scene.municipality()
    anna, boris, parent = [await scene.person(number) for number in (1, 2, 3)]
    await scene.holds(anna, Role.CONSULTANT, "krylovsky")
    await scene.holds(boris, Role.COORDINATOR, "krylovsky")
    certificate = await scene.certificate(municipality_id, parent)
    await scene.colleagues.hand_over(anna, await own_right(scene, anna), boris.person_id, LEAVE)
    days = []
    for day in range(1, 25):
        if Role.CONSULTANT in await roles(scene, boris):
            await scene.cards.check_right(boris, CardSubject.CERTIFICATES, certificate)
            days.append(day)
        scene.clock.move(DAY)
    assert days == list(range(7, 21))
    assert await roles(scene, anna) == {Role.CONSULTANT}, "the giver keeps the right"
    [told] = await scene.told("staff.handed-over")
    assert told["person_id"] == boris.person_id
    [record] = await scene.audited("staff.handed-over")
    assert record["actor"] == anna.mark


async def test_what_was_handed_over_is_not_handed_on_nor_given_twice(scene: Scene) -> None:
    await scene.municipality()
    anna, boris = await scene.person(1), await scene.person(2)
    await scene.holds(anna, Role.CONSULTANT, "krylovsky")
    await scene.holds(boris, Role.COORDINATOR, "krylovsky")
    mine = await own_right(scene, anna)
    now = Term(last=date(2026, 9, 20))
    made = await scene.colleagues.hand_over(anna, mine, boris.person_id, now)
    with pytest.raises(HandingOverTwice):
        await scene.colleagues.hand_over(anna, mine, boris.person_id, LEAVE)
    with pytest.raises(HandingOverTwice):
        await scene.colleagues.hand_over(boris, made.right_id, anna.person_id, now)
    with pytest.raises(BadValue):
        await scene.colleagues.hand_over(anna, mine, boris.person_id, Term())


async def test_what_was_handed_over_ends_with_the_right_it_came_from(scene: Scene) -> None:
    await scene.municipality()
    head, anna, boris = [await scene.person(number) for number in (1, 2, 3)]
    await scene.holds(head, Role.HEAD, "krylovsky")
    await scene.holds(anna, Role.CONSULTANT, "krylovsky")
    await scene.holds(boris, Role.COORDINATOR, "krylovsky")
    mine = await own_right(scene, anna)
    await scene.colleagues.hand_over(anna, mine, boris.person_id, Term(last=date(2026, 9, 20)))
    await scene.colleagues.revoke(head, mine)
    assert await roles(scene, anna) == set()
    assert await roles(scene, boris) == {Role.COORDINATOR}
    await scene.colleagues.revoke(head, mine)
    assert len(await scene.audited("staff.revoked")) == 2, "a second time changes nothing"


async def test_a_club_cannot_get_what_the_centre_may_do(scene: Scene) -> None:
    municipality_id = await scene.municipality()
    club = await scene.organisation(municipality_id)
    anna, gleb = await scene.person(1), await scene.person(2)
    await scene.holds(anna, Role.CONSULTANT, "krylovsky")
    await scene.holds(gleb, Role.PROVIDER, "krylovsky", club)
    mine = await own_right(scene, anna)
    assert await scene.colleagues.list_receivers(anna, mine) == []
    with pytest.raises(NotFound):
        await scene.colleagues.hand_over(anna, mine, gleb.person_id, LEAVE)


async def test_what_is_not_mine_and_what_is_not_there_are_the_same(scene: Scene) -> None:
    here, there = await scene.municipality(), await scene.municipality("tikhoretsk")
    head, anna, other = [await scene.person(number) for number in (1, 2, 3)]
    await scene.holds(head, Role.HEAD, "krylovsky")
    await scene.holds(anna, Role.CONSULTANT, "krylovsky")
    await scene.holds(other, Role.HEAD, "tikhoretsk")
    bound = await scene.bound(head, "krylovsky")
    theirs = await own_right(scene, head)
    for deed, real in (
        (scene.colleagues.revoke, theirs),
        (scene.colleagues.list_receivers, theirs),
        (scene.chats.unbind, bound.id),
    ):
        for actor in (anna, other):
            counts = []
            for number in (real, ABSENT):
                with statements() as seen, pytest.raises(NotFound):
                    await deed(actor, number)
                counts.append(len(seen))
            assert counts[0] == counts[1], deed
    for actor, places in ((anna, (here, ABSENT)), (other, (here, ABSENT)), (head, (there, ABSENT))):
        counts = []
        for place in places:
            with statements() as seen:
                with pytest.raises(NotAllowed):
                    await scene.colleagues.list_of_head(actor, place)
                with pytest.raises(NotAllowed):
                    await scene.colleagues.invite(
                        actor, Role.CONSULTANT, place, None, bot_username=BOT
                    )
            counts.append(len(seen))
        assert counts[0] == counts[1]
    assert await scene.chats.list_of(other) == []


async def test_a_head_appoints_no_other_head_and_does_not_remove_himself(scene: Scene) -> None:
    here = await scene.municipality()
    head = await scene.person(1)
    await scene.holds(head, Role.HEAD, "krylovsky")
    with pytest.raises(NotAllowed):
        await scene.colleagues.invite(head, Role.HEAD, here, None, bot_username=BOT)
    with pytest.raises(NotFound):
        await scene.colleagues.revoke(head, await own_right(scene, head))
