"""Invitations and rights: who gets one, who keeps it, and that it holds at commit."""

from __future__ import annotations

import asyncio
import contextvars
import re

import pytest
from sqlalchemy import select

from core.db.engine import Database
from core.db.models import Person, StaffInvitation
from core.domain.refusals import NotAllowed, NotFound, Refusal
from core.domain.staff import InvitationInvalid, OrganisationNeeded, Role
from core.services.staff.steps import require_applications, require_certificates
from tests.services.staff_scene import BOT, DAY, Scene, open_scene


@pytest.fixture
def scene(database: Database) -> Scene:
    return open_scene(database)


async def test_an_invitation_is_a_link_telegram_takes_and_only_its_hash_is_kept(
    scene: Scene,
) -> None:
    await scene.municipality()
    made = await scene.staff.invite(Role.HEAD, "krylovsky", bot_username=BOT)
    payload = made.link.removeprefix(f"https://t.me/{BOT}?start=")
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert payload == f"i_{made.code}"
    assert len(made.code) >= 22
    async with scene.database.read() as tx:
        kept = (await tx.execute(select(StaffInvitation.__table__))).one()
    assert made.code not in {str(value) for value in kept}


async def test_a_provider_needs_an_organisation_of_that_municipality(scene: Scene) -> None:
    await scene.municipality()
    elsewhere = await scene.organisation(await scene.municipality("other"))
    with pytest.raises(OrganisationNeeded):
        await scene.staff.invite(Role.PROVIDER, "krylovsky", bot_username=BOT)
    with pytest.raises(NotFound):
        await scene.staff.invite(Role.PROVIDER, "krylovsky", elsewhere, bot_username=BOT)
    with pytest.raises(NotFound):
        await scene.staff.invite(Role.HEAD, "nowhere", bot_username=BOT)


async def test_who_accepts_an_invitation_holds_the_right_and_is_known_by_name(
    scene: Scene,
) -> None:
    municipality_id = await scene.municipality()
    anna = await scene.person(1)
    made = await scene.staff.invite(Role.CONSULTANT, "krylovsky", bot_username=BOT)
    granted = await scene.staff.accept_invitation(anna, made.code, name="Анна\u202e  Петровна")
    assert (granted.role, granted.municipality_id) == (Role.CONSULTANT, municipality_id)
    assert [right.id for right in await scene.staff.rights(anna)] == [granted.right_id]
    [member] = await scene.staff.list_all()
    assert (member.person_name, member.municipality_code) == ("Анна Петровна", "krylovsky")
    [record] = await scene.audited("staff.granted")
    assert record["actor"] == anna.mark


async def test_a_name_given_with_the_consent_is_kept(scene: Scene) -> None:
    await scene.municipality()
    anna = await scene.person(1, name="Анна из согласия")
    made = await scene.staff.invite(Role.CONSULTANT, "krylovsky", bot_username=BOT)
    await scene.staff.accept_invitation(anna, made.code, name="anna_1999")
    async with scene.database.read() as tx:
        assert await tx.scalar(select(Person.name)) == "Анна из согласия"


async def test_the_same_person_may_follow_the_link_again_and_nothing_changes(
    scene: Scene,
) -> None:
    await scene.municipality()
    anna = await scene.person(1)
    made = await scene.staff.invite(Role.HEAD, "krylovsky", bot_username=BOT)
    first = await scene.staff.accept_invitation(anna, made.code)
    scene.clock.move(30 * DAY)
    assert await scene.staff.accept_invitation(anna, made.code) == first
    assert len(await scene.audited("staff.granted")) == 1


async def test_all_bad_invitations_get_the_same_answer(scene: Scene) -> None:
    await scene.municipality()
    anna, boris = await scene.person(1), await scene.person(2)
    used = await scene.staff.invite(Role.HEAD, "krylovsky", bot_username=BOT)
    await scene.staff.accept_invitation(anna, used.code)
    expired = await scene.staff.invite(Role.HEAD, "krylovsky", bot_username=BOT)
    scene.clock.move(7 * DAY)
    answers = set()
    for code in (used.code, expired.code, "x" * 24, "", "a" * 200, "<b>'; --", "код" * 9):
        with pytest.raises(InvitationInvalid) as refused:
            await scene.staff.accept_invitation(boris, code)
        answers.add(str(refused.value))
    assert answers == {"invitation-invalid"}
    assert await scene.staff.rights(boris) == []


