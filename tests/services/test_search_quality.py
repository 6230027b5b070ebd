"""How well programmes are found must not get worse: `kruzhok bench search` in small.

Two thousand programmes and bars a little below those of ten thousand, where a title has less
company of its own topic.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bench.misspelling import misspelled_titles
from bot.bench.registry import QUERIES
from bot.bench.searching import Finds, Labelled, filled_database, ours, quality_of, read_labelled
from core.clock import SystemClock
from core.services.search.search import Search

PROGRAMMES = 2_000


@pytest.fixture
async def finds(tmp_path: Path) -> AsyncIterator[Finds]:
    async with filled_database(tmp_path, PROGRAMMES) as database:
        yield ours(Search(database, SystemClock()))


async def test_queries_and_titles_with_slips_find_their_programmes(finds: Finds) -> None:
    written = await quality_of(finds, read_labelled(QUERIES))
    seed = 7
    misspelled = [
        Labelled(query=typed, titles=[title]) for typed, title in misspelled_titles(200, seed=seed)
    ]
    slips = await quality_of(finds, misspelled)

    print("written", written, "slips", slips, "seed", seed)
    assert written.hit_at_5 >= 0.96
    assert slips.hit_at_5 >= 0.94
