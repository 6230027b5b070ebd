"""Money in a query: «бесплатно», «по сертификату», «до 2000», «не дороже 1500 руб».

A bare number is money from a hundred on. What is said of money and tells no limit («недорого») is
taken out of the query and nothing is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from core.domain.wishes import Wish, WishKind
from core.search.vocabulary.line import Line, Phrases, Said, stem_set
from core.words import load

LEAST: Final = 100
GREATEST: Final = 10_000_000
THOUSAND: Final = 1000


def read_money(line: Line, place: int) -> Said | None:
    words = _words()
    return _limit(line, place) or _phrase(words.phrases, line, place)


def _phrase(phrases: Phrases[WishKind | None], line: Line, place: int) -> Said | None:
    found = phrases.at(line, place)
    if found is None:
        return None
    length, kind = found
    return Said(length=length, wishes=() if kind is None else (Wish(kind=kind),))


def _limit(line: Line, place: int) -> Said | None:
    words = _words()
    bound = words.at_most.at(line, place)
    begins = place + (bound[0] if bound else 0)
    amount = _amount(line, begins)
    if amount is None:
        return None
    length, roubles, unit = amount
    if not LEAST <= roubles <= GREATEST or (bound is None and not unit):
        return None
    end = begins + length
    per = words.per.at(line, end)
    if per:
        end += per[0]
    wish = Wish(kind=WishKind.PRICE_UP_TO, value=str(roubles * 100))
    return Said(length=end - place, wishes=(wish,))


def _amount(line: Line, place: int) -> tuple[int, int, bool] | None:
    """(words, roubles, whether a unit was said) of «2000», «2 000 руб», «две тысячи», «2к»."""
    words = _words()
    if line.text(place) in words.one_and_half and line.stem(place + 1) in words.thousands:
        counted = line.stem(place + 2) in words.units
        return 2 + counted, THOUSAND + THOUSAND // 2, True
    number = line.number(place)
    if number is None:
        number = words.numbers.get(line.stem(place))
    end = place + 1
    if number is None:
        if line.stem(place) not in words.thousands or len(line.text(place)) < 3:
            return None
        number, end = 1, place
    elif len(line.text(end)) == 3 and line.number(end) is not None and line.gap(end).isspace():
        number, end = number * THOUSAND + int(line.text(end)), end + 1
    unit = False
    if line.stem(end) in words.thousands:
        number, end, unit = number * THOUSAND, end + 1, True
    if line.stem(end) in words.units:
        end, unit = end + 1, True
    return end - place, number, unit


class _MoneyWords:
    def __init__(self) -> None:
        table = load("search_wishes")
        money = table["money"]
        self.phrases: Phrases[WishKind | None] = Phrases(
            [
                *((phrase, WishKind.FREE) for phrase in money["free"]),
                *((phrase, WishKind.CERTIFICATE) for phrase in money["certificate"]),
                *((phrase, None) for phrase in money["ignored"]),
            ]
        )
        self.at_most = Phrases((phrase, True) for phrase in money["at_most"])
        self.per = Phrases((phrase, True) for phrase in money["per"])
        self.units = stem_set(money["units"])
        self.thousands = stem_set(money["thousands"])
        self.one_and_half = frozenset(money["one_and_half"])
        self.numbers = {
            stem: number for word, number in table["numbers"].items() for stem in stem_set([word])
        }


@cache
def _words() -> _MoneyWords:
    return _MoneyWords()


def known_words() -> Iterable[str]:
    """Stems that a misspelled word may have been meant for."""
    return _words().phrases.words()
