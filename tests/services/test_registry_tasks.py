"""Where the registry is kept elsewhere no number is made: people enter and type it back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update

from core.db.engine import Database
from core.db.models import Municipality, RegistryTask, StaffRight
from core.domain.actors import Actor
from core.domain.certificates import CertificateState
from core.domain.children import ChildState
from core.domain.enrolment import ApplicationState
from core.domain.municipality import RegistryMode
from core.domain.refusals import AlreadyDecided, BadValue, NotAllowed, NotFound
from core.domain.staff import CardSubject, Role
from core.services.enrolments.views import ApplicationView
from core.services.municipalities.municipalities import Municipalities
from core.services.registry_tasks.registry_tasks import RegistryTasks
from tests.services.town import Town, found_town

NUMBER = "2300000110"


@pytest.fixture
async def town(database: Database) -> Town:
    return await found_town(database, registry_mode=RegistryMode.EXTERNAL)


async def seen(town: Town, consultant: Actor) -> tuple[Actor, int]:
    """A parent and his request whose documents were seen."""
    parent = await town.parent()
    request = await town.requested(parent, await town.child(parent))
    await town.certificate_decisions.confirm(consultant, request.id, version=request.version)
    return parent, request.id


async def accepted(town: Town) -> tuple[Actor, ApplicationView]:
    """A parent and his application that the club took."""
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    consultant = await town.staff()
    await town.certificate_decisions.confirm(
        consultant, request.id, version=request.version, number="2300000999"
    )
    await town.transfer_consent(parent)
    applied = await town.applied(parent, child, await town.group())
    await town.application_decisions.accept(consultant, applied.id, version=1)
    return parent, applied


async def test_a_confirmed_request_waits_for_the_registrys_number(town: Town) -> None:
    consultant = await town.staff()
    parent, certificate_id = await seen(town, consultant)

    held = await town.requests.get_mine(parent, certificate_id)
    assert (held.state, held.number_tail) == (CertificateState.TO_ENTER, None)
    assert (await town.children.get_mine(parent, held.child_id)).state is ChildState.CONFIRMED
    (task,) = await town.registry_tasks.list_open(consultant)
    assert (task.subject, task.subject_id) == (CardSubject.CERTIFICATES, certificate_id)
    async with town.database.read() as tx:
        assert await tx.scalar(select(Municipality.certificate_serial)) == 0


async def test_the_number_typed_back_puts_the_certificate_in_force(town: Town) -> None:
    consultant = await town.staff()
    parent, certificate_id = await seen(town, consultant)
    tasks = town.registry_tasks
    (task,) = await tasks.list_open(consultant)
    fields = await tasks.open(consultant, task.id)
    assert fields.child_name.full == "Петрова Алиса Ивановна"

    for typed in ("12345", "23000001100", "23000x0110"):
        with pytest.raises(BadValue):
            await tasks.enter_number(consultant, task.id, version=1, number=typed)
    await tasks.enter_number(consultant, task.id, version=1, number="23 0000 0110")
    await tasks.enter_number(consultant, task.id, version=1, number="23 0000 0110")

    held = await town.requests.get_mine(parent, certificate_id)
    assert held.state is CertificateState.ACTIVE
    assert await town.requests.show_number(parent, certificate_id) == NUMBER
    assert await tasks.list_open(consultant) == []
    assert await town.actions("certificates", certificate_id) == [
        "certificate.requested",
        "certificate.seen",
        "certificate.entered",
    ]
    assert await town.actions("registry_tasks", task.id) == [
        "registry_task.opened",
        "registry_task.looked_at",
        "registry_task.done",
    ]
    assert [kind for kind, _ in await town.notices()] == ["certificate.decided"] * 2
    assert await town.doctor.examine() == []


async def test_the_first_answer_to_a_task_wins(town: Town) -> None:
    first, second = await town.staff(), await town.staff(Role.OPERATOR)
    _, certificate_id = await seen(town, first)
    tasks = town.registry_tasks
    (task,) = await tasks.list_open(second)

    outcomes = await asyncio.gather(
        tasks.enter_number(first, task.id, version=1, number=NUMBER),
        tasks.refuse(second, task.id, version=1, note="В Навигаторе он уже есть"),
        return_exceptions=True,
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyDecided", "NoneType"]
    assert len(await town.actions("certificates", certificate_id)) == 3


async def test_what_the_other_registry_does_not_take_is_refused_with_its_reason(
    town: Town,
) -> None:
    consultant = await town.staff()
    parent, certificate_id = await seen(town, consultant)
    tasks = town.registry_tasks
    (task,) = await tasks.list_open(consultant)

    await tasks.refuse(consultant, task.id, version=1, note="Уже есть в другом районе")

    held = await town.requests.get_mine(parent, certificate_id)
    assert (held.state, held.refusal_note) == (
        CertificateState.REFUSED,
        "Уже есть в другом районе",
    )


async def test_an_accepted_application_is_entered_and_the_family_hears(town: Town) -> None:
    parent, applied = await accepted(town)
    consultant, tasks = await town.staff(), town.registry_tasks
    (task,) = await tasks.list_open(consultant)
    fields = await tasks.open(consultant, task.id)
    assert (fields.number, fields.programme) == ("2300000999", "Робототехника")

    await tasks.mark_entered(consultant, task.id, version=1)

    held = await town.applications.get_mine(parent, applied.id)
    assert held.state is ApplicationState.CONFIRMED
    assert [kind for kind, _ in await town.notices()][-1] == "application.entered"
    assert await tasks.list_open(consultant) == []


async def test_an_application_the_other_registry_refused_gives_its_seat_back(town: Town) -> None:
    parent, applied = await accepted(town)
    consultant, tasks = await town.staff(), town.registry_tasks
    (task,) = await tasks.list_open(consultant)

    await tasks.refuse(consultant, task.id, version=1, note="Лимит программ исчерпан")

    held = await town.applications.get_mine(parent, applied.id)
    assert (held.state, held.refusal_note) == (ApplicationState.REFUSED, "Лимит программ исчерпан")
    assert await town.taken(applied.group_id) == 0
    assert await town.doctor.examine() == []


async def test_a_withdrawn_application_leaves_nothing_to_enter(town: Town) -> None:
    parent, applied = await accepted(town)
    consultant, tasks = await town.staff(), town.registry_tasks
    (task,) = await tasks.list_open(consultant)

    await town.applications.withdraw(parent, applied.id)

    assert await tasks.list_open(consultant) == []
    with pytest.raises(AlreadyDecided):
        await tasks.mark_entered(consultant, task.id, version=1)
    assert (await town.actions("registry_tasks", task.id))[-1] == "registry_task.dropped"


async def test_the_own_registry_opens_no_tasks(database: Database) -> None:
    town = await found_town(database)
    parent, child = await town.family()
    applied = await town.applied(parent, child, await town.group())
    consultant = await town.staff()
    await town.application_decisions.accept(consultant, applied.id, version=1)

    assert await town.count(RegistryTask) == 0
    held = await town.requests.of_child(parent, child.id)
    assert held is not None
    assert (held.state, held.number_tail) == (CertificateState.ACTIVE, "0001")


async def test_a_number_already_at_hand_needs_no_task(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    confirmed = await town.certificate_decisions.confirm(
        await town.staff(), request.id, version=1, number=NUMBER
    )

    assert confirmed.state is CertificateState.ACTIVE
    assert await town.count(RegistryTask) == 0


Attempt = Callable[[RegistryTasks, Actor, int], Awaitable[Any]]
ATTEMPTS: dict[str, Attempt] = {
    "open": lambda tasks, actor, task: tasks.open(actor, task),
    "number": lambda tasks, actor, task: tasks.enter_number(actor, task, version=1, number=NUMBER),
    "entered": lambda tasks, actor, task: tasks.mark_entered(actor, task, version=1),
    "refused": lambda tasks, actor, task: tasks.refuse(actor, task, version=1, note="Причина"),
    "sent": lambda tasks, actor, task: tasks.send_to(
        actor, CardSubject.CERTIFICATES, task, tap="tap"
    ),
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
async def test_a_foreign_task_and_an_absent_one_are_one_answer(
    town: Town, attempt: Attempt
) -> None:
    """By the same number of statements."""
    _, _certificate = await seen(town, await town.staff())
    elsewhere = await Municipalities(town.database, town.clock).add(
        "kushchevsky", "Кущёвский район", registry_mode=RegistryMode.EXTERNAL
    )
    stranger = await town.staff(municipality_id=elsewhere.id)
    tasks = town.registry_tasks

    answers = [await _answer(attempt, tasks, stranger, task) for task in (1, 2, 0)]

    assert answers[0][0] is NotFound
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
async def test_who_holds_no_role_or_lost_it_enters_nothing(town: Town, attempt: Attempt) -> None:
    consultant = await town.staff()
    await seen(town, consultant)
    tasks = town.registry_tasks
    for nobody in (await town.parent(), await town.staff(Role.PAYER)):
        with pytest.raises(NotAllowed):
            await attempt(tasks, nobody, 1)
    await town.execute(update(StaffRight).values(revoked_at=town.clock.now()))
    with pytest.raises(NotAllowed):
        await attempt(tasks, consultant, 1)


async def test_a_club_enters_its_own_applications_only(town: Town) -> None:
    await accepted(town)
    theirs = await town.staff(Role.PROVIDER, at=town.organisation_id)
    other = await town.staff(Role.PROVIDER, at=await town.organisation())
    tasks = town.registry_tasks

    assert await tasks.list_open(other) == []
    (task,) = await tasks.list_open(theirs)
    with pytest.raises(NotFound):
        await tasks.mark_entered(other, task.id, version=1)
    await tasks.mark_entered(theirs, task.id, version=1)


async def _answer(
    attempt: Attempt, tasks: RegistryTasks, actor: Actor, task: int
) -> tuple[type[BaseException], int]:
    statements = 0

    def count(*_args: Any) -> None:
        nonlocal statements
        statements += 1

    event.listen(Engine, "before_cursor_execute", count)
    try:
        with pytest.raises(NotFound) as refusal:
            await attempt(tasks, actor, task)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return refusal.type, statements
