"""Answering taps: in time, or Telegram says the query is too old."""

from bot.sandbox.methods.registry import method
from bot.sandbox.refusals import bad_request
from bot.sandbox.telegram import Call

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
ANSWER_LENGTH = 200


@method("answerCallbackQuery")
async def answer_callback_query(call: Call) -> bool:
    callback = call.world.callbacks.get(call.params.text("callback_query_id"))
    now = call.telegram.now()
    if callback is None or now - callback.asked_at > call.telegram.limits.callback_answer:
        raise bad_request(TOO_OLD)
    text = call.params.text("text")
    if len(text) > ANSWER_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    url = call.params.text("url")
    if url and not url.startswith(("https://t.me/", "tg://", "http://t.me/")):
        raise bad_request("URL_INVALID")
    callback.answers.append(
        {"text": text, "show_alert": call.params.flag("show_alert"), "url": url}
    )
    call.entry.chat_id = callback.chat_id
    call.telegram.changes.touch(callback.chat_id)
    return True
