"""Every line of refusals.toml over raw HTTP: the answer must be Telegram's to the letter."""

import json
import struct
import tomllib
import zlib
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.pictures import png
from bot.sandbox.server import Sandbox
from tests.telegram.arranged import Arranged

TABLE = tomllib.loads((Path(__file__).parent / "refusals.toml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = TABLE["case"]


def filled(value: Any, names: dict[str, Any]) -> Any:
    """A value of the table with its names and its «@repeat» replaced."""
    if isinstance(value, dict):
        return {key: filled(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, names) for item in value]
    if not isinstance(value, str):
        return value
    if value[:1] == "{" and value[1:-1] in names:
        return names[value[1:-1]]
    word, _, rest = value.partition(" ")
    match word:
        case "@repeat":
            times, _, text = rest.partition(" ")
            return text * int(times)
        case "@buttons":
            buttons = [{"text": "а", "callback_data": "а"}] * int(rest)
            return {"inline_keyboard": [buttons[i : i + 8] for i in range(0, len(buttons), 8)]}
        case "@album":
            return [{"type": "photo", "media": names["photo_file"]}] * int(rest)
        case "@numbers":
            count, _, start = rest.partition(" ")
            return list(range(int(start or 1), int(start or 1) + int(count)))
        case "@commands":
            return [{"command": f"c{i}", "description": "Команда"} for i in range(int(rest))]
    return value


def file_content(spec: str) -> bytes:
    kind, _, size = spec.partition(" ")
    if kind == "bytes":
        return b"x" * int(size)
    width, height = (int(side) for side in size.split("x"))
    if width * height < 10_000:
        return png(width, height)
    # Only the header says so: nobody needs the pixels.
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    checksum = struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + checksum


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


async def ask(
    session: aiohttp.ClientSession, url: str, case: dict[str, Any], params: dict[str, Any]
) -> tuple[aiohttp.ClientResponse, dict[str, Any]]:
    form = "multipart" if "files" in case else case.get("form", "json")
    texts = {name: as_text(value) for name, value in params.items()}
    if form == "get":
        request = session.get(url, params=texts)
    elif form == "urlencoded":
        request = session.post(url, data=texts)
    elif form == "multipart":
        parts = aiohttp.FormData(default_to_multipart=True)
        for name, text in texts.items():
            parts.add_field(name, text)
        for name, spec in case.get("files", {}).items():
            parts.add_field(name, file_content(spec), filename=f"{name}.bin")
        request = session.post(url, data=parts)
    else:
        request = session.post(url, json=params)
    async with request as response:
        return response, await response.json()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
async def test_the_answer_is_telegrams(case: dict[str, Any], sandbox: Sandbox) -> None:
    arranged = Arranged(sandbox)
    await arranged.build()
    await arranged.setup(case.get("setup", ""))
    path = case.get("path") or f"bot{sandbox.token}/{case['method']}"
    params = filled(case.get("params", {}), arranged.names)
    async with aiohttp.ClientSession(trust_env=False) as session:
        response, document = await ask(session, f"{sandbox.url}/{path}", case, params)
    assert response.status == case["status"], document
    if case["status"] == 200:
        assert document["ok"]
        result = document["result"]
        if "text" in case:
            assert result["text"] == case["text"]
        if "entities" in case:
            assert result.get("entities", []) == case["entities"]
        if "entity_count" in case:
            assert len(result["entities"]) == case["entity_count"]
        return
    parameters = filled(case.get("parameters", {}), arranged.names)
    assert document == {
        "ok": False,
        "error_code": case["status"],
        "description": case["description"],
        **({"parameters": parameters} if parameters else {}),
    }
    if "retry_after" in parameters:
        assert response.headers["Retry-After"] == str(parameters["retry_after"])


def test_names_are_said_once() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names))
