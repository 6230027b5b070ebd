"""Days and times in a query: «по субботам», «в выходные», «по будням после 17», «с утра».

Days become one wish whatever their number: a session on any of them will do. Hours below eight are
of the afternoon: nobody looks for a club at five in the morning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from core.domain.wishes import Wish, WishKind
from core.search.vocabulary.line import Line, Phrases, Said, stem_set
from core.words import load

EARLIEST: Final = 8
LATEST: Final = 22
OLDEST_YEARS: Final = 18
_CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d{2})")
_DASHES: Final = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")


def read_days(line: Line, place: int) -> Said | None:
    """One day or several in a row: «по вторникам и четвергам», «пн, ср», «пн-пт»."""
    words = _words()
    start = place
    if line.text(place) in words.before_day:
        place += 1
    found = words.days.at(line, place)
    if found is None:
        return None
    length, digits = found
    end = place + length
    days = set(digits)
    while True:
        spans = line.gap(end).strip() in _DASHES
        skip = 1 if line.text(end) in words.together else 0
        if skip and line.text(end + 1) in words.before_day:
            skip += 1
        following = words.days.at(line, end + skip)
        if following is None:
            break
        if spans and len(digits) == 1 and len(following[1]) == 1:
            days.update(str(day) for day in range(int(digits), int(following[1]) + 1))
        days.update(following[1])
        end += skip + following[0]
    alone = end - start == len(line)
    if place == start and len(days) == 1 and line.stem(place) in words.doubtful and not alone:
        return None
    wish = Wish(kind=WishKind.DAY, value="".join(sorted(days)))
    return Said(length=end - start, wishes=(wish,))


def read_hours(line: Line, place: int) -> Said | None:
    """A part of the day, or hours: «после 17», «с 16 до 18», «не позже 19:30»."""
    words = _words()
    for phrases, kind in (
        (words.after_parts, WishKind.AFTER),
        (words.before_parts, WishKind.BEFORE),
    ):
        found = phrases.at(line, place)
        if found is not None:
            length, hour = found
            return Said(length=length, wishes=(Wish(kind=kind, value=hour),))
    return _from_till(line, place) or _one_bound(line, place) or _moment(line, place)


def _from_till(line: Line, place: int) -> Said | None:
    """«с 16 до 18», «16:00-18:00»."""
    words = _words()
    start = place
    if line.text(place) in words.since:
        place += 1
    first = _hour(line, place)
    if first is None:
        return None
    length, begins = first
    end = place + length
    if line.text(end) in words.till:
        end += 1
    elif line.gap(end).strip() not in _DASHES:
        return None
    second = _hour(line, end)
    if second is None:
        return None
    # of «с 5 до 7» as typed: hours of the afternoon or years, so neither is proof of a clock
    clock = _is_surely_hour(line, place) or _is_surely_hour(line, end) or length + second[0] > 2
    end += second[0]
    if not clock or second[1] <= begins:
        return None
    wishes = (
        Wish(kind=WishKind.AFTER, value=begins),
        Wish(kind=WishKind.BEFORE, value=second[1]),
    )
    return Said(length=end - start, wishes=wishes)


def _one_bound(line: Line, place: int) -> Said | None:
    words = _words()
    for phrases, kind in ((words.after, WishKind.AFTER), (words.before, WishKind.BEFORE)):
        found = phrases.at(line, place)
        if found is None:
            continue
        begins = place + found[0]
        hour = _hour(line, begins)
        if hour is None or line.gap(begins).strip():
            continue
        sure = _is_clock(line, begins) or hour[0] > 1 or line.text(place) in words.sure
        number = line.number(begins)
        if not sure and (number is None or number < 16):
            continue
        return Said(length=found[0] + hour[0], wishes=(Wish(kind=kind, value=hour[1]),))
    return None


def _moment(line: Line, place: int) -> Said | None:
    """«в 17:30», «5 вечера»: from then on."""
    words = _words()
    begins = place + 1 if line.text(place) in words.before_day else place
    hour = _hour(line, begins)
    if hour is None:
        return None
    said = _is_clock(line, begins) and begins > place
    if not said and line.stem(begins + 1) not in words.parts:
        return None
    return Said(length=begins - place + hour[0], wishes=(Wish(kind=WishKind.AFTER, value=hour[1]),))


def _is_clock(line: Line, place: int) -> bool:
    return _CLOCK.fullmatch(line.text(place)) is not None


def _is_surely_hour(line: Line, place: int) -> bool:
    """No age of a child either."""
    return _is_clock(line, place) or (line.number(place) or 0) > OLDEST_YEARS


def _hour(line: Line, place: int) -> tuple[int, str] | None:
    """(words, HH:MM) of «17», «17:30», «17 часов», «пяти вечера»."""
    words = _words()
    clock = _CLOCK.fullmatch(line.text(place))
    if clock:
        hour, minute = int(clock[1]), int(clock[2])
    else:
        number = line.number(place) or words.numbers.get(line.stem(place))
        if number is None:
            return None
        hour, minute = number, 0
    length = 1
    if line.stem(place + 1) in words.units:
        length = 2
        if line.stem(place + 1) != line.stem(place + 2) and line.stem(place + 2) in words.units:
            length = 3
    if hour < EARLIEST:
        hour += 12
    if not EARLIEST <= hour <= LATEST or minute > 59:
        return None
    return length, f"{hour:02}:{minute:02}"


class _HourWords:
    def __init__(self) -> None:
        table = load("search_wishes")
        hours = table["hours"]
        self.days: Phrases[str] = Phrases(table["days"])
        self.before_day = frozenset(hours["before_day"])
        self.doubtful = stem_set(hours["doubtful"])
        self.together = frozenset(hours["together"])
        self.after_parts: Phrases[str] = Phrases(hours["after_phrases"])
        self.before_parts: Phrases[str] = Phrases(hours["before_phrases"])
        self.after = Phrases((phrase, True) for phrase in hours["after"])
        self.before = Phrases((phrase, True) for phrase in hours["before"])
        self.since = frozenset(hours["since"])
        self.till = frozenset(hours["till"])
        self.sure = frozenset(hours["sure"])
        self.units = stem_set(hours["units"])
        self.parts = stem_set(hours["parts"])
        self.numbers = {
            stem: number for word, number in table["numbers"].items() for stem in stem_set([word])
        }


@cache
def _words() -> _HourWords:
    return _HourWords()


def known_words() -> Iterable[str]:
    """Stems that a misspelled word may have been meant for."""
    words = _words()
    return {*words.days.words(), *words.after_parts.words(), *words.before_parts.words()}
