"""Chats and their members, as the bot sees and changes them."""

from bot.sandbox.access import ABSENT, Access, chat_of, has_right
from bot.sandbox.methods.registry import method
from bot.sandbox.refusals import Refusal, bad_request
from bot.sandbox.rendering import chat_json, full_chat_json, member_json, user_json
from bot.sandbox.telegram import MY_MEMBERSHIP, Call, Telegram
from bot.sandbox.world import Chat, Fields, Member


@method("getChat")
async def get_chat(call: Call) -> Fields:
    return full_chat_json(call.world, chat_of(call, Access.READ))


@method("getChatMember")
async def get_chat_member(call: Call) -> Fields:
    chat = chat_of(call, Access.MEMBERS)
    return member_json(call.world, chat, _member(call, chat))


def _user_id(call: Call) -> int:
    user_id = call.params.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    if user_id != call.world.bot.id and user_id not in call.world.users:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return user_id


def _member(call: Call, chat: Chat) -> Member:
    user_id = _user_id(call)
    if chat.type == "private":
        return Member(user_id=user_id)
    return chat.members.get(user_id) or Member(user_id=user_id, status="left")


@method("getChatAdministrators")
async def get_chat_administrators(call: Call) -> list[Fields]:
    chat = chat_of(call, Access.MEMBERS)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    admins = [m for m in chat.members.values() if m.status in ("creator", "administrator")]
    return [
        member_json(call.world, chat, member)
        for member in admins
        if member.user_id == call.world.bot.id or not call.world.users[member.user_id].is_bot
    ]


@method("getChatMemberCount")
async def get_chat_member_count(call: Call) -> int:
    chat = chat_of(call, Access.MEMBERS)
    if chat.type == "private":
        return 2
    return sum(1 for member in chat.members.values() if member.status not in ABSENT)


def tell_own_membership(
    telegram: Telegram, chat: Chat, by: int, before: Member, after: Member
) -> None:
    """my_chat_member: the bot's own place in a chat changed."""
    world = telegram.world
    actor = world.bot if by == world.bot.id else world.users[by]
    body: Fields = {
        "chat": chat_json(world, chat),
        "from": user_json(actor),
        "date": int(telegram.now()),
        "old_chat_member": member_json(world, chat, before),
        "new_chat_member": member_json(world, chat, after),
    }
    telegram.tell("my_chat_member", body, chat.id + MY_MEMBERSHIP)


@method("leaveChat")
async def leave_chat(call: Call) -> bool:
    chat = chat_of(call, Access.READ)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    me = call.world.bot.id
    before, after = chat.members[me], Member(user_id=me, status="left")
    chat.members[me] = after
    tell_own_membership(call.telegram, chat, me, before, after)
    call.telegram.changes.touch(chat.id)
    return True


def _restrict(call: Call, status: str) -> bool:
    chat = chat_of(call, Access.WRITE)
    if chat.type == "private":
        raise bad_request("can't ban members in private chats")
    user_id = _user_id(call)
    member = chat.members.get(user_id) or Member(user_id=user_id, status="left")
    if not has_right(call, chat, "can_restrict_members"):
        raise _rights("restrict/unrestrict chat member")
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if member.status == "administrator":
        raise bad_request("user is an administrator of the chat")
    if status != "left" or member.status == "kicked" or not call.params.flag("only_if_banned"):
        chat.members[user_id] = Member(user_id=user_id, status=status)
        call.telegram.changes.touch(chat.id)
    return True


def _rights(deed: str) -> Refusal:
    return bad_request(f"not enough rights to {deed}")


@method("banChatMember")
async def ban_chat_member(call: Call) -> bool:
    return _restrict(call, "kicked")


@method("unbanChatMember")
async def unban_chat_member(call: Call) -> bool:
    return _restrict(call, "left")


def _invite_link(call: Call) -> Fields:
    chat = chat_of(call, Access.WRITE)
    if not has_right(call, chat, "can_invite_users") or chat.type == "private":
        raise bad_request("not enough rights to manage chat invite link")
    code = f"{call.telegram.chance.getrandbits(80):020x}"
    fields: Fields = {
        "invite_link": f"https://t.me/+{code}",
        "creator": user_json(call.world.bot),
        "creates_join_request": call.params.flag("creates_join_request"),
        "is_primary": False,
        "is_revoked": False,
    }
    if call.params.text("name"):
        fields["name"] = call.params.text("name")
    for limit in ("expire_date", "member_limit"):
        if call.params.integer(limit):
            fields[limit] = call.params.integer(limit)
    return fields


@method("createChatInviteLink")
async def create_chat_invite_link(call: Call) -> Fields:
    return _invite_link(call)


@method("exportChatInviteLink")
async def export_chat_invite_link(call: Call) -> str:
    return str(_invite_link(call)["invite_link"])


ACTIONS = (
    "cancel",
    "typing",
    "record_video",
    "upload_video",
    "record_audio",
    "upload_audio",
    "record_voice",
    "upload_voice",
    "upload_photo",
    "upload_document",
    "choose_sticker",
    "find_location",
    "pick_up_location",
    "record_video_note",
    "upload_video_note",
)


@method("sendChatAction")
async def send_chat_action(call: Call) -> bool:
    action = call.params.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = chat_of(call, Access.WRITE)
    chat.action = action
    call.telegram.changes.touch(chat.id)
    return True
