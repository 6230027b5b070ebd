"""Own numbers, and the age at which a certificate may be asked for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.certificates import (
    NumbersRunOut,
    TooOld,
    TooYoung,
    check_age_for_request,
    number_tail,
    own_number,
)

TODAY = date(2026, 11, 22)


@given(ordinal=st.integers(1, 99), serial=st.integers(1, 999_999))
def test_an_own_number_has_ten_digits_and_says_whose_it_is(ordinal: int, serial: int) -> None:
    number = own_number(ordinal, serial)
    assert len(number) == 10
    assert number.startswith("99")
    assert (int(number[2:4]), int(number[4:])) == (ordinal, serial)
    assert number_tail(number) == number[6:]


def test_numbers_end_with_the_millionth() -> None:
    assert own_number(1, 110) == "9901000110"
    with pytest.raises(NumbersRunOut):
        own_number(1, 1_000_000)
    with pytest.raises(ValueError, match="two digits"):
        own_number(100, 1)


@pytest.mark.parametrize("born", [date(2021, 11, 22), date(2008, 11, 23), date(2016, 3, 5)])
def test_five_to_seventeen_may_ask(born: date) -> None:
    check_age_for_request(born, TODAY)


def test_the_day_before_five_is_too_young_and_the_birthday_is_named() -> None:
    with pytest.raises(TooYoung) as refusal:
        check_age_for_request(date(2021, 11, 23), TODAY)
    assert refusal.value.params == {"fifth_birthday": "2026-11-23"}


def test_the_eighteenth_birthday_is_too_late() -> None:
    with pytest.raises(TooOld):
        check_age_for_request(date(2008, 11, 22), TODAY)
