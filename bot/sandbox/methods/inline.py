"""Inline mode: the bot's answers to what people type after its name in any chat."""

from typing import Any

from bot.sandbox.formatting.text import message_text, parse
from bot.sandbox.keyboards import check_markup, read_markup
from bot.sandbox.methods.callbacks import TOO_OLD
from bot.sandbox.methods.registry import method
from bot.sandbox.refusals import bad_request
from bot.sandbox.telegram import Call
from bot.sandbox.wire import from_json
from bot.sandbox.world import Fields

RESULTS = 50
OFFSET_BYTES = 64
ID_BYTES = 64


def _content(item: Fields) -> Fields:
    """What the result becomes in the chat: only texts and captions are modelled."""
    given = item.get("input_message_content") or {}
    text = str(given.get("message_text") or item.get("caption") or "")
    if not text:
        if "message_text" in given or item.get("type") == "article":
            raise bad_request("message text is empty")
        return {"text": str(item.get("title") or item.get("id"))}
    mode = str(given.get("parse_mode") or item.get("parse_mode") or "")
    return message_text(parse(text, mode, given.get("entities"))).fields("text", "entities")


def _result(item: Any) -> Fields:
    if not isinstance(item, dict):
        raise bad_request("can't parse inline query result: Inline query result must be an object")
    number = str(item.get("id", ""))
    if not 1 <= len(number.encode()) <= ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not item.get("type"):
        raise bad_request("can't parse inline query result: Can't find field \"type\"")
    if item["type"] == "article" and not item.get("title"):
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    markup = read_markup(from_json(item))
    check_markup(markup, "inline")
    return {**item, "content": _content(item), "markup": markup.inline}


@method("answerInlineQuery")
async def answer_inline_query(call: Call) -> bool:
    value = call.params.json("results", "can't parse inline query results JSON object")
    if not isinstance(value, list):
        raise bad_request("expected an Array of inline query results")
    if len(value) > RESULTS:
        raise bad_request("too many inline query results specified")
    results = [_result(item) for item in value]
    if len({str(result["id"]) for result in results}) != len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(call.params.text("next_offset").encode()) > OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    query = call.world.inline_queries.get(call.params.text("inline_query_id"))
    now = call.telegram.now()
    if query is None or now - query.asked_at > call.telegram.limits.inline_in_queue:
        raise bad_request(TOO_OLD)
    query.results = results
    query.next_offset = call.params.text("next_offset")
    button = call.params.json("button", "can't parse inline query results button JSON object")
    query.button = button if isinstance(button, dict) else None
    call.telegram.changes.touch(query.user_id)
    return True
