"""Reading sums as registries write them.

«1 200,50 руб.», «1.200,50», «1200 р. 50 коп.», «бесплатно». «1.200» and «12,345» are not read:
nobody can say whether thousands or kopecks are meant. Neither is «1200 р/мес»: a registry keeps the
price of the whole programme. Nor «500-700»: of two prices none is the price. As on a bill, «1200=»,
«1200-00» and «1200,-» are one sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from core.domain.writing import one_of, plain, without_remarks


class NotMoney(ValueError):
    """`reason`: not-number, not-money (kopecks unclear), price-of-part,
    price-range."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class MoneyWords:
    """Words in small letters. `nothing`: it is free; `unsaid`: nobody has said; `whole`: for
    everything; `parts` after one of `joints` or a slash: for a month, a session, a child; `since`,
    `till`: before the least and the greatest of several sums."""

    nothing: Iterable[str]
    unsaid: frozenset[str]
    units: Iterable[str]
    hundredths: Iterable[str]
    whole: Iterable[str]
    joints: Iterable[str]
    parts: Iterable[str]
    since: Iterable[str]
    till: Iterable[str]

    @cached_property
    def free(self) -> re.Pattern[str]:
        return re.compile(rf"{one_of(self.nothing)}(?!\w)")

    @cached_property
    def sum(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?P<sum>-?\s?\d[\d ',.]*?)\s?(?:{one_of(self.units)}(?!\w)\.?)?"
            rf"(?:\s?(?P<hundredths>\d\d?)\s?{one_of(self.hundredths)}(?!\w)\.?)?"
            rf"(?:\s?{one_of(self.whole)})?"
        )

    @cached_property
    def of_part(self) -> re.Pattern[str]:
        return re.compile(rf"(?:/|\b{one_of(self.joints)}\b)\s?(?:\d\s)?{one_of(self.parts)}(?!\w)")

    @cached_property
    def range(self) -> re.Pattern[str]:
        since, till = one_of(self.since), one_of(self.till)
        number = rf"\d[\d ',.]*\s?(?:{one_of(self.units)}(?!\w)\.?)?\s?"
        return re.compile(
            rf"(?:{since}\s)?{number}(?:-|\.\.+|{till}\s)\s?{number}|(?:{since}|{till})\s{number}"
        )


_GROUPED = re.compile(r"-?\d{1,3}(?:[ '.,]\d{3})+")
_PLAIN = re.compile(r"-?\d+")
# «1200=», «1200=00», «1200-00», «1200,-»; «30-50» may be two sums
_BILL = re.compile(
    r"(?P<whole>\d[\d ']*)(?:=(?P<after>\d\d)?|(?<=\d{3})-(?P<dashed>\d\d)|[.,]?[-=])(?!\s?\d)"
)


def read_roubles(text: str, words: MoneyWords) -> Decimal:
    """Roubles, maybe negative or with more than two decimals. Raises NotMoney."""
    said = plain(text)
    if words.free.match(said) and not any(sign.isdigit() for sign in said):
        return Decimal(0)
    if words.of_part.search(said):
        raise NotMoney("price-of-part")
    sum_said = _without_marks_of_bills(without_remarks(said))
    found = words.sum.fullmatch(sum_said)
    if found is None:
        raise NotMoney("price-range" if words.range.fullmatch(sum_said) else "not-number")
    roubles = read_decimal(found["sum"])
    if found["hundredths"] is None:
        return roubles
    if roubles != roubles.to_integral_value():
        raise NotMoney("not-number")
    return roubles + Decimal(found["hundredths"]).copy_sign(roubles) / 100


def read_decimal(said: str) -> Decimal:
    """A number with or without thousands marked. Raises NotMoney."""
    said = said.strip(" .,").replace("- ", "-")
    whole, mark, rest = said, "", ""
    if marks := [sign for sign in said if sign in ".,"]:
        last = marks[-1]
        if len(set(marks)) == 2 or len(marks) == 1:
            whole, mark, rest = said.rpartition(last)
        if mark and (not rest.isdecimal() or last in whole):
            raise NotMoney("not-number")
        if len(rest) == 3 and len(set(marks)) == 1 and 1 <= len(whole.lstrip("-")) <= 3:
            raise NotMoney("not-money")
    if not _PLAIN.fullmatch(whole) and not _is_grouped(whole):
        raise NotMoney("not-number")
    digits = re.sub(r"[ '.,]", "", whole)
    return Decimal(f"{digits}.{rest}" if mark else digits)


def _without_marks_of_bills(said: str) -> str:
    found = _BILL.match(said)
    if found is None:
        return said
    kopecks = found["after"] or found["dashed"]
    return found["whole"] + (f",{kopecks}" if kopecks else "") + said[found.end() :]


def _is_grouped(whole: str) -> bool:
    signs = {sign for sign in whole if sign in " '.,"}
    return len(signs) == 1 and _GROUPED.fullmatch(whole) is not None
