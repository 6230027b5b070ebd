"""Names that mean the same are equal in their normal form, and no others."""

from __future__ import annotations

import pytest

from core.domain.naming import normal_form, without_marks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Естественно-научная", "естественнонаучная"),
        ("МБОУ «СОШ № 1»", 'МБОУ "СОШ №1"'),
        ("Ёлочка", "ЕЛОЧКА"),
        ("Дом\u00a0творчества", "дом творчества"),
        ("Театр — студия „Маска“", "театр-студия 'маска'"),
        ("группа\u200b 1", "Группа 1"),
        ("мягкий\u00adперенос", "Мягкий перенос"),
        ("кружок − 2", "Кружок - 2"),
        ("й", "и\u0306"),
    ],
)
def test_spaces_case_quotes_yo_and_dashes_do_not_matter(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("СОШ № 1", "СОШ № 11"), ("Группа А", "Группа Б"), ("Шахматы.", "Шашки."), ("май", "маи")],
)
def test_other_signs_do_matter(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


@pytest.mark.parametrize("text", ["", "   ", "—", "«»", "\u200b\n\t"])
def test_a_name_of_nothing_but_marks_is_empty(text: str) -> None:
    assert normal_form(text) == ""


SPELLINGS = [
    "МБОУ СОШ № 1",
    "МБОУ СОШ №1",
    "МБОУ СОШ N 1",
    "МБОУ СОШ № 1.",
    "МБОУ СОШ 1",
    "мбоу сош no. 1",
]


@pytest.mark.parametrize("name", SPELLINGS)
def test_marks_of_numbers_do_not_part_organisations(name: str) -> None:
    assert without_marks(normal_form(name)) == without_marks(normal_form("МБОУ СОШ № 1"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("СОШ № 1", "СОШ № 2"),
        ("СОШ № 1", "СОШ № 11"),
        ("Корпус 1 № 2", "Корпус 12"),
        ("СОШ № 1", "СОШ"),
        ("Piano1", "Pia1"),
    ],
)
def test_numbers_themselves_do(one: str, other: str) -> None:
    assert without_marks(normal_form(one)) != without_marks(normal_form(other))
