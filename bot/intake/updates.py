"""What an update is before anything parses it: its kind, its queue, who is behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from aiogram.types import Update

MEMBERSHIP: Final = "my_chat_member"
CHANNEL_POST: Final = "channel_post"
"""The one kind that names no person: a post is the channel's."""
KINDS: Final = (
    "message",
    "edited_message",
    CHANNEL_POST,
    "callback_query",
    "inline_query",
    MEMBERSHIP,
)
"""Kinds the bot asks for and handles."""

_KNOWN: Final = frozenset(Update.model_fields) - {"update_id"}
UNKNOWN: Final = "unknown"

LARGEST: Final = 1_000_000
"""Bytes of JSON above which an update is set aside unread: Telegram's own limits are far below."""

DEEPEST: Final = 100
"""Levels of nesting above which an update is set aside unread: the JSON of the standard library
recurses, and a row that can be written but not read again would hold up the whole inbox."""

_NUMBER = re.compile(rb'"update_id"\s*:\s*([0-9]{1,18})\b')


@dataclass(frozen=True, kw_only=True)
class RawUpdate:
    """An update as it came. `chat_id` and `user_id` are None where it has none."""

    update_id: int
    kind: str
    chat_id: int | None
    user_id: int | None
    is_private: bool
    payload: dict[str, Any]

    @property
    def queue(self) -> str:
        """Updates of one queue are handled one after another, in the order they came."""
        return f"{self.chat_id}:{self.user_id}"

    @property
    def is_ours(self) -> bool:
        return self.kind in KINDS

    @property
    def is_known(self) -> bool:
        """Whether Telegram's documentation has this kind, asked for or not."""
        return self.kind in _KNOWN

    @property
    def is_too_deep(self) -> bool:
        level: list[Any] = [self.payload]
        for _ in range(DEEPEST):
            level = [inner for value in level for inner in _inside(value)]
            if not level:
                return False
        return True


class NotAnUpdate(Exception):
    """The document has no whole `update_id`: it cannot even be set aside by number."""


class BrokenBody(Exception):
    """No JSON: cut on its way, or not Telegram's at all."""


class UnreadableBody(Exception):
    """JSON, but more than can be read: nested too deep, a number too long."""

    def __init__(self, body: bytes) -> None:
        super().__init__(str(len(body)))
        self._body = body

    def set_aside(self) -> RawUpdate | None:
        """The first update in it, by its number only, to be stored dead; None without a number."""
        number = _NUMBER.search(self._body)
        if number is None:
            return None
        return read_update(
            {"update_id": int(number[1]), "unreadable": self._body.decode("latin-1")}
        )


def read_update(document: Any) -> RawUpdate:
    """Look at the outside of an update only. Raises NotAnUpdate."""
    if not isinstance(document, dict):
        raise NotAnUpdate
    update_id = document.get("update_id")
    if isinstance(update_id, bool) or not isinstance(update_id, int) or abs(update_id) >= 2**62:
        raise NotAnUpdate
    kind = next((key for key in document if key in _KNOWN), UNKNOWN)
    body = _dict(document.get(kind))
    chat = _dict(body.get("chat")) or _dict(_dict(body.get("message")).get("chat"))
    return RawUpdate(
        update_id=update_id,
        kind=kind,
        chat_id=_number(chat.get("id")),
        user_id=_number(_dict(body.get("from")).get("id")),
        is_private=chat.get("type") == "private",
        payload=document,
    )


def read_body(body: bytes) -> Any:
    """The JSON of an answer or a request. Raises BrokenBody, UnreadableBody."""
    try:
        return json.loads(body)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BrokenBody from error
    except (ValueError, RecursionError) as error:
        raise UnreadableBody(body) from error


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _number(value: Any) -> int | None:
    """Whole and of 64 bits, as Telegram's are; any other would be an error of the database."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**63:
        return None
    return value
