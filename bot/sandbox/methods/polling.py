"""getUpdates and the webhook's settings: who gets the updates, and who is told off.

One poller at a time: a new long poll ends the older one with 409; no polling while a webhook is
set; a webhook being set ends the poll.
"""

import asyncio
import re
from urllib.parse import urlsplit

from bot.sandbox.methods.registry import method
from bot.sandbox.poller import Polling
from bot.sandbox.refusals import bad_request, conflict, too_many
from bot.sandbox.telegram import Call, Telegram
from bot.sandbox.world import Fields, Webhook

SECRET = re.compile(r"^[A-Za-z0-9_-]*$")
SECRET_LENGTH = 256
OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
LOCAL = ("127.0.0.1", "localhost", "::1")


def read_allowed_updates(call: Call) -> None:
    """An empty list means the default kinds; not given means «as before»."""
    if not call.params.has("allowed_updates"):
        return
    value = call.params.json("allowed_updates", "can't parse allowed updates")
    if not isinstance(value, list):
        raise bad_request("can't parse allowed updates: expected an Array of String")
    call.world.allowed_updates = [str(kind) for kind in value]


@method("getUpdates")
async def get_updates(call: Call) -> list[Fields]:
    telegram, params = call.telegram, call.params
    if call.world.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    read_allowed_updates(call)
    polling = telegram.polling
    offset = params.integer("offset")
    limit = min(max(params.integer("limit", 100), 1), 100)
    seconds = min(max(float(params.integer("timeout")), 0.0), telegram.limits.poll_seconds)
    loop = asyncio.get_running_loop()
    if offset == polling.last_offset:
        # A poller that asks the same again at once is slowed down and gets one update.
        hurried = telegram.limits.hurried_poll_seconds
        if loop.time() < polling.last_start + hurried:
            seconds = max(seconds, hurried)
        if loop.time() < polling.last_start + hurried / 6:
            limit = 1
    polling.last_offset, polling.last_start = offset, loop.time()
    if offset < 0:
        telegram.updates.keep_last(-offset)
    elif offset > 0:
        telegram.updates.confirm(offset)
    telegram.updates.expire(telegram.now())
    found = telegram.updates.batch(limit)
    if not found and seconds > 0:
        await _wait(telegram, polling, seconds)
        telegram.updates.expire(telegram.now())
        found = telegram.updates.batch(limit)
    return [update.json() for update in found]


async def _wait(telegram: Telegram, polling: Polling, seconds: float) -> None:
    """Hang until an update comes; raises the conflict another poller or webhook causes."""
    polling.end_waiting(conflict(OTHER_POLLER))
    ended = polling.hang()
    came = asyncio.ensure_future(telegram.updates.came.wait())
    try:
        await asyncio.wait((ended, came), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            ended.result()
    finally:
        came.cancel()
        polling.done(ended)


def check_webhook_url(url: str) -> None:
    parts = urlsplit(url)
    local = parts.hostname in LOCAL
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.scheme != "https" and not local:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not local and (parts.port or 443) not in (80, 88, 443, 8443):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


@method("setWebhook")
async def set_webhook(call: Call) -> bool:
    telegram, params = call.telegram, call.params
    url = params.text("url")
    if not url:
        return remove_webhook(call)
    polling = telegram.polling
    if telegram.now() < polling.webhook_allowed_at:
        raise too_many(1)
    polling.webhook_allowed_at = telegram.now() + telegram.limits.set_webhook_every
    check_webhook_url(url)
    secret = params.text("secret_token")
    if len(secret) > SECRET_LENGTH:
        raise bad_request("secret token is too long")
    if not SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    read_allowed_updates(call)
    polling.end_waiting(conflict("terminated by setWebhook request"))
    if params.flag("drop_pending_updates"):
        telegram.updates.drop()
    call.world.webhook = Webhook(
        url=url,
        secret_token=secret,
        max_connections=min(max(params.integer("max_connections", 40), 1), 100),
        ip_address=params.text("ip_address") or None,
        set_at=telegram.now(),
    )
    telegram.updates.wake()
    return True


@method("deleteWebhook")
async def delete_webhook(call: Call) -> bool:
    return remove_webhook(call)


def remove_webhook(call: Call) -> bool:
    if call.params.flag("drop_pending_updates"):
        call.telegram.updates.drop()
    call.world.webhook = Webhook()
    call.telegram.updates.wake()
    return True


@method("getWebhookInfo")
async def get_webhook_info(call: Call) -> Fields:
    webhook = call.world.webhook
    call.telegram.updates.expire(call.telegram.now())
    info: Fields = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(call.world.updates),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
        info["ip_address"] = webhook.ip_address or "127.0.0.1"
    if webhook.last_error_date is not None:
        info["last_error_date"] = webhook.last_error_date
        info["last_error_message"] = webhook.last_error_message
    if call.world.allowed_updates:
        info["allowed_updates"] = call.world.allowed_updates
    return info
