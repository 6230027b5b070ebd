"""Topics of a forum. The number of a topic is the number of the message that made it."""

from bot.sandbox.access import Access, chat_of, has_right
from bot.sandbox.methods.registry import method
from bot.sandbox.refusals import bad_request
from bot.sandbox.telegram import Call, Telegram
from bot.sandbox.world import Chat, Fields, Topic

COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
NAME_LENGTH = 128


def _forum(call: Call, deed: str) -> Chat:
    chat = chat_of(call, Access.WRITE)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not has_right(call, chat, "can_manage_topics"):
        raise bad_request(f"not enough rights to {deed}")
    return chat


def _topic(call: Call, chat: Chat) -> Topic:
    topic = chat.topics.get(call.params.integer("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise bad_request("topic title must be non-empty")
    return name[:NAME_LENGTH]


def make_topic(
    telegram: Telegram, chat: Chat, user_id: int | None, name: str, color: int, icon: str | None
) -> Topic:
    """Make a topic and the message that tells of it."""
    created: Fields = {"name": name, "icon_color": color}
    if icon:
        created["icon_custom_emoji_id"] = icon
    number = chat.next_message_id
    topic = Topic(id=number, name=name, icon_color=color, icon_custom_emoji_id=icon)
    chat.topics[number] = topic
    content = {"forum_topic_created": created, "message_thread_id": number}
    telegram.service_message(chat, user_id, content)
    return topic


@method("createForumTopic")
async def create_forum_topic(call: Call) -> Fields:
    chat = _forum(call, "create a topic")
    name = _name(call.params.text("name"))
    color = call.params.integer("icon_color", COLORS[0])
    if color not in COLORS:
        raise bad_request("invalid topic icon color specified")
    call.spend(chat)
    icon = call.params.text("icon_custom_emoji_id") or None
    topic = make_topic(call.telegram, chat, call.world.bot.id, name, color, icon)
    call.entry.message_ids.append(topic.id)
    answer: Fields = {"message_thread_id": topic.id, "name": name, "icon_color": color}
    if icon:
        answer["icon_custom_emoji_id"] = icon
    return answer


@method("editForumTopic")
async def edit_forum_topic(call: Call) -> bool:
    chat = _forum(call, "edit the topic")
    topic = _topic(call, chat)
    changed: Fields = {}
    if call.params.text("name"):
        name = _name(call.params.text("name"))
        if name != topic.name:
            changed["name"] = topic.name = name
    if call.params.has("icon_custom_emoji_id"):
        icon = call.params.text("icon_custom_emoji_id")
        if icon != (topic.icon_custom_emoji_id or ""):
            topic.icon_custom_emoji_id = icon or None
            changed["icon_custom_emoji_id"] = icon
    if not changed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    _tell(call, chat, topic.id, "forum_topic_edited", changed)
    return True


def _tell(call: Call, chat: Chat, thread: int | None, name: str, fields: Fields) -> None:
    content: Fields = {name: fields}
    if thread is not None:
        content["message_thread_id"] = thread
    call.telegram.service_message(chat, call.world.bot.id, content)


def _close(call: Call, closed: bool) -> bool:
    chat = _forum(call, "close the topic" if closed else "reopen the topic")
    topic = _topic(call, chat)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _tell(call, chat, topic.id, "forum_topic_closed" if closed else "forum_topic_reopened", {})
    return True


@method("closeForumTopic")
async def close_forum_topic(call: Call) -> bool:
    return _close(call, True)


@method("reopenForumTopic")
async def reopen_forum_topic(call: Call) -> bool:
    return _close(call, False)


@method("deleteForumTopic")
async def delete_forum_topic(call: Call) -> bool:
    chat = chat_of(call, Access.WRITE)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not has_right(call, chat, "can_delete_messages"):
        raise bad_request("not enough rights to delete the topic")
    topic = _topic(call, chat)
    drop_topic(call.telegram, chat, topic.id)
    return True


def drop_topic(telegram: Telegram, chat: Chat, thread: int) -> None:
    """A deleted topic takes its messages along and leaves no trace."""
    del chat.topics[thread]
    for number in [m.id for m in chat.messages.values() if m.thread_id == thread]:
        del chat.messages[number]
    telegram.changes.touch(chat.id)


@method("unpinAllForumTopicMessages")
async def unpin_all_forum_topic_messages(call: Call) -> bool:
    chat = _forum(call, "manage pinned messages in the chat")
    topic = _topic(call, chat)
    inside = {m.id for m in chat.messages.values() if m.thread_id == topic.id}
    chat.pinned = [number for number in chat.pinned if number not in inside]
    call.telegram.changes.touch(chat.id)
    return True


def _general(call: Call, closed: bool) -> bool:
    chat = _forum(call, "close the topic" if closed else "reopen the topic")
    if chat.general_closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    chat.general_closed = closed
    _tell(call, chat, None, "forum_topic_closed" if closed else "forum_topic_reopened", {})
    return True


@method("closeGeneralForumTopic")
async def close_general_forum_topic(call: Call) -> bool:
    return _general(call, True)


@method("reopenGeneralForumTopic")
async def reopen_general_forum_topic(call: Call) -> bool:
    return _general(call, False)


@method("getForumTopicIconStickers")
async def get_forum_topic_icon_stickers(call: Call) -> list[Fields]:
    return []
