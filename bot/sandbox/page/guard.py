"""Who may talk to the sandbox: this machine, and in a browser only the sandbox's own page.

The page acts as anybody, so a web page of a stranger, open in the same browser, must reach neither
it nor the Bot API beside it: not by a form or an image (Origin, Sec-Fetch-Site), not by a name of
its own that points here (Host), not by a frame (Content-Security-Policy). Programs send none of
these headers and are let through.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
OWN_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
FOREIGN_SITES = frozenset({"cross-site", "same-site"})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # «no-referrer» would make browsers send Origin: null with our own forms.
    "Referrer-Policy": "same-origin",
    # What people sent is never a page of ours; the chat page names its own policy.
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
}


def add_guard(app: web.Application) -> None:
    app.middlewares.append(only_from_here)
    app.on_response_prepare.append(add_headers)


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses other hosts and other sites with 403."""
    if not names_this_machine(request.host):
        raise web.HTTPForbidden(text="this host name is not served\n")
    if comes_from_elsewhere(request):
        raise web.HTTPForbidden(text="requests of other sites are not served\n")
    return await handler(request)


def names_this_machine(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in OWN_NAMES
    except ValueError:
        return False


def comes_from_elsewhere(request: web.Request) -> bool:
    """Whether a browser says that another site asks; a plain link to the page is welcome."""
    headers = request.headers
    origin = headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        return True
    if headers.get("Sec-Fetch-Site") not in FOREIGN_SITES:
        return False
    a_link = headers.get("Sec-Fetch-Mode") == "navigate" and request.method == "GET"
    return not (a_link and request.path == "/" and headers.get("Sec-Fetch-Dest") == "document")


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
