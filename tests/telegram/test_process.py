"""The sandbox in a process of its own, driven by the client alone."""

import asyncio
import json
import sys

from bot.sandbox.client import SandboxClient


async def test_it_says_where_it_listens_and_is_driven_over_http() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--seed", "5", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        told = json.loads(await asyncio.wait_for(process.stdout.readline(), 30))
        async with SandboxClient(told["url"]) as client:
            anna = await client.user("Анна")
            await anna.start("p_1")
            assert await anna.history() == ["/start p_1"]
            assert (await client.state())["pending_updates"] == 1
        assert told["seed"] == 5
    finally:
        process.terminate()
        await process.wait()
