"""Texts and code know each other: nothing said is missing, nothing written is dead."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest

from core.domain.refusals import Refusal, all_refusals
from core.i18n import Texts
from tests.architecture import fluent, usage
from tests.architecture.sources import all_modules

OPERATORS_ONLY = ("core.db.", "bot.cli.")
"""Where refusals are made that only the command line shows: their words are `cli-refusal-…`."""


def _refusals() -> Iterator[type[Refusal]]:
    all_modules()
    for refusal in all_refusals():
        if (
            refusal.__module__.startswith(("core.", "bot."))
            and ".sandbox" not in refusal.__module__
        ):
            yield refusal


def _key(refusal: type[Refusal]) -> str:
    operators = refusal.__module__.startswith(OPERATORS_ONLY)
    return f"{'cli-' if operators else ''}refusal-{refusal.code}"


@pytest.mark.parametrize("language", fluent.languages())
def test_fluent_reads_every_line(language: str) -> None:
    assert fluent.junk(language) == []


@pytest.mark.parametrize("language", fluent.languages())
def test_no_key_is_written_twice(language: str) -> None:
    """Fluent takes the first and says nothing."""
    assert {key: at for key, at in fluent.homes(language).items() if len(at) > 1} == {}


@pytest.mark.parametrize("language", fluent.languages())
def test_languages_have_the_same_keys_with_the_same_parameters(language: str) -> None:
    ours, first = fluent.messages(language), fluent.messages("ru")

    assert set(ours) ^ set(first) == set()
    assert {
        key for key in ours if fluent.parameters(key, language) != fluent.parameters(key)
    } == set()


def test_what_is_said_exists() -> None:
    missing = {one.key: one.place for one in usage.said() if one.key not in fluent.messages("ru")}

    assert missing == {}


def test_what_is_said_gives_what_the_text_asks_for() -> None:
    lacking = {
        f"{one.place} {one.key}": sorted(fluent.parameters(one.key) - one.given)
        for one in usage.said()
        if one.given is not None and not fluent.parameters(one.key) <= one.given
    }

    assert lacking == {}


def test_no_text_is_dead() -> None:
    assert [key for key in sorted(fluent.messages("ru")) if not usage.is_spoken(key)] == []


def test_a_dead_text_would_be_seen() -> None:
    assert usage.is_spoken("refusal-seat-taken")
    assert usage.is_spoken("unexpected-video-note")
    assert not usage.is_spoken("refusal-never-thought-of")
    assert not usage.is_spoken("button-nobody-presses")


def test_every_refusal_has_words_that_can_be_formed() -> None:
    speech = Texts().speak("ru")
    refusals = list(_refusals())

    assert len(refusals) > 15
    for refusal in refusals:
        key = _key(refusal)
        assert speech.has(key), key
        for value in (5, "5"):
            text = speech.say(key, **dict.fromkeys(fluent.parameters(key), value))
            assert text.strip()


def test_every_refusal_gives_what_its_words_ask_for() -> None:
    lacking = {
        f"{place} {refusal.__name__}": sorted(fluent.parameters(_key(refusal)) - given)
        for refusal in _refusals()
        if refusal.__init__ is Refusal.__init__
        for place, given in usage.raised().get(refusal.__name__, [])
        if not fluent.parameters(_key(refusal)) <= given
    }

    assert lacking == {}


def test_every_refusal_is_raised_by_somebody() -> None:
    idle = [
        refusal.__name__
        for refusal in _refusals()
        if refusal.__name__ not in usage.raised() and not inspect.isabstract(refusal)
    ]

    assert idle == []
