"""What a parent writes becomes wishes, and nothing of it gets lost or made up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache

import pytest

from core.domain.wishes import Correction, Understood, Wish, WishKind, from_stored
from core.search.reading.understanding import understand
from core.search.vocabulary.lexicon import Lexicon
from core.search.vocabulary.synonyms import standard_synonyms
from core.search.vocabulary.words import forms_of, stem_of, stems_of

TITLES = (
    "Робототехника",
    "Лего-конструирование",
    "Шахматы",
    "Шахматная школа",
    "Рисование",
    "Спортивная гимнастика",
    "Тхэквондо",
    "Современные танцы",
    "Бальные танцы",
    "Хоровое пение",
    "Плавание",
    "Футбол",
    "Английский язык",
    "Немецкий язык",
    "Программирование на Python",
    "Скоро в школу",
    "Дошкольник",
    "Театральная студия",
    "Самбо",
    "Юный химик",
)
TODAY = date(2026, 9, 10)
DIGITS = str.maketrans("01234567", "абвгдежз")
PLACES = "станица Крыловская, ул. Ленина, 12; Дом творчества «Росток»"


@cache
def lexicon() -> Lexicon:
    known = Lexicon()
    known.add_words((stem, form, True) for stem, form in forms_of(PLACES))
    known.add_words((stem, form, False) for title in TITLES for stem, form in forms_of(title))
    known.add_titles((number, stems_of(title)) for number, title in enumerate(TITLES, 1))
    return known


def read(text: str) -> Understood:
    return understand(text, lexicon(), standard_synonyms(), today=TODAY)


def said(text: str) -> list[str]:
    """`kind value` of each wish, the words first."""
    return [f"{wish.kind.value} {wish.value}".strip() for wish in read(text).wishes]


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        (
            "рисование для девочки 7 лет рядом, бесплатно",
            ["words рисование", "age 84-95", "near", "free"],
        ),
        ("двойняшкам 5 и 7 что-нибудь по субботам", ["age 60-71", "age 84-95", "day 6"]),
        ("Здравствуйте! Подскажите, куда отдать ребёнка 4 лет", ["age 48-59"]),
        ("хочу записать сына на футбол", ["words футбол"]),
        (
            "есть ли у вас шахматы по сертификату после 17?",
            ["words шахматы", "certificate", "after 17:00"],
        ),
        ("первоклассник, английский", ["words английский", "age 84-95"]),
        ("самбо для подростка 14 лет по выходным", ["words самбо", "age 168-179", "day 67"]),
        ("не дороже 1500 шахматы вечером", ["words шахматы", "price_up_to 150000", "after 17:00"]),
        ("ребёнок не умеет плавать", ["words плавать"]),
        ("футбол футбол футбол", ["words футбол"]),
        ("🎨 рисование!!!", ["words рисование"]),
        ("секции для мальчика 9 лет", ["age 108-119"]),
        ("шахматы 7", ["words шахматы", "age 84-95"]),
        ("2 раза в неделю плавание", ["words плавание"]),
    ],
)
def test_several_wishes_at_once(text: str, wishes: list[str]) -> None:
    assert said(text)[: len(wishes)] == wishes
    assert not [extra for extra in said(text)[len(wishes) :] if not extra.startswith("words")]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("родился 05.03.2017", "108-119"),
        ("родилась 5.12.2017", "96-107"),
        ("дата рождения 5 марта 2017", "108-119"),
        ("5 марта 2017", "108-119"),
        ("дата рождения: 5 марта 2017 года", "108-119"),
        ("д.р. 05.03.17", "108-119"),
        ("05.03.2017 г.р.", "108-119"),
        ("05.03.2017", "108-119"),
        ("родился 2017-03-05", "108-119"),
        ("ребёнок родился 10.09.2017 г.", "108-119"),
        ("родился 11.09.2017", "96-107"),
        ("2017 года рождения", "96-119"),
        ("2017 г.р.", "96-119"),
        ("2017 гр", "96-119"),
        ("2017г.р.", "96-119"),
        ("мальчик 2017 года", "96-119"),
        ("год рождения 2017", "96-119"),
        ("сын родился в 2017 году", "96-119"),
        ("семь", "84-95"),
        ("Семь!", "84-95"),
        ("семь лет", "84-95"),
        ("семнадцать", "204-215"),
        ("пять с половиной", "66-66"),
        ("пять с половиной лет", "66-66"),
    ],
)
def test_a_birth_and_a_number_in_words_are_ages(text: str, months: str) -> None:
    assert said(text) == [f"age {months}"]
    assert read(text).corrections == ()
    assert text.startswith("сем") or said(f"шахматы, {text}")[0] == "words шахматы"


@pytest.mark.parametrize("text", ["с 01.09.2030", "2031 года", "1958 г.р.", "32.13.2017"])
def test_a_day_of_no_child_is_no_age(text: str) -> None:
    assert not [wish for wish in read(text).wishes if wish.kind is WishKind.AGE]


@pytest.mark.parametrize("text", ["", "   ", "...", "😀", "привет", "спасибо", "добрый день", "?"])
def test_what_asks_for_nothing_wishes_nothing(text: str) -> None:
    assert read(text).wishes == ()


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("спорт для мальчика 6 лет", ["direction sports", "age 72-83"]),
        ("что-то творческое", ["direction arts"]),
        ("спорт или творчество", ["direction sports", "direction arts"]),
        ("техническое творчество", ["direction technical"]),
        ("спортивные секции", ["direction sports"]),
        ("спортивная гимнастика", ["words спортивная гимнастика"]),
        ("спортивные танцы", ["words спортивные танцы"]),
    ],
)
def test_a_direction_is_wished_when_nothing_more_exact_is(text: str, wishes: list[str]) -> None:
    assert said(text) == wishes


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("не спорт", ["not_direction sports"]),
        ("кроме танцев и пения", ["not_words танцев", "not_words пения"]),
        ("без бассейна 8 лет", ["not_words бассейна", "age 96-107"]),
        ("не бальные танцы", ["not_words бальные танцы"]),
        ("творчество, но не танцы", ["direction arts", "not_words танцы"]),
        ("не английский язык, а немецкий", ["words немецкий", "not_words английский язык"]),
        ("без опыта рисование", ["words рисование"]),
        ("не важно что, лишь бы бесплатно", ["free"]),
    ],
)
def test_what_is_not_wanted(text: str, wishes: list[str]) -> None:
    assert said(text) == wishes


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("кружки для детей с аутизмом", ["adapted"]),
        ("рисование с ОВЗ", ["words рисование", "adapted"]),
        ("для особенных детей", ["adapted"]),
        ("летний лагерь", ["holiday"]),
        ("чем занять ребёнка на каникулах", ["holiday"]),
        ("английский онлайн", ["words английский", "remote"]),
        ("дистанционный курс программирования", ["words программирования", "remote"]),
        ("футбол недалеко от дома", ["words футбол", "near"]),
    ],
)
def test_circumstances(text: str, wishes: list[str]) -> None:
    assert said(text) == wishes


def test_a_diagnosis_is_not_kept() -> None:
    assert "аутизм" not in str(read("танцы для ребёнка с аутизмом 7 лет").as_stored())


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("шахматы в Крыловской", ["words шахматы", "place крыловской"]),
        ("на Ленина", ["place ленина"]),
        ("станица Крыловская", ["place крыловская"]),
        ("Росток шахматы", ["words шахматы", "place росток"]),
    ],
)
def test_a_place_is_known_by_the_registry_s_addresses(text: str, wishes: list[str]) -> None:
    assert said(text) == wishes


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("шахмоты", "шахматы"),
        ("работотехника", "робототехника"),
        ("плованье", "плавание"),
        ("тхеквандо", "тхэквондо"),
        ("hj,jnjnt[ybrf", "робототехника"),
        ("shahmaty", "шахматы"),
        ("легороботы", "лего роботы"),
    ],
)
def test_a_word_that_was_corrected_says_so(typed: str, taken: str) -> None:
    understood = read(typed)

    assert understood.of(WishKind.WORDS)[0].value == taken
    assert understood.corrections == (Correction(typed=typed, taken=taken),)


def test_words_torn_apart_are_joined() -> None:
    assert said("тхэквон до") == ["words тхэквондо"]


def test_words_of_wishes_are_corrected_too() -> None:
    assert said("бисплатно по суботам") == ["free", "day 6"]


def test_known_words_are_left_alone() -> None:
    for text in ("танцы", "самбо", "гончарка", "единоборства"):
        assert read(text).corrections == ()


@pytest.mark.parametrize(
    "text",
    [
        "полного ребёнка",
        "для полного ребёнка 9 лет",
        "толстого мальчика",
        "умного",
        "слабого зрения",
        "ребёнок со слабым зрением",
        "активного мальчика",
        "родная речь",
    ],
)
def test_a_word_of_the_dictionary_is_not_made_another(text: str) -> None:
    assert read(text).corrections == ()


def test_such_a_word_is_made_another_beside_the_words_of_a_title() -> None:
    assert read("театральная стадия").corrections == (Correction(typed="стадия", taken="студия"),)


def test_such_a_word_alone_is_made_a_word_that_many_programmes_have() -> None:
    known = Lexicon()
    known.add_titles((number, stems_of(title)) for number, title in enumerate(TITLES, 1))
    assert understand("химки", known, standard_synonyms(), today=TODAY).corrections == ()

    known.expect({TITLES.index("Юный химик") + 1: 2})

    made = understand("химки", known, standard_synonyms(), today=TODAY).corrections
    assert made == (Correction(typed="химки", taken="химик"),)


@pytest.mark.parametrize("mark", ["\u200b", "\u200d", "\u200e", "\u2060", "\ufeff", "\u00ad"])
def test_marks_without_ink_split_no_word(mark: str) -> None:
    assert said(f"шах{mark}маты {mark}по суб{mark}ботам") == ["words шахматы", "day 6"]
    assert stems_of(f"Шах{mark}маты") == stems_of("Шахматы")


def test_a_title_of_common_words_is_no_question() -> None:
    assert said("скоро в школу") == ["words скоро в школу"]


def test_a_word_for_an_age_still_finds_its_title() -> None:
    assert said("дошкольник") == ["words дошкольник", "age 48-83"]


def test_a_chip_can_be_taken_away() -> None:
    understood = read("рисование 7 лет бесплатно")
    free = Wish(kind=WishKind.FREE)

    assert understood.without(free).wishes == read("рисование 7 лет").wishes
    assert understood.without(free).without(free).wishes == understood.without(free).wishes


def test_what_was_understood_is_stored_without_loss() -> None:
    understood = read("шахмоты двойняшкам 5 и 7 по субботам до 2000 не спорт на Ленина")

    assert from_stored(understood.as_stored()) == understood


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("не по субботам", WishKind.DAY, "123457"),
        ("кроме выходных", WishKind.DAY, "12345"),
        ("не утром", WishKind.AFTER, "12:00"),
        ("не после 18", WishKind.BEFORE, "18:00"),
        ("не раньше 17", WishKind.AFTER, "17:00"),
        ("не позже 18", WishKind.BEFORE, "18:00"),
        ("не хочет на спорт", WishKind.NOT_DIRECTION, "sports"),
        ("в 17:30", WishKind.AFTER, "17:30"),
        ("5 вечера", WishKind.AFTER, "17:00"),
    ],
)
def test_what_is_denied_is_never_wished(text: str, kind: WishKind, value: str) -> None:
    assert read(text).wishes == (Wish(kind=kind, value=value),)


@pytest.mark.parametrize(
    "text",
    [
        "не бесплатно",
        "не онлайн",
        "не в Крыловской",
        "не для дошкольников",
        "+7 918 123-45-67",
        "112-233-445 95",
        "31.02",
        "25:99",
        "05.03.2027",
        "до 99999999999999999999",
    ],
)
def test_what_cannot_be_looked_for_is_no_wish(text: str) -> None:
    assert read(text).wishes == ()


@pytest.mark.parametrize("number", ["14.00", "31.02", "5.3.2016", "25:99", "12345678901234567890"])
def test_numbers_beside_a_club_are_left_out_of_its_name(number: str) -> None:
    words = [wish.value for wish in read(f"шахматы {number}").wishes if wish.kind is WishKind.WORDS]
    assert words == ["шахматы"]


def test_words_are_read_in_several_threads_at_once() -> None:
    """The library's stemmer keeps its word in itself."""
    lemmas = [f"{stem}{end}" for stem in ("робот", "шахмат", "рисова") for end in ("ный", "ами")]
    words = [f"{lemma}{number:o}".translate(DIGITS) for number in range(3000) for lemma in lemmas]
    with ThreadPoolExecutor(max_workers=4) as pool:
        read_together = list(pool.map(stem_of, words, chunksize=50))
    stem_of.cache_clear()
    assert read_together == [stem_of(word) for word in words]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("6-7 лет", "72-95"),
        ("с 5 до 7", "60-95"),
        ("рисование с 5 до 7 лет", "60-95"),
        ("от 6 до 7 лет", "72-95"),
        ("для детей 3-7 лет", "36-95"),
        ("2а класс", "96-107"),
        ("2 «Б» класс", "96-107"),
        ("тройняшкам 8 лет", "96-107"),
        ("близняшкам по шесть лет", "72-83"),
    ],
)
def test_small_numbers_are_years_and_no_hours(text: str, months: str) -> None:
    assert f"age {months}" in said(text)
    assert not [wish for wish in said(text) if wish.startswith(("after", "before"))]


@pytest.mark.parametrize("text", ["с 16 до 18", "16-19", "с 5 до 19", "с 17:00 до 18:00"])
def test_hours_stay_hours(text: str) -> None:
    assert {wish.split()[0] for wish in said(text)} == {"after", "before"}


def test_the_name_of_a_child_is_neither_looked_for_nor_shown_again() -> None:
    assert said("моя дочь Петрова Алиса 05.03.2017 рисование") == [
        "words рисование",
        "age 108-119",
    ]


def test_one_and_a_half_thousand() -> None:
    assert said("до полутора тысяч") == ["price_up_to 150000"]
    assert said("шахматы до полутора тысяч рублей") == ["words шахматы", "price_up_to 150000"]
