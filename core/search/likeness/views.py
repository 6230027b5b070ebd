"""Two looks at the likeness of a question to the entries of a base, each from 0 to 1.

`LettersView`: cosine of TF-IDF over runs of letters, one document per entry. It forgives slips and
knows relatives of words that no table has. `WordsView`: the share of what was asked (stems and
their meanings, weighed by rarity) that stands in an entry, saturating as in BM25. A word that
stands nowhere counts as asked and not found.

Both are inverted lists of (document, weight): the cost is that of the words asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log, sqrt

Weights = Mapping[str, float]
"""Term -> how much of it there is."""


class LettersView:
    def __init__(self, documents: Sequence[Weights]) -> None:
        held = Counter(term for document in documents for term in document)
        self._rarity = {
            term: log((len(documents) + 1) / (count + 1)) + 1 for term, count in held.items()
        }
        self._lists: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, document in enumerate(documents):
            for term, weight in self._unit(document).items():
                self._lists[term].append((number, weight))

    def alike(self, asked: Weights) -> dict[int, float]:
        """Document -> cosine."""
        scores: dict[int, float] = defaultdict(float)
        for term, weight in self._unit(asked).items():
            for number, held in self._lists.get(term, ()):
                scores[number] += weight * held
        return scores

    def _unit(self, document: Weights) -> dict[str, float]:
        raw = {
            term: (1 + log(count)) * self._rarity[term]
            for term, count in document.items()
            if term in self._rarity and count > 0
        }
        length = sqrt(sum(weight * weight for weight in raw.values()))
        return {term: weight / length for term, weight in raw.items()} if length else {}


class WordsView:
    """`saturation` and `brevity` are BM25's k and b; a document's counts may be parts of one."""

    def __init__(
        self, documents: Sequence[Weights], *, saturation: float = 3.0, brevity: float = 0.6
    ) -> None:
        held = Counter(term for document in documents for term in document)
        total = len(documents)
        self._rarity = {
            term: log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in held.items()
        }
        self._unheard = log(1 + (total + 0.5) / 0.5)
        lengths = [sum(document.values()) for document in documents]
        usual = sum(lengths) / total if total else 1.0
        self._lists: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, document in enumerate(documents):
            ballast = saturation * (1 - brevity + brevity * lengths[number] / usual)
            for term, count in document.items():
                self._lists[term].append((number, count / (count + ballast)))

    def alike(self, asked: Weights) -> dict[int, float]:
        """Document -> the share of what was asked that it holds."""
        whole = sum(
            weight * self._rarity.get(term, self._unheard) for term, weight in asked.items()
        )
        scores: dict[int, float] = defaultdict(float)
        for term, weight in asked.items():
            for number, held in self._lists.get(term, ()):
                scores[number] += weight * held * self._rarity[term]
        return {number: score / whole for number, score in scores.items()} if whole else {}

    def holds(self, term: str) -> bool:
        return term in self._rarity
