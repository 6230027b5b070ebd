"""The page's addresses: ``/`` the page, ``/page/scene`` its living parts, ``/page/do/…`` deeds.

A deed asked for by htmx answers 204 and tells the page to look again; asked for by a plain form it
answers 303 to the page itself. What cannot be done answers 422 with the reason.
"""

import hashlib
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from aiohttp import web
from jinja2 import ChainableUndefined, Environment, FileSystemLoader

from bot.sandbox.methods.media import image_size
from bot.sandbox.page.deeds import Deeds, File, Form
from bot.sandbox.page.guard import add_guard
from bot.sandbox.page.scene import Look, scene_of
from bot.sandbox.presence import Impossible

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# What a browser may show in place; everything else is only saved.
PLAYED = ("audio/ogg", "audio/mpeg", "audio/mp4", "video/mp4", "video/webm")
PICTURES = {b"\x89PNG": "image/png", b"GIF8": "image/gif", b"\xff\xd8": "image/jpeg"}


def add_page(app: web.Application, sandbox: "Sandbox") -> None:
    """Serve the chat page, and guard the whole application against other sites."""
    page = Page(sandbox)
    add_guard(app)
    app.router.add_get("/", page.whole)
    app.router.add_get("/page/scene", page.living)
    app.router.add_post("/page/do/{deed}", page.do)
    app.router.add_get("/page/files/{file_id}", page.file)
    app.router.add_static("/page/static", STATIC)


def address(look: Look) -> str:
    """The address of a look, relative to the sandbox."""
    given = {"as": look.person_id, "chat": look.chat_id, "topic": look.topic}
    query = urlencode({name: value for name, value in given.items() if value is not None})
    return f"/?{query}" if query else "/"


class Page:
    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox
        self.deeds = Deeds(sandbox.people)
        self.templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            # Anything may be injected as a message; what it lacks is shown as nothing.
            undefined=ChainableUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters["mark"] = mark
        self.templates.globals["address"] = lambda **look: address(Look(**look))
        self.templates.globals["pictured"] = self._pictured
        self.templates.globals["static"] = partial(_static, _version())

    async def whole(self, request: web.Request) -> web.StreamResponse:
        return self._page("page.html", request)

    async def living(self, request: web.Request) -> web.StreamResponse:
        """The parts that change, for htmx to morph into the page."""
        return self._page("living.html", request)

    def _page(self, template: str, request: web.Request) -> web.StreamResponse:
        telegram = self.sandbox.telegram
        scene = scene_of(telegram, _look(dict(request.query)))
        today = datetime.fromtimestamp(telegram.now(), tz=UTC).astimezone()
        page = self.templates.get_template(template)
        text = page.render(scene=scene, today=today.date())
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def do(self, request: web.Request) -> web.StreamResponse:
        form = await _form(request)
        try:
            look = self.deeds.do(request.match_info["deed"], form)
        except (Impossible, LookupError, TypeError, ValueError) as error:
            return web.Response(status=422, text=str(error))
        if "HX-Request" not in request.headers:
            raise web.HTTPSeeOther(address(look))
        if (look.person_id, look.chat_id) != (form.look.person_id, form.look.chat_id):
            return web.Response(status=204, headers={"HX-Redirect": address(look)})
        return web.Response(status=204, headers={"HX-Trigger": "scene-changed"})

    def _pictured(self, file_id: str) -> bool:
        file = self.sandbox.telegram.world.files.get(file_id)
        return file is not None and bool(_picture(file.content))

    async def file(self, request: web.Request) -> web.StreamResponse:
        file = self.sandbox.telegram.world.files.get(request.match_info["file_id"])
        if file is None:
            return web.Response(status=404)
        shown = _picture(file.content) or (file.mime if file.mime in PLAYED else "")
        headers = {"Cache-Control": "private, max-age=3600"}
        if not shown:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        kind = shown or "application/octet-stream"
        return web.Response(body=file.content, content_type=kind, headers=headers)


def mark(html: str) -> str:
    """A short mark of a rendered message: the browser leaves alone what has not changed."""
    return hashlib.blake2s(html.encode(), digest_size=6).hexdigest()


def _static(version: str, name: str) -> str:
    return f"/page/static/{name}?v={version}"


def _version() -> str:
    return mark("".join(str(path.stat().st_mtime_ns) for path in sorted(STATIC.iterdir())))


def _picture(content: bytes) -> str:
    if image_size(content) is None:
        return ""
    found = (mime for start, mime in PICTURES.items() if content.startswith(start))
    return next(found, "image/webp")


def _look(fields: dict[str, str]) -> Look:
    numbers = {name: _number(fields.get(name, "")) for name in ("as", "chat", "topic")}
    return Look(person_id=numbers["as"], chat_id=numbers["chat"], topic=numbers["topic"])


def _number(value: str) -> int | None:
    try:
        return int(value)
    except ValueError:
        return None


async def _form(request: web.Request) -> Form:
    fields: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    files: list[File] = []
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            content = value.file.read()
            if content:
                files.append(File(name=value.filename, mime=value.content_type, content=content))
        elif isinstance(value, str):
            fields[name] = value
            lists.setdefault(name, []).append(value)
    return Form(look=_look(fields), fields=fields, lists=lists, files=tuple(files))
