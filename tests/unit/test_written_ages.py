"""Ages are read in all the forms registries write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.programmes import AgesOutOfOrder, AgeTooGreat
from core.domain.written_ages import NotAges, read_ages, read_oldest, read_youngest
from core.words import age_words

WORDS = age_words()


def whole(years_from: int, years_to: int) -> tuple[int, int]:
    return years_from * 12, years_to * 12 + 11


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("7-10 лет", whole(7, 10)),
        ("7 – 10", whole(7, 10)),
        ("7\u00a0—\u00a010\u00a0лет", whole(7, 10)),
        ("от 7 до 10", whole(7, 10)),
        ("с 7 до 10 лет", whole(7, 10)),
        ("от 7 лет до 10 лет включительно", whole(7, 10)),
        ("с 3-х до 5-ти лет", whole(3, 5)),
        ("7-ми лет", whole(7, 7)),
        ("7...10", whole(7, 10)),
        ("Дети 7-10 лет", whole(7, 10)),
        ("7-10 лет (2-4 класс)", whole(7, 10)),
        ("7 лет", whole(7, 7)),
        ("7", whole(7, 7)),
        ("с 6", whole(6, 17)),
        ("от 6 лет", whole(6, 17)),
        ("6+", whole(6, 17)),
        ("6 лет и старше", whole(6, 17)),
        ("18+", whole(18, 21)),
        ("до 12", whole(0, 12)),
        ("до 12 лет", whole(0, 12)),
        ("любой", whole(0, 17)),
        ("5 – 7 лет 11 мес.", (60, 95)),
        ("5 лет 6 мес. - 7 лет", (66, 95)),
        ("от 3 лет 6 месяцев до 4 лет 5 месяцев", (42, 53)),
        ("6,5-8", (78, 107)),
        ("от 6,5 до 8 лет", (78, 107)),
        ("1.5 – 3 года", (18, 47)),
        ("6-7,5 лет", (72, 90)),
        ("с 6,5 лет", (78, 215)),
        ("1-4 класс", (78, 131)),
        ("1–4 классы", (78, 131)),
        ("для учащихся 1-4-х классов", (78, 131)),
        ("5 класс", (126, 143)),
        ("с 10 класса", (186, 215)),
        ("семь лет", whole(7, 7)),
        ("от семи до десяти лет", whole(7, 10)),
        ("старше 7", whole(7, 17)),
        ("не старше 10 лет", whole(0, 10)),
        ("от7до10", whole(7, 10)),
        ("7-10лет", whole(7, 10)),
        ("5-6, 7-8", whole(5, 8)),
        ("5-6,7-8 лет", whole(5, 8)),
        ("5-6 и 7-8 лет", whole(5, 8)),
        ("7-10, 11-14", whole(7, 14)),
        ("1-2 класс; 3-4 класс", (78, 131)),
        ("дошкольный", whole(3, 7)),
        ("дошкольный возраст", whole(3, 7)),
    ],
)
def test_ages_are_read(said: str, months: tuple[int, int]) -> None:
    found = read_ages(said, WORDS)
    assert (found.from_months, found.to_months) == months


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("7,5 лет", "age-not-whole"),
        ("6,3-8", "age-not-whole"),
        ("6,5", "age-not-whole"),
        ("", "not-ages"),
        ("много", "not-ages"),
        ("1, 2 класс", "not-ages"),
        ("7-10, мальчики", "not-ages"),
        ("12 класс", "not-ages"),
        ("4-1 класс", "not-ages"),
        ("-7", "not-ages"),
    ],
)
def test_what_is_no_age_is_refused_with_a_reason(said: str, reason: str) -> None:
    with pytest.raises(NotAges) as raised:
        read_ages(said, WORDS)
    assert raised.value.reason == reason


def test_bounds_that_make_no_sense() -> None:
    with pytest.raises(AgesOutOfOrder):
        read_ages("10-7", WORDS)
    with pytest.raises(AgeTooGreat):
        read_ages("7-77", WORDS)
    with pytest.raises(AgeTooGreat):
        read_ages("30+", WORDS)


@pytest.mark.parametrize(
    ("youngest", "oldest", "months"),
    [
        ("7", "10", whole(7, 10)),
        ("от 7 лет", "до 10 лет", whole(7, 10)),
        ("с 5 лет 6 мес.", "7 лет 11 мес.", (66, 95)),
        ("6,5", "8", (78, 107)),
    ],
)
def test_two_columns_hold_a_bound_each(youngest: str, oldest: str, months: tuple[int, int]) -> None:
    assert (read_youngest(youngest, WORDS), read_oldest(oldest, WORDS)) == months


@given(
    youngest=st.integers(0, 17),
    more=st.integers(0, 4),
    shape=st.sampled_from(
        ["{}-{}", "{} – {} лет", "от {} до {}", "с {} до {} лет", "{} лет - {} лет"]
    ),
)
def test_both_bounds_come_back(youngest: int, more: int, shape: str) -> None:
    oldest = youngest + more
    found = read_ages(shape.format(youngest, oldest), WORDS)
    assert (found.from_months, found.to_months) == whole(youngest, oldest)


@given(st.text(alphabet="0123456789 -+.,отдслеткамсц", max_size=20))
def test_nothing_written_breaks_the_reading(said: str) -> None:
    try:
        found = read_ages(said, WORDS)
    except (NotAges, AgesOutOfOrder, AgeTooGreat):
        return
    assert 0 <= found.from_months <= found.to_months
