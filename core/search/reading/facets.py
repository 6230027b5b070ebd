"""What a title says of a programme beside its subject: for holidays, online, for special needs."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

from core.search.vocabulary.words import stems_of
from core.words import load


def says_holiday(stems: Set[str]) -> bool:
    """«Летняя смена», «Каникулы»."""
    return not _marks("holiday").isdisjoint(stems)


def says_remote(stems: Set[str]) -> bool:
    """«Дистанционный курс», «онлайн»."""
    return not _marks("remote").isdisjoint(stems)


def says_adapted(stems: Set[str]) -> bool:
    """«Адаптированная программа», «для детей с ОВЗ»."""
    return not _marks("adapted").isdisjoint(stems)


@cache
def _marks(name: str) -> frozenset[str]:
    words: list[str] = load("search_facets")[name]
    return frozenset(stem for word in words for stem in stems_of(word))
