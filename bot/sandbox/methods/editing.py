"""Changing what stands: edits, deletions, copies, forwards, pins, reactions."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.access import ADMINS, Access, bot_member, chat_of, has_right, may_post, message_of
from bot.sandbox.formatting.text import caption_text, message_text
from bot.sandbox.keyboards import Markup, check_markup, read_markup
from bot.sandbox.methods.media import read_media
from bot.sandbox.methods.registry import method
from bot.sandbox.methods.sending import (
    Place,
    copied_caption,
    place_of,
    put,
    read_caption,
    read_reply,
    read_text,
)
from bot.sandbox.refusals import bad_request
from bot.sandbox.rendering import chat_json, message_json, user_json, with_mentions
from bot.sandbox.telegram import Call
from bot.sandbox.world import Chat, Fields, Message, World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
CAPTIONED = ("photo", "video", "document", "audio", "voice", "animation")
MANY = 100
REACTIONS = (
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐"
    "🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)


def edit(
    call: Call, change: Callable[[Message], Fields], markup: Markup, *, keep: bool = False
) -> Fields:
    """The common way of an edit: ``change`` gives the new content of the message found.

    A message sent with a reply keyboard, a forwarded one or somebody else's cannot be edited.
    Without a keyboard in the request the old one goes, unless ``keep``.
    """
    chat = chat_of(call, Access.EDIT)
    message = message_of(call, chat, "edit")
    own = message.sender_id == call.world.bot.id and not message.service
    if chat.type == "channel" and not may_post(call, chat):
        raise bad_request("message can't be edited")
    if not own or message.forward_origin or message.keyboard not in ("none", "inline"):
        raise bad_request("message can't be edited")
    content = with_mentions(call.world, change(message))
    if markup.kind not in ("none", "inline"):
        raise bad_request("inline keyboard expected")
    check_markup(markup, chat.type)
    keyboard = message.markup if keep and markup.kind == "none" else markup.inline
    call.spend(chat)
    if content == message.content and keyboard == message.markup:
        raise bad_request(NOT_MODIFIED)
    message.revisions.append({"content": message.content, "markup": message.markup})
    message.content = content
    message.markup = keyboard
    message.keyboard = "inline" if keyboard else "none"
    message.edit_date = int(call.telegram.now())
    call.telegram.changes.touch(chat.id)
    return call.answer(message)


@method("editMessageText")
async def edit_message_text(call: Call) -> Fields:
    formatted = read_text(call.params)
    markup = read_markup(call.params)

    def change(message: Message) -> Fields:
        if "text" not in message.content:
            raise bad_request("there is no text in the message to edit")
        return message_text(formatted).fields("text", "entities")

    return edit(call, change, markup)


@method("editMessageCaption")
async def edit_message_caption(call: Call) -> Fields:
    formatted = read_caption(call.params)
    markup = read_markup(call.params)

    def change(message: Message) -> Fields:
        if not any(kind in message.content for kind in CAPTIONED):
            raise bad_request("there is no caption in the message to edit")
        content = {
            name: value
            for name, value in message.content.items()
            if name not in ("caption", "caption_entities")
        }
        return {**content, **caption_text(formatted).fields("caption", "caption_entities")}

    return edit(call, change, markup)


@method("editMessageReplyMarkup")
async def edit_message_reply_markup(call: Call) -> Fields:
    return edit(call, lambda message: message.content, read_markup(call.params))


@method("editMessageMedia")
async def edit_message_media(call: Call) -> Fields:
    value = call.params.json("media", "can't parse input media JSON object")
    markup = read_markup(call.params)

    def change(message: Message) -> Fields:
        if not {"text", *CAPTIONED} & message.content.keys():
            raise bad_request("there is no media in the message to edit")
        return read_media(call, value)

    return edit(call, change, markup)


def delete(call: Call, chat: Chat, message: Message) -> None:
    """Take a message out of the chat; refuses what is too old or not the bot's to delete."""
    own = message.sender_id == call.world.bot.id
    old = call.telegram.now() - message.date > call.telegram.limits.delete_within
    if chat.type == "private":
        if old:
            raise bad_request("message can't be deleted for everyone")
    elif not has_right(call, chat, "can_delete_messages") and (not own or old):
        raise bad_request("message can't be deleted" + (" for everyone" if own else ""))
    elif bot_member(call, chat).status not in ADMINS and not own:
        raise bad_request("message can't be deleted")
    del chat.messages[message.id]
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    call.telegram.changes.touch(chat.id)


@method("deleteMessage")
async def delete_message(call: Call) -> bool:
    if not call.params.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not call.params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = chat_of(call, Access.WRITE)
    message = message_of(call, chat, "delete")
    delete(call, chat, message)
    call.entry.chat_id = chat.id
    return True


def read_message_ids(call: Call) -> list[int]:
    value = call.params.json("message_ids", "can't parse message identifiers JSON object")
    if value is None:
        raise bad_request("message identifiers are not specified")
    if not isinstance(value, list):
        raise bad_request("expected an Array of message identifiers")
    if len(value) > MANY:
        raise bad_request("too many message identifiers specified")
    if not value:
        raise bad_request("message identifiers are not specified")
    if not all(isinstance(number, int) for number in value):
        raise bad_request("message identifier must be a Number")
    return value


