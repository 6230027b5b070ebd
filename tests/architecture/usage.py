"""Which texts the code speaks: keys said by name, and keys made of a template and a word.

A template is an f-string such as `card-{name}-state`; a key counts as made by it when each hole is
filled by a word of the code (a string, a member of an enum, a refusal's code) or by another,
smaller template.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from core.domain.refusals import all_refusals
from tests.architecture.sources import (
    ROOT,
    all_modules,
    calls,
    literals,
    python_files,
    repository,
    strings,
    tree,
    where,
)

SAY = {"say", "say_plain", "told", "T", "Label"}
PREFIXED = {"helped": "cli-help-", "button": "button-"}
_IN_TEMPLATE = re.compile(r"""say(?:_plain)?\(\s*["']([a-z0-9-]+)["']""")
_FIXED = re.compile("[a-z0-9-]*[a-z][a-z0-9-]*")

Template = tuple[str | None, ...]
"""Pieces of a key in order; None is a hole."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One place that says a key; `given` is None where parameters are not written out."""

    key: str
    place: str
    given: frozenset[str] | None


@cache
def said() -> tuple[Said, ...]:
    """Every key that is said by its whole name."""
    return tuple(_said_in_code() + _said_in_templates())


def _said_in_code() -> list[Said]:
    found = []
    for place in python_files("bot", "core"):
        if place.parts[:2] == ("bot", "sandbox"):
            continue
        for name, call in calls(tree(place)):
            at = where(place, call)
            if name in SAY and call.args:
                given = _given(name, call)
                found += [Said(key=key, place=at, given=given) for key in literals(call.args[0])]
            elif name in PREFIXED and not any(word.arg == "text" for word in call.keywords):
                prefix = PREFIXED[name]
                names = [text for argument in call.args[:2] for text in literals(argument)]
                found += [Said(key=prefix + text, place=at, given=None) for text in names]
            elif name == "Ear":
                found += [
                    Said(key=key, place=at, given=frozenset())
                    for word in call.keywords
                    if word.arg == "expects"
                    for key in literals(word.value)
                ]
    return found


def _given(name: str, call: ast.Call) -> frozenset[str] | None:
    if name in {"T", "Label"}:
        rest = call.args[1:]
        return frozenset(text for argument in rest for text in literals(argument))
    if any(word.arg is None for word in call.keywords):
        return None
    return frozenset(word.arg for word in call.keywords if word.arg)


def _said_in_templates() -> list[Said]:
    return [
        Said(key=key, place=str(place), given=None)
        for place in repository()
        if place.suffix == ".j2"
        for key in _IN_TEMPLATE.findall((ROOT / place).read_text(encoding="utf-8"))
    ]


@cache
def words() -> frozenset[str]:
    """Words of the code that may fill a hole, in kebab case."""
    all_modules()
    found = {refusal.code for refusal in all_refusals()}
    for place in python_files("bot", "core"):
        module = tree(place)
        found |= {text for _, text in strings(module)}
        found |= {
            node.attr.lower()
            for node in ast.walk(module)
            if isinstance(node, ast.Attribute) and node.attr.isupper()
        }
    return frozenset(word.replace("_", "-") for word in found if word)


@cache
def templates() -> frozenset[Template]:
    """F-strings that may make a key; those of PREFIXED are said by their whole name."""
    found = set()
    for place in python_files("bot", "core"):
        for node in ast.walk(tree(place)):
            if isinstance(node, ast.JoinedStr):
                pieces = tuple(
                    str(piece.value) if isinstance(piece, ast.Constant) else None
                    for piece in node.values
                )
                fixed = "".join(piece for piece in pieces if piece is not None)
                if None in pieces and _FIXED.fullmatch(fixed):
                    found.add(pieces)
    return frozenset(found - {(prefix, None) for prefix in PREFIXED.values()})


def is_spoken(key: str) -> bool:
    """Whether some code can say this key."""
    return key in _whole() or any(_fits(key, template) for template in templates())


@cache
def _whole() -> frozenset[str]:
    """Keys said by name; any string that is a key counts, for it may be passed on."""
    return words() | {one.key for one in said()}


@cache
def _is_word(text: str) -> bool:
    return text in words() or any(_fits(text, template) for template in templates())


def _fits(text: str, template: Template) -> bool:
    """Whether the holes can be filled so that `text` comes out; a word may hold hyphens."""
    if not template:
        return not text
    head, rest = template[0], template[1:]
    if head is not None:
        return text.startswith(head) and _fits(text[len(head) :], rest)
    ends = [place for place, letter in enumerate(text) if letter == "-" and place]
    return any(_fits(text[end:], rest) and _is_word(text[:end]) for end in [*ends, len(text)])


@cache
def raised() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Each refusal class by name with the places that make one and the parameters they give."""
    all_modules()
    names = {refusal.__name__ for refusal in all_refusals()}
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for place in python_files("bot", "core"):
        for name, call in calls(tree(place)):
            if name in names and not any(word.arg is None for word in call.keywords):
                given = frozenset(word.arg for word in call.keywords if word.arg)
                found[name].append((where(place, call), given))
    return dict(found)
