"""A family attaches a certificate it has already: the number and the birth date together."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update

from core.db.models import AttachTask, AttachTry, AuditRecord, Certificate, Child, OutboxRow
from core.domain.attaching import (
    ALL_TRIES_AN_HOUR,
    CertificateUnknown,
    TaskOutcome,
    TriesSpent,
)
from core.domain.certificates import CertificateState
from core.domain.consents import ConsentNeeded
from core.domain.refusals import AlreadyDecided, BadValue, NotFound
from core.services.certificates.attach_tasks import AttachTasks
from core.services.certificates.attaching import Attaching
from core.services.registry_import import Pace
from tests.services.registers import CERTIFICATE, ENROLMENT, Register, known_by_name
from tests.services.statements import statements
from tests.services.town import Town

NUMBER = "2300000110"
BORN = date(2017, 3, 5)


@pytest.fixture
async def register(town: Town, tmp_path: Path) -> Register:
    """An imported certificate nobody has claimed."""
    made = Register(town=town, folder=tmp_path, pace=Pace())
    await made.bring("certificates", CERTIFICATE)
    return made


def attaching(town: Town) -> Attaching:
    return Attaching(town.database, town.clock, town.cipher)


def tasks(town: Town) -> AttachTasks:
    return AttachTasks(town.database, town.clock, town.cipher, town.quiet)


async def test_number_and_birth_date_give_the_family_its_imported_child(
    town: Town, register: Register
) -> None:
    parent = await town.parent()
    assert await town.children.list_mine(parent) == []
    found = await attaching(town).attach(parent, "2300 000-110", BORN)
    assert (found.state, found.number_tail) == (CertificateState.ACTIVE, "0110")
    assert [child.id for child in await town.children.list_mine(parent)] == [found.child_id]
    assert await town.requests.show_number(parent, found.id) == NUMBER
    assert await attaching(town).attach(parent, NUMBER, BORN) == found
    assert await town.count(AttachTry) == 0
    assert (await town.actions("certificates", found.id))[-1] == "certificate.attached"


async def test_a_child_the_family_entered_itself_goes_into_the_imported_record(
    town: Town, register: Register
) -> None:
    parent = await town.parent()
    own = await town.child(parent)
    request = await town.requested(parent, own)
    found = await attaching(town).attach(parent, NUMBER, BORN)
    assert [child.id for child in await town.children.list_mine(parent)] == [found.child_id]
    of_child = await town.requests.of_child(parent, found.child_id)
    assert of_child is not None
    assert of_child.id == found.id
    assert (await town.requests.get_mine(parent, request.id)).state is CertificateState.REFUSED
    town.clock.move(timedelta(days=40))
    await town.timers.run_due()
    assert await town.notices() == []
    async with town.database.read() as tx:
        named = select(func.count()).select_from(Child).where(Child.born.is_not(None))
        assert await tx.scalar(named) == 1


async def test_wrong_foreign_and_absent_are_one_answer_of_as_many_statements(
    town: Town, register: Register
) -> None:
    owner, stranger = await town.parent(), await town.parent()
    await attaching(town).attach(owner, NUMBER, BORN)
    heard = []
    for number, born in (
        (NUMBER, BORN),  # another family's
        (NUMBER, date(2017, 3, 6)),
        ("2300000111", BORN),
    ):
        with statements() as cost, pytest.raises(CertificateUnknown) as refusal:
            await attaching(town).attach(stranger, number, born)
        heard.append((refusal.value.params, len(cost)))
    assert heard[0] == heard[1] == heard[2]
    assert len(await town.children.list_mine(owner)) == 1
    assert await town.children.list_mine(stranger) == []


async def test_a_child_of_a_family_in_dispute_is_attached_in_person_only(
    town: Town, register: Register
) -> None:
    parent = await town.parent()
    async with town.database.write() as tx:
        await tx.execute(update(Child).values(changes_in_person=True))
    with pytest.raises(CertificateUnknown):
        await attaching(town).attach(parent, NUMBER, BORN)
    assert await town.children.list_mine(parent) == []


async def test_after_five_tries_in_vain_an_hour_has_to_pass(town: Town, register: Register) -> None:
    parent = await town.parent()
    for serial in range(5):
        with pytest.raises(CertificateUnknown):
            await attaching(town).attach(parent, f"230000020{serial}", BORN)
    for _ in range(3):
        with pytest.raises(TriesSpent):
            await attaching(town).attach(parent, NUMBER, BORN)
    other = await town.parent()
    with pytest.raises(CertificateUnknown):
        await attaching(town).attach(other, "2300000999", BORN)
    town.clock.move(timedelta(hours=1, seconds=1))
    assert (await attaching(town).attach(parent, NUMBER, BORN)).number_tail == "0110"


async def test_a_misspelt_number_is_no_try(town: Town, register: Register) -> None:
    parent = await town.parent()
    for _ in range(9):
        with pytest.raises(BadValue):
            await attaching(town).attach(parent, "23000001", BORN)
    assert await town.count(AttachTry) == 0


async def test_too_many_tries_of_all_together_stop_everybody(
    town: Town, register: Register
) -> None:
    parent, others = await town.parent(), [await town.parent() for _ in range(2)]
    async with town.database.write() as tx:
        await tx.execute(
            insert(AttachTry),
            [
                {"person_id": others[n % 2].person_id, "tried_at": town.clock.now()}
                for n in range(ALL_TRIES_AN_HOUR)
            ],
        )
    with pytest.raises(TriesSpent):
        await attaching(town).attach(parent, NUMBER, BORN)
    town.clock.move(timedelta(days=2))
    await town.timers.run_due()
    assert await town.count(AttachTry) == 0, "tries are forgotten after a day"
    await attaching(town).attach(parent, NUMBER, BORN)


async def test_nothing_is_looked_for_without_consent(town: Town, register: Register) -> None:
    with pytest.raises(ConsentNeeded):
        await attaching(town).attach(await town.parent(consented=False), NUMBER, BORN)


async def test_what_is_not_found_is_one_task_for_staff_without_personal_data(
    town: Town, register: Register
) -> None:
    await town.moderation_chat()
    parent = await town.people.choose_municipality(await town.parent(), town.municipality.id)
    for number in ("2300000200", "2300000201"):
        with pytest.raises(CertificateUnknown):
            await attaching(town).attach(parent, number, BORN)
    assert [kind for kind, _ in await town.notices()] == ["attach.task"]
    async with town.database.read() as tx:
        task_id = (await tx.execute(select(AttachTask.id))).scalar_one()
        for table in (AttachTask, AttachTry, OutboxRow, AuditRecord):
            rows = [tuple(row) for row in await tx.execute(select(table.__table__))]
            assert "2300000201" not in repr(rows)
    consultant = await town.staff()
    details = await tasks(town).open(consultant, task_id)
    assert (details.number, details.born) == ("2300000201", BORN)
    settled = await tasks(town).settle(consultant, task_id, TaskOutcome.ABSENT)
    assert settled == await tasks(town).settle(consultant, task_id, TaskOutcome.ABSENT)
    with pytest.raises(AlreadyDecided):
        await tasks(town).settle(consultant, task_id, TaskOutcome.FOUND)
    with pytest.raises(NotFound):
        await tasks(town).open(consultant, task_id)
    assert [kind for kind, _ in await town.notices()] == ["attach.task", "attach.settled"]


async def test_a_task_is_nobodys_but_the_staffs_of_the_place(
    town: Town, register: Register
) -> None:
    parent = await town.people.choose_municipality(await town.parent(), town.municipality.id)
    with pytest.raises(CertificateUnknown):
        await attaching(town).attach(parent, "2300000200", BORN)
    for person in (parent, await town.parent()):
        costs = []
        for task_id in (1, 2):
            with statements() as cost, pytest.raises(NotFound):
                await tasks(town).open(person, task_id)
            with pytest.raises(NotFound):
                await tasks(town).settle(person, task_id, TaskOutcome.FOUND)
            costs.append(len(cost))
        assert costs[0] == costs[1]


async def test_seats_of_the_roster_come_with_the_child(town: Town, register: Register) -> None:
    await town.group()
    await known_by_name(town)
    await register.bring("enrolments", ENROLMENT)
    parent = await town.parent()
    await attaching(town).attach(parent, NUMBER, BORN)
    assert len(await town.applications.list_mine(parent)) == 1
    async with town.database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Certificate)) == 1
