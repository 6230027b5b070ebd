"""Children: entered by a guardian who has consented, seen by nobody else."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from core.db.models import Child
from core.domain.actors import Actor
from core.domain.children import AlreadyRegistered, ChildState
from core.domain.consents import ConsentNeeded
from core.domain.names import read_child_name
from core.domain.refusals import BadValue, NotFound
from tests.services.town import NINE_YEARS_OLD, Town

ALICE = read_child_name("Петрова Алиса Ивановна")


async def test_a_registered_child_is_its_guardians(town: Town) -> None:
    parent = await town.parent()
    child = await town.children.register(parent, ALICE, NINE_YEARS_OLD, key="k")
    assert (child.name, child.age_years, child.state) == (ALICE, 9, ChildState.ENTERED)
    assert await town.children.list_mine(parent) == [child]
    assert await town.children.get_mine(parent, child.id) == child
    assert await town.actions("children", child.id) == ["child.registered"]


async def test_nothing_personal_is_stored_before_a_consent(town: Town) -> None:
    stranger = await town.parent(consented=False)
    with pytest.raises(ConsentNeeded) as refusal:
        await town.children.register(stranger, ALICE, NINE_YEARS_OLD, key="k")
    assert refusal.value.params == {"kind": "processing"}
    assert await town.count(Child) == 0


async def test_one_tap_sent_many_times_is_one_child(town: Town) -> None:
    parent = await town.parent()
    children = await asyncio.gather(
        *(town.children.register(parent, ALICE, NINE_YEARS_OLD, key="k") for _ in range(8))
    )
    assert len(set(children)) == 1
    assert await town.count(Child) == 1


async def test_ones_own_double_is_named(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent, "Соловьёва-Седых Алёна")
    with pytest.raises(AlreadyRegistered) as refusal:
        await town.child(parent, "СОЛОВЬЕВА–СЕДЫХ АЛЕНА")
    assert refusal.value.params == {"child_id": child.id}


async def test_twins_are_two_children(town: Town) -> None:
    parent = await town.parent()
    await town.child(parent, "Петрова Алиса Ивановна")
    await town.child(parent, "Петрова Анна Ивановна")
    assert len(await town.children.list_mine(parent)) == 2


async def test_another_familys_double_is_taken_without_a_word(town: Town) -> None:
    first = await town.child(await town.parent())
    second = await town.child(await town.parent())
    assert first.id != second.id


async def test_anothers_child_looks_like_no_child(town: Town) -> None:
    child = await town.child(await town.parent())
    stranger = await town.parent()
    for child_id in (child.id, child.id + 1, -1):
        with pytest.raises(NotFound) as refusal:
            await town.children.get_mine(stranger, child_id)
        assert refusal.value.params == {"what": "child"}
    assert await town.children.list_mine(stranger) == []


async def test_anothers_key_opens_nothing(town: Town) -> None:
    await town.children.register(await town.parent(), ALICE, NINE_YEARS_OLD, key="k")
    with pytest.raises(NotFound):
        await town.children.register(await town.parent(), ALICE, NINE_YEARS_OLD, key="k")


async def test_without_a_municipality_there_is_nowhere_to_register(town: Town) -> None:
    parent = await town.parent()
    nowhere = Actor(person_id=parent.person_id, locale="ru", municipality_id=None)
    with pytest.raises(NotFound):
        await town.children.register(nowhere, ALICE, NINE_YEARS_OLD, key="k")


@pytest.mark.parametrize(
    ("born", "reason"), [(date(2026, 8, 25), "in-future"), (date(2008, 8, 24), "too-old")]
)
async def test_a_birth_date_is_checked_again(town: Town, born: date, reason: str) -> None:
    with pytest.raises(BadValue) as refusal:
        await town.children.register(await town.parent(), ALICE, born, key="k")
    assert refusal.value.params["reason"] == reason


async def test_today_is_the_municipalitys_own(town: Town) -> None:
    parent = await town.parent()
    born = date(2017, 8, 25)
    child = await town.child(parent, born=born)
    town.clock.move(datetime(2026, 8, 24, 20, 59, tzinfo=UTC) - town.clock.now())
    assert (await town.children.get_mine(parent, child.id)).age_years == 8
    town.clock.move(timedelta(minutes=1))  # midnight in Moscow: the ninth birthday
    assert (await town.children.get_mine(parent, child.id)).age_years == 9


async def test_names_lie_in_name_columns_and_my_data_shows_everything(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent)
    await town.requests.request(
        parent, child.id, snils="112-233-445 95", phone="8 918 123-45-67", key="c"
    )
    held = await town.my_data.of(parent)
    assert (held.name, held.phone) == ("Мария", "+79181234567")
    assert [consent.version for consent in held.consents] == ["1"]
    [mine] = held.children
    assert (mine.name, mine.born, mine.snils) == (child.name, NINE_YEARS_OLD, "11223344595")
    assert [certificate.child_id for certificate in mine.certificates] == [child.id]
    stranger = await town.my_data.of(await town.parent())
    assert stranger.children == ()
