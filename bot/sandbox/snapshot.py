"""The world as bytes and back: compressed JSON, so that it can be kept and sent."""

import base64
import dataclasses
import json
import types
import typing
import zlib
from typing import Any

from bot.sandbox.world import World


def save(world: World) -> bytes:
    document = json.dumps(dataclasses.asdict(world), default=_bytes, ensure_ascii=False)
    return zlib.compress(document.encode("utf-8", "surrogatepass"), 1)


def _bytes(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} has no place in a snapshot")


def load(snapshot: bytes) -> World:
    """Raises zlib.error or ValueError for what is no snapshot."""
    document = json.loads(zlib.decompress(snapshot).decode("utf-8", "surrogatepass"))
    world = _build(World, document)
    if not isinstance(world, World):
        raise ValueError("no world in the snapshot")
    return world


def _build(kind: Any, value: Any) -> Any:
    """``value`` as what the annotation says: JSON has no whole-number keys and no bytes."""
    if value is None:
        return None
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        inner = [option for option in typing.get_args(kind) if option is not type(None)]
        return _build(inner[0], value)
    if kind is bytes:
        return base64.b64decode(value)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        return kind(**{name: _build(hints[name], item) for name, item in value.items()})
    if origin is dict:
        key, item_kind = typing.get_args(kind)
        return {key(name): _build(item_kind, item) for name, item in value.items()}
    if origin is list:
        return [_build(typing.get_args(kind)[0], item) for item in value]
    return value
