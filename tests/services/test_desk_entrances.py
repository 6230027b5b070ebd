"""Coming into the web desk: one use, five minutes, half an hour of idleness, the right's end."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.db.models import DeskEntry, DeskSession, StaffRight
from core.domain.desk import DeskClosed, DeskLinkInvalid
from core.domain.refusals import NotAllowed
from core.domain.staff import Role
from core.services.desk.entrances import DeskEntrances
from tests.services.town import Town


@pytest.fixture
def entrances(town: Town) -> DeskEntrances:
    return DeskEntrances(town.database, town.clock, town.chance)


async def revoke_all(town: Town) -> None:
    await town.execute(update(StaffRight).values(revoked_at=town.clock.now()))


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.HEAD, Role.OPERATOR])
async def test_who_decides_requests_comes_in(
    town: Town, entrances: DeskEntrances, role: Role
) -> None:
    staff = await town.staff(role)
    token = await entrances.enter((await entrances.invite(staff)).code)

    visit = await entrances.visit(token)

    assert visit.actor.person_id == staff.person_id
    assert [right.role for right in visit.rights] == [role]


async def test_parents_teachers_and_the_dismissed_get_no_link(
    town: Town, entrances: DeskEntrances
) -> None:
    for actor in (await town.parent(), await town.staff(Role.TEACHER)):
        with pytest.raises(NotAllowed):
            await entrances.invite(actor)
    dismissed = await town.staff()
    await revoke_all(town)
    with pytest.raises(NotAllowed):
        await entrances.invite(dismissed)


async def test_a_link_opens_once_even_when_pressed_by_many_at_once(
    town: Town, entrances: DeskEntrances
) -> None:
    code = (await entrances.invite(await town.staff())).code

    came = await asyncio.gather(*(entrances.enter(code) for _ in range(8)), return_exceptions=True)

    assert sum(isinstance(one, str) for one in came) == 1
    assert sum(isinstance(one, DeskLinkInvalid) for one in came) == 7


async def test_junk_late_replaced_and_revoked_links_get_one_answer(
    town: Town, entrances: DeskEntrances
) -> None:
    staff = await town.staff()
    replaced = (await entrances.invite(staff)).code
    late = (await entrances.invite(staff)).code
    town.clock.move(timedelta(minutes=5))
    revoked = (await entrances.invite(staff)).code
    await revoke_all(town)

    for code in ("", "junk", "x" * 5000, replaced, late, revoked):
        with pytest.raises(DeskLinkInvalid):
            await entrances.enter(code)
    assert await town.count(DeskSession) == 0


async def test_a_session_ends_after_half_an_hour_without_a_look(
    town: Town, entrances: DeskEntrances
) -> None:
    token = await entrances.enter((await entrances.invite(await town.staff())).code)
    for _ in range(3):
        town.clock.move(timedelta(minutes=29))
        await entrances.visit(token)

    town.clock.move(timedelta(minutes=30))

    with pytest.raises(DeskClosed):
        await entrances.visit(token)


async def test_a_busy_session_ends_after_ten_hours(town: Town, entrances: DeskEntrances) -> None:
    token = await entrances.enter((await entrances.invite(await town.staff())).code)
    for _ in range(29):
        town.clock.move(timedelta(minutes=20))
        await entrances.visit(token)

    town.clock.move(timedelta(minutes=20))

    with pytest.raises(DeskClosed):
        await entrances.visit(token)


async def test_a_session_ends_with_the_right_for_ever(town: Town, entrances: DeskEntrances) -> None:
    token = await entrances.enter((await entrances.invite(await town.staff())).code)
    await revoke_all(town)
    with pytest.raises(DeskClosed):
        await entrances.visit(token)

    await town.execute(update(StaffRight).values(revoked_at=None))

    with pytest.raises(DeskClosed):
        await entrances.visit(token)


async def test_one_leaves_one_browser_or_all_of_ones_own(
    town: Town, entrances: DeskEntrances
) -> None:
    anna, boris = await town.staff(), await town.staff()
    hers = [await entrances.enter((await entrances.invite(anna)).code) for _ in range(3)]
    his = await entrances.enter((await entrances.invite(boris)).code)

    await entrances.leave(await entrances.visit(hers[0]))
    assert len(await entrances.list_sessions(anna)) == 2
    await entrances.leave_everywhere(anna)

    for token in hers:
        with pytest.raises(DeskClosed):
            await entrances.visit(token)
    assert (await entrances.visit(his)).actor.person_id == boris.person_id


async def test_codes_and_sessions_lie_as_hashes_only(town: Town, entrances: DeskEntrances) -> None:
    code = (await entrances.invite(await town.staff())).code
    token = await entrances.enter(code)

    async with town.database.read() as tx:
        kept = [*(await tx.execute(select(DeskEntry.__table__))).one()]
        kept += [*(await tx.execute(select(DeskSession.__table__))).one()]

    assert len(code) == len(token) == 24
    assert not {code, token} & {str(value) for value in kept}
