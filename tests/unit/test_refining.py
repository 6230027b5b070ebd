"""A second message: other words begin anew, a wish alone narrows what is there."""

from __future__ import annotations

import pytest

from core.domain.refining import is_refinement, refined, without
from core.domain.wishes import Correction, Understood, Wish, WishKind

DRAWING = Wish(kind=WishKind.WORDS, value="рисование")
CHESS = Wish(kind=WishKind.WORDS, value="шахматы")
SEVEN = Wish(kind=WishKind.AGE, value="84-95")
NINE = Wish(kind=WishKind.AGE, value="108-119")
FREE = Wish(kind=WishKind.FREE)
CHEAP = Wish(kind=WishKind.PRICE_UP_TO, value="200000")
SPORT = Wish(kind=WishKind.DIRECTION, value="sports")
NO_SPORT = Wish(kind=WishKind.NOT_DIRECTION, value="sports")


def said(*wishes: Wish) -> Understood:
    return Understood(wishes=wishes)


@pytest.mark.parametrize(
    ("present", "new", "after"),
    [
        (said(DRAWING, SEVEN), said(CHESS), [CHESS]),
        (said(DRAWING, SEVEN), said(SPORT), [SPORT]),
        (said(DRAWING, SEVEN), said(FREE), [DRAWING, SEVEN, FREE]),
        (said(DRAWING, SEVEN), said(NINE), [DRAWING, NINE]),
        (said(DRAWING, CHEAP), said(FREE), [DRAWING, FREE]),
        (said(DRAWING), said(NO_SPORT), [DRAWING, NO_SPORT]),
        (said(DRAWING, FREE), said(FREE), [DRAWING, FREE]),
        (said(), said(SEVEN), [SEVEN]),
        (said(DRAWING, SEVEN), said(CHESS, NINE), [CHESS, NINE]),
        (said(DRAWING), said(), []),
    ],
    ids=[
        "other words",
        "another theme",
        "free",
        "another age",
        "free instead of cheap",
        "but no sport",
        "the same again",
        "nothing before",
        "words and an age",
        "nothing understood",
    ],
)
def test_the_second_message(present: Understood, new: Understood, after: list[Wish]) -> None:
    assert list(refined(present, new).wishes) == after


def test_a_question_about_a_price_is_a_wish_and_one_about_chess_is_not() -> None:
    assert is_refinement(said(FREE))
    assert not is_refinement(said(CHESS, FREE))
    assert not is_refinement(said())


def test_a_mended_word_is_said_until_it_is_taken_away() -> None:
    mended = Understood(
        wishes=(DRAWING, SEVEN), corrections=(Correction(typed="рисовние", taken="рисование"),)
    )

    assert refined(mended, said(FREE)).corrections == mended.corrections
    assert without(mended, SEVEN).corrections == mended.corrections
    assert without(mended, DRAWING) == said(SEVEN)
