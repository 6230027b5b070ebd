"""Telegram delivers at least once: copies, late copies and another order between chats (R8).

The main way is walked twice in one bot: every update once, then every update one to five times,
shuffled between chats, with old updates coming again long after. Passers-by write at the same
time, so that there is something to shuffle. Both end in the same story, and nobody reads more.
"""

from __future__ import annotations

import asyncio
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

import pytest

from bot.sandbox.client import Person
from tests.faults.crash.stage import Mode, Stage, open_stage
from tests.faults.crash.tables import differences
from tests.faults.crash.way import WAY
from tests.faults.live import bot_of, chance_of, seed_of, written

MOST = 5
PASSERS_BY = ("Ольга", "Пётр")
SMALL_TALK = ("/start", "/menu", "/help", "здравствуйте", "/settings")

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_copies_and_another_order_between_chats_change_nothing(
    database_url: str, mode: Mode, tmp_path: Path
) -> None:
    seed = seed_of(20261208)
    async with open_stage(mode, tmp_path, database_url) as stage:
        passers_by = [await stage.client.user(name) for name in PASSERS_BY]
        everybody = [*passers_by, stage.cast.parent, stage.cast.moderator, stage.cast.group]
        beginning = await stage.snapshot()
        async with bot_of(stage) as process:
            await _walk(stage, process, passers_by, late=None)
            once, read_once = await stage.ending(), await written(everybody)
        await stage.restore(beginning)
        await stage.client.redelivery(most=MOST, shuffle=True, seed=seed)
        async with bot_of(stage) as process:
            copies = await _walk(stage, process, passers_by, late=chance_of(seed, mode))
            often, read_often = await stage.ending(), await written(everybody)
        assert copies > len(WAY), "hardly anything came late"
        where = f"{mode}, {stage.kind}, seed {seed}"
        assert differences(once.story, often.story) == [], where
        assert often.dialogues == once.dialogues, where
        assert often.screens == once.screens, where
        assert read_often == read_once, where


async def _walk(
    stage: Stage, process: BaseProcess, passers_by: list[Person], late: Random | None
) -> int:
    """The way with small talk beside it; gives the number of late copies."""
    for passer_by in passers_by:
        # one after another: people are known by the order they came in
        await passer_by.start()
        await stage.settled(process)
    copies = 0
    for number, step in enumerate(WAY):
        word = SMALL_TALK[number % len(SMALL_TALK)]
        await asyncio.gather(
            step.deed(stage.cast), *(passer_by.say(word) for passer_by in passers_by)
        )
        await stage.settled(process)
        if late is None:
            continue
        for update in late.sample(stage.sandbox.telegram.world.history, 3):
            times = late.randint(1, MOST - 1)
            copies += await stage.client.do("redeliver", update_id=update.id, times=times)
    await stage.settled(process)
    return copies
