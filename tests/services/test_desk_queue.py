"""The queue of the desk: whose requests it shows, how they are found, and confirming many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from core.clock import MovableClock
from core.db.models import AuditRecord, Certificate, Child
from core.domain.actors import Actor
from core.domain.desk import MOST_AT_ONCE, PAGE_ROWS, TooManyTicked, Waiting, Wanted, read_search
from core.domain.names import read_child_name
from core.domain.refusals import AlreadyDecided, NotAllowed, NotFound
from core.domain.staff import CardSubject, Role
from core.services.certificates.views import CertificateView
from core.services.desk.bulk import BulkDecisions, Ticked
from core.services.desk.queue import DeskQueue, QueuePage
from core.services.municipalities.municipalities import Municipalities
from tests.services.town import Town

CERTIFICATES = CardSubject.CERTIFICATES
APPLICATIONS = CardSubject.APPLICATIONS


@pytest.fixture
def queue(town: Town) -> DeskQueue:
    return DeskQueue(town.database, town.clock, town.cipher)


@pytest.fixture
def bulk(town: Town) -> BulkDecisions:
    return BulkDecisions(town.certificate_decisions, town.application_decisions)


async def ask(town: Town, name: str = "Петрова Алиса Ивановна") -> CertificateView:
    parent = await town.parent()
    return await town.requested(parent, await town.child(parent, name))


async def seen(
    queue: DeskQueue, actor: Actor, subject: CardSubject = CERTIFICATES, text: str = ""
) -> QueuePage:
    return await queue.page(actor, subject, waiting=Waiting.OPEN, wanted=read_search(text), page=1)


async def elsewhere(town: Town) -> int:
    clock = MovableClock(town.clock.now())
    place = await Municipalities(town.database, clock).add("other", "Другой район")
    return place.id


async def test_waiting_requests_stand_oldest_first_with_their_days(
    town: Town, queue: DeskQueue
) -> None:
    first = await ask(town)
    town.clock.move(timedelta(days=3))
    second = await ask(town, "Белова Мария Олеговна")
    decided = await ask(town, "Чернов Пётр Олегович")
    staff = await town.staff()
    await town.certificate_decisions.confirm(staff, decided.id, version=1)

    page = await seen(queue, staff)

    assert [(row.id, row.waits_days) for row in page.rows] == [(first.id, 3), (second.id, 0)]
    assert (await queue.count_waiting(staff)).certificates == page.total == 2


async def test_a_line_names_nobody(town: Town, queue: DeskQueue) -> None:
    await ask(town)
    page = await seen(queue, await town.staff())

    assert "Петрова" not in repr(page)
    assert "Алиса" not in repr(page)


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.HEAD, Role.OPERATOR])
async def test_staff_of_another_municipality_see_none_of_ours(
    town: Town, queue: DeskQueue, role: Role
) -> None:
    await ask(town)
    stranger = await town.staff(role, municipality_id=await elsewhere(town))

    assert (await seen(queue, stranger)).total == 0
    assert (await seen(queue, stranger, text="1")).total == 0
    assert (await seen(queue, stranger, text="Петрова Алиса")).total == 0


async def test_a_provider_sees_its_own_applications_and_no_certificates(
    town: Town, queue: DeskQueue
) -> None:
    parent, child = await town.family()
    mine = await town.applied(parent, child, await town.group())
    provider = await town.staff(Role.PROVIDER, at=town.organisation_id)
    rival = await town.staff(Role.PROVIDER, at=await town.organisation())

    assert [row.id for row in (await seen(queue, provider, APPLICATIONS)).rows] == [mine.id]
    assert (await seen(queue, rival, APPLICATIONS)).total == 0
    counts = await queue.count_waiting(provider)
    assert (counts.certificates, counts.applications) == (None, 1)
    with pytest.raises(NotAllowed):
        await seen(queue, provider)


async def test_the_operator_of_the_registry_sees_no_applications(
    town: Town, queue: DeskQueue
) -> None:
    operator = await town.staff(Role.OPERATOR)
    with pytest.raises(NotAllowed):
        await seen(queue, operator, APPLICATIONS)


async def test_a_parent_has_no_queue(town: Town, queue: DeskQueue) -> None:
    with pytest.raises(NotAllowed):
        await seen(queue, await town.parent())


async def test_a_request_is_found_by_number_code_and_exact_name(
    town: Town, queue: DeskQueue
) -> None:
    await ask(town, "Белова Мария Олеговна")
    wanted = await ask(town, "Семёнова-Тян Алёна Игоревна")
    staff = await town.staff()

    for text in (
        f"{wanted.id}",
        f"№ {wanted.id}",
        f"{wanted.visit_code}",
        "семенова-тян алена",
        "Семёнова-Тян Алёна Игоревна",
    ):
        assert [row.id for row in (await seen(queue, staff, text=text)).rows] == [wanted.id], text
    for text in ("Семёнова-Тян Ирина", "999", f"{wanted.id}-00"):
        expected = {wanted.visit_code} & {text}
        assert len((await seen(queue, staff, text=text)).rows) == len(expected)


async def test_a_decided_request_is_still_found_by_its_number(town: Town, queue: DeskQueue) -> None:
    request = await ask(town)
    staff = await town.staff()
    await town.certificate_decisions.confirm(staff, request.id, version=1)

    found = (await seen(queue, staff, text=str(request.id))).rows

    assert [(row.state, row.open, row.waits_days) for row in found] == [("active", False, None)]


async def test_a_long_queue_comes_in_pages(town: Town, queue: DeskQueue) -> None:
    request = await ask(town)
    async with town.database.write() as tx:
        certificate = (await tx.execute(select(Certificate.__table__))).mappings().one()
        child = (await tx.execute(select(Child.__table__))).mappings().one()
        for number in range(1, PAGE_ROWS + 1):
            other = {"id": child["id"] + number, "key": f"child-{number}"}
            await tx.execute(insert(Child).values({**child, **other}))
            copy = {"id": request.id + number, "key": f"{number}", "child_id": other["id"]}
            await tx.execute(insert(Certificate).values({**certificate, **copy}))
    staff = await town.staff()

    first, last, beyond = [
        await queue.page(staff, CERTIFICATES, waiting=Waiting.OPEN, wanted=Wanted(), page=number)
        for number in (1, 2, 9)
    ]

    assert (len(first.rows), len(last.rows), first.pages) == (PAGE_ROWS, 1, 2)
    assert beyond == last


async def test_many_are_confirmed_each_by_itself_and_what_failed_is_told(
    town: Town, bulk: BulkDecisions
) -> None:
    names = ("Петрова Алиса", "Белова Мария", "Чернов Пётр")
    requests = [await ask(town, name) for name in names]
    staff = await town.staff()
    await town.certificate_decisions.confirm(await town.staff(), requests[1].id, version=1)

    outcomes = await bulk.confirm(
        staff,
        CERTIFICATES,
        [*(Ticked(id=one.id, version=1) for one in requests), Ticked(id=10**9, version=1)],
    )

    assert [type(one.refusal) for one in outcomes] == [
        type(None),
        AlreadyDecided,
        type(None),
        NotFound,
    ]
    again = await bulk.confirm(staff, CERTIFICATES, [Ticked(id=requests[0].id, version=1)])
    assert again[0].refusal is None
    assert len([k for k, _ in await town.notices() if k == "certificate.decided"]) == 3


async def test_more_than_one_press_takes_confirms_none(town: Town, bulk: BulkDecisions) -> None:
    request = await ask(town)
    ticked = [Ticked(id=request.id, version=1)] * (MOST_AT_ONCE + 1)
    with pytest.raises(TooManyTicked):
        await bulk.confirm(await town.staff(), CERTIFICATES, ticked)
    async with town.database.read() as tx:
        actions = (await tx.execute(select(AuditRecord.action))).scalars().all()
    assert "certificate.confirmed" not in actions


def test_a_typed_name_is_read_as_a_name() -> None:
    assert read_search("петрова алиса").name == read_child_name("петрова алиса")