async def test_of_two_people_with_one_link_one_gets_the_right(scene: Scene) -> None:
    await scene.municipality()
    made = await scene.staff.invite(Role.HEAD, "krylovsky", bot_username=BOT)
    people = [await scene.person(number) for number in range(1, 6)]
    ends = await asyncio.gather(
        *(scene.staff.accept_invitation(person, made.code) for person in people),
        return_exceptions=True,
    )
    assert sum(isinstance(end, InvitationInvalid) for end in ends) == 4
    assert len(await scene.staff.list_all()) == 1


async def test_two_links_to_one_right_make_one_right(scene: Scene) -> None:
    await scene.municipality()
    anna = await scene.person(1)
    links = [await scene.staff.invite(Role.HEAD, "krylovsky", bot_username=BOT) for _ in range(4)]
    granted = await asyncio.gather(
        *(scene.staff.accept_invitation(anna, link.code) for link in links)
    )
    assert len({right.right_id for right in granted}) == 1
    assert len(await scene.staff.rights(anna)) == 1


async def test_a_revoked_right_is_gone_at_once_and_the_old_link_brings_nothing_back(
    scene: Scene,
) -> None:
    await scene.municipality()
    anna = await scene.person(1)
    made = await scene.staff.invite(Role.HEAD, "krylovsky", bot_username=BOT)
    granted = await scene.staff.accept_invitation(anna, made.code)
    await scene.staff.revoke(granted.right_id)
    await scene.staff.revoke(granted.right_id)
    assert await scene.staff.rights(anna) == []
    assert len(await scene.audited("staff.revoked")) == 1
    with pytest.raises(InvitationInvalid):
        await scene.staff.accept_invitation(anna, made.code)
    with pytest.raises(NotFound):
        await scene.staff.revoke(granted.right_id + 1)
    again = await scene.holds(anna, Role.HEAD, "krylovsky")
    assert [right.id for right in await scene.staff.rights(anna)] == [again.right_id]


@pytest.mark.parametrize(
    ("role", "decides"),
    [(role, role in {Role.CONSULTANT, Role.HEAD, Role.OPERATOR}) for role in Role],
)
async def test_certificates_are_decided_by_moderators_and_the_operator_of_the_place(
    scene: Scene, role: Role, decides: bool
) -> None:
    here, there = await scene.municipality(), await scene.municipality("other")
    person = await scene.person(1)
    await scene.holds(person, role, "krylovsky", await scene.organisation(here))
    now = scene.clock.now()
    async with scene.database.write() as tx:
        with pytest.raises(NotAllowed):
            await require_certificates(tx, person.person_id, municipality_id=there, now=now)
        try:
            await require_certificates(tx, person.person_id, municipality_id=here, now=now)
        except NotAllowed:
            assert not decides
        else:
            assert decides


async def test_applications_are_decided_by_their_provider_and_by_moderators(
    scene: Scene,
) -> None:
    here = await scene.municipality()
    own, other = await scene.organisation(here), await scene.organisation(here, "Школа")
    provider, head = await scene.person(1), await scene.person(2)
    await scene.holds(provider, Role.PROVIDER, "krylovsky", own)
    await scene.holds(head, Role.HEAD, "krylovsky")
    now = scene.clock.now()

    async def may(person_id: int, organisation_id: int) -> bool:
        async with scene.database.write() as tx:
            try:
                await require_applications(
                    tx,
                    person_id,
                    municipality_id=here,
                    organisation_id=organisation_id,
                    now=now,
                )
            except Refusal:
                return False
            return True

    assert await may(provider.person_id, own)
    assert not await may(provider.person_id, other)
    assert await may(head.person_id, own)
    assert await may(head.person_id, other)


async def test_a_revocation_waits_for_the_decision_that_has_read_the_right(
    scene: Scene,
) -> None:
    here = await scene.municipality()
    anna = await scene.person(1)
    granted = await scene.holds(anna, Role.HEAD, "krylovsky")
    order = []
    revoking: asyncio.Task[None]

    async def revoke() -> None:
        await scene.staff.revoke(granted.right_id)
        order.append("revoked")

    async with scene.database.write() as tx:
        await require_certificates(tx, anna.person_id, municipality_id=here, now=scene.clock.now())
        # a context of its own: the revocation is another process's write
        revoking = asyncio.create_task(revoke(), context=contextvars.Context())
        for _ in range(50):
            await tx.execute(select(1))
        order.append("decided")
    await revoking
    assert order == ["decided", "revoked"]
