"""The webhook: an update is committed, then answered 200. Nobody without the secret gets in."""

from __future__ import annotations

import hashlib
import hmac

from aiohttp import web

from bot.intake.inbox import Inbox
from bot.intake.updates import (
    BrokenBody,
    NotAnUpdate,
    RawUpdate,
    UnreadableBody,
    read_body,
    read_update,
)
from bot.metrics import UPDATES_ACCEPTED
from core.db.engine import DatabaseAway

PATH = "/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_BODY = 16 * 1024 * 1024


def secret_from(data_key: bytes) -> str:
    """The secret of this installation when none is set: the same for all its processes."""
    return hmac.new(data_key, b"kruzhok:webhook", hashlib.sha256).hexdigest()


class Webhook:
    """One route. `secret` is never empty: an empty one would let everybody in."""

    def __init__(self, inbox: Inbox, secret: str) -> None:
        if not secret:
            raise ValueError("a webhook needs a secret")
        self._inbox = inbox
        self._secret = secret.encode()

    def routes(self) -> list[web.RouteDef]:
        return [web.post(PATH, self._take)]

    async def _take(self, request: web.Request) -> web.Response:
        # bytes, since a header may hold anything; before the body, which may be huge
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        try:
            update = _update_in(await request.read())
        except (BrokenBody, NotAnUpdate):
            return web.Response(status=400)
        try:
            await self._inbox.accept([update])
        except DatabaseAway:
            return web.Response(status=503, headers={"Retry-After": "1"})
        UPDATES_ACCEPTED.labels(way="webhook").inc()
        return web.Response()


def _update_in(body: bytes) -> RawUpdate:
    """What cannot be read is set aside by its number: refused, it would come again for a day and
    hold up its chat. Raises BrokenBody, NotAnUpdate."""
    try:
        return read_update(read_body(body))
    except UnreadableBody as error:
        update = error.set_aside()
        if update is None:
            raise NotAnUpdate from error
        return update
