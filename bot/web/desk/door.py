"""The door of the desk: what every page passes before it is made and before it is sent.

Inside are those with a session cookie that holds; a form needs the session's own token too, and
never comes from another site. Foreign and absent things, and things the right does not reach, look
the same. Nothing of a failure is shown or logged but its kind.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from urllib.parse import parse_qsl

from aiohttp import web

from bot.logs import log
from bot.services import Services
from bot.settings import Settings
from bot.web.desk.pages import Pages
from core.db.engine import DatabaseAway
from core.domain.desk import DeskClosed, DeskLinkInvalid, DeskTriesSpent
from core.domain.refusals import NotAllowed, NotFound
from core.i18n import Speech
from core.services.desk.entrances import Visit

COOKIE = "desk"
HOME = "/desk"
LARGEST_FORM = 64 * 1024
HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": "; ".join(
            (
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
            )
        ),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
)
_OWN = frozenset({"same-origin", "none"})  # of Sec-Fetch-Site; «none»: typed, or a bookmark


class FormRefused(Exception):
    """Too long, unreadable, from another site, or without the session's token."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """The fields of a form; of a repeated one all values, in order."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The first value, or nothing."""
        return next(iter(self.values.get(name, ())), "")

    def number(self, name: str) -> int:
        """Raises NotFound for what is no number: a forged form names nothing."""
        return read_number(self.one(name))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request of somebody who is inside."""

    request: web.Request
    visit: Visit
    speech: Speech
    csrf: str
    form: Form

    def number(self, name: str) -> int:
        """A number of the address. Raises NotFound."""
        return read_number(self.request.match_info[name])


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Inner = Callable[[Asked], Awaitable[web.StreamResponse]]
Outer = Callable[[web.Request, Form], Awaitable[web.StreamResponse]]


class Door:
    def __init__(self, services: Services, settings: Settings, pages: Pages) -> None:
        self._services = services
        self._settings = settings
        self._pages = pages

    def outside(self, page: Outer) -> Handler:
        """A page for everybody."""

        async def handle(request: web.Request) -> web.StreamResponse:
            return await page(request, await _form(request))

        return self._guarded(handle)

    def inside(self, page: Inner) -> Handler:
        """A page for those who are in."""

        async def handle(request: web.Request) -> web.StreamResponse:
            form = await _form(request)
            token = request.cookies.get(COOKIE, "")
            visit = await self._services.desk.entrances.visit(token)
            csrf = csrf_of(token)
            if request.method == "POST" and not hmac.compare_digest(
                form.one("csrf").encode(), csrf.encode()
            ):
                raise FormRefused
            speech = self._pages.speech(visit.actor.locale, visit.timezone)
            asked = Asked(request=request, visit=visit, speech=speech, csrf=csrf, form=form)
            return await page(asked)

        return self._guarded(handle)

    def _guarded(self, handle: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if self._settings.personal_flows != "on":
                response: web.StreamResponse = self._pages.told("desk-told-off", status=503)
            else:
                response = await self._answer(handle, request)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return guarded

    async def _answer(self, handle: Handler, request: web.Request) -> web.StreamResponse:
        try:
            return await handle(request)
        except DeskClosed as refusal:
            closed = self._pages.told(f"refusal-{refusal.code}", status=401)
            closed.del_cookie(COOKIE, path=HOME)
            return closed
        except DeskLinkInvalid as refusal:
            return self._pages.told(f"refusal-{refusal.code}", status=403)
        except DeskTriesSpent as refusal:
            return self._pages.told(f"refusal-{refusal.code}", status=429)
        except (NotFound, NotAllowed):
            return self._pages.told("desk-told-nothing", status=404)
        except FormRefused:
            return self._pages.told("desk-told-form", status=403)
        except DatabaseAway:
            return self._pages.told("desk-told-away", status=503)
        except Exception as error:
            log.error("a page of the desk failed", why=type(error).__name__)
            return self._pages.told("desk-told-failed", status=500)


def csrf_of(token: str) -> str:
    """The token of a session's forms: known to its pages, never kept, tells nothing of the
    cookie."""
    return sha256(f"desk-form:{token}".encode()).hexdigest()


def read_number(text: str) -> int:
    """Raises NotFound."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise NotFound()
    return int(text)


def see(address: str) -> web.Response:
    """Go there and look: what answers a form."""
    return web.Response(status=303, headers={"Location": address})


async def _form(request: web.Request) -> Form:
    """Raises FormRefused."""
    if request.method != "POST":
        return Form()
    if not _from_here(request):
        raise FormRefused
    body = await request.content.read(-1) if _short(request) else b""
    if not body or len(body) > LARGEST_FORM:
        raise FormRefused
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise FormRefused from error
    values: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        values[name] = (*values.get(name, ()), value.replace("\0", ""))
    return Form(values=values)


def _short(request: web.Request) -> bool:
    return request.content_length is not None and request.content_length <= LARGEST_FORM


def _from_here(request: web.Request) -> bool:
    """Browsers say where a form comes from; with no-referrer the Origin of our own is «null»."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _OWN
    origin = request.headers.get("Origin", "null")
    return origin == "null" or origin.partition("://")[2] == request.host
