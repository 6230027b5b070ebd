"""The README promises nothing that does not exist: commands, options, settings, targets, files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from bot.cli.application import build
from bot.settings import Settings
from tests.scenarios.demo import HOUSE

README = (HOUSE / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([HOUSE / "README.md", HOUSE / "CONTRIBUTING.md", *HOUSE.glob("docs/**/*.md")])
SETTINGS = {name.upper() for name in Settings.model_fields}
MAKEFILE = (HOUSE / "Makefile").read_text(encoding="utf-8")

_COMMAND = re.compile(r"\.venv/bin/kruzhok ([^\n#`|]+)")
_TARGET = re.compile(r"\bmake ([a-z]+)\b")
_SETTING = re.compile(r"\b([A-Z]+(?:_[A-Z]+)+)\b")
_TABLE_ROW = re.compile(r"^\| `([A-Z_]+)` \| (.*?) \|", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def commands(document: str) -> list[str]:
    return [found.strip() for found in _COMMAND.findall(document)]


def whole() -> TyperGroup:
    command = get_command(build())
    assert isinstance(command, TyperGroup)
    return command


def find(line: str) -> tuple[TyperCommand, list[str]]:
    """The command a line names, and its words after the name. Raises LookupError."""
    group, words = whole(), shlex.split(line)
    while words:
        found = group.commands.get(words.pop(0))
        if isinstance(found, TyperCommand):
            return found, words
        if not isinstance(found, TyperGroup):
            break
        group = found
    raise LookupError(line)


@pytest.mark.parametrize("line", commands(README))
def test_every_command_can_be_given_as_it_is_written(line: str) -> None:
    command, words = find(line)
    context = command.make_context(line, words)
    assert not context.args


def test_a_command_that_is_not_there_would_be_seen() -> None:
    with pytest.raises(LookupError):
        find("db vacuum")
    command, words = find("db backup --quickly file")
    with pytest.raises(Exception, match="--quickly"):
        command.make_context("db backup", words)


def test_the_readme_names_every_group_of_commands() -> None:
    named = {line.split()[0] for line in commands(README)} | {"run", "demo"}
    assert named == set(whole().commands)


def test_the_table_of_settings_is_that_of_the_code() -> None:
    assert {name for name, _ in _TABLE_ROW.findall(README)} == SETTINGS


@pytest.mark.parametrize(
    ("name", "shown"), [(name, shown) for name, shown in _TABLE_ROW.findall(README) if shown]
)
def test_the_defaults_told_are_those_of_the_code(name: str, shown: str) -> None:
    told = re.findall(r"`([^`]+)`", shown)
    if not told:
        return  # words: it is made, not set
    settings = Settings(_env_file=None)
    value = settings.database() if name == "DATABASE_URL" else getattr(settings, name.lower())
    assert (f"{value:g}" if isinstance(value, float) else str(value)) in told


def test_every_setting_named_in_the_text_exists() -> None:
    named = set(_SETTING.findall(re.sub(r"```.*?```", "", README, flags=re.DOTALL)))
    assert named <= SETTINGS


@pytest.mark.parametrize("document", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_target_of_make_exists(document: str) -> None:
    code = "\n".join(re.findall(r"`+([^`]+)`+", document))
    named = set(_TARGET.findall(code))
    assert named
    assert all(re.search(rf"^{target}:", MAKEFILE, re.MULTILINE) for target in named), named


@pytest.mark.parametrize("place", DOCUMENTS, ids=lambda place: place.stem)
def test_every_link_leads_somewhere(place: Path) -> None:
    for target in _LINK.findall(place.read_text(encoding="utf-8")):
        assert (place.parent / target).exists(), target


def test_the_pictures_are_light() -> None:
    pictures = list((HOUSE / "docs" / "images").glob("*.png"))
    assert pictures
    assert all(picture.stat().st_size <= 300 * 1024 for picture in pictures)
