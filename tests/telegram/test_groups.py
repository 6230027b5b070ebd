"""Groups: topics, privacy, membership, moving to a supergroup; and taps of all kinds."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import InaccessibleMessage, Update

from bot.sandbox.client import ChatWindow, Person, SandboxClient, SandboxError


async def updates_of(bot: Bot) -> list[Update]:
    """All waiting updates, as aiogram reads them, confirmed."""
    found = await bot.get_updates(offset=-100)
    if found:
        await bot.get_updates(offset=found[-1].update_id + 1)
    return found


@pytest.fixture
async def desk(client: SandboxClient, anna: Person) -> ChatWindow:
    return await client.group("Стол", anna, forum=True)


@pytest.fixture
async def quiet(bot: Bot, desk: ChatWindow) -> ChatWindow:
    """The desk after its own birth was read."""
    await updates_of(bot)
    return desk


class TestTopics:
    async def test_a_topic_is_its_first_message(self, bot: Bot, quiet: ChatWindow) -> None:
        topic = await bot.create_forum_topic(quiet.id, "Вопрос № 1")
        sent = await bot.send_message(quiet.id, "да", message_thread_id=topic.message_thread_id)
        assert sent.is_topic_message
        assert sent.message_thread_id == topic.message_thread_id
        [update] = await updates_of(bot)
        assert update.message is not None
        assert update.message.message_id == topic.message_thread_id
        assert update.message.forum_topic_created is not None
        assert update.message.forum_topic_created.name == "Вопрос № 1"

    async def test_staff_answer_inside_a_topic(
        self, bot: Bot, anna: Person, quiet: ChatWindow
    ) -> None:
        topic = await bot.create_forum_topic(quiet.id, "Вопрос")
        await anna.say("ответ", quiet, thread_id=topic.message_thread_id)
        message = (await updates_of(bot))[-1].message
        assert message is not None
        assert (message.text, message.message_thread_id) == ("ответ", topic.message_thread_id)

    async def test_a_deleted_topic_is_gone(
        self, bot: Bot, client: SandboxClient, quiet: ChatWindow
    ) -> None:
        topic = await bot.create_forum_topic(quiet.id, "Вопрос")
        number = topic.message_thread_id
        await client.do("delete_topic", chat_id=quiet.id, thread_id=number)
        with pytest.raises(Exception, match="message thread not found"):
            await bot.send_message(quiet.id, "да", message_thread_id=number)

    async def test_closing_and_reopening_are_told(self, bot: Bot, quiet: ChatWindow) -> None:
        topic = await bot.create_forum_topic(quiet.id, "Вопрос")
        await bot.close_forum_topic(quiet.id, topic.message_thread_id)
        await bot.reopen_forum_topic(quiet.id, topic.message_thread_id)
        told = [u.message.content_type for u in await updates_of(bot) if u.message]
        assert told == ["forum_topic_created", "forum_topic_closed", "forum_topic_reopened"]


class TestPrivacy:
    async def test_an_administrator_bot_sees_everything(
        self, bot: Bot, anna: Person, quiet: ChatWindow
    ) -> None:
        await anna.say("болтовня", quiet)
        assert [u.message.text for u in await updates_of(bot) if u.message] == ["болтовня"]

    async def test_a_member_bot_sees_what_is_meant_for_it(
        self, bot: Bot, client: SandboxClient, anna: Person
    ) -> None:
        group = await client.group("Двор", anna, bot="member")
        await updates_of(bot)
        own = await bot.send_message(group.id, "я бот")
        said: list[dict[str, Any]] = [
            {"text": "болтовня"},
            {"text": "/help"},
            {"text": "/help@other_bot"},
            {"text": "/help@kruzhok_demo_bot"},
            {"text": "эй @kruzhok_demo_bot"},
            {"text": "ответ", "reply_to": own.message_id},
        ]
        for fields in said:
            await anna.say(chat=group, **fields)
        seen = [u.message.text for u in await updates_of(bot) if u.message]
        assert seen == ["/help", "/help@kruzhok_demo_bot", "эй @kruzhok_demo_bot", "ответ"]


class TestMembership:
    async def test_the_bot_hears_of_its_own_coming_and_going(
        self, bot: Bot, client: SandboxClient, anna: Person
    ) -> None:
        await updates_of(bot)
        group = await client.group("Двор", anna)
        me = (await bot.me()).id
        await client.do("set_member", chat_id=group.id, user_id=me, status="kicked")
        changes = [u.my_chat_member for u in await updates_of(bot) if u.my_chat_member]
        statuses = [(c.old_chat_member.status, c.new_chat_member.status) for c in changes]
        assert statuses == [("left", "administrator"), ("administrator", "kicked")]

    async def test_blocking_is_told_and_writing_unblocks(self, bot: Bot, anna: Person) -> None:
        await updates_of(bot)
        await anna.do("block")
        with pytest.raises(Exception, match="bot was blocked by the user"):
            await bot.send_message(anna.id, "да")
        await anna.say("снова я")
        updates = await updates_of(bot)
        members = [u.my_chat_member for u in updates if u.my_chat_member]
        assert [m.new_chat_member.status for m in members] == ["kicked", "member"]
        await bot.send_message(anna.id, "да")

    async def test_an_outsider_cannot_write(self, client: SandboxClient, desk: ChatWindow) -> None:
        boris = await client.user("Борис")
        with pytest.raises(SandboxError, match="is not in chat"):
            await boris.say("впустите", desk)

    async def test_an_anonymous_administrator_is_the_group(
        self, bot: Bot, anna: Person, quiet: ChatWindow
    ) -> None:
        await anna.say("решено", quiet, anonymous=True)
        message = (await updates_of(bot))[-1].message
        assert message is not None
        assert message.sender_chat is not None
        assert message.sender_chat.id == quiet.id
        assert message.from_user is not None
        assert message.from_user.username == "GroupAnonymousBot"

    async def test_administrators_are_listed(
        self, bot: Bot, client: SandboxClient, anna: Person
    ) -> None:
        boris = await client.user("Борис")
        vera = await client.user("Вера")
        group = await client.group("Двор", anna, administrators=[boris], members=[vera])
        admins = await bot.get_chat_administrators(group.id)
        assert {admin.user.first_name for admin in admins} == {"Анна", "Борис", "Sandbox"}
        assert (await bot.get_chat_member(group.id, vera.id)).status == "member"
        assert (await bot.get_chat(group.id)).title == "Двор"


async def test_a_moved_group_tells_both_ways(bot: Bot, client: SandboxClient, anna: Person) -> None:
    group = await client.group("Двор", anna, kind="group")
    await updates_of(bot)
    moved = await client.do("migrate", chat_id=group.id)
    old, new = [u.message for u in await updates_of(bot)]
    assert old is not None
    assert new is not None
    assert (old.chat.id, old.migrate_to_chat_id) == (group.id, moved["id"])
    assert (new.chat.id, new.migrate_from_chat_id) == (moved["id"], group.id)
    await bot.send_message(moved["id"], "на новом месте")


class TestTaps:
    async def test_the_same_tap_may_come_under_a_new_number(
        self, bot: Bot, client: SandboxClient, anna: Person
    ) -> None:
        first = await anna.press_on(1, data="x", forged=True)
        again = await client.do("press_again", callback_id=first["callback_id"])
        assert again["update_id"] != first["update_id"]
        taps = [u.callback_query.data for u in await updates_of(bot) if u.callback_query]
        assert taps == ["x", "x"]

    async def test_an_old_message_is_inaccessible(self, bot: Bot, anna: Person) -> None:
        await anna.press_on(1, data="x", forged=True, inaccessible=True)
        tap = (await updates_of(bot))[-1].callback_query
        assert tap is not None
        assert isinstance(tap.message, InaccessibleMessage)

    async def test_there_must_be_such_a_button(self, bot: Bot, anna: Person) -> None:
        sent = await bot.send_message(anna.id, "без кнопок")
        with pytest.raises(SandboxError, match="no button"):
            await anna.press_on(sent.message_id, "Да")


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        (("send_media", {"kind": "voice"}), "voice"),
        (("send_media", {"kind": "video_note"}), "video_note"),
        (("send_media", {"kind": "audio"}), "audio"),
        (("send_media", {"kind": "sticker"}), "sticker"),
        (("send_media", {"kind": "animation"}), "animation"),
        (("send_media", {"kind": "video"}), "video"),
        (("send_media", {"kind": "document", "name": "справка.pdf"}), "document"),
        (
            ("send_content", {"content": {"location": {"latitude": 55.7, "longitude": 37.6}}}),
            "location",
        ),
        (("send_content", {"content": {"dice": {"emoji": "🎲", "value": 3}}}), "dice"),
        (("send_content", {"content": {"future_thing": {"x": 1}}}), "unknown"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_everything_people_send_is_read_by_aiogram(
    bot: Bot, anna: Person, deed: tuple[str, dict[str, Any]], kind: str
) -> None:
    verb, arguments = deed
    await anna.do(verb, **arguments)
    message = (await updates_of(bot))[-1].message
    assert message is not None
    assert message.content_type == kind


async def test_an_edited_message_comes_as_an_edit(bot: Bot, anna: Person) -> None:
    said = await anna.say("оптчка")
    await anna.do("edit_text", message_id=said["message_id"], text="опечатка")
    edited = (await updates_of(bot))[-1].edited_message
    assert edited is not None
    assert edited.text == "опечатка"


async def test_a_forwarded_message_names_its_author(
    bot: Bot, client: SandboxClient, anna: Person
) -> None:
    boris = await client.user("Борис")
    said = await boris.say("секрет")
    await anna.do("forward", message_id=said["message_id"], from_chat_id=boris.id)
    message = (await updates_of(bot))[-1].message
    assert message is not None
    assert message.forward_origin is not None
    assert message.forward_origin.type == "user"


class TestChannels:
    async def test_posts_are_the_channels(
        self, bot: Bot, client: SandboxClient, anna: Person
    ) -> None:
        channel = await client.group("Новости", anna, kind="channel")
        await updates_of(bot)
        sent = await bot.send_message(channel.id, "от бота")
        assert sent.from_user is None
        assert sent.sender_chat is not None
        await bot.edit_message_text("исправлено", chat_id=channel.id, message_id=sent.message_id)
        await anna.say("от людей", channel)
        assert [m["text"] for m in (await channel.view()).from_bot] == ["исправлено"]
        [update] = await updates_of(bot)
        assert update.channel_post is not None
        assert update.channel_post.text == "от людей"


async def test_reactions_come_to_administrators_who_ask(
    bot: Bot, anna: Person, quiet: ChatWindow
) -> None:
    said = await anna.say("ура", quiet)
    await bot.get_updates(allowed_updates=["message_reaction"], offset=-1)
    await anna.do("react", message_id=said["message_id"], emoji="👍", chat_id=quiet.id)
    reaction = (await updates_of(bot))[-1].message_reaction
    assert reaction is not None
    assert reaction.new_reaction[0].type == "emoji"
