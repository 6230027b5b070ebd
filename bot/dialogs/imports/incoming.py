"""Files people send, for as long as they are looked at: a folder of their own beside the database.

Nothing is kept between two looks: Telegram keeps the file and gives it again. What a process that
died left in the folder goes at the next start.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import mkdtemp

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiohttp import ClientError

GREATEST_DOWNLOAD = 20 * 1024 * 1024
"""Bytes a bot may fetch of one file: getFile refuses more."""
_TRIES = 2
_PRIVATE = 0o700


class DownloadFailed(Exception):
    """Telegram does not give the file (any more)."""


class Incoming:
    """`folder` belongs to one instance of the bot."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @asynccontextmanager
    async def file(self, bot: Bot, file_id: str) -> AsyncIterator[Path]:
        """The file, gone again when the block ends. Raises DownloadFailed."""
        place = await asyncio.to_thread(self._make_room)
        try:
            path = place / "sent"
            await _fetch(bot, file_id, path)
            yield path
        finally:
            await asyncio.to_thread(shutil.rmtree, place, ignore_errors=True)

    def tidy(self) -> None:
        """At the start: what lies here belongs to nobody."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _make_room(self) -> Path:
        self._folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        return Path(mkdtemp(dir=self._folder))


async def _fetch(bot: Bot, file_id: str, path: Path) -> None:
    try:
        file = await bot.get_file(file_id)
    except TelegramBadRequest:
        raise DownloadFailed from None
    if file.file_path is None:
        raise DownloadFailed
    for tries_left in reversed(range(_TRIES)):
        try:
            await bot.download_file(file.file_path, destination=path)
            return
        except (ClientError, TimeoutError):  # their words hold the address, and that the token
            if not tries_left:
                raise DownloadFailed from None
