"""What every command stands on: settings, the database, the clock, words, and how errors end.

`--json` prints exactly one document to stdout, everything else goes to stderr. An error is one
clear line on stderr and exit code 1; a wrong call is exit code 2 (typer's own).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn, TypeVar

import typer
from pydantic import ValidationError

from bot.cli.endings import line_of, line_of_settings
from bot.logs import set_up_logs
from bot.settings import Settings, data_key_for
from core.cipher import Cipher
from core.clock import Chance, Clock, SystemChance, SystemClock
from core.db import migrate
from core.db.check import is_empty
from core.db.crash import CrashPoint
from core.db.data_key import check_data_key
from core.db.engine import Database
from core.domain.refusals import Refusal
from core.i18n import DEFAULT_LOCALE, Speech, Texts

Result = TypeVar("Result")


class SchemaBehind(Refusal):
    """The database is not at the newest migration."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """What a command works with."""

    settings: Settings
    database: Database
    clock: Clock
    chance: Chance

    async def cipher(self) -> Cipher:
        """With the key this database was begun with. Raises DataKeyMissing, DataKeyMalformed,
        WrongDataKey."""
        key = data_key_for(self.settings, self.settings.database())
        cipher = Cipher.from_text(key, self.chance)
        await check_data_key(self.database, cipher, self.clock.now())
        return cipher


@cache
def speech(locale: str = DEFAULT_LOCALE) -> Speech:
    return _texts().speak(locale)


@cache
def _texts() -> Texts:
    return Texts()


def told(key: str, **params: str | int) -> str:
    """The words of a key, in the language of the settings."""
    return speech(_settings().locale).say_plain(key, **params)


def helped(key: str) -> str:
    """The words of a help line; settings may be wrong while help is asked for."""
    return speech().say_plain(f"cli-help-{key}")


def say(key: str, **params: str | int) -> None:
    """A line for people, to stdout."""
    typer.echo(told(key, **params))


def note(line: str) -> None:
    """A line beside the answer, to stderr."""
    typer.echo(line, err=True)


def say_json(document: Any) -> None:
    """The one document of `--json`."""
    typer.echo(json.dumps(document, ensure_ascii=False))


def fail(line: str) -> NoReturn:
    note(line)
    raise typer.Exit(1)


def settings() -> Settings:
    """Ends the command when they are wrong."""
    try:
        found = _settings()
    except ValidationError as error:
        fail(line_of_settings(error, speech()))
    set_up_logs(found.log_level)
    return found


@cache
def _settings() -> Settings:
    return Settings()


def run(
    work: Callable[[Session], Awaitable[Result]],
    *,
    on_refusal: Callable[[str], None] | None = None,
) -> Result:
    """Do the work with a database at the newest migration (an empty one is brought there).

    `on_refusal` is told the words of a refusal before the command ends.
    """
    chosen = settings()

    async def inside() -> Result:
        session = _open(chosen)
        try:
            await _prepare(session.database)
            return await work(session)
        finally:
            await session.database.close()

    return ended_well(inside, on_refusal=on_refusal)


def run_bare(work: Callable[[Session], Awaitable[Result]]) -> Result:
    """The same without a look at the schema: for the commands that mend it."""
    chosen = settings()

    async def inside() -> Result:
        session = _open(chosen)
        try:
            return await work(session)
        finally:
            await session.database.close()

    return ended_well(inside)


def _open(chosen: Settings) -> Session:
    return Session(
        settings=chosen,
        database=Database(chosen.database(), crash=CrashPoint.from_environment()),
        clock=SystemClock(),
        chance=SystemChance(),
    )


async def _prepare(database: Database) -> None:
    if not await migrate.pending(database):
        return
    if not await is_empty(database):
        raise SchemaBehind()
    await migrate.upgrade(database)


def ended_well(
    inside: Callable[[], Awaitable[Result]],
    *,
    on_refusal: Callable[[str], None] | None = None,
    words: Callable[[Exception, Speech], str] = line_of,
) -> Result:
    """Run it to its end; an error becomes one line, in `words`, and exit code 1."""

    async def started() -> Result:
        return await inside()

    try:
        return asyncio.run(started())
    except typer.Exit:
        raise
    except Exception as error:
        line = words(error, speech(_settings().locale))
        if on_refusal is not None and isinstance(error, Refusal):
            on_refusal(line)
        fail(line)
