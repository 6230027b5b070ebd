"""The insurance number: eleven digits and their checksum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.refusals import BadValue
from core.domain.snils import read_snils, write_snils


def with_checksum(nine: str) -> str:
    """The order of the Pension Fund, word by word."""
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(9, 0, -1), strict=True))
    if total > 101:
        total %= 101
    return f"{nine}{0 if total in (100, 101) else total:02}"


@pytest.mark.parametrize(
    "text", ["112-233-445 95", "11223344595", " 112 233 445 95 ", "112\u2013233\u2013445\u201395"]
)
def test_usual_spellings_are_one_number(text: str) -> None:
    assert read_snils(text) == "11223344595"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("112-233-445 96", "checksum"),
        ("000-000-000 00", "checksum"),
        ("112-233-445", "length"),
        ("112-233-445 955", "length"),
        ("", "length"),
        ("нет под рукой", "length"),
        ("112-233-445 95<b>", "length"),
        ("\u0661\u0661\u0662\u0662\u0663\u0663\u0664\u0664\u0665\u0669\u0665", "length"),
    ],
)
def test_a_refusal_has_a_reason_and_an_example(text: str, reason: str) -> None:
    with pytest.raises(BadValue) as refusal:
        read_snils(text)
    params = refusal.value.params
    assert (params["field"], params["reason"]) == ("snils", reason)
    assert read_snils(str(params["example"]))


@given(number=st.integers(1, 999_999_999))
def test_every_number_with_its_checksum_is_read(number: int) -> None:
    whole = with_checksum(f"{number:09}")
    assert read_snils(whole) == whole
    assert read_snils(write_snils(whole)) == whole


@given(number=st.integers(1, 999_999_999), place=st.integers(0, 8), digit=st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: int, place: int, digit: int) -> None:
    whole = with_checksum(f"{number:09}")
    wrong = str((int(whole[place]) + digit) % 10)
    mistaken = whole[:place] + wrong + whole[place + 1 :]
    if with_checksum(mistaken[:9]) == mistaken:
        return  # 00 stands for two remainders: the checksum is blind there
    with pytest.raises(BadValue):
        read_snils(mistaken)
