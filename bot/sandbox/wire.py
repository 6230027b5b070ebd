"""What a request asks: method, parameters and files out of any form Telegram takes.

GET and POST; query string, urlencoded, JSON, multipart. Parameters become text whatever their form
(nested JSON stays JSON text), because Telegram reads them so.
"""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.refusals import Refusal, bad_request

NUMBERS = ("message_id", "message_thread_id", "offset", "limit", "timeout")


@dataclass(frozen=True, kw_only=True)
class Upload:
    name: str
    mime: str
    content: bytes


class Params:
    """Parameters of one request; every reader forgives what Telegram forgives."""

    def __init__(self, values: dict[str, str], files: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def has(self, name: str) -> bool:
        return name in self.values

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def json(self, name: str, complaint: str) -> Any:
        """The decoded value, None when absent; refuses with ``complaint`` what is no JSON."""
        source = self.text(name)
        if not source:
            return None
        try:
            return json.loads(source)
        except ValueError:
            raise bad_request(complaint) from None

    def readable(self) -> dict[str, Any]:
        """For the journal: JSON decoded, numbers as numbers, files as their names."""
        shown: dict[str, Any] = {}
        for name, value in self.values.items():
            shown[name] = value
            if value[:1] in ("{", "["):
                try:
                    shown[name] = json.loads(value)
                except ValueError:
                    continue
            elif name in NUMBERS or name.endswith("chat_id") or name == "user_id":
                shown[name] = int(value) if value.lstrip("-").isdigit() else value
        for name, upload in self.files.items():
            shown[name] = f"<{upload.name}, {len(upload.content)} bytes>"
        return shown


def from_json(document: dict[str, Any]) -> Params:
    """Parameters of a JSON body (or of a method call in a webhook's answer)."""
    return Params({name: _text(value) for name, value in document.items() if value is not None})


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


async def read_params(request: web.Request, upload_limit: int) -> Params:
    """All parameters of a request; 413 for more than ``upload_limit`` bytes."""
    if (request.content_length or 0) > upload_limit:
        # The rest of the body is left unread: the connection cannot be used again.
        raise Refusal(413, "Request Entity Too Large")
    values = dict(request.query)
    if request.method == "GET":
        return Params(values)
    kind = request.content_type
    if kind == "application/json":
        return _with(values, await _json_body(request))
    if kind == "application/x-www-form-urlencoded":
        form = await request.post()
        values.update({name: str(value) for name, value in form.items()})
        return Params(values)
    if kind == "multipart/form-data":
        return await _multipart(request, values, upload_limit)
    return Params(values)


async def _json_body(request: web.Request) -> Params:
    body = await request.read()
    try:
        document = json.loads(body) if body else {}
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(document, dict):
        raise bad_request("object expected")
    return from_json(document)


def _with(values: dict[str, str], params: Params) -> Params:
    return Params({**values, **params.values}, params.files)


async def _multipart(request: web.Request, values: dict[str, str], limit: int) -> Params:
    files: dict[str, Upload] = {}
    total = 0
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        content = bytes(await part.read(decode=True))
        total += len(content)
        if total > limit:
            raise Refusal(413, "Request Entity Too Large")
        if part.filename is None:
            values[part.name] = content.decode("utf-8", "replace")
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            files[part.name] = Upload(name=part.filename, mime=mime, content=content)
    return Params(values, files)
