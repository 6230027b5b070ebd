"""The bot in groups: bound by a person of the staff, silent elsewhere, and not easily lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.sandbox.client import ChatWindow, Person, text_of
from core.db.models import Certificate, InboxRow
from core.domain.staff import ChatPurpose
from core.services.questions.importing import KnowledgeImport
from tests.dialogs.staff_office import USERNAME, Office, has_text, open_office
from tests.services.knowledge_files import ENTRIES, jsonl


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with open_office(database_url) as opened:
        yield opened


async def code(office: Office) -> str:
    made = await office.services.bound_chats.make_code(ChatPurpose.MODERATION, "krylovsky")
    return made.code


async def test_only_a_moderator_in_person_binds_a_chat_and_each_try_is_answered(
    office: Office,
) -> None:
    anna, member = await office.hire("Анна"), await office.client.user("Глеб")
    chat = await office.client.group("МОЦ", anna, forum=True, members=[member])
    good = await code(office)
    said = []
    for person, text, how in (
        (anna, f"/bind {good}", {"anonymous": True}),
        (member, f"/bind {good}", {}),
        (anna, f"/bind {'x' * 24}", {}),
        (anna, "/bind", {}),
    ):
        answer = await chat.after(person.say(text, chat=chat, **how))
        said.append(text_of(answer))
    assert "анонимные" in said[0]
    assert said[1] == said[2] != said[3]
    assert await office.services.bound_chats.list_all() == []
    assert "Готово" in text_of(await chat.after(anna.say(f"/bind {good}", chat=chat)))
    assert "Готово" in text_of(await chat.after(anna.say(f"/bind {good}", chat=chat)))
    assert [bound.chat_id for bound in await office.services.bound_chats.list_all()] == [chat.id]


async def test_in_private_the_command_is_explained(office: Office) -> None:
    anna = await office.hire("Анна")
    await anna.say(f"/bind {await code(office)}")
    assert "рабочем чате" in text_of(await anna.wait_text("/bind"))


async def test_an_unknown_group_hears_nothing_and_a_bound_one_a_link(office: Office) -> None:
    anna, member = await office.hire("Анна"), await office.client.user("Глеб")
    stranger = await office.client.group("Соседи", member)
    for text in ("/start", "/menu", "@kruzhok_demo_bot здравствуйте", "Сколько стоит?"):
        await member.say(text, chat=stranger)
    await office.open_chat(anna)
    await office.join(member)
    await member.say("Просто разговор", chat=office.group)
    answer = await office.group.after(member.say("@kruzhok_demo_bot где мы?", chat=office.group))
    assert "t.me/kruzhok_demo_bot" in text_of(answer)
    assert not has_text((await office.group.view()).messages, "Меню")
    assert (await stranger.view()).from_bot == []


async def test_a_group_that_became_a_supergroup_keeps_its_cards(office: Office) -> None:
    anna = await office.hire("Анна")
    old = await office.open_chat(anna, kind="group", forum=False)
    number = await office.ask_certificate()
    await office.card(number)
    moved = await office.client.do("migrate", chat_id=old.id)
    office.chat = ChatWindow(office.client, moved["id"])
    card = await office.card(number)
    await office.press(anna, card, "Подтвердить")
    await office.card(number, settled="Решение: действует")
    fresh = await office.ask_certificate()
    await office.card(fresh)
    [bound] = await office.services.bound_chats.list_all()
    assert (bound.chat_id, bound.kind) == (moved["id"], "supergroup")


async def test_a_topic_somebody_deleted_is_made_again(office: Office) -> None:
    anna = await office.hire("Анна")
    chat = await office.open_chat(anna)
    first = await office.card(await office.ask_certificate())
    lost = first["message_thread_id"]
    await office.client.do("delete_topic", chat_id=chat.id, thread_id=lost)
    card = await office.card(await office.ask_certificate())
    assert card["message_thread_id"] != lost
    names = [topic["name"] for topic in (await chat.view()).topics]
    assert sorted(names) == ["Заявки", "Сертификаты"]
    again = await office.card(await office.ask_certificate())
    assert again["message_thread_id"] == card["message_thread_id"]


async def test_a_deleted_card_comes_back_with_the_decision(office: Office) -> None:
    anna = await office.hire("Анна")
    chat = await office.open_chat(anna)
    number = await office.ask_certificate()
    card = await office.card(number)
    await office.client.do("delete_message", chat_id=chat.id, message_id=card["message_id"])
    await office.services.certificate_decisions.confirm(
        await office.actor_of(anna), number, version=1
    )
    settled = await office.card(number, settled="Решение: действует")
    assert settled["message_id"] != card["message_id"]
    assert await office.states(Certificate) == ["active"]


async def test_where_topics_are_not_allowed_cards_go_to_the_chat_itself(office: Office) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna, bot="administrator", bot_rights={"can_manage_topics": False})
    card = await office.card(await office.ask_certificate())
    assert card.get("message_thread_id") is None


async def test_a_chat_the_bot_was_put_out_of_is_bound_no_more(office: Office) -> None:
    anna = await office.hire("Анна")
    chat = await office.open_chat(anna)
    bot = (await office.client.bot())["id"]
    await office.client.do("set_member", chat_id=chat.id, user_id=bot, status="kicked")
    other = await office.client.group("Новый", anna, forum=True)
    await bind(office, anna, other)
    await all_handled(office)
    assert [bound.chat_id for bound in await office.services.bound_chats.list_all()] == [other.id]


async def bind(office: Office, person: Person, chat: ChatWindow) -> None:
    await person.say(f"/bind {await code(office)}", chat=chat)
    await chat.wait_until(lambda view: has_text(view.messages, "Готово"), what="not bound")


async def all_handled(office: Office) -> None:
    """Updates of other queues may be handled later than the one that was waited for."""
    async with asyncio.timeout(10), office.app.database.read() as tx:
        waiting = select(func.count()).where(InboxRow.state == "received")
        while await tx.scalar(waiting):
            await tx.rollback()  # look anew


async def test_a_general_question_is_answered_where_it_was_asked(
    office: Office, tmp_path: Path
) -> None:
    file = jsonl(tmp_path, ENTRIES)
    await KnowledgeImport(office.app.database, office.app.clock).run(file)
    anna = await office.hire("Анна")
    chat = await office.open_chat(anna, forum=False)

    await anna.say(f"@{USERNAME} можно ли обналичить сертификат?", chat=chat)
    view = await chat.wait_until(lambda view: has_text(view.messages, "на руки деньги не выдают"))
    assert has_text(view.messages, f"https://t.me/{USERNAME}")

    await anna.say(f"@{USERNAME} где мой сертификат, как его получить?", chat=chat)
    await chat.wait_until(lambda view: has_text(view.messages, "только на общие вопросы"))
    await anna.say("можно ли обналичить сертификат?", chat=chat)
    await anna.say(f"@{USERNAME} какой приказ об отчислении нужен?", chat=chat)
    view = await chat.wait_until(lambda view: has_text(view.messages, "Издайте приказ"))
    told = [m for m in view.messages if "на руки деньги не выдают" in text_of(m)]
    assert len(told) == 1, "not addressed, not heard"


async def test_data_written_among_parents_gets_a_word_once_an_hour_and_the_question_its_answer(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await KnowledgeImport(office.app.database, office.app.clock).run(jsonl(tmp_path, ENTRIES))
    anna, mother, father = (
        await office.hire("Анна"),
        await office.client.user("Мария"),
        await office.client.user("Олег"),
    )
    chat = await office.client.group("Родители", anna, members=[mother, father])
    made = await office.services.bound_chats.make_code(ChatPurpose.PARENTS, "krylovsky")
    await chat.after(anna.say(f"/bind {made.code}", chat=chat))

    async def said(person: Person, text: str) -> str:
        return text_of(await chat.after(person.say(f"@{USERNAME} {text}", chat=chat)))

    both = await said(mother, "можно ли обналичить сертификат? мой телефон +7 918 123-45-67")
    assert "на руки деньги не выдают" in both
    assert "лучше не писать в общий чат" in both
    again = await said(mother, "можно ли обналичить сертификат 2300000110?")
    assert "на руки деньги не выдают" in again
    assert "лучше не писать" not in again
    assert "лучше не писать" in await said(father, "Петрова Алиса, 05.03.2017, где её группа?")
    assert "лучше не писать" not in await said(anna, "до 31.12.2026 деньги сгорают?")
    monkeypatch.setattr("bot.handlers.groups.WARNED_AGAIN_AFTER", timedelta(0))
    assert "номер документа" in await said(mother, "СНИЛС 112-233-445 95, всё верно?")
    own = [text_of(m) for m in (await chat.view()).messages if not m["by_bot"]]
    assert not any("112-233-445 95" in words for words in own), "numbers of documents go"
    assert any("+7 918 123-45-67" in words for words in own), "nothing else does"


async def test_a_cry_for_help_is_heard_in_a_group_too(office: Office) -> None:
    anna = await office.hire("Анна")
    chat = await office.open_chat(anna)

    heard = await chat.after(anna.say(f"@{USERNAME} тренер бьёт ребёнка", chat=chat))

    assert "8-800-2000-122" in text_of(heard)
