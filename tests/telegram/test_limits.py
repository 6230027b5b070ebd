"""How often a bot may write: the clock stands still, so every figure is exact."""

import pytest

from bot.sandbox.client import Person, SandboxClient
from bot.sandbox.limits import Flood
from bot.sandbox.server import Sandbox
from tests.telegram.wire import Wire


async def send(wire: Wire, chat_id: int, times: int) -> list[int]:
    """Codes of so many sends: 200 or the error's."""
    answers = [await wire.call("sendMessage", chat_id=chat_id, text="да") for _ in range(times)]
    return [answer.get("error_code", 200) for answer in answers]


async def test_six_at_once_then_one_a_second(
    wire: Wire, anna: Person, client: SandboxClient
) -> None:
    assert await send(wire, anna.id, 7) == [200] * 6 + [429]
    await client.advance(1)
    assert await send(wire, anna.id, 2) == [200, 429]


async def test_edits_and_sends_share_one_budget(wire: Wire, anna: Person) -> None:
    sent = await wire.result("sendMessage", chat_id=anna.id, text="0")
    for number in range(1, 6):
        fields = {"chat_id": anna.id, "message_id": sent["message_id"], "text": str(number)}
        await wire.result("editMessageText", **fields)
    assert await send(wire, anna.id, 1) == [429]


async def test_a_refused_message_costs_nothing(wire: Wire, anna: Person) -> None:
    for _ in range(10):
        await wire.call("sendMessage", chat_id=anna.id, text="<b>", parse_mode="HTML")
    assert await send(wire, anna.id, 6) == [200] * 6


async def test_a_group_takes_twenty_a_minute(
    wire: Wire, anna: Person, client: SandboxClient
) -> None:
    group = await client.group("Группа", anna)
    assert await send(wire, group.id, 21) == [200] * 20 + [429]
    await client.advance(3)
    assert await send(wire, group.id, 2) == [200, 429]


async def test_silent_chats_take_thirty_a_second_together(
    wire: Wire, client: SandboxClient
) -> None:
    people = [await client.user(f"Гость {number}") for number in range(32)]
    for person in people:
        await person.start()
    await client.advance(6)
    codes = [(await send(wire, person.id, 1))[0] for person in people[:31]]
    assert codes == [200] * 30 + [429]
    # Whoever has just written is talking to the bot: no bulk.
    await people[31].say("я тут")
    assert await send(wire, people[31].id, 1) == [200]
    await client.advance(1.01)
    assert await send(wire, people[30].id, 1) == [200]


async def test_writing_inside_retry_after_is_a_violation(
    wire: Wire, anna: Person, client: SandboxClient
) -> None:
    await send(wire, anna.id, 7)
    assert (await client.journal())["violations"] == 0
    await send(wire, anna.id, 1)
    found = await client.journal(method="sendMessage")
    assert found["violations"] == 1
    assert found["entries"][-1]["violation"]
    await client.advance(1)
    await send(wire, anna.id, 1)
    assert (await client.journal())["violations"] == 1


async def test_answers_to_taps_are_free(wire: Wire, anna: Person) -> None:
    for _ in range(40):
        tap = await anna.press_on(1, data="x", forged=True)
        await wire.result("answerCallbackQuery", callback_query_id=tap["callback_id"])


async def test_limits_can_be_lifted(wire: Wire, anna: Person, client: SandboxClient) -> None:
    await client.limits(on=False)
    assert await send(wire, anna.id, 50) == [200] * 50


async def test_the_same_large_file_again_and_again_is_refused(sandbox: Sandbox) -> None:
    delay = sandbox.uploads.delay
    waits = [delay(5_000_000, 1000.0) for _ in range(14)]
    assert waits[0] == 0
    assert waits == sorted(waits)
    with pytest.raises(Flood, match="retry after 60"):
        delay(5_000_000, 1000.0)
    assert delay(5_000_001, 1000.0) == 0
    assert delay(5_000_000, 1100.0) == 0
