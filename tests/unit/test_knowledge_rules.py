"""Which answer is told: the most specific that holds, and never another's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.domain.knowledge import (
    AnswerTerms,
    AnswerText,
    Asker,
    Audience,
    UnknownVariable,
    Variant,
    filled,
    hears,
    masked,
    pick_variant,
    read_answer_text,
    read_examples,
)
from core.domain.municipality import MunicipalityView, Regime, RegistryMode
from core.domain.refusals import BadValue

HERE = MunicipalityView(
    id=1,
    code="krylovsky",
    name="Крыловский район",
    timezone="Europe/Moscow",
    regime=Regime.PFDO,
    registry_mode=RegistryMode.OWN,
    centre_name=None,
    centre_phone=None,
)
TODAY = date(2026, 9, 1)


def asker(audience: Audience = Audience.PARENTS, **more: Any) -> Asker:
    return Asker(**{"audience": audience, "municipality": HERE, "today": TODAY, **more})


def variants(*terms: AnswerTerms) -> list[Variant]:
    return [
        Variant(id=number, terms=one, text=AnswerText(text=str(number)))
        for number, one in enumerate(terms)
    ]


def told(*terms: AnswerTerms, to: Asker | None = None) -> int | None:
    picked = pick_variant(variants(*terms), to or asker())
    return None if picked is None else picked.id


def test_the_most_specific_wins() -> None:
    common = AnswerTerms()
    of_mode = AnswerTerms(registry_mode=RegistryMode.OWN)
    of_place = AnswerTerms(municipality_id=1)
    of_both = AnswerTerms(municipality_id=1, regime=Regime.PFDO)

    assert told(common, of_mode) == 1
    assert told(of_mode, of_place, common) == 1
    assert told(of_both, of_place) == 0
    assert told(AnswerTerms(municipality_id=2), AnswerTerms(regime=Regime.SOCIAL_ORDER)) is None


def test_where_no_municipality_is_chosen_only_common_answers_hold() -> None:
    nowhere = asker(municipality=None)

    assert told(AnswerTerms(), AnswerTerms(registry_mode=RegistryMode.OWN), to=nowhere) == 0


def test_a_parent_is_never_told_an_organisers_answer() -> None:
    ours = AnswerTerms(audience=Audience.ORGANISERS, municipality_id=1)

    assert told(AnswerTerms(), ours) == 0
    assert told(ours) is None
    assert told(AnswerTerms(), ours, to=asker(Audience.ORGANISERS)) == 1
    assert not hears(Audience.PARENTS, Audience.ORGANISERS)
    assert hears(Audience.ORGANISERS, Audience.PARENTS)


def test_days_are_inclusive_and_a_dated_answer_goes_before_a_lasting_one() -> None:
    now = AnswerTerms(valid_from=TODAY, valid_until=TODAY)

    assert told(AnswerTerms(), now) == 1
    assert told(AnswerTerms(valid_until=date(2026, 8, 31))) is None
    assert told(AnswerTerms(valid_from=date(2026, 9, 2))) is None
    with pytest.raises(BadValue):
        AnswerTerms(valid_from=TODAY, valid_until=date(2026, 8, 31))


def test_variables_are_filled_and_unknown_ones_refused() -> None:
    values = {"centre_name": "ДДТ", "centre_phone": "3-00-00", "municipality": "район"}

    assert filled("{centre_name}: { centre_phone }", values) == "ДДТ: 3-00-00"
    with pytest.raises(UnknownVariable) as refused:
        read_answer_text("Позвоните {директору}")
    assert refused.value.params["name"] == "директору"
    with pytest.raises(UnknownVariable):
        read_answer_text("{{7*7}} {0}")


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("мой снилс 112-233-445 95", "мой снилс …"),
        ("позвоните +7 (918) 123-45-67 вечером", "позвоните … вечером"),
        ("паспорт 03 14 123456", "паспорт …"),
        ("родился 05.03.2016 года", "родился … года"),
        ("почта mama@mail.ru и @masha_ivanova", "почта … и …"),
        ("ребёнку 7 лет, 3000 рублей", "ребёнку 7 лет, 3000 рублей"),
    ],
)
def test_what_a_person_is_known_by_is_masked(said: str, stored: str) -> None:
    assert masked(said) == stored


def test_examples_come_once_and_are_never_the_question() -> None:
    read = read_examples([" Как  так? ", "как так?", "", "А вот так"], question="А вот так")

    assert read == ["Как так?"]
