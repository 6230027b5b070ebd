"""What is not wanted: «не спорт», «кроме танцев и пения», «без бассейна»."""

from __future__ import annotations

from functools import cache
from typing import Final

from core.domain.wishes import Wish, WishKind
from core.search.reading.ages import read_age
from core.search.reading.circumstances import read_circumstance, read_theme
from core.search.reading.hours import read_days, read_hours
from core.search.reading.money import read_money
from core.search.vocabulary.line import Line, Phrases, Said, stem_set
from core.search.vocabulary.words import is_adjective, stop_stems
from core.words import load

MOST: Final = 4
"""Things denied at once."""
WEEK: Final = "1234567"
_OTHER_SIDE: Final = {WishKind.AFTER: WishKind.BEFORE, WishKind.BEFORE: WishKind.AFTER}


def denies(line: Line, place: int) -> int:
    """How many words at the place say «not»; 0 for none."""
    sign = _words().signs.at(line, place)
    return sign[0] if sign else 0


def read_negation(line: Line, place: int) -> Said | None:
    words = _words()
    sign = words.signs.at(line, place)
    if sign is None:
        return None
    end = place + sign[0]
    if line.stem(end) in words.unwilling and _denied(line, _past_prepositions(line, end + 1)):
        end = _past_prepositions(line, end + 1)
    elif line.stem(end) in words.harmless:
        return Said(length=sign[0] + 1)
    turned = _turned(line, end)
    if turned is not None:
        return Said(length=sign[0] + turned.length, wishes=turned.wishes)
    wishes: list[Wish] = []
    while len(wishes) < MOST:
        found = _denied(line, end)
        if found is None:
            break
        length, wish = found
        wishes.append(wish)
        end += length
        joint = line.gap(end).strip() == "," or line.text(end) in words.together
        if not joint:
            break
        skip = 1 if line.text(end) in words.together else 0
        if _denied(line, end + skip) is None:
            break
        end += skip
    return Said(length=end - place, wishes=tuple(wishes)) if wishes else None


def _past_prepositions(line: Line, place: int) -> int:
    while line.text(place) and line.stem(place) in stop_stems():
        place += 1
    return place


def _turned(line: Line, place: int) -> Said | None:
    """Days, hours and circumstances denied: the other days, the other side of the hour; what has
    no other side is not wished, and never its opposite."""
    days = read_days(line, place)
    if days is not None:
        denied = "".join(wish.value for wish in days.wishes)
        others = "".join(day for day in WEEK if day not in denied)
        wishes = (Wish(kind=WishKind.DAY, value=others),) if others else ()
        return Said(length=days.length, wishes=wishes)
    hours = read_hours(line, place)
    if hours is not None:
        turned = [Wish(kind=_OTHER_SIDE[wish.kind], value=wish.value) for wish in hours.wishes]
        return Said(length=hours.length, wishes=tuple(turned) if len(turned) == 1 else ())
    for begins in {place, _past_prepositions(line, place)}:
        for read in (read_money, read_circumstance, read_age):
            said = read(line, begins)
            if said is not None:
                return Said(length=begins - place + said.length)
    return None


def _denied(line: Line, place: int) -> tuple[int, Wish] | None:
    theme = read_theme(line, place)
    if theme is not None:
        length, direction = theme
        return length, Wish(kind=WishKind.NOT_DIRECTION, value=direction.value)
    end = place
    while _is_subject(line, end) and is_adjective(line.text(end)) and _is_subject(line, end + 1):
        end += 1
    if not _is_subject(line, end):
        return None
    value = " ".join(line.text(said) for said in range(place, end + 1))
    return end + 1 - place, Wish(kind=WishKind.NOT_WORDS, value=value)


def _is_subject(line: Line, place: int) -> bool:
    text, stem = line.text(place), line.stem(place)
    return bool(text) and line.number(place) is None and stem not in stop_stems() | _words().asking


class _NegationWords:
    def __init__(self) -> None:
        table = load("search_wishes")["negation"]
        self.signs = Phrases((phrase, True) for phrase in table["signs"])
        self.harmless = stem_set(table["not_before"])
        self.unwilling = stem_set(table["unwilling"])
        self.together = frozenset(table["and"])
        self.asking = stem_set(load("search_filler")["asking"])


@cache
def _words() -> _NegationWords:
    return _NegationWords()
