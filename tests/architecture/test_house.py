"""The house stands as its plan says: names, layers, sizes, locks, nothing of anybody's machine."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.sources import ROOT, repository

FIXED = (
    "bot",
    "bot/handlers",
    "bot/dialogs",
    "core",
    "core/services",
    "locales",
    "tests",
    "pyproject.toml",
)
LONGEST_FILE = 400
VAGUE = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers", "shared"}
VENDORED = {"htmx", "alpine", "idiomorph"}

MACHINE = re.compile(
    rb"/(work|root)/|/home/[a-z]+/|pypi[.]org|pythonhosted[.]org|--(extra-)?index-url"
    rb"|\b(Claud[e]|Anthropi[c]|ChatGP[T]|OpenA[I]|Copilo[t]|LL[M])\b"
    rb"|\bAI[ -](generated|assistant|written)\b"
)


def _settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _contracts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _settings()["tool"]["importlinter"]["contracts"]
    return found


@pytest.mark.parametrize("name", FIXED)
def test_names_fixed_from_outside_exist(name: str) -> None:
    assert (ROOT / name).exists()


def test_every_package_stands_in_the_layers() -> None:
    """An exhaustive contract makes `lint-imports` refuse a package that nobody has placed."""
    exhaustive = {
        container
        for contract in _contracts()
        if contract["type"] == "layers" and contract.get("exhaustive")
        for container in contract["containers"]
    }

    assert exhaustive >= {"bot", "core"}
    placed = {
        module.strip(" ()")
        for contract in _contracts()
        for layer in contract.get("layers", [])
        for module in re.split("[|:]", layer)
    }
    packages = {
        place.parts[1]
        for place in repository()
        if place.parts[0] in {"bot", "core"} and len(place.parts) > 2 and place.suffix == ".py"
    }
    assert packages - placed == set()


def test_contracts_name_modules_that_exist() -> None:
    """A contract over a renamed package would hold for ever."""
    named = {
        module
        for contract in _contracts()
        for part in ("source_modules", "forbidden_modules")
        for module in contract.get(part, [])
        if module.split(".")[0] in {"bot", "core"}
    }

    assert [
        module
        for module in sorted(named)
        if not (ROOT / module.replace(".", "/")).is_dir()
        and not (ROOT / f"{module.replace('.', '/')}.py").is_file()
    ] == []


def test_core_knows_neither_bot_nor_messenger() -> None:
    contract = next(c for c in _contracts() if c.get("source_modules") == ["core"])

    assert set(contract["forbidden_modules"]) >= {"bot", "aiogram", "aiogram_dialog", "aiohttp"}


def _is_measured(place: Path) -> bool:
    """Foreign files, migrations and tables of test data may be as long as they are."""
    return (
        place.suffix in {".py", ".ftl", ".j2", ".js", ".css", ".html"}
        and "migrations" not in place.parts
        and ".min." not in place.name
        and place.stem not in VENDORED
    )


def test_a_file_fits_a_readers_head() -> None:
    lengths = {
        str(place): len((ROOT / place).read_text(encoding="utf-8").splitlines())
        for place in repository()
        if _is_measured(place)
    }

    assert {place: lines for place, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_names_say_what_is_inside() -> None:
    vague = [
        str(place)
        for place in repository()
        if place.suffix in {".py", ".ftl", ".toml"}
        and VAGUE & {part.removesuffix(place.suffix) for part in place.parts}
    ]

    assert vague == []


def test_locks_pin_by_hash_and_name_no_index() -> None:
    locks = [place for place in repository() if place.suffix == ".lock"]

    assert {str(place) for place in locks} >= {"requirements.lock", "requirements-dev.lock"}
    assert all(place.name.startswith("requirements") for place in locks)
    for place in locks:
        text = (ROOT / place).read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search("^ *-", text.replace("    --hash=sha256:", ""), re.MULTILINE)
        entries = re.split(r"\n(?=\S)", text.strip())
        assert [entry for entry in entries if not _is_pinned(entry)] == []


def _is_pinned(entry: str) -> bool:
    return bool(re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+", entry)) and "--hash=sha256:" in entry


def test_the_lock_of_the_product_is_part_of_the_lock_of_its_developers() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (ROOT / name).read_text("utf-8"), re.MULTILINE))

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_no_file_names_a_machine_an_index_or_a_maker() -> None:
    told = {
        f"{place}: {found[0].decode()}"
        for place in repository()
        if (found := MACHINE.search((ROOT / place).read_bytes()))
    }

    assert told == set()


def test_a_command_that_needs_no_telegram_does_not_wait_for_its_library() -> None:
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from bot.cli.application import build; build();"
            "print(*{name.partition('.')[0] for name in sys.modules})",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert "sqlalchemy" in loaded
    assert not {"aiogram", "aiogram_dialog"} & set(loaded)
