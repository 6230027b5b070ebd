"""Daily files of a registry kept elsewhere: numbers arrive, differences go to people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update

from core.db.engine import Database
from core.db.models import Import, RegistryDifference, StaffRight
from core.domain.actors import Actor
from core.domain.certificates import CertificateState
from core.domain.enrolment import ApplicationState
from core.domain.municipality import RegistryMode
from core.domain.refusals import AlreadyDecided, NotAllowed, NotFound
from core.domain.registry_tasks import DifferenceKind
from core.domain.staff import Role
from core.services.municipalities.municipalities import Municipalities
from core.services.registry_import import Pace
from core.services.registry_tasks.differences import RegistryDifferences
from tests.services.registers import (
    ALICE,
    BORIS,
    CERTIFICATE,
    ENROLMENT,
    Register,
    counts,
    known_by_name,
    reasons,
    second_group,
)
from tests.services.town import Town, found_town

NUMBER = str(CERTIFICATE["Номер"])
OTHER = "2300000999"


@pytest.fixture
async def town(database: Database) -> Town:
    return await found_town(database, registry_mode=RegistryMode.EXTERNAL)


@pytest.fixture
def register(town: Town, tmp_path: Path) -> Register:
    return Register(town=town, folder=tmp_path, pace=Pace(breath=0))


async def certified(town: Town, number: str | None = NUMBER) -> tuple[Actor, int, int]:
    """Parent, child, certificate with this number, or waiting for one."""
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    await town.certificate_decisions.confirm(
        await town.staff(), request.id, version=1, number=number
    )
    return parent, child.id, request.id


async def only(town: Town, actor: Actor) -> tuple[RegistryDifferences, Any]:
    differences = town.registry_differences
    (line,) = await differences.list_open(actor)
    return differences, await differences.open(actor, line.id)


async def test_a_number_that_arrives_by_the_file_settles_the_task(
    town: Town, register: Register
) -> None:
    parent, _, certificate_id = await certified(town, None)
    consultant = await town.staff()
    (task,) = await town.registry_tasks.list_open(consultant)

    report = await register.bring("certificates", CERTIFICATE)

    assert counts(report) == (0, 1, 0, 0)
    held = await town.requests.get_mine(parent, certificate_id)
    assert held.state is CertificateState.ACTIVE
    assert await town.requests.show_number(parent, certificate_id) == NUMBER
    assert await town.registry_tasks.list_open(consultant) == []
    assert (await town.actions("registry_tasks", task.id))[-1] == "registry_task.done"
    assert [kind for kind, _ in await town.notices()] == ["certificate.decided"] * 2
    assert await register.is_well()


async def test_an_enrolment_that_arrives_by_the_file_settles_its_task(
    town: Town, register: Register
) -> None:
    await known_by_name(town)
    parent, child_id, _ = await certified(town)
    await town.transfer_consent(parent)
    child = await town.children.get_mine(parent, child_id)
    applied = await town.applied(parent, child, await town.group())
    consultant = await town.staff()
    await town.application_decisions.accept(consultant, applied.id, version=1)

    await register.bring("enrolments", ENROLMENT)

    assert await town.registry_tasks.list_open(consultant) == []
    held = await town.applications.get_mine(parent, applied.id)
    assert held.state is ApplicationState.STUDYING


async def test_another_number_is_a_difference_and_nothing_is_overwritten(
    town: Town, register: Register
) -> None:
    parent, _, certificate_id = await certified(town)
    consultant = await town.staff()

    report = await register.bring("certificates", {**CERTIFICATE, "Номер": OTHER})

    assert (counts(report), report.written) == ((0, 0, 1, 0), True)
    assert [warning.reason for warning in report.warnings] == ["differences"]
    assert await town.requests.show_number(parent, certificate_id) == NUMBER
    differences, seen = await only(town, consultant)
    assert (seen.kind, seen.ours, seen.theirs) == (DifferenceKind.NUMBER, NUMBER[-4:], OTHER)
    async with town.database.read() as tx:
        stored = (await tx.execute(select(RegistryDifference.theirs_sealed))).scalar_one()
    assert OTHER.encode() not in stored

    await differences.take_theirs(consultant, seen.id, version=seen.version)
    await differences.take_theirs(consultant, seen.id, version=seen.version)

    assert await town.requests.show_number(parent, certificate_id) == OTHER
    assert await differences.list_open(consultant) == []
    again = await register.bring("certificates", {**CERTIFICATE, "Номер": OTHER})
    assert not again.warnings
    assert await town.actions("registry_differences", seen.id) == [
        "registry_difference.looked_at",
        "registry_difference.theirs",
    ]


async def test_what_people_kept_is_not_asked_again(town: Town, register: Register) -> None:
    parent, _, certificate_id = await certified(town)
    consultant = await town.staff()
    await register.bring("certificates", {**CERTIFICATE, "Статус": "приостановлен"})
    differences, seen = await only(town, consultant)
    assert (seen.kind, seen.ours, seen.theirs) == (DifferenceKind.STATE, "active", "suspended")

    await differences.put_off(consultant, seen.id)
    assert len(await differences.list_open(consultant)) == 1
    await differences.keep_ours(consultant, seen.id, version=seen.version)
    await register.bring("certificates", {**CERTIFICATE, "Статус": "приостановлен"})

    assert await differences.list_open(consultant) == []
    held = await town.requests.get_mine(parent, certificate_id)
    assert held.state is CertificateState.ACTIVE


async def test_what_the_newest_file_says_no_more_is_settled_by_itself(
    town: Town, register: Register
) -> None:
    await certified(town)
    consultant = await town.staff()
    suspended = {**CERTIFICATE, "Статус": "приостановлен"}
    await register.bring("certificates", suspended)
    differences, seen = await only(town, consultant)

    await register.bring("certificates", CERTIFICATE)

    assert await differences.list_open(consultant) == []
    with pytest.raises(AlreadyDecided):
        await differences.take_theirs(consultant, seen.id, version=seen.version)
    await register.bring("certificates", suspended)
    assert [one.id for one in await differences.list_open(consultant)] == [seen.id]


async def test_a_child_named_otherwise_goes_to_people(town: Town, register: Register) -> None:
    parent, child_id, _ = await certified(town)
    consultant = await town.staff()

    await register.bring("certificates", {**CERTIFICATE, "Фамилия": "Соколова"})

    differences, seen = await only(town, consultant)
    assert seen.theirs == "Соколова Алиса Ивановна, 05.03.2017"
    assert (await town.children.get_mine(parent, child_id)).name.last == "Петрова"
    await differences.take_theirs(consultant, seen.id, version=seen.version)
    assert (await town.children.get_mine(parent, child_id)).name.last == "Соколова"
    assert await town.actions("children", child_id) == [
        *(await town.actions("children", child_id))[:-1],
        "child.reconciled",
    ]


async def test_a_roster_of_another_group_goes_to_people(town: Town, register: Register) -> None:
    await known_by_name(town)
    parent, child_id, _ = await certified(town)
    await town.transfer_consent(parent)
    child = await town.children.get_mine(parent, child_id)
    group = await town.group()
    applied = await town.applied(parent, child, group)
    other = await second_group(town, group)
    consultant = await town.staff()

    await register.bring("enrolments", {**ENROLMENT, "Группа": "Группа 2"})

    differences, seen = await only(town, consultant)
    assert (seen.ours, seen.theirs) == ("Робототехника, Группа 1", "Робототехника, Группа 2")
    await differences.take_theirs(consultant, seen.id, version=seen.version)
    held = await town.applications.get_mine(parent, applied.id)
    assert (held.state, held.group_id) == (ApplicationState.STUDYING, other)
    assert (await town.taken(group), await town.taken(other)) == (0, 1)
    assert await register.is_well()


async def test_who_studies_here_and_not_there_goes_to_people(
    town: Town, register: Register
) -> None:
    await known_by_name(town)
    group = await town.group()
    await register.bring("enrolments", ENROLMENT, {**ENROLMENT, **BORIS})
    consultant = await town.staff()
    assert await town.registry_differences.list_open(consultant) == []

    await register.bring("enrolments", ENROLMENT)

    differences, seen = await only(town, consultant)
    assert (seen.kind, seen.child_name.first) == (DifferenceKind.NOT_THERE, "Борис")
    assert await town.taken(group) == 2
    await differences.take_theirs(consultant, seen.id, version=seen.version)
    assert await town.taken(group) == 1
    assert await register.is_well()


async def test_the_own_registry_refuses_rows_as_ever(database: Database, tmp_path: Path) -> None:
    town = await found_town(database)
    register = Register(town=town, folder=tmp_path, pace=Pace(breath=0))
    await town.family()

    report = await register.bring("certificates", {**CERTIFICATE, "Номер": OTHER})

    assert not report.written
    assert [reason for *_, reason in reasons(report)] == ["has-other-number"]
    assert await town.count(RegistryDifference) == 0


async def test_a_daily_file_without_news_still_says_as_of_when(
    town: Town, register: Register
) -> None:
    await register.bring("children", ALICE)
    town.clock.move(timedelta(days=1))
    await register.bring("children", ALICE)

    async with town.database.read() as tx:
        moments = list((await tx.execute(select(Import.visible_at).order_by(Import.id))).scalars())
    assert moments == [town.clock.now() - timedelta(days=1), town.clock.now()]


Attempt = Callable[[RegistryDifferences, Actor, int], Awaitable[Any]]
ATTEMPTS: dict[str, Attempt] = {
    "open": lambda service, actor, one: service.open(actor, one),
    "theirs": lambda service, actor, one: service.take_theirs(actor, one, version=1),
    "ours": lambda service, actor, one: service.keep_ours(actor, one, version=1),
    "later": lambda service, actor, one: service.put_off(actor, one),
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
async def test_a_foreign_difference_and_an_absent_one_are_one_answer(
    town: Town, register: Register, attempt: Attempt
) -> None:
    """By the same number of statements; without the role nothing at all is said."""
    await certified(town)
    await register.bring("certificates", {**CERTIFICATE, "Номер": OTHER})
    elsewhere = await Municipalities(town.database, town.clock).add("kushchevsky", "Кущёвский")
    stranger = await town.staff(municipality_id=elsewhere.id)

    answers = [await _answer(attempt, town, stranger, one) for one in (1, 2, 0)]

    assert answers[0] == answers[1] == answers[2]
    for nobody in (await town.parent(), await town.staff(Role.OPERATOR)):
        with pytest.raises(NotAllowed):
            await attempt(town.registry_differences, nobody, 1)
    head = await town.staff(Role.HEAD)
    await town.execute(update(StaffRight).values(revoked_at=town.clock.now()))
    with pytest.raises(NotAllowed):
        await attempt(town.registry_differences, head, 1)


async def _answer(attempt: Attempt, town: Town, actor: Actor, one: int) -> int:
    statements = 0

    def count(*_args: Any) -> None:
        nonlocal statements
        statements += 1

    event.listen(Engine, "before_cursor_execute", count)
    try:
        with pytest.raises(NotFound):
            await attempt(town.registry_differences, actor, one)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return statements
