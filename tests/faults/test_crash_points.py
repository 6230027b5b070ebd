"""Kill the bot at its commits on the main way: effects once, an answer within 10 s (R9).

`make crash` plays every commit on both sides, in both modes, on both databases; otherwise a seeded
sample of 15 points per mode and database, each from a snapshot taken just before its step.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.faults.crash.stage import ANSWER_S, Ending, Mode, Stage, open_stage
from tests.faults.crash.tables import differences
from tests.faults.crash.way import CONFIRMING, WAY

SEED = int(os.environ.get("KRUZHOK_SEED", "20261122"))
POINTS = os.environ.get("KRUZHOK_CRASH_POINTS", "15")

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_crash_at_any_commit_changes_nothing_in_the_end(
    database_url: str, mode: Mode, tmp_path: Path
) -> None:
    async with open_stage(mode, tmp_path, database_url) as stage:
        kind = stage.kind
        calm = await _walk_in_peace(stage)
        points = _points(calm, mode, kind)
        print(f"seed {SEED}: {len(points)} crash points, {mode}, {kind}")
        slowest = 0.0
        for number, crash in points:
            step, expected = WAY[number], calm[number]
            await stage.restore(stage.snapshots[number])
            ending = await stage.play_with_crash(step, crash)
            where = f"{step.name}, crash {crash}, {mode}, {kind}, seed {SEED}"
            # a topic made twice by a crash brings its service message twice: effects are compared
            lost = differences(expected.story, ending.story, without={"inbox"})
            assert lost == [], where
            assert ending.dialogues == expected.dialogues, where
            assert ending.screens == expected.screens, where
            assert ending.seconds <= ANSWER_S, where
            slowest = max(slowest, ending.seconds)
        print(f"slowest answer after a restart: {slowest:.2f} s")


async def test_the_confirm_button_sent_again_after_a_crash_is_one_application(
    database_url: str, tmp_path: Path
) -> None:
    async with open_stage("polling", tmp_path, database_url) as stage:
        calm = await _walk_in_peace(stage, until=CONFIRMING)
        number = len(calm) - 1
        for commit in range(1, calm[number].commits + 1):
            await stage.restore(stage.snapshots[number])
            ending = await stage.play_with_crash(WAY[number], f"after:{commit}", again=True)
            assert len(ending.story["applications"]) == 1
            assert ending.story["groups"] == calm[number].story["groups"]


async def _walk_in_peace(stage: Stage, until: str = "") -> list[Ending]:
    calm = []
    for step in WAY:
        stage.snapshots.append(await stage.snapshot())
        calm.append(await stage.play(step))
        if step.name == until:
            break
    return calm


def _points(calm: list[Ending], mode: Mode, kind: str) -> list[tuple[int, str]]:
    every = [
        (number, f"{side}:{commit}")
        for number, ending in enumerate(calm)
        for commit in range(1, ending.commits + 1)
        for side in ("before", "after")
    ]
    if POINTS == "all":
        return every
    chosen = random.Random(f"{SEED}{mode}{kind}")
    return sorted(chosen.sample(every, int(POINTS)))
