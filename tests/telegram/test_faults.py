"""A line that breaks by seed: what the bot hears and what was done."""

import asyncio

import aiohttp
import pytest

from bot.sandbox.client import Person, SandboxClient
from bot.sandbox.faults import Faults, Rule
from bot.sandbox.server import Sandbox
from tests.telegram.wire import Wire


async def bot_texts(anna: Person) -> list[str]:
    return [message["text"] for message in (await anna.view()).from_bot]


async def test_a_server_error_does_nothing(wire: Wire, anna: Person, client: SandboxClient) -> None:
    await client.faults({"error": 1.0, "times": 1})
    answer = await wire.call("sendMessage", chat_id=anna.id, text="раз")
    assert answer == {"ok": False, "error_code": 502, "description": "Bad Gateway"}
    assert await bot_texts(anna) == []
    await wire.result("sendMessage", chat_id=anna.id, text="раз")
    assert await bot_texts(anna) == ["раз"]


@pytest.mark.parametrize(("kind", "done"), [("drop_before", []), ("drop_after", ["раз"])])
async def test_a_cut_connection_tells_nothing_of_what_was_done(
    wire: Wire, anna: Person, client: SandboxClient, kind: str, done: list[str]
) -> None:
    await client.faults({"methods": ["sendMessage"], kind: 1.0})
    with pytest.raises(aiohttp.ClientError):
        await wire.call("sendMessage", chat_id=anna.id, text="раз")
    assert await bot_texts(anna) == done
    entry = (await client.journal(method="sendMessage"))["entries"][-1]
    assert (entry["outcome"], entry["fault"], entry["done"]) == ("fault", kind, bool(done))


async def test_no_answer_at_all_although_it_was_done(
    wire: Wire, anna: Person, client: SandboxClient
) -> None:
    await client.faults({"hang_after": 1.0})
    call = asyncio.create_task(wire.call("sendMessage", chat_id=anna.id, text="раз"))
    await anna.wait_text("раз")
    assert not call.done()
    call.cancel()


async def test_a_forced_429_closes_the_chat(
    wire: Wire, anna: Person, client: SandboxClient
) -> None:
    await client.faults({"flood": 1.0, "flood_seconds": 5, "times": 1})
    answer = await wire.call("sendMessage", chat_id=anna.id, text="раз")
    assert answer["parameters"] == {"retry_after": 5}
    await client.advance(2)
    again = await wire.call("sendMessage", chat_id=anna.id, text="раз")
    assert again["parameters"] == {"retry_after": 3}
    assert (await client.journal())["violations"] == 1
    await client.advance(3)
    await wire.result("sendMessage", chat_id=anna.id, text="раз")


async def test_polling_is_spared_unless_named(
    wire: Wire, anna: Person, client: SandboxClient
) -> None:
    await client.faults({"error": 1.0})
    assert (await wire.call("getUpdates"))["ok"]
    await client.faults({"error": 1.0, "methods": ["getupdates"]})
    assert (await wire.call("getUpdates", offset=1))["error_code"] == 502
    assert (await wire.call("getMe"))["ok"]


def test_the_same_seed_breaks_the_same_requests() -> None:
    def broken(seed: int) -> list[str]:
        faults = Faults()
        faults.set(Rule(error=0.1, drop_before=0.1, drop_after=0.1, flood=0.1), seed=seed)
        return [faults.judge("sendMessage").kind for _ in range(400)]

    assert broken(3) == broken(3) != broken(4)
    counted = [broken(3).count(kind) for kind in ("error", "drop_before", "drop_after", "flood")]
    assert all(20 < count < 65 for count in counted), counted


async def test_the_seed_is_told(client: SandboxClient) -> None:
    assert (await client.faults({"error": 0.5}, seed=99))["seed"] == 99
    assert (await client.journal())["seed"] == 99


async def test_a_method_the_sandbox_lacks_is_named(wire: Wire, sandbox: Sandbox) -> None:
    answer = await wire.call("sendGift", chat_id=1)
    assert answer["error_code"] == 501
    assert answer["description"] == "Not Implemented: the sandbox does not know sendGift yet"
    assert sandbox.unsupported == ["sendGift"]
    sandbox.telegram.journal.clear()
