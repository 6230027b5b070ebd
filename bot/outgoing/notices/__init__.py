"""Notices: how each kind in the outbox becomes a request to Telegram, at the moment of sending.

A renderer reads the present state by ids and returns an `Operation`, or None when there is
nothing to say any more. Modules of this package register theirs with `@notice("kind")`;
`load_notices()` imports them all.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from aiogram.methods import TelegramMethod

from bot.services import Services
from core.db.engine import Tx
from core.i18n import Speech


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Where it goes: a private chat of a person, or a bound chat."""

    chat_id: int
    person_id: int | None = None
    bound_chat_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Order:
    """One outbox row, opened. `params` holds ids and codes put in by the use case."""

    kind: str
    entity: str
    entity_id: int
    version: int
    params: Mapping[str, Any] = field(default_factory=dict)
    recipient: Recipient
    services: Services
    speech: Speech
    bot_username: str
    now: datetime

    @property
    def today(self) -> date:
        """The day where the recipient lives."""
        return self.now.astimezone(self.speech.zone).date()


After = Callable[[Tx, Any], Awaitable[None]]
"""Runs in the write that settles the row, with Telegram's result (a Message, a ForumTopic)."""
Mend = Callable[[Tx], Awaitable[None]]
"""Runs in a write when Telegram refused with words of `mend_on`; then the row is tried again."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """A request and what follows it. `mend_on` are parts of Telegram's refusals, lower case."""

    method: TelegramMethod[Any]
    after: After | None = None
    mend_on: tuple[str, ...] = ()
    mend: Mend | None = None


Renderer = Callable[[Order], Awaitable[Operation | None]]

RENDERERS: dict[str, Renderer] = {}


class UnknownNotice(LookupError):
    """No renderer of this kind: a mistake of ours."""


def notice(kind: str) -> Callable[[Renderer], Renderer]:
    """Register the renderer of a kind."""

    def register(renderer: Renderer) -> Renderer:
        if kind in RENDERERS:
            raise ValueError(f"two renderers of {kind}")
        RENDERERS[kind] = renderer
        return renderer

    return register


def load_notices() -> None:
    """Import every module of this package, so that each registers its renderers."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


async def render(order: Order) -> Operation | None:
    """Raises UnknownNotice."""
    renderer = RENDERERS.get(order.kind)
    if renderer is None:
        raise UnknownNotice(order.kind)
    return await renderer(order)
