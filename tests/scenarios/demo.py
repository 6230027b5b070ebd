"""The demo as everybody starts it: `python -m bot run` without a token, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
START_S = 120
STOP_S = 30
_TOLD = re.compile(r"Показ запущен: (http://127\.0\.0\.1:\d+)")


@asynccontextmanager
async def running_demo(folder: Path) -> AsyncIterator[str]:
    """Gives the address of the chat page; database, key and chats lie in `folder`.

    Raises AssertionError with the process's last words when it ends before it has told the
    address, and when it does not end well.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=HOUSE,
        env=_surroundings(folder),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    said: list[str] = []
    listening: asyncio.Task[None] | None = None
    try:
        address = await asyncio.wait_for(_address(process.stdout, said), START_S)
        listening = asyncio.create_task(_listen(process.stdout, said))
        yield address
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), STOP_S)
        if listening is not None:
            await listening
    assert process.returncode == 0, "".join(said[-20:])


async def _address(stream: asyncio.StreamReader, said: list[str]) -> str:
    async for line in stream:
        said.append(line.decode())
        found = _TOLD.search(said[-1])
        if found:
            return found.group(1)
    raise AssertionError("the demo ended: " + "".join(said[-20:]))


async def _listen(stream: asyncio.StreamReader, said: list[str]) -> None:
    """A pipe nobody reads would stop the process one day."""
    while line := await stream.readline():
        said.append(line.decode())


def _surroundings(folder: Path) -> dict[str, str]:
    """Nothing of a developer's own settings: an empty BOT_TOKEN wins over `.env`."""
    return {
        **os.environ,
        "BOT_TOKEN": "",
        "WEBHOOK_URL": "",
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'demo.db'}",
        "HTTP_PORT": "0",
        "SANDBOX_PORT": "0",
    }
