"""A channel as a staff chat: nobody is seen to post there, everybody who presses is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.outgoing import outbox
from bot.sandbox.client import ChatWindow, Person, text_of
from core.db.models import Certificate
from core.domain.staff import ChatPurpose
from tests.dialogs.staff_office import Office, has_text, labels, open_office
from tests.dialogs.test_staff_groups import all_handled, bind


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with open_office(database_url) as opened:
        yield opened


async def channel_of(office: Office, owner: Person, **fields: object) -> ChatWindow:
    office.chat = await office.client.group("МОЦ", owner, kind="channel", **fields)
    return office.chat


async def test_a_channel_is_bound_by_the_one_time_code_alone(office: Office) -> None:
    anna, gleb = await office.hire("Анна"), await office.client.user("Глеб")
    channel = await channel_of(office, gleb)
    made = await office.services.bound_chats.make_code(ChatPurpose.MODERATION, "krylovsky")

    assert "не подошёл" in text_of(await channel.after(gleb.say("/bind " + "x" * 24, chat=channel)))
    await gleb.say(f"/bind {made.code}", chat=channel)
    await channel.wait_text("Готово")
    [bound] = await office.services.bound_chats.list_all()
    assert (bound.chat_id, bound.kind) == (channel.id, "channel")

    other = await office.client.group("Чужой", gleb, kind="channel")
    assert "не подошёл" in text_of(await other.after(gleb.say(f"/bind {made.code}", chat=other))), (
        "the code is spent"
    )
    number = await office.ask_certificate()
    card = await office.card(number)
    assert labels(card) == ["Открыть", "Подтвердить", "Отказать", "Нужны данные"]
    await office.client.do("set_member", chat_id=channel.id, user_id=anna.id, status="member")
    await office.press(anna, card, "Подтвердить")
    settled = await office.card(number, settled="Решение: действует")
    assert "Анна" in text_of(settled)


async def test_a_press_in_a_channel_is_a_persons_and_its_right_is_checked(office: Office) -> None:
    anna, gleb = await office.hire("Анна"), await office.client.user("Глеб")
    channel = await channel_of(office, anna, administrators=[gleb])
    await bind(office, anna, channel)
    number = await office.ask_certificate()
    card = await office.card(number)

    await office.press(gleb, card, "Подтвердить")

    assert "решать её могут другие" in await office.alert(gleb)
    assert await office.states(Certificate) == ["awaiting_visit"]


async def test_a_refusal_in_words_begun_in_a_channel_is_typed_in_private(office: Office) -> None:
    anna = await office.hire("Анна")
    channel = await channel_of(office, anna)
    await bind(office, anna, channel)
    number = await office.ask_certificate()
    await office.press(anna, await office.card(number), "Отказать")
    await office.press(anna, await office.card(number, settled="Почему отказать?"), "Другая")
    await anna.wait_text("отказ с вашими словами")
    await anna.press("Написать причину")
    await anna.wait_text("Напишите причину")
    await anna.say("Принесите, пожалуйста, свидетельство о рождении")
    await anna.wait_text("Проверьте")
    await anna.press("Отказать")
    await office.card(number, settled="Решение: отказано")


async def test_what_else_is_posted_in_a_channel_gets_silence(office: Office) -> None:
    anna = await office.hire("Анна")
    channel = await channel_of(office, anna)
    for text in ("/start", "/menu", "@kruzhok_demo_bot сколько стоит?", "где мой сертификат?"):
        await anna.say(text, chat=channel)
    await bind(office, anna, channel)
    said = len((await channel.view()).from_bot)
    for text in ("/start", "@kruzhok_demo_bot сколько стоит?"):
        await anna.say(text, chat=channel)
    await all_handled(office)
    assert len((await channel.view()).from_bot) == said == 1


async def test_questions_of_parents_are_not_worked_in_a_channel(office: Office) -> None:
    anna = await office.hire("Анна")
    channel = await channel_of(office, anna)
    made = await office.services.bound_chats.make_code(ChatPurpose.DESK, "krylovsky")
    answer = await channel.after(anna.say(f"/bind {made.code}", chat=channel))
    assert "Нужна группа" in text_of(answer)
    assert await office.services.bound_chats.list_all() == []


async def test_a_channel_as_the_author_of_a_message_in_a_group_is_nobody(office: Office) -> None:
    anna = await office.hire("Анна")
    news = await office.client.group("Новости", anna, kind="channel")
    chat = await office.client.group("МОЦ", anna, forum=True)
    made = await office.services.bound_chats.make_code(ChatPurpose.MODERATION, "krylovsky")

    answer = await chat.after(anna.say(f"/bind {made.code}", chat=chat, as_chat_id=news.id))

    assert "Не вижу, кто пишет" in text_of(answer)
    assert await office.services.bound_chats.list_all() == []


async def test_cards_wait_while_the_bot_may_not_post_and_come_with_the_right(
    office: Office,
) -> None:
    anna = await office.hire("Анна")
    channel = await channel_of(office, anna)
    await bind(office, anna, channel)
    bot = (await office.client.bot())["id"]
    first = await office.ask_certificate()
    await office.card(first)
    await _status(office, channel, bot, "administrator", rights={"can_post_messages": False})
    second = await office.ask_certificate()
    await office.client.wait_journal(
        lambda found: any(
            "need administrator rights" in str(entry["description"]) for entry in found["entries"]
        ),
        method="sendMessage",
    )
    assert not has_text((await channel.view()).messages, f"№ {second} ")

    await _status(office, channel, bot, "administrator")

    await office.card(second)
    assert outbox.LONGEST_PAUSE.total_seconds() > 30, "the right's return hastens it, not the pause"
    assert len(await office.services.bound_chats.list_all()) == 1


@pytest.mark.parametrize("kind", ["channel", "group", "supergroup"])
async def test_a_bot_put_out_and_back_shows_what_was_asked_meanwhile(
    office: Office, kind: str
) -> None:
    anna = await office.hire("Анна")
    chat = await office.client.group("МОЦ", anna, kind=kind)
    office.chat = chat
    await bind(office, anna, chat)
    before = await office.ask_certificate()
    await office.card(before)
    bot = (await office.client.bot())["id"]
    await _status(office, chat, bot, "kicked")
    async with asyncio.timeout(10):
        while await office.services.bound_chats.list_all():
            pass  # each look is a turn of the loop
    meanwhile = await office.ask_certificate()

    await _status(office, chat, bot, "administrator")

    card = await office.card(meanwhile)
    await office.press(anna, card, "Подтвердить")
    await office.card(meanwhile, settled="Решение: действует")
    shown = [m for m in (await chat.view()).from_bot if f"№ {before} " in text_of(m)]
    assert len(shown) == 1, "what stands there already is not repeated"


async def test_a_deleted_topic_comes_again_with_all_that_waited_in_it(office: Office) -> None:
    anna = await office.hire("Анна")
    chat = await office.open_chat(anna)
    first, decided = await office.ask_certificate(), await office.ask_certificate()
    lost = (await office.card(first))["message_thread_id"]
    await office.press(anna, await office.card(decided), "Подтвердить")
    await office.card(decided, settled="Решение")
    await office.client.do("delete_topic", chat_id=chat.id, thread_id=lost)

    third = await office.ask_certificate()

    for number in (first, third):
        card = await office.card(number)
        assert card["message_thread_id"] != lost
    assert not has_text((await chat.view()).messages, f"№ {decided} ")


async def _status(
    office: Office, chat: ChatWindow, user_id: int, status: str, **fields: object
) -> None:
    await office.client.do("set_member", chat_id=chat.id, user_id=user_id, status=status, **fields)
