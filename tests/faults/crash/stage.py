"""A stage for crashes: the sandbox, one database in one mode, and a bot process to be killed.

The way is walked once in peace, each step by a process of its own, with a snapshot of database
and chats before it and a count of its commits. Then any step can be played again from its snapshot
with a crash point, and must end in the same story.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Literal

import aiohttp

from bot.app import build_app
from bot.sandbox.client import SandboxClient, View, text_of
from bot.sandbox.limits import Limits
from bot.sandbox.server import Sandbox
from core.cipher import Cipher
from core.db.crash import EXIT_CODE
from core.db.engine import Database
from core.domain.staff import ChatPurpose, Role
from tests import databases
from tests.dialogs.club import found
from tests.faults.crash.process import BEGINNING, DATA_KEY, BotPlan, ShiftedClock, launch
from tests.faults.crash.tables import counts, open_dialogues, story_of
from tests.faults.crash.way import Cast, Step

Mode = Literal["polling", "webhook"]
PATIENCE_S = 30.0
ANSWER_S = 10.0
"""Within this time of the restart the person is answered (reliability R9)."""


@dataclass(kw_only=True)
class Ending:
    """How a step ended: the story, where conversations stand, what each chat shows last."""

    story: dict[str, list[str]]
    dialogues: list[str]
    screens: dict[str, str]
    commits: int = 0
    seconds: float = 0.0


@dataclass(kw_only=True)
class Stage:
    """One combination of mode and database."""

    mode: Mode
    kind: Literal["sqlite", "postgresql"]
    folder: Path
    sandbox: Sandbox
    client: SandboxClient
    port: int
    cast: Cast
    url: str
    shift_s: float
    snapshots: list[tuple[str, bytes]] = field(default_factory=list)
    running: list[BaseProcess] = field(default_factory=list)

    # -- the database: taken and put back as a whole ------------------------------------------

    async def snapshot(self) -> tuple[str, bytes]:
        """Database and chats, while no bot runs."""
        if self.kind == "sqlite":
            name = str(self.folder / f"snapshot-{uuid.uuid4().hex}.db")
            _copy_sqlite(_file_of(self.url), name)
        else:
            name = f"kruzhok_snap_{uuid.uuid4().hex[:12]}"
            await databases.administer(f'CREATE DATABASE "{name}" TEMPLATE "{_name_of(self.url)}"')
        return name, self.sandbox.snapshot()

    async def restore(self, snapshot: tuple[str, bytes]) -> None:
        name, world = snapshot
        if self.kind == "sqlite":
            place = _file_of(self.url)
            _copy_sqlite(name, place)
        else:
            current = _name_of(self.url)
            await databases.administer(f'DROP DATABASE IF EXISTS "{current}" WITH (FORCE)')
            await databases.administer(f'CREATE DATABASE "{current}" TEMPLATE "{name}"')
        self.sandbox.restore(world)

    # -- the process --------------------------------------------------------------------------

    def start(
        self, crash: str = "", *, budgets: bool = True, log_level: str = "INFO"
    ) -> BaseProcess:
        process = launch(
            BotPlan(
                database_url=self.url,
                telegram_url=self.sandbox.url,
                port=self.port,
                webhook=self.mode == "webhook",
                shift_s=self.shift_s,
                log=str(self.folder / "bot.log"),
                crash=crash,
                budgets=budgets,
                log_level=log_level,
            )
        )
        self.running = [process]
        return process

    def kill(self) -> None:
        """Whatever still runs when a test ends."""
        for process in self.running:
            process.kill()
            process.join(5)

    async def stop(self, process: BaseProcess) -> None:
        await self._end(process)
        assert process.exitcode == 0, self.log()

    async def _end(self, process: BaseProcess) -> None:
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGTERM)
        await _joined(process)

    def log(self) -> str:
        place = self.folder / "bot.log"
        return place.read_text(encoding="utf-8")[-4000:] if place.exists() else ""

    # -- playing ------------------------------------------------------------------------------

    async def play(self, step: Step) -> Ending:
        """The step in peace."""
        process = self.start()
        updates = self.sandbox.telegram.world.next_update_id
        await step.deed(self.cast)
        assert self.sandbox.telegram.world.next_update_id > updates
        await self.settled(process)
        commits = await self._commits()
        await self.stop(process)
        ending = await self.ending()
        ending.commits = commits
        return ending

    async def play_with_crash(self, step: Step, crash: str, *, again: bool = False) -> Ending:
        """The step with a crash point, then a restart; `again`: the tap comes once more."""
        process = self.start(crash)
        tap = await step.deed(self.cast)
        await self._died_or_settled(process)
        # after its last commit a step looks settled a moment before the process is gone
        await self._end(process)
        assert process.exitcode in (0, EXIT_CODE), self.log()
        if again:
            assert isinstance(tap, dict)
            await self.client.do("press_again", callback_id=tap["callback_id"])
        began = time.monotonic()
        process = self.start()
        await self.settled(process)
        seconds = time.monotonic() - began
        await self.stop(process)
        ending = await self.ending()
        ending.seconds = seconds
        return ending

    async def settled(self, process: BaseProcess) -> None:
        """The bot lives; every update of the sandbox has ended, and so has every notice."""
        assert not await self._died_or_settled(process), f"the bot died: {self.log()}"

    async def _died_or_settled(self, process: BaseProcess) -> bool:
        """Wait for one of the two; whether it died (of its crash point, nothing else)."""
        database = Database(self.url, pool_size=1)
        deadline = time.monotonic() + PATIENCE_S
        try:
            while time.monotonic() < deadline:
                if not process.is_alive():
                    await _joined(process)
                    assert process.exitcode == EXIT_CODE, self.log()
                    return True
                if await self._is_settled(database) and await self._listens():
                    return False
                await _moment()
        finally:
            await database.close()
        raise AssertionError(f"not settled: {await self.ending()}\n{self.log()}")

    async def _is_settled(self, database: Database) -> bool:
        world = self.sandbox.telegram.world
        sent = world.next_update_id - 1
        waiting = len(world.updates) + len(world.again)
        newest, open_rows, pending = await counts(database)
        return newest >= sent and open_rows == 0 and pending == 0 and waiting == 0

    async def _listens(self) -> bool:
        """A process that has just been forked would die of SIGTERM without a word."""
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True

    async def ending(self) -> Ending:
        database = Database(self.url, pool_size=1)
        try:
            return Ending(
                story=await story_of(database),
                dialogues=await open_dialogues(database, Cipher.from_text(DATA_KEY)),
                screens={
                    "parent": _shown(await self.cast.parent.view()),
                    "moderator": _shown(await self.cast.moderator.view()),
                },
            )
        finally:
            await database.close()

    async def _commits(self) -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{self.port}/metrics") as response,
        ):
            for line in (await response.text()).splitlines():
                if line.startswith("kruzhok_commits "):
                    return int(float(line.split()[1]))
        raise LookupError("kruzhok_commits")


@asynccontextmanager
async def open_stage(mode: Mode, folder: Path, url: str) -> AsyncIterator[Stage]:
    """A district with clubs, a parent and a moderator in a fresh sandbox; no bot runs yet."""
    sandbox = Sandbox(limits=Limits(on=False), webhook_retry_scale=0.02)
    await sandbox.start()
    port = _free_port()
    shift = BEGINNING.timestamp() - time.time()
    plan = BotPlan(
        database_url=url, telegram_url=sandbox.url, port=port, webhook=False, shift_s=shift, log=""
    )
    app = build_app(plan.settings(), database_url=url, clock=ShiftedClock(shift))
    async with SandboxClient(sandbox.url) as client:
        await found(app, sandbox, client)
        invitation = await app.services.staff.invite(
            Role.HEAD, "krylovsky", None, bot_username="kruzhok_demo_bot"
        )
        code = await app.services.bound_chats.make_code(ChatPurpose.MODERATION, "krylovsky")
        await app.database.close()
        await app.bot.session.close()
        moderator = await client.user("Анна")
        cast = Cast(
            parent=await client.user("Мария"),
            moderator=moderator,
            group=await client.group("МОЦ", moderator, forum=True),
            invitation=invitation.code,
            chat_code=code.code,
        )
        stage = Stage(
            mode=mode,
            kind="sqlite" if url.startswith("sqlite") else "postgresql",
            folder=folder,
            sandbox=sandbox,
            client=client,
            port=port,
            cast=cast,
            url=url,
            shift_s=shift,
        )
        try:
            yield stage
        finally:
            stage.kill()
    await sandbox.stop()
    assert sandbox.unsupported == []


def _shown(view: View) -> str:
    """What the chat shows last, without numbers that differ from run to run."""
    if not view.from_bot:
        return ""
    return "".join("#" if letter.isdigit() else letter for letter in text_of(view.last))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _copy_sqlite(source: str, target: str) -> None:
    for part in (target, f"{target}-wal", f"{target}-shm"):
        Path(part).unlink(missing_ok=True)
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
    old.close()
    new.close()


def _file_of(url: str) -> str:
    return url.partition("///")[2]


def _name_of(url: str) -> str:
    return url.rpartition("/")[2]


async def _joined(process: BaseProcess) -> None:
    await asyncio.get_running_loop().run_in_executor(None, process.join, PATIENCE_S)


async def _moment() -> None:
    await asyncio.sleep(0.02)
