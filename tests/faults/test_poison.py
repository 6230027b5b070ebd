"""Updates that cannot be handled, and strangers at the webhook (R10).

Whatever comes, one row is set aside (or the person gets a polite answer), and somebody else's next
message is answered within a second.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select, update

from bot.intake.webhook import HEADER, PATH, secret_from
from bot.sandbox.client import Person, View
from bot.sandbox.world import Update
from core.db.engine import Database
from core.db.models import Group, InboxRow
from tests.faults.crash.process import DATA_KEY
from tests.faults.crash.stage import Mode, Stage, open_stage
from tests.faults.live import bot_of

AT_ONCE_S = 1.0
DAMAGED = 1
"""The programme whose group has a schedule that no code can read."""

Fields = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Poison:
    """`ends`: the fault of its dead row, or `done`; `told`: whether the
    person it names hears something."""

    name: str
    update: Fields
    ends: str
    told: bool = False


def poisons(person: Person) -> list[Poison]:
    """All as if they came from this person's private chat."""
    chat: Fields = {"id": person.id, "type": "private", "first_name": "Яд"}
    sender: Fields = {"id": person.id, "is_bot": False, "first_name": "Яд"}
    plain: Fields = {"message_id": 900_001, "date": 1_787_000_000, "chat": chat, "from": sender}

    def message(**fields: Any) -> Fields:
        return {"message": {**plain, **fields}}

    def tap(**fields: Any) -> Fields:
        body = {"id": "77", "from": sender, "chat_instance": "1", "data": "x"}
        return {"callback_query": {**body, **fields}}

    deep: Any = "bottom"
    for _ in range(400):
        deep = {"reply_to_message": deep}
    return [
        Poison(
            name="unknown kind",
            update={"purchased_hologram": {"from": sender}},
            ends="UnknownKind",
        ),
        Poison(
            name="unknown value of an enumeration",
            update=message(text="вот", forward_origin={"type": "hologram", "date": 1, "depth": 3}),
            ends="ValidationError",
            told=True,
        ),
        Poison(
            name="unknown status of a member",
            update={
                "my_chat_member": {
                    "chat": chat,
                    "from": sender,
                    "date": 1,
                    "old_chat_member": {"status": "member", "user": sender},
                    "new_chat_member": {"status": "hologram", "user": sender},
                }
            },
            ends="ValidationError",
        ),
        Poison(name="ten megabytes", update=message(text="x" * 10_000_000), ends="TooLarge"),
        Poison(
            name="no sender",
            update={"message": {"message_id": 1, "date": 1, "chat": chat, "text": "я"}},
            ends="NoSender",
        ),
        Poison(
            name="a sender beyond 64 bits",
            update=message(text="я", **{"from": {**sender, "id": 2**64}}),
            ends="NoSender",
        ),
        Poison(
            name="a chat beyond 64 bits", update=message(chat={**chat, "id": 2**64}), ends="done"
        ),
        Poison(name="a message that is a list", update={"message": [1, 2]}, ends="NoSender"),
        Poison(name="a tap without a message", update=tap(), ends="done"),
        Poison(
            name="a tap without data",
            update=tap(data=None, message={**plain, "text": "да"}),
            ends="done",
            told=True,
        ),
        Poison(name="nested too deep", update=message(reply_to_message=deep), ends="TooDeep"),
        Poison(
            name="a lone surrogate", update=message(text="прив\ud800ет"), ends="done", told=True
        ),
        Poison(name="a NUL", update=message(text="при\x00вет"), ends="done", told=True),
        Poison(
            name="a date beyond time",
            update=message(text="я", date=10**18),
            ends="ValidationError",
            told=True,
        ),
        Poison(
            name="a number too long", update=message(text="я", views=10**5000), ends="UnknownKind"
        ),
        Poison(
            name="a failing handler",
            update=message(text=f"/start p_{DAMAGED}"),
            ends="KeyError",
            told=True,
        ),
    ]


@pytest.fixture
def long_numbers() -> Iterator[None]:
    """Lets the sandbox write a number that the bot's process cannot read."""
    usual = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    yield
    sys.set_int_max_str_digits(usual)


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.usefixtures("long_numbers")
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_poison_is_set_aside_and_the_next_person_is_served_at_once(
    database_url: str, mode: Mode, tmp_path: Path
) -> None:
    async with open_stage(mode, tmp_path, database_url) as stage:
        await _damage(stage)
        victim, bystander = await stage.client.user("Яд"), await stage.client.user("Ольга")
        async with bot_of(stage) as process:
            for person in (victim, bystander):
                await person.after(person.start())
            await stage.settled(process)
            for poison in poisons(victim):
                await _one(stage, process, poison, victim, bystander)
            await victim.after(victim.say("/menu"))


async def _one(
    stage: Stage, process: BaseProcess, poison: Poison, victim: Person, bystander: Person
) -> None:
    where = f"{poison.name}, {stage.mode}, {stage.kind}"
    heard = _read(await victim.view())
    number = stage.sandbox.people.inject(poison.update, victim.id)["update_id"]
    await _answered_at_once(bystander, where)
    await stage.settled(process)
    assert (await _ends(stage))[number] == poison.ends, where
    view = await victim.view()
    assert (_read(view) != heard) == poison.told, f"{where}: {view.describe()}"


