"""The number of a document does not stay among parents, addressed to the bot or not."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.client import ChatWindow, Person, text_of
from core.domain.staff import ChatPurpose
from tests.dialogs.staff_office import Office, open_office

PASSPORT = "паспорт 03 14 123456"
SNILS = "СНИЛС 112-233-445 95"


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    async with open_office(sqlite_url) as opened:
        yield opened


async def parents_chat(
    office: Office, mother: Person, *, purpose: ChatPurpose = ChatPurpose.PARENTS, bot: str
) -> ChatWindow:
    anna = await office.hire("Анна")
    chat = await office.client.group("Родители", anna, members=[mother], bot=bot)
    made = await office.services.bound_chats.make_code(purpose, "krylovsky")
    await chat.after(anna.say(f"/bind {made.code}", chat=chat))
    return chat


async def own_words(chat: ChatWindow) -> list[str]:
    return [text_of(m) for m in (await chat.view()).messages if not m["by_bot"]]


@pytest.mark.parametrize("said", [PASSPORT, SNILS, f"{PASSPORT}, верно?"])
async def test_it_is_deleted_and_whoever_wrote_it_told_where_to_show_it(
    office: Office, said: str
) -> None:
    mother = await office.client.user("Мария")
    chat = await parents_chat(office, mother, bot="administrator")
    await mother.say("Кто завтра на соревнования?", chat=chat)
    told = await chat.after(mother.say(said, chat=chat))
    assert "в нём был номер документа" in text_of(told)
    assert "t.me/" in text_of(told)
    assert said not in " ".join(await own_words(chat))
    assert any("соревнования" in words for words in await own_words(chat))


async def test_a_number_that_came_by_an_edit_goes_too(office: Office) -> None:
    mother = await office.client.user("Мария")
    chat = await parents_chat(office, mother, bot="administrator")
    sent = await mother.say("Добрый день", chat=chat)
    await chat.after(
        mother.do("edit_text", message_id=sent["message_id"], text=SNILS, chat_id=chat.id)
    )
    assert not any("112-233" in words for words in await own_words(chat))


async def test_where_the_bot_may_not_delete_it_stays(office: Office) -> None:
    mother = await office.client.user("Мария")
    chat = await parents_chat(office, mother, bot="member")
    told = await chat.after(mother.say(f"@kruzhok_demo_bot {SNILS}, верно?", chat=chat))
    assert "лучше не писать в общий чат" in text_of(told)
    assert any("112-233" in words for words in await own_words(chat))


async def test_staff_keep_their_own_words(office: Office) -> None:
    mother = await office.client.user("Мария")
    chat = await parents_chat(office, mother, purpose=ChatPurpose.MODERATION, bot="administrator")
    await mother.say(PASSPORT, chat=chat)
    await chat.after(mother.say("@kruzhok_demo_bot здравствуйте", chat=chat))
    assert PASSPORT in await own_words(chat)
