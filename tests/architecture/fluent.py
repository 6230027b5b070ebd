"""What the texts hold: keys of each language, and the parameters each text asks for."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser, ast

from tests.architecture.sources import ROOT

LOCALES = ROOT / "locales"


@cache
def languages() -> list[str]:
    return sorted(place.name for place in LOCALES.iterdir() if place.is_dir())


@cache
def files(language: str) -> dict[Path, ast.Resource]:
    return {
        place: FluentParser().parse(place.read_text(encoding="utf-8"))
        for place in sorted((LOCALES / language).glob("*.ftl"))
    }


def junk(language: str) -> list[str]:
    """Lines that Fluent cannot read: it passes over them in silence."""
    return [
        f"{place.name}: {entry.content!r}"
        for place, resource in files(language).items()
        for entry in resource.body
        if isinstance(entry, ast.Junk)
    ]


@cache
def homes(language: str) -> dict[str, list[str]]:
    """Each key with the files that define it."""
    found: dict[str, list[str]] = defaultdict(list)
    for place, resource in files(language).items():
        for entry in resource.body:
            if isinstance(entry, ast.Message):
                found[entry.id.name].append(place.name)
    return dict(found)


@cache
def messages(language: str) -> dict[str, ast.Message]:
    return {
        entry.id.name: entry
        for resource in files(language).values()
        for entry in resource.body
        if isinstance(entry, ast.Message)
    }


@cache
def parameters(key: str, language: str = "ru") -> frozenset[str]:
    """Names of the parameters that the text may ask for."""
    return frozenset(
        node.id.name
        for node in _nodes(messages(language)[key])
        if isinstance(node, ast.VariableReference)
    )


def texts(key: str, language: str = "ru") -> list[str]:
    """Every piece of words of a message, of all its variants."""
    return [
        str(node.value)
        for node in _nodes(messages(language)[key])
        if isinstance(node, ast.TextElement)
    ]


def _nodes(node: Any) -> list[Any]:
    found: list[Any] = []
    queue = [node]
    while queue:
        here = queue.pop()
        if isinstance(here, list):
            queue += here
        elif isinstance(here, ast.BaseNode):
            found.append(here)
            queue += vars(here).values()
    return found
