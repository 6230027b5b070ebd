"""getUpdates: offsets, allowed kinds, one poller at a time, updates that grow old."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.client import Person, SandboxClient
from bot.sandbox.server import Sandbox
from bot.sandbox.updates import Redelivery
from tests.telegram.wire import Wire


@pytest.fixture
def unhurried(sandbox: Sandbox) -> None:
    """Equal polls in a row are slowed down; these tests ask often on purpose."""
    limits = sandbox.telegram.limiter
    limits.limits = type(limits.limits)(hurried_poll_seconds=0.0)


async def texts(wire: Wire, **params: Any) -> list[str]:
    updates = await wire.result("getUpdates", **params)
    return [update["message"]["text"] for update in updates if "message" in update]


async def hanging(sandbox: Sandbox) -> None:
    """Until a long poll hangs at the sandbox."""
    await sandbox.telegram.polling.hangs.wait()


@pytest.mark.usefixtures("unhurried")
async def test_updates_come_again_until_a_higher_offset(wire: Wire, anna: Person) -> None:
    await anna.say("раз")
    first = await wire.result("getUpdates")
    assert await texts(wire) == ["/start", "раз"]
    assert await texts(wire, offset=first[0]["update_id"] + 1) == ["раз"]
    assert await texts(wire) == ["раз"]


@pytest.mark.usefixtures("unhurried")
async def test_a_negative_offset_forgets_all_but_the_last(wire: Wire, anna: Person) -> None:
    for word in ("раз", "два", "три"):
        await anna.say(word)
    assert await texts(wire, offset=-1) == ["три"]
    assert await texts(wire) == ["три"]


@pytest.mark.usefixtures("unhurried")
async def test_limit_bounds_the_batch(wire: Wire, anna: Person) -> None:
    await anna.say("раз")
    assert await texts(wire, limit=1) == ["/start"]


async def test_a_long_poll_ends_with_the_first_update(wire: Wire, sandbox: Sandbox) -> None:
    poll = asyncio.create_task(texts(wire, timeout=30))
    await hanging(sandbox)
    person = sandbox.people.create_user("Анна")
    sandbox.people.send_text(person["id"], "привет")
    assert await poll == ["привет"]


async def test_a_second_poller_ends_the_first(wire: Wire, sandbox: Sandbox) -> None:
    first = asyncio.create_task(wire.call("getUpdates", timeout=30))
    await hanging(sandbox)
    second = asyncio.create_task(wire.call("getUpdates", timeout=30, offset=1))
    refused = await first
    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    person = sandbox.people.create_user("Анна")
    sandbox.people.start(person["id"])
    assert (await second)["ok"]


async def test_a_webhook_ends_the_poll(wire: Wire, sandbox: Sandbox) -> None:
    poll = asyncio.create_task(wire.call("getUpdates", timeout=30))
    await hanging(sandbox)
    await wire.result("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"


@pytest.mark.usefixtures("unhurried")
async def test_only_asked_kinds_are_queued_from_now_on(wire: Wire, anna: Person) -> None:
    await wire.result("getUpdates", allowed_updates=["callback_query"])
    await anna.say("не вижу")
    await anna.press_on(1, data="вижу", forged=True)
    # Not passing the list keeps it.
    updates = await wire.result("getUpdates", offset=-1)
    assert [set(update) - {"update_id"} for update in updates] == [{"callback_query"}]
    # An empty list is the default again.
    await wire.result("getUpdates", allowed_updates=[])
    await anna.say("вижу снова")
    assert await texts(wire, offset=-1) == ["вижу снова"]


@pytest.mark.usefixtures("unhurried")
async def test_a_tap_leaves_the_queue_after_150_seconds(
    wire: Wire, anna: Person, client: SandboxClient
) -> None:
    await anna.press_on(1, data="x", forged=True)
    await client.advance(149)
    assert len(await wire.result("getUpdates")) == 2
    await client.advance(2)
    assert await texts(wire) == ["/start"]
    await client.advance(86400)
    assert await texts(wire) == []


async def test_the_same_offset_at_once_gives_one_update(wire: Wire, anna: Person) -> None:
    await anna.say("раз")
    assert len(await wire.result("getUpdates")) == 2
    assert len(await wire.result("getUpdates")) == 1


@pytest.mark.usefixtures("unhurried")
async def test_a_confirmed_update_can_be_handed_over_again(
    wire: Wire, anna: Person, client: SandboxClient
) -> None:
    said = await anna.say("раз")
    await wire.result("getUpdates", offset=said["update_id"] + 1)
    assert await client.do("redeliver", update_id=said["update_id"], times=2) == 2
    assert await texts(wire, offset=said["update_id"] + 1) == ["раз", "раз"]
    assert await texts(wire, offset=said["update_id"] + 1) == []


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("seed", range(5))
async def test_updates_come_several_times_and_shuffled_between_chats(
    wire: Wire, sandbox: Sandbox, seed: int
) -> None:
    sandbox.telegram.updates.repeat(Redelivery(most=5, shuffle=True, seed=seed))
    people = [sandbox.people.create_user(name)["id"] for name in ("Анна", "Борис", "Вера")]
    for number in range(5):
        for person in people:
            sandbox.people.send_text(person, str(number))
    updates = await wire.result("getUpdates")
    ids = [update["update_id"] for update in updates]
    assert len(set(ids)) == 15 < len(ids)
    for person in people:
        own = [u for u in updates if u["message"]["chat"]["id"] == person]
        firsts = list(dict.fromkeys(update["message"]["text"] for update in own))
        assert firsts == ["0", "1", "2", "3", "4"], f"seed {seed}"
    # Confirmed is confirmed, however often it came.
    assert await wire.result("getUpdates", offset=max(ids) + 1) == []


@pytest.mark.usefixtures("unhurried")
async def test_poison_passes_through_as_it_is(wire: Wire, client: SandboxClient) -> None:
    made = await client.do("inject", update={"telepathy": {"from": None}})
    await client.do("inject", update={"update_id": made["update_id"] + 7, "message": 5})
    updates = await wire.result("getUpdates")
    assert updates[0] == {"update_id": made["update_id"], "telepathy": {"from": None}}
    assert updates[1] == {"update_id": made["update_id"] + 7, "message": 5}
