"""The repository as the tests of the house read it: files, syntax trees, what the code calls."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import bot
import core

ROOT = Path(__file__).parents[2]
PACKAGES = (bot, core)


@cache
def repository() -> tuple[Path, ...]:
    """Files git knows or would take, relative to the root; of a plain copy, all but dot folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = (Path(name) for name in listed.stdout.decode().split("\0") if name)
    else:
        names = (place.relative_to(ROOT) for place in ROOT.rglob("*"))
        names = (place for place in names if not place.parts[0].startswith("."))
    return tuple(sorted(place for place in names if (ROOT / place).is_file()))


def python_files(*folders: str) -> list[Path]:
    """Python files of these top-level folders."""
    return [place for place in repository() if place.suffix == ".py" and place.parts[0] in folders]


@cache
def tree(place: Path) -> ast.Module:
    return ast.parse((ROOT / place).read_text(encoding="utf-8"), str(place))


@cache
def all_modules() -> tuple[ModuleType, ...]:
    """Every module of the product, imported; entry points and migrations are scripts."""
    found = []
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith("__main__") or ".migrations" in module.name:
                continue
            found.append(importlib.import_module(module.name))
    return tuple(found)


def where(place: Path, node: ast.AST) -> str:
    return f"{place}:{getattr(node, 'lineno', 0)}"


def docstrings(module: ast.Module) -> set[int]:
    """Ids of the string constants that only document: they stand alone as a statement."""
    return {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def strings(module: ast.Module) -> Iterator[tuple[ast.Constant, str]]:
    """String constants that the program uses, pieces of f-strings included."""
    documents = docstrings(module)
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documents
        ):
            yield node, node.value


def calls(module: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Calls with the last name of what is called: `a.b.say(…)` is `say`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node


def literals(node: ast.AST | None) -> list[str]:
    """The strings an argument can be: a constant, or the branches of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in literals(value)]
    return []
