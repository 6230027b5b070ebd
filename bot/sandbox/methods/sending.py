"""Sending: what all send methods share, then texts and plain contents.

Refusals come in Telegram's order: the content does not parse, the keyboard does not parse, the
chat, the topic, the message replied to, rights, the content's values, the keyboard's values, rate.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.access import Access, chat_of, may_send, thread_of
from bot.sandbox.formatting.text import Formatted, caption_text, message_text, parse
from bot.sandbox.keyboards import Markup, check_markup, read_markup
from bot.sandbox.methods.registry import method
from bot.sandbox.refusals import bad_request
from bot.sandbox.rendering import with_mentions
from bot.sandbox.telegram import Call
from bot.sandbox.wire import Params
from bot.sandbox.world import Chat, Fields, Message

DICE = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}


@dataclass(frozen=True, kw_only=True)
class Reply:
    message_id: int = 0
    optional: bool = False


def read_reply(params: Params) -> Reply:
    value = params.json("reply_parameters", "can't parse reply parameters JSON object")
    if value is None:
        return Reply(
            message_id=params.integer("reply_to_message_id"),
            optional=params.flag("allow_sending_without_reply"),
        )
    if not isinstance(value, dict):
        raise bad_request("object expected as reply parameters")
    return Reply(
        message_id=int(value.get("message_id", 0)),
        optional=bool(value.get("allow_sending_without_reply")),
    )


def read_entities(params: Params, name: str) -> list[dict[str, Any]] | None:
    value = params.json(name, "can't parse entities: can't parse entities JSON object")
    return value if isinstance(value, list) else None


def read_text(params: Params) -> Formatted:
    text = params.text("text")
    if not text:
        raise bad_request("message text is empty")
    return parse(text, params.text("parse_mode"), read_entities(params, "entities"))


def read_caption(params: Params) -> Formatted:
    entities = read_entities(params, "caption_entities")
    return parse(params.text("caption"), params.text("parse_mode"), entities)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a message goes, after all checks of the way."""

    chat: Chat
    thread: int | None
    reply_to: int | None


def place_of(call: Call, reply: Reply, right: str, what: str) -> Place:
    chat = chat_of(call, Access.WRITE)
    thread = thread_of(call, chat)
    reply_to = reply.message_id or None
    if reply_to is not None and reply_to not in chat.messages:
        if not reply.optional:
            raise bad_request("message to be replied not found")
        reply_to = None
    may_send(call, chat, right, what, thread)
    if reply_to is not None and thread is None and chat.is_forum:
        thread = chat.messages[reply_to].thread_id
    return Place(chat=chat, thread=thread, reply_to=reply_to)


def put(call: Call, place: Place, content: Fields, markup: Markup) -> Message:
    """Write the bot's message into the chat."""
    message = call.telegram.new_message(
        place.chat,
        sender_id=call.world.bot.id,
        thread_id=place.thread,
        reply_to=place.reply_to,
        content=with_mentions(call.world, content),
        markup=markup.inline,
        keyboard=markup.kind,
    )
    show_keyboard(place.chat, markup)
    place.chat.action = None
    return message


def show_keyboard(chat: Chat, markup: Markup) -> None:
    """The keyboard below the input field stays until another message replaces it."""
    if markup.kind in ("reply", "force"):
        chat.reply_keyboard = markup.fields
    elif markup.kind == "remove":
        chat.reply_keyboard = None


def send(call: Call, finish: Callable[[], Fields], right: str, what: str) -> Fields:
    """The common way of a send; ``finish`` makes the content once the chat is known to be fine."""
    reply = read_reply(call.params)
    markup = read_markup(call.params)
    place = place_of(call, reply, right, what)
    content = finish()
    check_markup(markup, place.chat.type)
    call.spend(place.chat)
    return call.answer(put(call, place, content, markup))


@method("sendMessage")
async def send_message(call: Call) -> Fields:
    formatted = read_text(call.params)

    def finish() -> Fields:
        return message_text(formatted).fields("text", "entities")

    return send(call, finish, "can_send_messages", "text messages")


@method("sendLocation")
async def send_location(call: Call) -> Fields:
    place = read_location(call.params)
    return send(call, lambda: {"location": place}, "can_send_messages", "locations")


def read_location(params: Params) -> Fields:
    place: Fields = {}
    for name in ("latitude", "longitude"):
        if not params.text(name).strip():
            raise bad_request(f"{name} is empty")
        try:
            place[name] = float(params.text(name))
        except ValueError:
            raise bad_request(f"{name} is invalid") from None
    return place


@method("sendVenue")
async def send_venue(call: Call) -> Fields:
    venue = {
        "location": read_location(call.params),
        "title": call.params.text("title"),
        "address": call.params.text("address"),
    }
    content = {"venue": venue, "location": venue["location"]}
    return send(call, lambda: content, "can_send_messages", "venues")


@method("sendContact")
async def send_contact(call: Call) -> Fields:
    names = ("phone_number", "first_name", "last_name", "vcard")
    for name in names[:2]:
        if not call.params.text(name):
            raise bad_request(f'field "{name}" must be non-empty')
    contact = {name: call.params.text(name) for name in names if call.params.text(name)}
    return send(call, lambda: {"contact": contact}, "can_send_messages", "contacts")


@method("sendDice")
async def send_dice(call: Call) -> Fields:
    emoji = call.params.text("emoji") or "🎲"
    if emoji not in DICE:
        raise bad_request("invalid dice emoji specified")

    def finish() -> Fields:
        value = call.telegram.chance.randint(1, DICE[emoji])
        return {"dice": {"emoji": emoji, "value": value}}

    return send(call, finish, "can_send_other_messages", "dice")


@method("sendPoll")
async def send_poll(call: Call) -> Fields:
    options = call.params.json("options", "can't parse options JSON object")
    if not isinstance(options, list):
        raise bad_request("expected an Array of String as options")
    texts = [item if isinstance(item, str) else str(item.get("text", "")) for item in options]

    def finish() -> Fields:
        if not call.params.text("question"):
            raise bad_request("poll question must be non-empty")
        if len(texts) < 2:
            raise bad_request("poll must have at least 2 options")
        return {"poll": poll_json(call, texts)}

    return send(call, finish, "can_send_polls", "polls")


def poll_json(call: Call, texts: list[str]) -> Fields:
    params = call.params
    anonymous = not params.has("is_anonymous") or params.flag("is_anonymous")
    return {
        "id": str(call.world.serial()),
        "question": params.text("question"),
        "options": [
            {"persistent_id": str(index), "text": text, "voter_count": 0}
            for index, text in enumerate(texts)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": anonymous,
        "type": params.text("type") or "regular",
        "allows_multiple_answers": params.flag("allows_multiple_answers"),
        "allows_revoting": True,
        "members_only": False,
    }


def copied_caption(call: Call, content: Fields) -> Fields:
    """The content of a copy: with the caption the request gives, if it gives one."""
    copied = dict(content)
    if call.params.has("caption") and not {"text", "poll", "location"} & copied.keys():
        copied.pop("caption", None)
        copied.pop("caption_entities", None)
        copied.update(caption_text(read_caption(call.params)).fields("caption", "caption_entities"))
    return copied
