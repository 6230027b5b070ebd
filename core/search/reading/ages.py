"""Ages in a query: «7 лет», «от 7 до 10», «двойняшкам 5 и 7», «первоклассник», «5 лет 8 месяцев».

An age is full months with both bounds inclusive: a child of 7 is 84…95 months old. A bare number
is an age where it can be one and nothing else was counted: «шахматы 7», «сыну 9».
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from core.domain.ages import MONTHS_IN_YEAR
from core.domain.wishes import Wish, WishKind
from core.search.vocabulary.line import Line, Phrases, Said, stem_set
from core.words import load

SCHOOL_STARTS: Final = 6  # a pupil of class N is N + 6 years old
LEAST_BARE: Final = 3
OLDEST: Final = 18
YOUNGER_BY: Final = 3
_DASHES: Final = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")


def age(first: int, last: int) -> Wish:
    """Months, both inclusive."""
    return Wish(kind=WishKind.AGE, value=f"{first}-{last}")


def years(first: int, last: int | None = None) -> Wish:
    """Full years, both inclusive."""
    last = first if last is None else last
    return age(first * MONTHS_IN_YEAR, last * MONTHS_IN_YEAR + MONTHS_IN_YEAR - 1)


@dataclass(frozen=True, kw_only=True)
class _Numbers:
    """`values` in order; `spans`: «7-10» and not «7 и 10»."""

    length: int
    values: tuple[int, ...]
    spans: bool = False


def read_age(line: Line, place: int) -> Said | None:
    """An age that says so: by its unit, by the child before it, or by being a word for one."""
    return (
        _stage(line, place)
        or _one_word(line, place)
        or _school_year(line, place)
        or _with_unit(line, place)
        or _of_child(line, place)
    )


def read_bare_age(line: Line, place: int) -> Said | None:
    """A number nobody else took."""
    words = _words()
    numbers = _numbers(line, place)
    if numbers is None:
        return None
    if line.number(place) is None and numbers.length < len(line):
        return None  # «семь» is an age where nothing else is said
    before = line.stem(place - 1)
    if before in words.not_after or line.stem(place + numbers.length) in words.counted:
        return None
    if not all(LEAST_BARE <= n < OLDEST for n in numbers.values):
        return None
    return Said(length=numbers.length, wishes=_ages(numbers, before))


def names_child(line: Line, place: int) -> bool:
    """Whether the word at a place is one for a child: «сыну», «девочка»."""
    return line.stem(place) in _words().child


def stage_at(line: Line, place: int) -> bool:
    """Whether the age at this place is a word like «дошкольник», which titles hold too."""
    return _words().stages.at(line, place) is not None


def _stage(line: Line, place: int) -> Said | None:
    found = _words().stages.at(line, place)
    if found is None:
        return None
    length, (first, last) = found
    return Said(length=length, wishes=(age(first, last),))


def _one_word(line: Line, place: int) -> Said | None:
    """«7-летний», «семилетка», «пятиклассник», «5-классник»."""
    words = _words()
    number = line.number(place)
    if number is not None:
        after = place + 1
        if line.text(after) in words.endings and _is_glued(line.gap(after)):
            after += 1
        length = after - place + 1
        if line.stem(after) in words.of_years:
            return Said(length=length, wishes=(years(number),))
        if line.stem(after) in words.of_school and _is_glued(line.gap(after)):
            return Said(length=length, wishes=(years(number + SCHOOL_STARTS),))
        return None
    text = line.text(place)
    for beginning, count in words.beginnings:
        if text.startswith(beginning):
            rest = text[len(beginning) :]
            if rest.startswith(words.year_roots):
                return Said(length=1, wishes=(years(count),))
            if rest.startswith(words.school_roots):
                return Said(length=1, wishes=(years(count + SCHOOL_STARTS),))
    return None


def _school_year(line: Line, place: int) -> Said | None:
    """«3 класс», «в третьем классе», «1-4 класс»."""
    words = _words()
    ordinal = words.ordinals.get(line.stem(place))
    numbers = _Numbers(length=1, values=(ordinal,)) if ordinal else _numbers(line, place)
    if numbers is None:
        return None
    after = place + numbers.length
    if line.text(after) in words.endings and _is_glued(line.gap(after)):
        after += 1
    elif len(line.text(after)) == 1 and line.text(after) in words.class_letters:
        after += 1  # «2 «А» класс»
    if line.stem(after) not in words.school_year or not all(1 <= n <= 11 for n in numbers.values):
        return None
    first, last = min(numbers.values) + SCHOOL_STARTS, max(numbers.values) + SCHOOL_STARTS
    return Said(length=after - place + 1, wishes=(years(first, last),))


def _with_unit(line: Line, place: int) -> Said | None:
    words = _words()
    start = place
    if line.stem(place) in words.bounds:
        place += 1
    bound = line.stem(start) if place > start else ""
    numbers = _numbers(line, place)
    if numbers is None:
        return None
    after = place + numbers.length
    if line.text(after) in words.endings and _is_glued(line.gap(after)):
        after += 1
    if line.stem(after) in words.months and len(numbers.values) == 1:
        months = numbers.values[0]
        return Said(length=after - start + 1, wishes=(age(months, months),))
    half = False
    if line.text(after) and line.stem(after + 1) in words.half:
        half, after = True, after + 2
    if line.stem(after) not in words.years:
        if not half or line.stem(after) in words.counted or numbers.values[0] >= OLDEST:
            return None
        after -= 1  # «пять с половиной»
    if line.stem(after + 1) in words.not_before or any(n > OLDEST + 3 for n in numbers.values):
        return None
    extra = line.number(after + 1)
    if extra is not None and line.stem(after + 2) in words.months:
        months = numbers.values[-1] * MONTHS_IN_YEAR + extra
        return Said(length=after + 3 - start, wishes=(age(months, months),))
    if half or _is_half(line, place, numbers):
        months = numbers.values[0] * MONTHS_IN_YEAR + MONTHS_IN_YEAR // 2
        return Said(length=after - start + 1, wishes=(age(months, months),))
    return Said(length=after - start + 1, wishes=_ages(numbers, bound))


def _of_child(line: Line, place: int) -> Said | None:
    """«сыну 8», «двойняшкам 5 и 7», «с 6», «от 7 до 10»."""
    words = _words()
    before = line.stem(place - 1)
    if line.stem(place) in words.at_least and not line.gap(place + 1).strip():
        numbers = _numbers(line, place + 1)
        if numbers is not None and all(1 <= n <= OLDEST - 3 for n in numbers.values):
            if line.stem(place) in words.hourly and not numbers.spans:
                return None
            return Said(length=1 + numbers.length, wishes=_ages(numbers, line.stem(place)))
    numbers = _numbers(line, place)
    if numbers is None or before not in words.child | words.about:
        return None
    if not all(1 <= n <= OLDEST for n in numbers.values):
        return None
    return Said(length=numbers.length, wishes=_ages(numbers, before))


def _ages(numbers: _Numbers, bound: str) -> tuple[Wish, ...]:
    words = _words()
    first, last = numbers.values[0], numbers.values[-1]
    if numbers.spans:
        return (years(min(first, last), max(first, last)),)
    if len(numbers.values) == 1 and bound in words.at_most:
        youngest = max(0, first - YOUNGER_BY)
        return (age(youngest * MONTHS_IN_YEAR, first * MONTHS_IN_YEAR - 1),)
    return tuple(years(value) for value in dict.fromkeys(numbers.values))


def _numbers(line: Line, place: int) -> _Numbers | None:
    """«7», «семь», «5 и 7», «5, 7 и 9», «7-10», «7 до 10»."""
    first = _number(line, place)
    if first is None:
        return None
    values, end = [first], place + 1
    words = _words()
    following = _number(line, end)
    if following is not None and line.gap(end).strip() in _DASHES:
        return _Numbers(length=2, values=(first, following), spans=True)
    following = _number(line, end + 1)
    if following is not None and line.text(end) in words.till and following > first:
        return _Numbers(length=3, values=(first, following), spans=True)
    while True:
        if line.gap(end).strip() == "," and _number(line, end) is not None:
            values.append(_number(line, end) or 0)
            end += 1
        elif line.text(end) in words.together and _number(line, end + 1) is not None:
            values.append(_number(line, end + 1) or 0)
            end += 2
        else:
            return _Numbers(length=end - place, values=tuple(values))


def _number(line: Line, place: int) -> int | None:
    return line.number(place) or _words().numbers.get(line.stem(place))


def _is_half(line: Line, place: int, numbers: _Numbers) -> bool:
    """«5,5 лет»."""
    return len(numbers.values) == 2 and numbers.values[1] == 5 and line.gap(place + 1) in {",", "."}


def _is_glued(gap: str) -> bool:
    return not gap or gap in _DASHES


@dataclass(frozen=True, kw_only=True)
class _AgeWords:
    numbers: dict[str, int]
    ordinals: dict[str, int]
    beginnings: tuple[tuple[str, int], ...]
    years: frozenset[str]
    months: frozenset[str]
    half: frozenset[str]
    of_years: frozenset[str]
    of_school: frozenset[str]
    year_roots: tuple[str, ...]
    school_roots: tuple[str, ...]
    school_year: frozenset[str]
    endings: frozenset[str]
    class_letters: frozenset[str]
    at_least: frozenset[str]
    at_most: frozenset[str]
    hourly: frozenset[str]
    about: frozenset[str]
    bounds: frozenset[str]
    child: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]
    counted: frozenset[str]
    till: frozenset[str]
    together: frozenset[str]
    stages: Phrases[tuple[int, int]]


@cache
def _words() -> _AgeWords:
    table = load("search_wishes")
    ages: dict[str, Any] = dict(table["age"])
    stems = {name: stem_set(said) for name, said in ages.items() if isinstance(said, list)}
    return _AgeWords(
        numbers=_by_stem(table["numbers"]),
        ordinals=_by_stem(table["ordinals"]),
        beginnings=tuple(sorted(table["beginnings"].items(), key=lambda pair: -len(pair[0]))),
        years=stems["years"],
        months=stems["months"],
        half=stems["half"],
        of_years=stems["of_years"],
        of_school=stems["of_school"],
        year_roots=tuple(ages["year_roots"]),
        school_roots=tuple(ages["school_roots"]),
        school_year=stems["school_year"],
        endings=frozenset(ages["endings"]),
        class_letters=frozenset(ages["class_letters"]),
        at_least=stems["at_least"],
        at_most=stems["at_most"],
        hourly=stems["hourly"],
        about=stems["about"],
        bounds=stems["at_least"] | stems["at_most"] | stems["about"],
        child=stems["child"],
        not_after=stems["not_after"],
        not_before=stems["not_before"],
        counted=stems["counted"],
        till=frozenset(ages["till"]),
        together=frozenset(ages["together"]),
        stages=Phrases((phrase, _span(said)) for phrase, said in ages["stages"].items()),
    )


def _by_stem(table: dict[str, int]) -> dict[str, int]:
    return {stem: table[word] for word in table for stem in stem_set([word])}


def _span(said: str) -> tuple[int, int]:
    first, _, last = said.partition("-")
    return int(first), int(last)


def known_words() -> Iterable[str]:
    """Stems that a misspelled word may have been meant for."""
    words = _words()
    return {*words.numbers, *words.years, *words.school_year, *words.stages.words()}
