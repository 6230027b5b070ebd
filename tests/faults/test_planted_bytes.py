"""A СНИЛС, a phone and a name walk the whole way; then every byte that was left is looked at.

Numbers may stand in no file of the database, a name only in the name columns of people and
children; none of the three in a log line (of any level), a metric, a health page, an answer to a
stranger or a file name. Not only the good way leaves traces: refused input, updates that fail,
a broken line to Telegram and the staff's own words are walked too.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import Connection, inspect, text, update

from bot.sandbox.client import button_texts, text_of
from core.db.engine import Database
from core.db.models import Group
from tests.faults.crash.stage import Mode, Stage, open_stage
from tests.faults.crash.way import WAY, Cast, Deed, decides, says
from tests.faults.leaks import Planted, files_below
from tests.faults.live import bot_of

SNILS = "847-391-620 40"
PHONE = "+7 939 804-71-62"
NAME = "Щуроглазова Велемудра Путятишна"
PLANTED = Planted(snils=SNILS, phone=PHONE, names=tuple(NAME.split()))
ALL = f"{NAME}, СНИЛС {SNILS}, телефон {PHONE}"
NAME_COLUMNS = {
    "people": {"name"},
    "children": {"last_name", "first_name", "patronymic"},
}
DAMAGED = 2
"""The programme whose card cannot be shown."""

pytestmark = pytest.mark.slow


def documents(name: str) -> Deed:
    return lambda cast: cast.parent.send_file(ALL.encode(), name, caption=ALL)


def forged(data: str) -> Deed:
    return lambda cast: cast.parent.press_on(1, data=data, forged=True)


async def in_own_words(cast: Cast) -> None:
    """The moderator types the reason in the private chat."""
    await decides("Заявка", "Другая причина")(cast)
    await cast.moderator.wait_until(
        lambda view: "Написать причину" in button_texts(view.last), what="no way to type"
    )
    await cast.moderator.press("Написать причину")
    await cast.moderator.wait_text("Напишите причину одним")
    await cast.moderator.say(f"Перезвоните: {ALL}")
    await cast.moderator.wait_text("Похоже на СНИЛС")
    await cast.moderator.say(f"Перезвоните, {NAME}: {PHONE}")
    await cast.moderator.wait_text("Семья прочитает")
    await cast.moderator.press("Отказать")


INSTEAD: Mapping[str, Deed] = {
    "types the name": says(NAME),
    "types the СНИЛС": says(SNILS),
    "types the phone": says(PHONE),
    "the moderator gives the reason": in_own_words,
}
BEFORE: Mapping[str, tuple[Deed, ...]] = {
    # words typed in the menu are searched for: the way goes on from the menu
    "looks for clubs": (says(NAME), says(SNILS), says(PHONE), says(ALL), says("/menu")),
    "goes home": (says(f"{NAME}?"), says(f"/{SNILS}"), says(f"/start {PHONE[1:]}")),
    "types the name": (says(SNILS), says(PHONE), says(f"{NAME} 1"), documents(f"{ALL}.pdf")),
    "types the birth date": (says(NAME), says(f"{SNILS[:-1]}1"), says(PHONE)),
    "types the СНИЛС": (says(f"{SNILS[:-2]}41"), says(NAME), says(PHONE)),
    "types the phone": (says(SNILS), says(NAME), says(PHONE[:-3])),
    "sends the request": (says(ALL), documents(f"{SNILS}.jpg")),
    "the moderator confirms": (
        lambda cast: cast.moderator.say(f"/bind {NAME}", chat=cast.group),
        lambda cast: cast.moderator.say(ALL, chat=cast.group),
    ),
    "looks at what is held": (forged(f"card:{PHONE[1:]}"), forged(f"go:{SNILS}"), says(ALL)),
}


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_what_is_planted_is_found_nowhere_it_should_not_be(
    database_url: str, mode: Mode, tmp_path: Path
) -> None:
    async with open_stage(mode, tmp_path, database_url) as stage:
        _name_the_parent(stage)
        heard: list[bytes] = []
        async with bot_of(stage, log_level="DEBUG") as process:
            for step in WAY:
                for deed in (*BEFORE.get(step.name, ()), INSTEAD.get(step.name, step.deed)):
                    await deed(stage.cast)
                    await stage.settled(process)
                _look_at_files(stage, step.name)
            assert await _staff_read(stage, "+" + "".join(filter(str.isdigit, PHONE)))
            await _fail(stage)
            await stage.settled(process)
            heard = await _strangers(stage)
            _look_at_files(stage, "the end, still running")
        _look_at_files(stage, "the end")
        await _look_at_columns(stage)
        _look_at_what_names_leave(stage)
        assert [PLANTED.all_in(answer) for answer in heard if PLANTED.all_in(answer)] == []
        assert (stage.folder / "bot.log").stat().st_size > 0


async def _staff_read(stage: Stage, words: str) -> bool:
    """Where it belongs it is shown: to the one who opened the card, in private."""
    messages = (await stage.cast.moderator.view(0)).from_bot
    return any(words in text_of(message) for message in messages)


def _name_the_parent(stage: Stage) -> None:
    """Each update of the parent carries the name too."""
    user = stage.sandbox.telegram.world.users[stage.cast.parent.id]
    user.last_name, user.first_name, _ = NAME.split()


async def _fail(stage: Stage) -> None:
    """Updates of every bad end, and a line to Telegram that breaks, all full of what is planted."""
    person = stage.cast.parent
    chat = {"id": person.id, "type": "private", "first_name": NAME}
    sender = {"id": person.id, "is_bot": False, "first_name": NAME}
    plain = {"message_id": 900_001, "date": 1, "chat": chat, "from": sender, "text": ALL}
    await _damage(stage)
    people = stage.sandbox.people
    for body in (
        {"purchased_hologram": plain},
        {"message": {**plain, "forward_origin": {"type": ALL, "date": ALL}}},
        {"message": {**plain, "entities": ALL}},
        {"message": {**plain, "text": ALL + "x" * 1_100_000}},
        {"message": {name: value for name, value in plain.items() if name != "from"}},
        {"message": {**plain, "text": f"/start p_{DAMAGED}"}},
        {"callback_query": {"id": ALL, "from": sender, "chat_instance": "1", "data": ALL}},
        {ALL: plain},
    ):
        people.inject(body, person.id)
    for fault in ("error", "drop_before", "drop_after"):
        await stage.client.faults({"methods": ["sendMessage"], fault: 1.0, "times": 2})
        await person.say(ALL)


async def _damage(stage: Stage) -> None:
    database = Database(stage.url, pool_size=1)
    async with database.write() as tx:
        await tx.execute(update(Group).where(Group.programme_id == DAMAGED).values(schedule=[{}]))
    await database.close()


async def _strangers(stage: Stage) -> list[bytes]:
    """What the pages of the process say, asked rudely and politely."""
    home = f"http://127.0.0.1:{stage.port}"
    pages = ("/health/live", "/health/ready", "/metrics", f"/{SNILS}", f"/telegram?a={NAME}")
    heard = []
    async with aiohttp.ClientSession() as session:
        for path in pages:
            async with session.get(f"{home}{path}") as response:
                heard.append(await response.read())
        async with session.post(f"{home}/telegram", data=ALL.encode()) as response:
            heard.append(await response.read())
    return heard


def _look_at_files(stage: Stage, when: str) -> None:
    """Numbers in no file; a name in no file but the database's, and in no file's name."""
    for place in files_below(stage.folder):
        content = place.read_bytes()
        assert PLANTED.all_in(str(place.relative_to(stage.folder)).encode()) == [], when
        found = PLANTED.numbers_in(content)
        if not place.name.startswith("kruzhok.db"):
            found += PLANTED.names_in(content)
        assert found == [], f"{place.name} after {when!r}: {_around(content, found)}"


async def _look_at_columns(stage: Stage) -> None:
    """Every value of every table, in both databases."""
    database = Database(stage.url, pool_size=1)
    named = set()
    async with database.read() as tx:
        for table, columns in (await tx.run_sync(_columns)).items():
            for column in columns:
                found = (await tx.execute(text(f'SELECT "{column}" FROM "{table}"'))).scalars()
                content = b"\n".join(map(_as_bytes, found))
                assert PLANTED.numbers_in(content) == [], f"{table}.{column}"
                if PLANTED.names_in(content):
                    named.add((table, column))
    await database.close()
    allowed = {(table, column) for table, columns in NAME_COLUMNS.items() for column in columns}
    assert named <= allowed
    assert ("children", "last_name") in named, "the search would not find what lies open"


def _look_at_what_names_leave(stage: Stage) -> None:
    """Take the name columns out of a copy: nothing of the name is in its bytes."""
    if stage.kind != "sqlite":
        return
    source = Path(stage.url.partition("///")[2])
    copy = stage.folder / "copy.sqlite"
    for part in ("", "-wal", "-shm"):
        if (place := source.with_name(source.name + part)).exists():
            shutil.copyfile(place, copy.with_name(copy.name + part))
    with sqlite3.connect(copy) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        for table, columns in NAME_COLUMNS.items():
            nulls = ", ".join(f'"{column}" = NULL' for column in columns)
            connection.execute(f"UPDATE {table} SET {nulls}")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    left = PLANTED.names_in(copy.read_bytes())
    assert left == [], _around(copy.read_bytes(), left)


def _columns(connection: Connection) -> dict[str, list[str]]:
    schema = inspect(connection)
    return {
        table: [str(column["name"]) for column in schema.get_columns(table)]
        for table in schema.get_table_names()
    }


def _as_bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _around(content: bytes, found: list[str]) -> str:
    """What was found and its size; the bytes themselves help little."""
    return f"{found} in {len(content)} bytes"
