"""People, municipalities and consents: what is kept before and after a consent."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.db.models import Consent, ConsentText, Person
from core.domain.consents import ConsentKind
from core.domain.municipality import MunicipalityExists, TooManyMunicipalities
from core.domain.refusals import BadValue, NotFound
from core.services.municipalities.municipalities import Municipalities
from core.services.people.phones import read_phone
from tests.services.town import Town


async def test_a_person_is_met_once(town: Town) -> None:
    first = await town.people.meet("telegram", 7, "ru")
    again = await town.people.meet("telegram", 7, "en")
    assert again == first
    assert await town.count(Person) == 1


async def test_two_first_messages_at_once_are_one_person(town: Town) -> None:
    met = await asyncio.gather(*(town.people.meet("telegram", 7, "ru") for _ in range(8)))
    assert len({actor.person_id for actor in met}) == 1


async def test_before_a_consent_a_person_is_a_number_and_a_language(town: Town) -> None:
    actor = await town.people.meet("telegram", 7, "ru")
    held = await town.my_data.of(actor)
    assert (held.name, held.phone, held.consents, held.children) == (None, None, (), ())


async def test_a_person_seen_recently_costs_no_write(town: Town) -> None:
    await town.people.meet("telegram", 7, "ru")
    commits = town.database.crash.commits
    await town.people.meet("telegram", 7, "ru")
    assert town.database.crash.commits == commits
    town.clock.move(timedelta(days=2))
    await town.people.meet("telegram", 7, "ru")
    assert town.database.crash.commits == commits + 1


async def test_the_only_municipality_is_everybodys(town: Town) -> None:
    actor = await town.people.meet("telegram", 7, "ru")
    assert actor.municipality_id == town.municipality.id


async def test_of_several_municipalities_the_person_chooses(town: Town) -> None:
    other = await Municipalities(town.database, town.clock).add("other", "Другой район")
    actor = await town.people.meet("telegram", 7, "ru")
    assert actor.municipality_id is None
    chosen = await town.people.choose_municipality(actor, other.id)
    assert await town.people.meet("telegram", 7, "ru") == chosen
    with pytest.raises(NotFound):
        await town.people.choose_municipality(actor, 999)


async def test_who_blocked_the_bot_is_reachable_again_when_said_so(town: Town) -> None:
    actor = await town.people.meet("telegram", 7, "ru")
    blocked = select(Person.blocked_at).where(Person.id == actor.person_id)
    await town.people.mark_blocked("telegram", 7)
    async with town.database.read() as tx:
        assert (await tx.execute(blocked)).scalar_one() == town.clock.now()
    met = await town.people.meet("telegram", 7, "ru")
    assert not met.reachable, "a tap in a group opens no private chat"
    await town.people.mark_reachable("telegram", 7)
    assert (await town.people.meet("telegram", 7, "ru")).reachable
    async with town.database.read() as tx:
        assert (await tx.execute(blocked)).scalar_one() is None


async def test_municipalities_are_numbered_by_their_order(town: Town) -> None:
    municipalities = Municipalities(town.database, town.clock)
    with pytest.raises(MunicipalityExists):
        await municipalities.add("krylovsky", "Ещё раз")
    with pytest.raises(BadValue):
        await municipalities.add("x", "X", timezone="Europe/Nowhere")
    for number in range(2, 100):
        await municipalities.add(f"m{number}", f"Район {number}")
    with pytest.raises(TooManyMunicipalities):
        await municipalities.add("m100", "Район 100")
    found = await municipalities.find_by_code("m99")
    assert found is not None
    assert await municipalities.get(found.id) == found
    assert await municipalities.find_by_code("nowhere") is None
    assert len(await municipalities.list_all()) == 99


async def test_places_of_confirmation_are_those_that_confirm(town: Town) -> None:
    school = await town.organisation(
        name="Школа № 1", confirms_certificates=True, confirmation_hours="пн–пт 9:00–16:00"
    )
    places = await Municipalities(town.database, town.clock).confirmation_places(
        town.municipality.id
    )
    assert [(place.organisation_id, place.hours) for place in places] == [
        (school, "пн–пт 9:00–16:00")
    ]


async def test_a_consent_is_one_act_however_often_the_tap_comes(town: Town) -> None:
    actor = await town.parent(consented=False)
    assert not await town.consents.holds(actor, ConsentKind.PROCESSING)
    receipts = await asyncio.gather(
        *(
            town.consents.give(
                actor, ConsentKind.PROCESSING, version="1", body="words", name="Мария", key="k"
            )
            for _ in range(5)
        )
    )
    assert len(set(receipts)) == 1
    assert await town.count(Consent) == 1
    assert await town.consents.holds(actor, ConsentKind.PROCESSING)
    assert await town.actions("consents", receipts[0].id) == ["consent.given"]


async def test_new_words_are_a_new_act_and_the_same_words_are_kept_once(town: Town) -> None:
    actor, other = await town.parent(consented=False), await town.parent(consented=False)
    for who, body, key in (
        (actor, "a", "1"),
        (actor, "a", "2"),
        (actor, "b", "3"),
        (other, "a", "4"),
    ):
        await town.consents.give(who, ConsentKind.PROCESSING, version="1", body=body, key=key)
    assert await town.count(Consent) == 3
    assert await town.count(ConsentText) == 2


async def test_a_transfer_consent_is_for_one_provider(town: Town) -> None:
    actor = await town.parent()
    await town.transfer_consent(actor)
    assert await town.consents.holds(actor, ConsentKind.TRANSFER, town.organisation_id)
    assert not await town.consents.holds(actor, ConsentKind.TRANSFER, town.organisation_id + 1)
    with pytest.raises(NotFound):
        await town.consents.give(
            actor, ConsentKind.TRANSFER, version="1", body="...", organisation_id=999, key="t"
        )


async def test_a_key_of_somebody_else_opens_nothing(town: Town) -> None:
    actor, other = await town.parent(consented=False), await town.parent(consented=False)
    await town.consents.give(actor, ConsentKind.PROCESSING, version="1", body="a", key="k")
    with pytest.raises(NotFound):
        await town.consents.give(other, ConsentKind.PROCESSING, version="1", body="a", key="k")


@pytest.mark.parametrize(
    "text", ["8 (918) 123-45-67", "+7 918 123 45 67", "79181234567", "9181234567"]
)
def test_a_phone_is_read_in_every_usual_form(text: str) -> None:
    assert read_phone(text) == "+79181234567"


@pytest.mark.parametrize("text", ["", "нет", "12", "+7 918", "8918123456789012"])
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        read_phone(text)