@pytest.mark.alone
@pytest.mark.slow
async def test_updates_without_a_whole_number_are_left_out(
    database_url: str, tmp_path: Path
) -> None:
    """Polling only: at the webhook they are refused like any other stranger's words."""
    async with open_stage("polling", tmp_path, database_url) as stage:
        bystander = await stage.client.user("Ольга")
        async with bot_of(stage) as process:
            await bystander.after(bystander.start())
            await stage.settled(process)
            before = await _rows(stage)
            for number in ({}, {"update_id": "12"}, {"update_id": 1.5}, {"update_id": True}):
                _push(stage, {**number, "message": {"text": "без номера"}})
                await _answered_at_once(bystander, f"{number}, {stage.kind}")
            await stage.settled(process)
            assert await _rows(stage) == before + 4


@pytest.mark.alone
@pytest.mark.slow
async def test_strangers_at_the_webhook_are_refused_and_leave_nothing(
    database_url: str, tmp_path: Path
) -> None:
    async with open_stage("webhook", tmp_path, database_url) as stage:
        person = await stage.client.user("Ольга")
        async with bot_of(stage) as process, aiohttp.ClientSession() as session:
            await person.after(person.start())
            await stage.settled(process)
            before = await _rows(stage)
            for knock in knocks(person):
                status = await _status(session, stage, knock)
                assert status in knock.answers, f"{knock.name}: {status}"
                await _answered_at_once(person, f"after {knock.name}, {stage.kind}")
                await stage.settled(process)
                before += 1
                assert await _rows(stage) == before, knock.name


@dataclass(frozen=True, kw_only=True)
class Knock:
    """A request that is not Telegram's. `answers`: the statuses it may get."""

    name: str
    answers: tuple[int, ...]
    method: str = "POST"
    secret: bytes | None = b"right"
    body: bytes = b""


def knocks(person: Person) -> list[Knock]:
    update = {
        "update_id": 800_000_000,
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": person.id, "type": "private"},
            "from": {"id": person.id, "is_bot": False, "first_name": "О"},
            "text": "/menu",
        },
    }
    good = json.dumps(update).encode()
    numberless = json.dumps({"message": update["message"]}).encode()
    return [
        Knock(name="no secret", answers=(403,), secret=None, body=good),
        Knock(name="an empty secret", answers=(403,), secret=b"", body=good),
        Knock(name="a wrong secret", answers=(403,), secret=b"wrong", body=good),
        Knock(name="a secret in Cyrillic", answers=(400, 403), secret="тайна".encode(), body=good),
        Knock(name="a secret of junk bytes", answers=(400, 403), secret=b"\xff\xfe", body=good),
        Knock(name="50 MB of a stranger", answers=(403, 413), secret=None, body=b"x" * 50_000_000),
        Knock(name="50 MB with the secret", answers=(413,), body=b"x" * 50_000_000),
        Knock(name="bad JSON", answers=(400,), body=good[:-3]),
        Knock(name="no UTF-8", answers=(400,), body=b'{"update_id": "\xff"}'),
        Knock(name="an empty body", answers=(400,)),
        Knock(name="a list", answers=(400,), body=b"[1]"),
        Knock(name="no number", answers=(400,), body=numberless),
        Knock(name="a number in quotes", answers=(400,), body=b'{"update_id": "12"}'),
        Knock(name="endless nesting", answers=(400,), body=b"[" * 100_000),
        Knock(name="GET", answers=(405,), method="GET"),
        Knock(name="PUT", answers=(405,), method="PUT", body=good),
    ]


async def _status(session: aiohttp.ClientSession, stage: Stage, knock: Knock) -> int:
    """Over a bare connection: a client library would not send such headers."""
    right = secret_from(base64.b64decode(DATA_KEY)).encode()
    head = [
        f"{knock.method} {PATH} HTTP/1.1".encode(),
        b"Host: 127.0.0.1",
        b"Content-Type: application/json",
        b"Content-Length: " + str(len(knock.body)).encode(),
        b"Connection: close",
    ]
    if knock.secret is not None:
        head.append(HEADER.encode() + b": " + (right if knock.secret == b"right" else knock.secret))
    reader, writer = await asyncio.open_connection("127.0.0.1", stage.port)
    try:
        writer.write(b"\r\n".join(head) + b"\r\n\r\n" + knock.body)
        return int((await asyncio.wait_for(reader.readline(), 10)).split()[1])
    finally:
        writer.close()


async def _answered_at_once(person: Person, where: str) -> None:
    began = time.monotonic()
    await person.after(person.say("/menu"))
    seconds = time.monotonic() - began
    assert seconds <= AT_ONCE_S, f"{where}: answered after {seconds:.2f} s"


async def _damage(stage: Stage) -> None:
    """A row of the registry no code can read: showing it fails."""
    database = Database(stage.url, pool_size=1)
    async with database.write() as tx:
        await tx.execute(
            update(Group).where(Group.programme_id == DAMAGED).values(schedule=[{"weekday": 1}])
        )
    await database.close()


async def _rows(stage: Stage) -> int:
    return len(await _ends(stage))


async def _ends(stage: Stage) -> dict[int, str]:
    """Update id -> how its row ended: the fault of a dead one, or `done`."""
    database = Database(stage.url, pool_size=1)
    async with database.read() as tx:
        rows = await tx.execute(select(InboxRow.update_id, InboxRow.state, InboxRow.fault))
        found = {row.update_id: str(row.fault or row.state) for row in rows}
    await database.close()
    return found


def _push(stage: Stage, document: Fields) -> None:
    """The document as it is, even without a number."""
    world = stage.sandbox.telegram.world
    world.next_update_id += 1
    stage.sandbox.telegram.updates.add(
        Update(
            id=world.next_update_id - 1,
            kind="",
            body=document,
            queue=0,
            expires_at=stage.sandbox.telegram.now() + 1000,
        )
    )


def _read(view: View) -> list[tuple[int, int]]:
    return [(message["message_id"], len(message["revisions"])) for message in view.from_bot]
