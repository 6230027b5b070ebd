"""The inbox: committed once, handled in order, ended once, never written back by a sleeper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.intake.inbox import Claimed, Inbox, LeaseLost
from bot.intake.updates import RawUpdate, read_update
from core.cipher import Cipher
from core.clock import MovableClock
from core.db.engine import Database
from core.db.models import DialogueState, InboxRow

KEY = b"k" * 32


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2026, 11, 22, 12, tzinfo=UTC))


def inbox_of(database: Database, clock: MovableClock, instance: str = "main") -> Inbox:
    return Inbox(database, Cipher(KEY), clock, bot_id=42, instance=instance)


def message(update_id: int, user: int = 1, text: str = "hello") -> RawUpdate:
    return read_update(
        {
            "update_id": update_id,
            "message": {
                "message_id": update_id,
                "date": 0,
                "chat": {"id": user, "type": "private"},
                "from": {"id": user, "is_bot": False, "first_name": "A"},
                "text": text,
            },
        }
    )


async def rows(database: Database) -> list[Any]:
    async with database.read() as tx:
        return list(await tx.execute(select(InboxRow).order_by(InboxRow.id)))


async def claim_one(inbox: Inbox) -> Claimed:
    [claimed] = await inbox.claim(10)
    return claimed


async def test_an_update_delivered_twice_is_one_row(
    database: Database, clock: MovableClock
) -> None:
    inbox = inbox_of(database, clock)
    await inbox.accept([message(7), message(8, user=2)])
    await inbox.accept([message(7)])
    assert [row.update_id for row in await rows(database)] == [7, 8]


async def test_one_person_waits_for_their_own_first_update_others_do_not(
    database: Database, clock: MovableClock
) -> None:
    inbox = inbox_of(database, clock)
    await inbox.accept([message(1), message(2), message(3, user=2)])
    held = await inbox.claim(10)
    assert [one.update.update_id for one in held] == [1, 3]
    assert await inbox.claim(10) == []
    await inbox.finish(held[0], {})
    assert (await claim_one(inbox)).update.update_id == 2


async def test_done_drops_the_payload_and_stores_the_dialogue_with_it(
    database: Database, clock: MovableClock
) -> None:
    inbox = inbox_of(database, clock)
    await inbox.accept([message(1, text="secret words")])
    await inbox.finish(await claim_one(inbox), {"k": {"step": 2}})
    [row] = await rows(database)
    assert (row.state, row.payload) == ("done", None)
    async with database.read() as tx:
        blob = await tx.scalar(select(DialogueState.blob))
    assert blob is not None
    assert Cipher(KEY).open_json("dialogue", blob) == {"step": 2}


async def test_a_worker_that_slept_through_its_lease_cannot_write_back(
    database: Database, clock: MovableClock
) -> None:
    sleeper = inbox_of(database, clock, "one")
    await sleeper.accept([message(1)])
    stale = await claim_one(sleeper)
    clock.move(timedelta(minutes=2))
    other = inbox_of(database, clock, "two")
    fresh = await claim_one(other)
    with pytest.raises(LeaseLost):
        await sleeper.finish(stale, {"k": {"step": "old"}})
    await other.finish(fresh, {"k": {"step": "new"}})
    async with database.read() as tx:
        blob = await tx.scalar(select(DialogueState.blob))
    assert blob is not None
    assert Cipher(KEY).open_json("dialogue", blob) == {"step": "new"}


async def test_after_a_crash_the_same_instance_goes_on_at_once(
    database: Database, clock: MovableClock
) -> None:
    await inbox_of(database, clock).accept([message(1)])
    await claim_one(inbox_of(database, clock))
    reborn = inbox_of(database, clock)
    assert await reborn.claim(10) == []
    await reborn.take_back()
    assert (await claim_one(reborn)).attempts == 2


async def test_postponing_holds_back_this_queue_only(
    database: Database, clock: MovableClock
) -> None:
    inbox = inbox_of(database, clock)
    await inbox.accept([message(1), message(2), message(3, user=2)])
    first, other = await inbox.claim(10)
    await inbox.postpone(first, timedelta(seconds=5))
    await inbox.finish(other, {})
    assert await inbox.claim(10) == []
    clock.move(timedelta(seconds=6))
    assert (await claim_one(inbox)).update.update_id == 1


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ({"update_id": 1, "purchased_hologram": {"from": {"id": 1}}}, "UnknownKind"),
        ({"update_id": 1, "message": {"chat": {"id": 1, "type": "private"}}}, "NoSender"),
        (
            {
                "update_id": 1,
                "message": {
                    "chat": {"id": 1, "type": "private"},
                    "from": {"id": 1},
                    "text": "x" * 10_000_000,
                },
            },
            "TooLarge",
        ),
    ],
)
async def test_poison_is_set_aside_and_the_next_update_is_served(
    database: Database, clock: MovableClock, document: dict[str, Any], fault: str
) -> None:
    inbox = inbox_of(database, clock)
    await inbox.accept([read_update(document), message(2)])
    poison, _ = await rows(database)
    assert (poison.state, poison.fault) == ("dead", fault)
    assert (await claim_one(inbox)).update.update_id == 2


async def test_payloads_are_sealed(database: Database, clock: MovableClock) -> None:
    await inbox_of(database, clock).accept([message(1, text="112-233-445 95")])
    [row] = await rows(database)
    assert b"112-233" not in row.payload


async def test_a_row_that_is_handled_holds_back_one_with_a_lower_number(
    database: Database, clock: MovableClock
) -> None:
    inbox = inbox_of(database, clock)
    await inbox.accept([message(1), message(2)])
    first = await claim_one(inbox)
    await inbox.finish(first, {})
    second = await claim_one(inbox)
    async with database.write() as tx:
        # as if the first had been committed late, under its lower number
        await tx.execute(
            update(InboxRow).where(InboxRow.id == first.row_id).values(state="received")
        )
        await tx.execute(
            update(InboxRow).where(InboxRow.id == first.row_id).values(lease_until=None)
        )
    assert await inbox.claim(10) == []
    await inbox.finish(second, {})


async def test_a_row_nobody_can_read_is_set_aside_and_others_are_served(
    database: Database, clock: MovableClock
) -> None:
    stranger = Inbox(database, Cipher(b"x" * 32), clock, bot_id=42, instance="main")
    await stranger.accept([message(1)])
    inbox = inbox_of(database, clock)
    await inbox.accept([message(2, user=2)])
    assert (await claim_one(inbox)).update.update_id == 2
    unreadable, _ = await rows(database)
    assert (unreadable.state, unreadable.fault) == ("dead", "WrongDataKey")
