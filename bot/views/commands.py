"""Menus of commands: parents in private, staff in private by their rights, everybody in groups."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from aiogram.types import BotCommand

from core.domain.staff import MODERATORS, Right
from core.i18n import Speech

COMMANDS = ("start", "menu", "help", "settings", "mydata", "delete")
GROUP_COMMANDS = ("help",)
STAFF_COMMANDS = ("staff", *COMMANDS)
MODERATOR_COMMANDS = ("staff", "desk", "knowledge", "search_words", *COMMANDS)


def commands_of(names: Iterable[str], speech: Speech) -> list[BotCommand]:
    """The menu in a person's language."""
    return [
        BotCommand(command=name, description=speech.say_plain(f"command-{name.replace('_', '-')}"))
        for name in names
    ]


def staff_commands(rights: Iterable[Right], speech: Speech) -> list[BotCommand]:
    """What the rights of the moment allow; empty for those who hold none."""
    roles = {right.role for right in rights}
    if not roles:
        return []
    return commands_of(MODERATOR_COMMANDS if roles & MODERATORS else STAFF_COMMANDS, speech)


def menu_version() -> int:
    """A number that changes with the menus: staff get theirs anew once after such a change."""
    return crc32(" ".join((*STAFF_COMMANDS, *MODERATOR_COMMANDS)).encode())
