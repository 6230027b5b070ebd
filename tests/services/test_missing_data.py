"""What a request lacks: staff ask for one thing, the family answers, staff go on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from core.db.models import Child
from core.domain.certificates import CertificateState, NeededData, TooYoung
from core.domain.children import ChildState
from core.domain.refusals import AlreadyDecided, BadValue, NotAllowed, NotFound
from core.domain.staff import Role
from core.services.certificates.missing_data import GivenData, MissingData
from core.services.municipalities.municipalities import Municipalities
from tests.services.statements import statements
from tests.services.town import Town


def missing(town: Town) -> MissingData:
    return MissingData(town.database, town.clock, town.cipher, town.quiet)


async def test_staff_ask_and_the_answer_puts_the_request_back_under_review(town: Town) -> None:
    await town.moderation_chat()
    parent, consultant = await town.parent(), await town.staff()
    request = await town.requested(parent, await town.child(parent))
    asked = await missing(town).ask(consultant, request.id, version=1, needed=NeededData.BORN)
    assert (asked.state, asked.needed) == (CertificateState.NEEDS_DATA, NeededData.BORN)
    again = await missing(town).ask(consultant, request.id, version=1, needed=NeededData.BORN)
    assert again == asked
    given = GivenData(born=date(2016, 3, 5))
    answered = await missing(town).answer(parent, request.id, given, version=asked.version)
    assert answered == await missing(town).answer(parent, request.id, given, version=asked.version)
    assert answered.state is CertificateState.UNDER_REVIEW
    assert (await town.children.get_mine(parent, request.child_id)).born == date(2016, 3, 5)
    assert [kind for kind, _ in await town.notices()] == [
        "card.certificate",
        "certificate.data-asked",
        "card.certificate",
        "card.certificate",
    ]
    town.clock.move(timedelta(days=40))
    await town.timers.run_due()
    assert (await town.requests.get_mine(parent, request.id)).state is answered.state
    confirmed = await town.certificate_decisions.confirm(
        consultant, request.id, version=answered.version
    )
    assert confirmed.state is CertificateState.ACTIVE


async def test_what_is_asked_in_words_is_answered_in_words_which_staff_read(town: Town) -> None:
    parent, consultant = await town.parent(), await town.staff()
    request = await town.requested(parent, await town.child(parent))
    asked = await missing(town).ask(
        consultant, request.id, version=1, needed=NeededData.OTHER, note="в какой школе учится"
    )
    assert asked.needed_note == "в какой школе учится"
    given = GivenData(words="В школе № 2, 3 «Б»")
    await missing(town).answer(parent, request.id, given, version=asked.version)
    details = await town.certificate_decisions.open(consultant, request.id)
    assert details.needed_answer == "В школе № 2, 3 «Б»"


async def test_a_confirmed_childs_record_is_not_written_over(town: Town) -> None:
    parent, consultant = await town.parent(), await town.staff()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    await town.execute(update(Child).values(state=ChildState.CONFIRMED))
    asked = await missing(town).ask(consultant, request.id, version=1, needed=NeededData.BORN)
    given = GivenData(born=date(2016, 3, 5))
    await missing(town).answer(parent, request.id, given, version=asked.version)
    assert (await town.children.get_mine(parent, child.id)).born == child.born
    details = await town.certificate_decisions.open(consultant, request.id)
    assert details.needed_answer == "2016-03-05"


async def test_an_answer_to_another_question_is_not_taken(town: Town) -> None:
    parent, consultant = await town.parent(), await town.staff()
    request = await town.requested(parent, await town.child(parent))
    asked = await missing(town).ask(consultant, request.id, version=1, needed=NeededData.BORN)
    for given, refusal in (
        (GivenData(phone="+79181234567"), BadValue),
        (GivenData(born=date(2025, 1, 1)), TooYoung),
    ):
        with pytest.raises(refusal):
            await missing(town).answer(parent, request.id, given, version=asked.version)
    with pytest.raises(AlreadyDecided):
        await missing(town).answer(
            parent, request.id, GivenData(born=date(2016, 3, 5)), version=asked.version - 1
        )


async def test_only_staff_of_the_place_ask_and_only_the_family_answers(town: Town) -> None:
    parent, stranger = await town.parent(), await town.parent()
    provider = await town.staff(Role.PROVIDER, at=town.organisation_id)
    other = await Municipalities(town.database, town.clock).add("other", "Другой район")
    elsewhere = await town.staff(municipality_id=other.id)
    request = await town.requested(parent, await town.child(parent))
    for person in (stranger, provider):
        with pytest.raises(NotAllowed):
            await missing(town).ask(person, request.id, version=1, needed=NeededData.BORN)
    costs: list[int] = []
    for certificate_id in (request.id, request.id + 1):
        with statements() as cost, pytest.raises(NotFound):
            await missing(town).ask(elsewhere, certificate_id, version=1, needed=NeededData.BORN)
        costs.append(len(cost))
    assert costs[0] == costs[1]
    await missing(town).ask(await town.staff(), request.id, version=1, needed=NeededData.BORN)
    costs = []
    for certificate_id in (request.id, request.id + 1):
        with statements() as cost, pytest.raises(NotFound):
            await missing(town).answer(
                stranger, certificate_id, GivenData(born=date(2016, 3, 5)), version=2
            )
        costs.append(len(cost))
    assert costs[0] == costs[1]
