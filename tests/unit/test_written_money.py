"""Sums are read in all the forms registries write them, or refused with a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.written_money import NotMoney, read_roubles
from core.words import money_words

WORDS = money_words()


@pytest.mark.parametrize(
    ("said", "roubles"),
    [
        ("1200", "1200"),
        ("1 200,50 руб.", "1200.50"),
        ("1\u00a0200,50", "1200.50"),
        ("1\u202f200", "1200"),
        ("1.200,50", "1200.50"),
        ("1,200.50", "1200.50"),
        ("1.200.000", "1200000"),
        ("12 000 ₽", "12000"),
        ("1200р.", "1200"),
        ("1200 рублей 50 копеек", "1200.50"),
        ("1200 руб. 5 коп.", "1200.05"),
        ("9000 руб. за курс", "9000"),
        ("9000 руб./год", "9000"),
        ("бесплатно", "0"),
        ("Бесплатно, за счёт бюджета", "0"),
        ("9000 руб. (за весь курс)", "9000"),
        ("Бюджет", "0"),
        ("1200=", "1200"),
        ("1200=00", "1200"),
        ("1200=50", "1200.50"),
        ("1 200=00 руб.", "1200"),
        ("1200-00", "1200"),
        ("1200-00 руб.", "1200"),
        ("1200,-", "1200"),
        ("1200.- руб.", "1200"),
        ("1200-", "1200"),
        ("0", "0"),
        ("0,00 руб.", "0"),
        ("-100 ₽", "-100"),
        ("− 100", "-100"),
    ],
)
def test_sums_are_read(said: str, roubles: str) -> None:
    assert read_roubles(said, WORDS) == Decimal(roubles)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("1200 р/мес", "price-of-part"),
        ("1200 руб. в месяц", "price-of-part"),
        ("300 руб. за занятие", "price-of-part"),
        ("1200 руб. (за месяц)", "price-of-part"),
        ("бесплатно 2 занятия", "not-number"),
        ("12,345", "not-money"),
        ("1.200", "not-money"),
        ("дорого", "not-number"),
        ("от 1000", "price-range"),
        ("1000-1500", "price-range"),
        ("500-700", "price-range"),
        ("500-700 руб.", "price-range"),
        ("500 руб. - 700 руб.", "price-range"),
        ("от 500 до 700", "price-range"),
        ("до 2000 руб.", "price-range"),
        ("30-50", "price-range"),
        ("1200=5", "not-number"),
        ("3000 5000", "not-number"),
        ("1.20.50", "not-number"),
        ("1 200.5,5", "not-number"),
        ("", "not-number"),
    ],
)
def test_what_is_no_sum_is_refused_with_a_reason(said: str, reason: str) -> None:
    with pytest.raises(NotMoney) as raised:
        read_roubles(said, WORDS)
    assert raised.value.reason == reason


@given(
    kopecks=st.integers(0, 10**9),
    gap=st.sampled_from(["", " ", "\u00a0", "'"]),
    mark=st.sampled_from([",", "."]),
    unit=st.sampled_from(["", " руб.", "р", " ₽"]),
)
def test_every_sum_comes_back(kopecks: int, gap: str, mark: str, unit: str) -> None:
    roubles, rest = divmod(kopecks, 100)
    said = f"{roubles:,}".replace(",", gap) + f"{mark}{rest:02}{unit}"
    assert read_roubles(said, WORDS) * 100 == kopecks


@given(st.text(alphabet="0123456789 .,-'рубкопзамесц/", max_size=20))
def test_nothing_written_breaks_the_reading(said: str) -> None:
    try:
        read_roubles(said, WORDS)
    except NotMoney:
        return
