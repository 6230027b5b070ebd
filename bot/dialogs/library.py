"""Two habits of the dialog library that would hurt people, changed at the start.

Ids of open conversations are made of the second and a number below a hundred: two conversations
opened by one tap (a form and, above it, the consent it needs) get the same id once in a hundred
times, the upper one overwrites the lower, and the person ends at the menu with the answers lost.
Tried: 3 of 150 walks. Here they are random.

A text that ends in certain invisible characters is taken for a tap on a reply keyboard: pasted
names with zero-width joiners crash the update, and anybody may write a tap. We have no such
keyboards: a text is a text.
"""

from __future__ import annotations

import secrets

from aiogram_dialog.api.entities import stack
from aiogram_dialog.context import intent_middleware

LENGTH = 9
"""Random bytes of an id: twelve characters of callback data."""


def mend_library() -> None:
    """Once per process, before the first conversation; again is harmless."""
    stack.new_id = _long_id
    vars(intent_middleware)["split_reply_callback"] = _no_tap


def _long_id() -> str:
    return secrets.token_urlsafe(LENGTH)


def _no_tap(data: str | None) -> tuple[str | None, str | None]:
    return data, None
