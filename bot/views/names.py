"""How people are named: the first name leads a message, the whole name stands on check screens."""

from __future__ import annotations

from core.domain.names import ChildName


def first(name: ChildName) -> str:
    """«Alisa»; after an erasure there is no name, so the number of the case speaks alone."""
    return name.first


def button_name(name: ChildName, among: list[ChildName]) -> str:
    """The first name; with the last one where two children share it."""
    same = [other for other in among if other.first == name.first]
    return name.first if len(same) < 2 else f"{name.first} {name.last}"
