"""One bot process for a whole way: walked step after step, each step until everything has ended."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from multiprocessing.process import BaseProcess

from bot.sandbox.client import ChatWindow
from tests.faults.crash.stage import Stage
from tests.faults.crash.way import Step


@asynccontextmanager
async def bot_of(stage: Stage, *, log_level: str = "INFO") -> AsyncIterator[BaseProcess]:
    """A bot without budgets that has read what waited for it; it ends well when the block does."""
    process = stage.start(budgets=False, log_level=log_level)
    await stage.settled(process)
    yield process
    await stage.stop(process)


async def walk(stage: Stage, process: BaseProcess, steps: Sequence[Step]) -> None:
    for step in steps:
        await step.deed(stage.cast)
        await stage.settled(process)


async def written(chats: Sequence[ChatWindow]) -> list[tuple[int, int]]:
    """Of each chat: messages of the bot that stand there, and how often they were edited."""
    counted = []
    for chat in chats:
        mine = (await chat.view(0)).from_bot
        counted.append((len(mine), sum(len(message["revisions"]) for message in mine)))
    return counted


def seed_of(default: int) -> int:
    """From `KRUZHOK_SEED`, else this; printed, so that a failure can be played again."""
    seed = int(os.environ.get("KRUZHOK_SEED", str(default)))
    print(f"seed {seed}")
    return seed


def chance_of(seed: int, *where: str) -> random.Random:
    """The same for the same seed, and another in each mode and database."""
    return random.Random(":".join((str(seed), *where)))
