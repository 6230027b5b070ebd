"""May the bot do this in that chat? The checks every method begins with, in Telegram's order."""

from enum import IntEnum

from bot.sandbox.refusals import bad_request, forbidden
from bot.sandbox.rendering import ADMIN_RIGHTS
from bot.sandbox.telegram import Call
from bot.sandbox.world import Chat, Member, Message, World

ABSENT = ("left", "kicked")
ADMINS = ("creator", "administrator")
GENERAL = 1


class Access(IntEnum):
    READ = 1
    MEMBERS = 2
    EDIT = 3
    WRITE = 4


def chat_of(call: Call, access: Access, name: str = "chat_id") -> Chat:
    """The chat of a request, if the bot may ``access`` it."""
    reference = call.params.text(name)
    if not reference:
        raise bad_request("chat_id is empty")
    return known_chat(call.world, reference, access)


def known_chat(world: World, reference: str, access: Access) -> Chat:
    chat = world.find_chat(reference)
    if chat is None:
        if reference.lstrip("-").isdigit() and int(reference) == world.bot.id:
            raise forbidden("the bot can't send messages to the bot")
        raise bad_request("chat not found")
    if chat.type == "private":
        _check_private(world, chat, access)
    elif chat.type == "group":
        _check_group(world, chat, access)
    else:
        _check_supergroup(world, chat)
    return chat


def _check_private(world: World, chat: Chat, access: Access) -> None:
    user = world.users[chat.id]
    if access < Access.EDIT:
        return
    if user.deactivated:
        raise forbidden("user is deactivated")
    if user.is_bot:
        raise forbidden("the bot can't send messages to the bot")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")


def _check_group(world: World, chat: Chat, access: Access) -> None:
    if chat.migrated_to is not None and access in (Access.WRITE, Access.MEMBERS):
        raise bad_request(
            "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
        )
    if access >= Access.EDIT and chat.migrated_to is None:
        _check_presence(world, chat)


def _check_supergroup(world: World, chat: Chat) -> None:
    _check_presence(world, chat)


def _check_presence(world: World, chat: Chat) -> None:
    me = world.member(chat, world.bot.id)
    if me is not None and me.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if me is None or me.status == "left":
        raise forbidden(f"bot is not a member of the {chat.kind} chat")


def message_of(call: Call, chat: Chat, what: str, name: str = "message_id") -> Message:
    """The message of a request; ``what`` goes into «message to edit not found»."""
    message = chat.messages.get(call.params.integer(name))
    if message is None:
        raise bad_request(f"message to {what} not found")
    return message


def thread_of(call: Call, chat: Chat) -> int | None:
    """The topic of a request: General must be named by no number."""
    thread = call.params.integer("message_thread_id")
    if not thread or not (chat.is_forum or chat.type == "private"):
        return None
    if thread == GENERAL or thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread


def bot_member(call: Call, chat: Chat) -> Member:
    return chat.members.get(call.world.bot.id, Member(user_id=call.world.bot.id, status="left"))


def has_right(call: Call, chat: Chat, right: str) -> bool:
    """Whether the bot may do what the ``can_*`` field allows."""
    if chat.type == "private":
        return True
    me = bot_member(call, chat)
    if me.status == "creator":
        return True
    if me.status == "administrator":
        return me.rights.get(right, right in ADMIN_RIGHTS and right != "can_promote_members")
    if me.status == "restricted":
        return me.rights.get(right, False)
    return chat.permissions.get(right, right.startswith("can_send"))


def may_post(call: Call, chat: Chat) -> bool:
    """In a channel only an administrator with that right speaks, and edits what it said."""
    me = bot_member(call, chat)
    return me.status == "creator" or (
        me.status == "administrator" and me.rights.get("can_post_messages", True)
    )


def may_send(call: Call, chat: Chat, right: str, what: str, thread: int | None) -> None:
    """Refuse a send that rights or a closed topic forbid."""
    me = bot_member(call, chat)
    if chat.type == "channel" and not may_post(call, chat):
        raise bad_request("need administrator rights in the channel chat")
    if chat.type != "private" and me.status not in ADMINS and not has_right(call, chat, right):
        raise bad_request(f"not enough rights to send {what} to the chat")
    closed = chat.topics[thread].closed if thread else chat.is_forum and chat.general_closed
    if closed and not has_right(call, chat, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
