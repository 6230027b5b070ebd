"""A sandbox of its own: ``python -m bot.sandbox [--port N] [--seed N] [--no-limits]``.

Prints one JSON line {"url", "token", "seed"} when it listens; ends with the process.
"""

import argparse
import asyncio
import json
import sys
from contextlib import suppress

from bot.sandbox.limits import Limits
from bot.sandbox.server import TOKEN, Sandbox


async def serve(arguments: argparse.Namespace) -> None:
    limits = Limits(on=not arguments.no_limits)
    sandbox = Sandbox(token=arguments.token, seed=arguments.seed, limits=limits)
    url = await sandbox.start(port=arguments.port)
    line = {"url": url, "token": sandbox.token, "seed": arguments.seed}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="a local Bot API")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-limits", action="store_true")
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