@method("deleteMessages")
async def delete_messages(call: Call) -> bool:
    numbers = read_message_ids(call)
    chat = chat_of(call, Access.WRITE)
    for number in numbers:
        if number in chat.messages:
            delete(call, chat, chat.messages[number])
    call.entry.chat_id = chat.id
    return True


def source_chat(call: Call) -> Chat:
    if not call.params.text("from_chat_id"):
        raise bad_request('parameter "from_chat_id" is required')
    return chat_of(call, Access.READ, "from_chat_id")


def source_of(call: Call, what: str) -> tuple[Chat, Message]:
    source = source_chat(call)
    return source, message_of(call, source, what)


def origin_of(world: World, message: Message) -> Fields:
    """Where a forwarded message comes from; people who hide are not modelled."""
    if message.forward_origin:
        return message.forward_origin
    chat = world.chats[message.chat_id]
    if message.sender_chat_id is not None or message.sender_id is None:
        sender = chat_json(world, chat)
        return {"type": "chat", "sender_chat": sender, "date": message.date}
    user = world.bot if message.sender_id == world.bot.id else world.users[message.sender_id]
    return {"type": "user", "sender_user": user_json(user), "date": message.date}


def forward(call: Call, place: Place, message: Message) -> Message:
    return call.telegram.new_message(
        place.chat,
        content={k: v for k, v in message.content.items() if k != "media_group_id"},
        sender_id=call.world.bot.id,
        thread_id=place.thread,
        forward_origin=origin_of(call.world, message),
    )


@method("forwardMessage")
async def forward_message(call: Call) -> Fields:
    place = place_of(call, read_reply(call.params), "can_send_messages", "text messages")
    _, message = source_of(call, "forward")
    if message.service:
        raise bad_request("the message can't be forwarded")
    call.spend(place.chat)
    return call.answer(forward(call, place, message))


@method("copyMessage")
async def copy_message(call: Call) -> Fields:
    markup = read_markup(call.params)
    place = place_of(call, read_reply(call.params), "can_send_messages", "text messages")
    _, message = source_of(call, "copy")
    if message.service:
        raise bad_request("the message can't be copied")
    content = copied_caption(call, message.content)
    content.pop("media_group_id", None)
    check_markup(markup, place.chat.type)
    call.spend(place.chat)
    copied = put(call, place, content, markup)
    call.answer(copied)
    return {"message_id": copied.id}


async def _many(call: Call, act: Callable[[Place, Message], Message]) -> list[Fields]:
    numbers = read_message_ids(call)
    place = place_of(call, read_reply(call.params), "can_send_messages", "text messages")
    source = source_chat(call)
    found = [source.messages[n] for n in numbers if n in source.messages]
    found = [message for message in found if not message.service]
    if not found:
        raise bad_request("there are no messages to forward")
    call.spend(place.chat)
    made = [act(place, message) for message in found]
    for message in made:
        call.answer(message)
    return [{"message_id": message.id} for message in made]


@method("forwardMessages")
async def forward_messages(call: Call) -> list[Fields]:
    return await _many(call, lambda place, message: forward(call, place, message))


@method("copyMessages")
async def copy_messages(call: Call) -> list[Fields]:
    return await _many(call, lambda place, m: put(call, place, dict(m.content), Markup()))


@method("pinChatMessage")
async def pin_chat_message(call: Call) -> bool:
    chat = chat_of(call, Access.WRITE)
    message = message_of(call, chat, "pin")
    _may_pin(call, chat)
    if message.id in chat.pinned:
        return True
    chat.pinned.append(message.id)
    content: dict[str, Any] = {"pinned_message": message_json(call.world, message, deep=False)}
    if message.thread_id is not None:
        content["message_thread_id"] = message.thread_id
    call.telegram.service_message(chat, call.world.bot.id, content)
    return True


def _may_pin(call: Call, chat: Chat) -> None:
    if not has_right(call, chat, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")


@method("unpinChatMessage")
async def unpin_chat_message(call: Call) -> bool:
    chat = chat_of(call, Access.WRITE)
    number = call.params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.messages:
        raise bad_request("message to unpin not found")
    _may_pin(call, chat)
    if number in chat.pinned:
        chat.pinned.remove(number)
        call.telegram.changes.touch(chat.id)
    return True


@method("unpinAllChatMessages")
async def unpin_all_chat_messages(call: Call) -> bool:
    chat = chat_of(call, Access.WRITE)
    _may_pin(call, chat)
    chat.pinned.clear()
    call.telegram.changes.touch(chat.id)
    return True


@method("setMessageReaction")
async def set_message_reaction(call: Call) -> bool:
    value = call.params.json("reaction", "can't parse reaction types JSON object")
    if value is not None and not isinstance(value, list):
        raise bad_request("expected an Array of ReactionType")
    reactions = value or []
    for reaction in reactions:
        if not isinstance(reaction, dict) or reaction.get("type") not in ("emoji", "custom_emoji"):
            raise bad_request("can't parse ReactionType: invalid reaction type specified")
    chat = chat_of(call, Access.READ)
    message = message_of(call, chat, "react")
    emoji = [str(r.get("emoji", "")).replace("\ufe0f", "") for r in reactions]
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(
        r["type"] == "emoji" and e not in REACTIONS for r, e in zip(reactions, emoji, strict=True)
    ):
        raise bad_request("REACTION_INVALID")
    message.reactions = list(reactions)
    call.telegram.changes.touch(chat.id)
    return True
