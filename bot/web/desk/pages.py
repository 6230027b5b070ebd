"""Templates of the desk filled in: every word by `say`, every value escaped."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.views.details import snils_on_paper
from core.i18n import Speech, Texts

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"
_KIND = "<!doctype html>\n"
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Pages:
    def __init__(self, texts: Texts, locale: str) -> None:
        self._texts = texts
        self._locale = locale
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._static = {
            place.name: place.read_bytes()
            for place in sorted(_STATIC.iterdir())
            if place.suffix in _KINDS
        }
        mark = hashlib.blake2s(b"".join(self._static.values()), digest_size=6).hexdigest()
        self._templates.globals["snils"] = snils_on_paper
        self._templates.globals["static"] = lambda name: f"/desk/static/{name}?v={mark}"

    def speech(self, locale: str, zone: str) -> Speech:
        return self._texts.speak(locale, zone)

    def show(
        self, template: str, speech: Speech, *, status: int = 200, **data: Any
    ) -> web.Response:
        """A page; `data` are what the template asks for."""
        page = self._templates.get_template(template)
        say = speech.say_plain
        text = page.render(
            say=say,
            speech=speech,
            tab_words=lambda name: say(f"desk-tab-{name}"),
            one_words=lambda name: say(f"desk-one-{name}"),
            show_words=lambda name: say(f"desk-show-{name}"),
            file_words=lambda name: say(f"desk-file-{name}"),
            **data,
        )
        return web.Response(text=_KIND + text, content_type="text/html", status=status)

    def told(self, key: str, *, status: int) -> web.Response:
        """A page that only says `key`, in the language of the house."""
        speech = self._texts.speak(self._locale)
        return self.show("told.j2", speech, status=status, text=speech.say_plain(key))

    async def static(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        body = self._static.get(name)
        if body is None:
            return web.Response(status=404)
        kind = _KINDS[Path(name).suffix]
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400"}
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=headers)
