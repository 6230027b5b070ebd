"""Reading ages as registries write them.

«7-10 лет», «от 7 до 10», «с 6», «6+», «до 12», «5 – 7 лет 11 мес.», «1-4 класс», «7». The upper
bound counts to the day before the next birthday; with months said, to the day before the next
month. Of several spans («5-6, 7-8») the least and the greatest age count. Half a year is six months
said: «6,5-8»; «7,5» alone would be one month of life, and is not read. Grades are ages by the law
on education: data of `core/words/ru/ages.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from core.domain.programmes import (
    GREATEST_AGE_MONTHS,
    MONTHS_IN_YEAR,
    AgeSpan,
    age_span,
)
from core.domain.writing import one_of, plain, without_remarks


class NotAges(ValueError):
    """`reason`: not-ages, age-not-whole («7,5 лет»)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class AgeWords:
    """Words in small letters. Bounds that are not said are in full years, those of the first grade
    in full months."""

    since: Iterable[str]
    till: Iterable[str]
    years: Iterable[str]
    months: Iterable[str]
    onward: Iterable[str]
    grades: Iterable[str]
    endings: Iterable[str]  # «7-ми», «1-й»
    idle: Iterable[str]
    any: frozenset[str]
    youngest_years: int
    oldest_years: int
    first_grade: AgeSpan
    last_grade: int
    joints: Iterable[str]
    numbers: Mapping[str, str]  # a word -> its digits
    named: Mapping[str, AgeSpan]  # «дошкольный»

    @cached_property
    def number_pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){one_of(self.numbers)}(?!\w)")

    @cached_property
    def several(self) -> re.Pattern[str]:
        """What stands between spans; a comma within a number is none."""
        return re.compile(rf"\s?;\s?|,\s|(?:(?<=\d-\d)|(?<=\d-\d\d)),|\s{one_of(self.joints)}\s")

    @cached_property
    def idle_pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){one_of(self.idle)}(?!\w)")

    @cached_property
    def lower(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{one_of(self.since)}\s)?{self._age('first')}")

    @cached_property
    def upper(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{one_of(self.till)}\s)?{self._age('last')}")

    @cached_property
    def ages(self) -> tuple[re.Pattern[str], ...]:
        """With a `first` age, a `last` one, or both."""
        since, till = rf"{one_of(self.since)}\s", rf"{one_of(self.till)}\s"
        first, last = self._age("first"), self._age("last")
        return tuple(
            re.compile(shape)
            for shape in (
                rf"(?:{since})?{first}{self._between}{last}",
                rf"(?:{since})?{first}\s?(?:\+|{one_of(self.onward)})",
                rf"{since}{first}",
                rf"{till}{last}",
            )
        )

    @cached_property
    def grades_pattern(self) -> re.Pattern[str]:
        """`first`, `last` where two are named, `since` where it goes on to the last of all."""
        return re.compile(
            rf"(?P<since>{one_of(self.since)}\s)?(?P<first>\d\d?){self._ending}"
            rf"(?:{self._between}(?P<last>\d\d?){self._ending})?\s?{one_of(self.grades)}\.?"
        )

    @property
    def _between(self) -> str:
        return rf"(?:\s?(?:-|\.\.\.?)\s?|\s{one_of(self.till)}\s)"

    @property
    def _ending(self) -> str:
        return rf"(?:\s?-?\s?{one_of(self.endings)}(?!\w))?"

    def _age(self, name: str) -> str:
        years = rf"(?:\s?-?\s?{one_of(self.years)}(?!\w)\.?)?"
        months = rf"(?:\s?(?P<{name}_months>\d\d?)\s?{one_of(self.months)}(?!\w)\.?)?"
        half = rf"(?P<{name}_half>[.,]5(?!\d)){years}"
        return rf"(?P<{name}>\d{{1,3}})(?:{half}|{self._ending}{years}{months})"


