"""Rules of the code that no linter knows: words, time, tasks, handlers."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

from aiogram import Router

from bot.handlers import routers
from tests.architecture.sources import ROOT, calls, python_files, strings, tree, where

CYRILLIC = re.compile("[\u0400-\u04ff]")
NOW = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
CLOCKS = {Path("core/clock.py"), Path("bot/sandbox/clock.py")}
PAST_THE_INBOX = {"create_task", "ensure_future", "bg", "run_coroutine_threadsafe"}


def test_words_a_person_reads_are_not_in_the_code() -> None:
    found = [
        f"{where(place, node)} {text!r}"
        for place in python_files("bot", "core")
        for node, text in strings(tree(place))
        if CYRILLIC.search(text) and not (len(text) == 1 and _is_named(place, node))
    ]

    assert found == []


def _is_named(place: Path, node: ast.Constant) -> bool:
    """Comparing must fold yo into ye: one letter, named by its code, is no word."""
    lines = (ROOT / place).read_text(encoding="utf-8").splitlines()
    source = "".join(lines[node.lineno - 1 : node.end_lineno])
    return not CYRILLIC.search(source)


def test_only_the_clock_reads_the_time() -> None:
    found = [
        where(place, node)
        for place in python_files("bot", "core")
        if place not in CLOCKS
        for node in ast.walk(tree(place))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in NOW
    ]

    assert found == []


def test_handlers_and_dialogs_start_nothing_past_the_inbox() -> None:
    found = [
        f"{where(place, call)} {name}"
        for place in python_files("bot")
        if place.parts[1] in {"handlers", "dialogs"}
        for name, call in calls(tree(place))
        if name in PAST_THE_INBOX
    ]

    assert found == []


def _handlers(router: Router) -> list[Any]:
    return [
        handler.callback for observer in router.observers.values() for handler in observer.handlers
    ]


def test_handlers_send_and_return_nothing() -> None:
    """A returned method is sent by nobody: updates are fed by our own intake."""
    before, after = routers()
    handlers = [handler for router in (*before, *after) for handler in _handlers(router)]

    assert len(handlers) > 10
    returning = [
        f"{handler.__module__}.{handler.__qualname__}"
        for handler in handlers
        if handler.__annotations__.get("return") not in {None, "None"}
        or "return" not in handler.__annotations__
    ]
    assert returning == []
