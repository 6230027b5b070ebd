"""Refusals: what the rules say no to. A refusal is a code with parameters; words live in locales.

The code of a class is its name in kebab case (`SeatTaken` -> `seat-taken`) and the text is the
Fluent message `refusal-<code>`; a test checks that every code has one.
"""

from __future__ import annotations

import re
from typing import ClassVar

Parameter = str | int


class Refusal(Exception):
    """Base of all refusals. `params` carry no personal data: they may be logged."""

    code: ClassVar[str] = "refusal"

    def __init__(self, **params: Parameter) -> None:
        super().__init__(self.code)
        self.params: dict[str, Parameter] = params

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code


class NotFound(Refusal):
    """Absent, or not yours: the two never differ to the one who asks."""


class NotAllowed(Refusal):
    """The actor does not hold the role (any more)."""


class AlreadyDecided(Refusal):
    """Another decision came first; params: `state`."""


class BadValue(Refusal):
    """A typed value cannot be taken; params: `field`, `reason`, `example` are codes for words."""


def all_refusals() -> list[type[Refusal]]:
    """Every refusal class that has been imported, for the check of texts."""
    found: list[type[Refusal]] = []
    queue: list[type[Refusal]] = [Refusal]
    while queue:
        for child in queue.pop().__subclasses__():
            found.append(child)
            queue.append(child)
    return found
