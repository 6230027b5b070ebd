"""What a plain index gives on the same registry: FTS5 with its own ranking, and BM25 over words."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from math import log
from typing import Final

Rival = Callable[[str, int], list[str]]
"""A query and how many titles are wanted -> titles."""

_WORD: Final = re.compile(r"\w+")
K1: Final = 1.5
B: Final = 0.75


def fts5(programmes: Iterable[tuple[str, str]]) -> Rival:
    """(title, annotation): an FTS5 table as anybody would make it, any of the words, best first."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE programmes USING fts5(title, annotation)")
    database.executemany("INSERT INTO programmes VALUES (?, ?)", programmes)

    def search(query: str, limit: int) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(query))
        if not words:
            return []
        rows = database.execute(
            "SELECT title FROM programmes WHERE programmes MATCH ? ORDER BY rank LIMIT ?",
            (words, limit),
        )
        return [title for (title,) in rows]

    return search


def bm25(programmes: Iterable[tuple[str, str]]) -> Rival:
    """(title, annotation): BM25 over words as they stand."""
    titles: list[str] = []
    lengths: list[int] = []
    standing: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, (title, annotation) in enumerate(programmes):
        words = _WORD.findall(f"{title} {annotation}".lower())
        titles.append(title)
        lengths.append(len(words))
        for word, times in Counter(words).items():
            standing[word].append((number, times))
    usual = sum(lengths) / max(1, len(lengths))

    def search(query: str, limit: int) -> list[str]:
        scores: dict[int, float] = defaultdict(float)
        for word in set(_WORD.findall(query.lower())):
            found = standing.get(word, [])
            rarity = log(1 + (len(titles) - len(found) + 0.5) / (len(found) + 0.5))
            for number, times in found:
                length = K1 * (1 - B + B * lengths[number] / usual)
                scores[number] += rarity * times * (K1 + 1) / (times + length)
        best = sorted(scores, key=lambda number: (-scores[number], number))
        return [titles[number] for number in best[:limit]]

    return search
