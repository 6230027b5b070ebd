"""Results of a search as a parent reads them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.views import search as view
from core.domain.programmes import Direction
from core.domain.wishes import Correction, Sort, Understood, Wish, WishKind
from core.i18n import Speech, Texts
from core.services.search.search import MOST_COUNTED
from core.services.search.views import Found, FoundProgramme


@pytest.fixture(scope="module")
def speech() -> Speech:
    return Texts().speak("ru")


def programme(number: int, **changed: Any) -> FoundProgramme:
    values: dict[str, Any] = {
        "id": number,
        "title": f"Шахматы {number}",
        "organisation_name": "Школа № 1 <отделение>",
        "age_from_months": 84,
        "age_to_months": 131,
        "seats_left": 2,
        "price_kopecks": 0,
        "municipality_id": 1,
        "direction": Direction.SPORTS,
        "score": 1.0,
        "distance_m": None,
    }
    return FoundProgramme(**values | changed)


def found(*items: FoundProgramme, **changed: Any) -> Found:
    values: dict[str, Any] = {
        "items": items,
        "total": len(items),
        "offset": 0,
        "understood": Understood(wishes=(Wish(kind=WishKind.WORDS, value="шахматы"),)),
    }
    return Found(**values | changed)


WISHES = [
    (Wish(kind=WishKind.WORDS, value="шахматы"), "шахматы ✕"),
    (Wish(kind=WishKind.NOT_WORDS, value="футбол"), "без: футбол ✕"),
    (Wish(kind=WishKind.AGE, value="84-95"), "7 лет ✕"),
    (Wish(kind=WishKind.AGE, value="60-95"), "5–7 лет ✕"),
    (Wish(kind=WishKind.DIRECTION, value="technical"), "техника ✕"),
    (Wish(kind=WishKind.NOT_DIRECTION, value="sports"), "кроме: спорт ✕"),
    (Wish(kind=WishKind.FREE), "бесплатно ✕"),
    (Wish(kind=WishKind.CERTIFICATE), "по сертификату ✕"),
    (Wish(kind=WishKind.PRICE_UP_TO, value="200000"), "до 2 000 ₽ ✕"),
    (Wish(kind=WishKind.DAY, value="67"), "сб и вс ✕"),
    (Wish(kind=WishKind.AFTER, value="17:00"), "с 17:00 ✕"),
    (Wish(kind=WishKind.BEFORE, value="12:00"), "до 12:00 ✕"),
    (Wish(kind=WishKind.PLACE, value="Крыловская"), "Крыловская ✕"),
    (Wish(kind=WishKind.NEAR), "рядом ✕"),
    (Wish(kind=WishKind.ADAPTED), "особенности развития ✕"),
    (Wish(kind=WishKind.HOLIDAY), "на каникулах ✕"),
    (Wish(kind=WishKind.REMOTE), "онлайн ✕"),
    (
        Wish(kind=WishKind.WORDS, value="конструирование и моделирование роботов"),
        "конструирование и моделиров… ✕",
    ),
]


@pytest.mark.parametrize(("wish", "words"), WISHES, ids=str)
def test_a_wish_stands_on_a_button_that_takes_it_away(
    wish: Wish, words: str, speech: Speech
) -> None:
    label = view.chip(wish, speech).replace("\N{NO-BREAK SPACE}", " ")

    assert label == words
    assert len(label) <= 30


def test_every_kind_of_wish_has_words(speech: Speech) -> None:
    assert {wish.kind for wish, _ in WISHES} == set(WishKind)
    for wish, _ in WISHES:
        assert view.given_up(wish, speech)


def test_a_chip_finds_its_own_wish_and_no_other() -> None:
    wishes = tuple(wish for wish, _ in WISHES)
    understood = Understood(wishes=wishes)

    assert len({view.chip_id(wish) for wish in wishes}) == len(wishes)
    for wish in wishes:
        assert view.wish_of(understood, view.chip_id(wish)) == wish
        assert view.wish_of(understood.without(wish), view.chip_id(wish)) is None


def test_a_line_says_ages_seats_price_and_club(speech: Speech) -> None:
    text = view.results(found(programme(1), programme(2, seats_left=0)), 4, speech)

    assert text.startswith("Нашлось 2 кружка\n\n<b>1. Шахматы 1</b>\n")
    assert "7–10 лет · 2 места · бесплатно\nШкола № 1 &lt;отделение&gt;" in text
    assert "7–10 лет · мест нет" in text


@pytest.mark.parametrize(
    ("metres", "words"),
    [(0, "ближе 500 м"), (500, "ближе 500 м"), (1200, "около 1 км"), (1300, "около 1,5 км")],
)
def test_a_distance_is_as_rough_as_the_place(metres: int, words: str, speech: Speech) -> None:
    assert words in view.results(found(programme(1, distance_m=metres)), 4, speech)


def test_a_page_of_many_says_which(speech: Speech) -> None:
    many = found(programme(5), total=9, offset=4)

    assert view.results(many, 4, speech).startswith("Нашлось 9 кружков, страница 2 из 3\n")


def test_a_list_nobody_counts_to_its_end_says_more(speech: Speech) -> None:
    many = found(programme(1), total=MOST_COUNTED)

    assert view.results(many, 4, speech).startswith("Нашлось больше 300 кружков")


def test_what_was_mended_and_given_up_is_said_first(speech: Speech) -> None:
    mended = Understood(
        wishes=(Wish(kind=WishKind.WORDS, value="шахматы"),),
        corrections=(Correction(typed="шхматы<", taken="шахматы"),),
    )
    late = Wish(kind=WishKind.AFTER, value="17:00")

    text = view.results(found(programme(1), understood=mended, widened=(late,)), 4, speech)

    assert text.startswith(
        "Показываю для «шахматы», в запросе было «шхматы&lt;».\n"
        "С 17:00 ничего нет, вот в другое время.\n"
        "Нашёлся 1 кружок"
    )


def test_of_several_given_up_together_nothing_is_said_of_one(speech: Speech) -> None:
    widened = (Wish(kind=WishKind.DAY, value="6"), Wish(kind=WishKind.ADAPTED))

    text = view.results(found(programme(1), widened=widened), 4, speech)

    assert text.startswith("Всё сразу не нашлось. Показываю без этого: ")


def test_words_that_stand_in_no_title_are_said_to_be_only_mentioned(speech: Speech) -> None:
    text = view.results(found(programme(1), mentioned=True), 4, speech)

    assert text.startswith("В названиях «шахматы» не встретилось")


def test_nothing_at_all_says_what_to_do(speech: Speech) -> None:
    assert "уберите лишнее" in view.nothing(replace(found(), total=0), speech)


@pytest.mark.parametrize("sort", Sort)
def test_every_order_has_words_that_fit_a_button(sort: Sort, speech: Speech) -> None:
    assert len(view.sort_label(sort, speech)) <= 30
