"""Which titles fit best, in what order programmes stand, and what is given up first."""

from __future__ import annotations

from core.domain.wishes import Point, Understood, Wish, WishKind
from core.search.ranking.nearness import metres_between
from core.search.ranking.ordering import Candidate, in_order, with_seats_first
from core.search.ranking.terms import terms_of
from core.search.ranking.titles import rank_titles
from core.search.vocabulary.lexicon import Lexicon
from core.search.vocabulary.line import Line
from core.search.vocabulary.spelling import Vocabulary
from core.search.vocabulary.synonyms import standard_synonyms
from core.search.vocabulary.words import forms_of, stem_of, stems_of, words_of
from core.services.search.misses import kept_words
from core.services.search.widening import ways


def best(query: str, *titles: str) -> list[str]:
    """Titles that hold everything, the best first."""
    lexicon = Lexicon()
    lexicon.add_words((stem, form, False) for title in titles for stem, form in forms_of(title))
    lexicon.add_titles((number, stems_of(title)) for number, title in enumerate(titles))
    terms = terms_of(Line(words_of(query)), lexicon, standard_synonyms())
    return [titles[found.title_id] for found in rank_titles(lexicon, terms) if found.whole]


def test_the_title_itself_stands_before_longer_ones() -> None:
    titles = ("Настольный теннис для начинающих", "Теннис", "Большой теннис")

    assert best("теннис", *titles)[0] == "Теннис"
    assert best("настольный теннис", *titles) == ["Настольный теннис для начинающих"]


def test_words_that_name_a_club_count_little_but_count() -> None:
    titles = ("Театральная студия", "Театральный кружок")

    assert best("театральный кружок", *titles)[0] == "Театральный кружок"
    assert set(best("студия театральная", *titles)) == set(titles)


def test_synonyms_and_relatives_find_what_was_meant() -> None:
    assert best("борьба", "Самбо", "Шахматы") == ["Самбо"]
    assert best("шахматы", "Шахматный клуб", "Хор") == ["Шахматный клуб"]
    assert best("научиться петь", "Вокал", "Футбол") == ["Вокал"]


def test_a_stem_outlives_cases_and_spelling() -> None:
    assert stem_of("робототехникой") == stem_of("робототехника")
    assert stem_of("каратэ") == stem_of("карате")
    assert stems_of("Лёгкая атлетика") == stems_of("легкой атлетики")


def test_the_nearest_word_is_near_by_ear() -> None:
    vocabulary = Vocabulary()
    for word in ("гитара", "картинг", "хореография", "хор"):
        vocabulary.add(stem_of(word), word)

    assert vocabulary.nearest("хариография")[0].stem == stem_of("хореография")
    assert vocabulary.nearest("гетара")[0].stem == stem_of("гитара")
    assert vocabulary.nearest("экскаватор") == []


def candidate(number: int, *, title: int, organisation: int, score: float = 1.0) -> Candidate:
    return Candidate(number, title, organisation, score)


def test_one_club_does_not_fill_the_page() -> None:
    one = [candidate(number, title=1, organisation=1) for number in range(5)]
    other = candidate(9, title=2, organisation=2, score=0.95)

    assert other in [found._replace(score=0.95) for found in in_order([*one, other])[:2]]


def test_a_better_fit_still_goes_first() -> None:
    good, poor = (
        candidate(2, title=1, organisation=1),
        candidate(1, title=2, organisation=1, score=0.4),
    )

    assert [found.programme_id for found in in_order([poor, good])] == [2, 1]


def test_a_free_seat_decides_among_equals() -> None:
    ordered = in_order(
        [candidate(1, title=1, organisation=1), candidate(2, title=2, organisation=2)]
    )

    assert with_seats_first(ordered, lambda found: found.programme_id == 2)[0].programme_id == 2


def test_a_single_narrow_wish_is_given_up_before_several() -> None:
    words = Wish(kind=WishKind.WORDS, value="шахматы")
    day, age = Wish(kind=WishKind.DAY, value="6"), Wish(kind=WishKind.AGE, value="84-95")
    given_up = [lost for _, lost in ways(Understood(wishes=(words, age, day)))]

    assert given_up[0] == (day,)
    assert given_up[-1] == (day, age)
    assert all(words not in lost for lost in given_up)


def test_an_age_is_widened_by_a_year_before_it_is_given_up() -> None:
    age = Wish(kind=WishKind.AGE, value="84-95")
    kept = [left for left, lost in ways(Understood(wishes=(age,))) if lost == (age,)]

    assert kept[0].wishes == (Wish(kind=WishKind.AGE, value="72-107"),)


def test_metres_between_two_houses() -> None:
    here = Point(latitude=46.3223, longitude=39.9640)

    assert metres_between(here, here) == 0
    assert abs(metres_between(here, Point(latitude=46.3313, longitude=39.9640)) - 1000) < 10


def test_of_what_was_not_found_only_words_are_kept() -> None:
    assert kept_words("кёрлинг 8 лет +7 918 123-45-67") == "керлинг лет"
    assert kept_words("Иванова Мария керлинг") == ""  # nothing beside the name of a person
    assert kept_words("пишите на mama@example.ru") == ""
    assert kept_words("тренер бьёт моего сына") == ""
