"""Inline mode: a person types after the bot's name and sends what it offers."""

from typing import Any

import pytest

from bot.sandbox.client import Person, SandboxClient
from tests.telegram.wire import Wire


def article(number: int) -> dict[str, Any]:
    content = {"message_text": f"<b>Кружок {number}</b>", "parse_mode": "HTML"}
    return {
        "type": "article",
        "id": str(number),
        "title": f"Кружок {number}",
        "input_message_content": content,
    }


async def test_a_result_is_sent_via_the_bot(
    wire: Wire, anna: Person, client: SandboxClient
) -> None:
    asked = await anna.do("ask_inline", query="шахматы")
    updates = await wire.result("getUpdates")
    query = updates[-1]["inline_query"]
    assert query["query"] == "шахматы"
    await wire.result("answerInlineQuery", inline_query_id=query["id"], results=[article(1)])
    group = await client.group("Двор", anna)
    sent = await anna.do(
        "choose_inline",
        inline_query_id=asked["inline_query_id"],
        result_id="1",
        chat_id=group.id,
    )
    assert sent["text"] == "Кружок 1"
    assert sent["via_bot"]["is_bot"]


@pytest.mark.parametrize(
    ("results", "description"),
    [
        ("{}", "Bad Request: expected an Array of inline query results"),
        (
            [article(n) for n in range(51)],
            "Bad Request: too many inline query results specified",
        ),
        ([article(1), article(1)], "Bad Request: RESULT_ID_DUPLICATE"),
        ([{"type": "article", "id": "1", "title": "а"}], "Bad Request: message text is empty"),
    ],
)
async def test_results_are_checked(
    wire: Wire, anna: Person, results: Any, description: str
) -> None:
    asked = await anna.do("ask_inline", query="")
    number = asked["inline_query_id"]
    answer = await wire.call("answerInlineQuery", inline_query_id=number, results=results)
    assert answer["description"] == description


async def test_after_half_a_minute_it_is_too_late(
    wire: Wire, anna: Person, client: SandboxClient
) -> None:
    asked = await anna.do("ask_inline", query="")
    await client.advance(31)
    number = asked["inline_query_id"]
    answer = await wire.call("answerInlineQuery", inline_query_id=number, results=[])
    assert answer["description"] == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )
