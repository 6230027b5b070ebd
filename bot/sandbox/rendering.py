"""The world in the Bot API's own words: users, chats, messages, members."""

from typing import Any

from bot.sandbox.world import Chat, Fields, Member, Message, User, World

ANONYMOUS = User(
    id=1087968824, first_name="Group", username="GroupAnonymousBot", is_bot=True, language_code=None
)
ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_send_welcome_messages",
)
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
SEND_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def user_json(user: User) -> Fields:
    fields: Fields = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    for name in ("last_name", "username", "language_code"):
        value = getattr(user, name)
        if value:
            fields[name] = value
    return fields


def chat_json(world: World, chat: Chat) -> Fields:
    fields: Fields = {"id": chat.id}
    if chat.type == "private":
        user = world.users[chat.id]
        fields["first_name"] = user.first_name
        if user.last_name:
            fields["last_name"] = user.last_name
        if user.username:
            fields["username"] = user.username
    else:
        fields["title"] = chat.title or ""
        if chat.username:
            fields["username"] = chat.username
        if chat.is_forum:
            fields["is_forum"] = True
        if chat.type == "group":
            fields["all_members_are_administrators"] = False
    fields["type"] = chat.type
    return fields


def message_json(world: World, message: Message, *, deep: bool = True) -> Fields:
    """``deep``: with the message it replies to (which itself is not deep)."""
    chat = world.chats[message.chat_id]
    fields: Fields = {
        "message_id": message.id,
        "date": message.date,
        "chat": chat_json(world, chat),
    }
    fields.update(_sender(world, chat, message))
    if message.thread_id is not None:
        fields["message_thread_id"] = message.thread_id
        if chat.is_forum:
            fields["is_topic_message"] = True
    if message.forward_origin:
        fields["forward_origin"] = message.forward_origin
        fields["forward_date"] = message.forward_origin["date"]
    if message.edit_date:
        fields["edit_date"] = message.edit_date
    replied = chat.messages.get(message.reply_to or 0)
    if deep and replied is not None:
        fields["reply_to_message"] = message_json(world, replied, deep=False)
    fields.update(message.content)
    if message.via_bot:
        fields["via_bot"] = user_json(world.bot)
    if message.keyboard == "inline" and message.markup:
        fields["reply_markup"] = message.markup
    return fields


def _sender(world: World, chat: Chat, message: Message) -> Fields:
    """A channel's posts are the channel's, an anonymous administrator's messages the group's."""
    if message.sender_id is None or chat.type == "channel":
        return {"sender_chat": chat_json(world, chat)}
    if message.sender_chat_id is not None:
        sender = world.chats.get(message.sender_chat_id, chat)
        return {"sender_chat": chat_json(world, sender), "from": user_json(ANONYMOUS)}
    if message.sender_id == world.bot.id:
        return {"from": user_json(world.bot)}
    return {"from": user_json(world.users[message.sender_id])}


def with_mentions(world: World, content: Fields) -> Fields:
    """The content with mentions by number turned into mentions of people the bot knows."""
    shown = dict(content)
    for name in ("entities", "caption_entities"):
        if name not in content:
            continue
        entities = []
        for entity in content[name]:
            number = entity.get("user_id")
            if number is None:
                entities.append(entity)
            elif number in world.users:
                known = {key: value for key, value in entity.items() if key != "user_id"}
                entities.append({**known, "user": user_json(world.users[number])})
        shown[name] = entities
        if not entities:
            del shown[name]
    return shown


def member_json(world: World, chat: Chat, member: Member) -> Fields:
    user = world.bot if member.user_id == world.bot.id else world.users[member.user_id]
    fields: Fields = {"user": user_json(user), "status": member.status}
    match member.status:
        case "creator":
            fields["is_anonymous"] = member.anonymous
        case "administrator":
            fields["can_be_edited"] = False
            fields["is_anonymous"] = member.anonymous
            channel = CHANNEL_RIGHTS if chat.type == "channel" else ()
            for right in (*ADMIN_RIGHTS, *channel):
                fields[right] = member.rights.get(right, right != "can_promote_members")
        case "restricted":
            fields["is_member"] = True
            fields["until_date"] = 0
            for right in SEND_RIGHTS:
                fields[right] = member.rights.get(right, False)
        case "kicked":
            fields["until_date"] = 0
    return fields


def full_chat_json(world: World, chat: Chat) -> Fields:
    """getChat: the chat with its settings and the newest pinned message."""
    fields: dict[str, Any] = chat_json(world, chat)
    fields.pop("all_members_are_administrators", None)
    fields["accent_color_id"] = abs(chat.id) % 7
    fields["max_reaction_count"] = 11
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    fields["accepted_gift_types"] = dict.fromkeys(
        (*gifts, "gifts_from_channels"), chat.type == "private"
    )
    if chat.type in ("group", "supergroup"):
        fields["permissions"] = {right: chat.permissions.get(right, True) for right in SEND_RIGHTS}
    pinned = next((chat.messages[i] for i in reversed(chat.pinned) if i in chat.messages), None)
    if pinned is not None:
        fields["pinned_message"] = message_json(world, pinned)
    return fields