_FRACTION = re.compile(r"\d[.,]\d")
_GROWN_TOGETHER = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def read_ages(text: str, words: AgeWords) -> AgeSpan:
    """Both bounds. Raises NotAges, AgesOutOfOrder, AgeTooGreat."""
    said = _laid_out(text, words)
    try:
        return _one_span(said, words)
    except NotAges:
        parts = [part.strip() for part in words.several.split(said)]
        if len(parts) == 1 or not all(any(map(str.isdigit, part)) for part in parts):
            raise
        if len({bool(words.grades_pattern.fullmatch(part)) for part in parts}) > 1:
            raise  # «1, 2 класс»: a grade and an age
        spans = [_one_span(part, words) for part in parts]
        return age_span(
            min(span.from_months for span in spans), max(span.to_months for span in spans)
        )


def _one_span(said: str, words: AgeWords) -> AgeSpan:
    if said in words.any:
        return _span(None, None, words)
    if said in words.named:
        return words.named[said]
    if alone := words.lower.fullmatch(said):
        if said[0].isdigit():
            if alone["first_half"]:
                raise _unclear(said)
            return _span(_first(alone), _last(alone, "first"), words)
        return _span(_first(alone), None, words)
    for shape in words.ages:
        if found := shape.fullmatch(said):
            return _span(_first(found), _last(found, "last"), words)
    if found := words.grades_pattern.fullmatch(said):
        return _grades(found, words)
    raise _unclear(said)


def read_youngest(text: str, words: AgeWords) -> int:
    """The lower bound by itself, in full months. Raises NotAges."""
    said = _laid_out(text, words)
    found = words.lower.fullmatch(said)
    months = None if found is None else _first(found)
    if months is None:
        raise _unclear(said)
    return months


def read_oldest(text: str, words: AgeWords) -> int:
    """The upper bound by itself, in full months, inclusive. Raises NotAges."""
    said = _laid_out(text, words)
    found = words.upper.fullmatch(said)
    months = None if found is None else _last(found, "last")
    if months is None:
        raise _unclear(said)
    return months


def _laid_out(text: str, words: AgeWords) -> str:
    apart = _GROWN_TOGETHER.sub(" ", without_remarks(plain(text)))
    said = words.number_pattern.sub(lambda met: words.numbers[met.group()], apart)
    said = words.idle_pattern.sub(" ", said)
    return " ".join(said.split()).strip(" ,;:.()")


def _unclear(said: str) -> NotAges:
    return NotAges("age-not-whole" if _FRACTION.search(said) else "not-ages")


def _first(found: re.Match[str]) -> int | None:
    said = found.groupdict()
    if said.get("first") is None:
        return None
    return int(said["first"]) * MONTHS_IN_YEAR + (_months(said, "first") or 0)


def _last(found: re.Match[str], name: str) -> int | None:
    """The whole year counts, or the whole month where months are said."""
    said = found.groupdict()
    if said.get(name) is None:
        return None
    months = _months(said, name)
    return int(said[name]) * MONTHS_IN_YEAR + (MONTHS_IN_YEAR - 1 if months is None else months)


def _months(said: Mapping[str, str | None], name: str) -> int | None:
    """Beside the full years; None: not said."""
    if said[f"{name}_half"]:
        return MONTHS_IN_YEAR // 2
    months = said[f"{name}_months"]
    return None if months is None else int(months)


def _span(first: int | None, last: int | None, words: AgeWords) -> AgeSpan:
    youngest = words.youngest_years * MONTHS_IN_YEAR if first is None else first
    if last is None:
        usual = words.oldest_years * MONTHS_IN_YEAR + MONTHS_IN_YEAR - 1
        last = usual if youngest <= usual else max(youngest, GREATEST_AGE_MONTHS)
    return age_span(youngest, last)


def _grades(found: re.Match[str], words: AgeWords) -> AgeSpan:
    first = int(found["first"])
    last = int(found["last"] or (words.last_grade if found["since"] else first))
    if not 1 <= first <= last <= words.last_grade:
        raise NotAges("not-ages")
    return age_span(
        words.first_grade.from_months + (first - 1) * MONTHS_IN_YEAR,
        words.first_grade.to_months + (last - 1) * MONTHS_IN_YEAR,
    )
