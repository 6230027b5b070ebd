"""Groups and what happens to them: made, joined, left, forum topics, moved to a supergroup."""

from dataclasses import replace

from bot.sandbox.methods.chats import tell_own_membership
from bot.sandbox.methods.topics import COLORS, drop_topic, make_topic
from bot.sandbox.presence import Presence
from bot.sandbox.rendering import chat_json, member_json, user_json
from bot.sandbox.telegram import MEMBERSHIP
from bot.sandbox.world import Chat, Fields, Member

SUPERGROUP = -1_000_000_000_000


class Gatherings(Presence):
    """The part of people's doings that concerns groups."""

    def create_group(
        self,
        title: str,
        owner: int,
        kind: str = "supergroup",
        forum: bool = False,
        members: list[int] | None = None,
        administrators: list[int] | None = None,
        bot: str = "administrator",
        bot_rights: dict[str, bool] | None = None,
        username: str | None = None,
    ) -> Fields:
        """A supergroup, group or channel; ``bot`` is the bot's status there, or absent."""
        world = self.world
        if kind == "group":
            chat_id = -world.next_group_id
            world.next_group_id += 1
        else:
            chat_id = SUPERGROUP - world.next_supergroup_id
            world.next_supergroup_id += 1
        chat = Chat(id=chat_id, type=kind, title=title, is_forum=forum, username=username)
        # Message 1 is the birth of the group, so that no topic is ever number 1 (General).
        chat.next_message_id = 2
        world.chats[chat_id] = chat
        for user_id in members or []:
            chat.members[user_id] = Member(user_id=user_id)
        for user_id in administrators or []:
            chat.members[user_id] = Member(user_id=user_id, status="administrator")
        chat.members[owner] = Member(user_id=owner, status="creator")
        if bot != "absent":
            self.set_member(chat_id, world.bot.id, bot, bot_rights, by=owner)
        self.telegram.changes.touch(chat_id)
        return chat_json(world, chat)

    def set_member(
        self,
        chat_id: int,
        user_id: int,
        status: str = "member",
        rights: dict[str, bool] | None = None,
        by: int | None = None,
        anonymous: bool = False,
    ) -> Fields:
        """Add, promote, restrict, remove or ban someone, the bot too; updates as Telegram's."""
        chat, world = self._chat(chat_id), self.world
        before = chat.members.get(user_id) or Member(user_id=user_id, status="left")
        after = Member(
            user_id=user_id, status=status, rights=dict(rights or {}), anonymous=anonymous
        )
        chat.members[user_id] = after
        owner = next((m.user_id for m in chat.members.values() if m.status == "creator"), user_id)
        actor = owner if by is None else by
        if user_id == world.bot.id:
            tell_own_membership(self.telegram, chat, actor, before, after)
        else:
            body: Fields = {
                "chat": chat_json(world, chat),
                "from": user_json(self._user(actor)),
                "date": int(self.telegram.now()),
                "old_chat_member": member_json(world, chat, before),
                "new_chat_member": member_json(world, chat, after),
            }
            self.telegram.tell("chat_member", body, user_id + MEMBERSHIP)
            self._tell_coming(chat, before, after, actor)
        self.telegram.changes.touch(chat.id)
        return member_json(world, chat, after)

    def _tell_coming(self, chat: Chat, before: Member, after: Member, actor: int) -> None:
        absent = ("left", "kicked")
        person = user_json(self._user(after.user_id))
        if before.status in absent and after.status not in absent:
            content = {"new_chat_members": [person], "new_chat_member": person}
        elif before.status not in absent and after.status in absent:
            content = {"left_chat_member": person}
        else:
            return
        me = chat.members.get(self.world.bot.id)
        if me is not None and me.status not in absent:
            self.telegram.service_message(chat, actor, content)

    def set_permissions(self, chat_id: int, permissions: dict[str, bool]) -> bool:
        """What ordinary members may do, in ChatPermissions' fields."""
        self._chat(chat_id).permissions.update(permissions)
        return True

    def make_topic(self, user_id: int, chat_id: int, name: str) -> int:
        """A person makes a topic; gives its number."""
        chat = self._chat(chat_id)
        return make_topic(self.telegram, chat, user_id, name, COLORS[0], None).id

    def delete_topic(self, chat_id: int, thread_id: int) -> bool:
        drop_topic(self.telegram, self._chat(chat_id), thread_id)
        return True

    def close_topic(self, chat_id: int, thread_id: int, closed: bool = True) -> bool:
        self._chat(chat_id).topics[thread_id].closed = closed
        self.telegram.changes.touch(chat_id)
        return True

    def set_forum(self, chat_id: int, forum: bool) -> bool:
        self._chat(chat_id).is_forum = forum
        self.telegram.changes.touch(chat_id)
        return True

    def migrate(self, chat_id: int) -> Fields:
        """A group becomes a supergroup: a message in either chat tells of it."""
        world, old = self.world, self._chat(chat_id)
        new_id = SUPERGROUP - world.next_supergroup_id
        world.next_supergroup_id += 1
        members = {number: replace(member) for number, member in old.members.items()}
        new = Chat(id=new_id, type="supergroup", title=old.title, members=members)
        new.migrated_from = chat_id
        new.next_message_id = 2
        new.permissions = dict(old.permissions)
        world.chats[new_id] = new
        owner = next((m.user_id for m in old.members.values() if m.status == "creator"), None)
        self.telegram.service_message(old, owner, {"migrate_to_chat_id": new_id})
        old.migrated_to = new_id
        self.telegram.service_message(new, owner, {"migrate_from_chat_id": chat_id})
        return chat_json(world, new)
