"""What parents read keeps to the rules of words and tone; staff screens keep official terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.architecture import fluent
from tests.architecture.sources import ROOT, repository

STAFF_FILES = {
    "cards.ftl",
    "certificate_staff.ftl",
    "cli.ftl",
    "confirmation.ftl",
    "desk.ftl",
    "family_import.ftl",
    "family_staff.ftl",
    "import.ftl",
    "imports.ftl",
    "office.ftl",
    "registry_tasks.ftl",
    "knowledge.ftl",
    "search_cli.ftl",
    "staff.ftl",
}
GLAD = {"menu-welcome"}
"""Greetings and good news may have an exclamation mark."""
LONGEST_MESSAGE = 500
LONGEST_BUTTON = 36

OFFICIAL = re.compile(
    r"""\b(
        а?дооп | направленност\w* | номинал\w* | софинансирован\w* | норматив\w*
      | верификац\w* | модерац\w* | валидац\w* | некорректн\w* | ошибка\sввода
      | субъект\w* | обращени\w+ | осуществля\w+ | данн(ая|ый|ое|ой|ую|ого|ому)
      | установленн\w+\sпорядк\w* | законн\w+\sпредставител\w* | уполномоченн\w+
      | пфдо | пдн | моц | овз | оферт\w* | акцепт\w* | лист\w?\sожидания | отчислен\w*
      | расторжени\w* | аннулирован\w* | приостановлен\w* | заморожен\w* | забронирован\w*
      | поставщик\w* | исполнител\w* | плательщик\w* | реестр\w* | идентификатор\w*
      | очень\sважно | уважаем\w+ | пожалуйста
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def _parents_keys() -> list[str]:
    return [key for key, homes in fluent.homes("ru").items() if not STAFF_FILES.issuperset(homes)]


def _parents_texts() -> Iterator[tuple[str, str]]:
    """Texts of the parents' files and templates, each with where it stands."""
    for key in _parents_keys():
        for text in fluent.texts(key):
            yield key, text
    for place in repository():
        if place.suffix == ".j2":
            yield str(place), (ROOT / place).read_text(encoding="utf-8")


def test_parents_read_plain_words() -> None:
    official = {
        f"{place}: {found[0]}"
        for place, text in _parents_texts()
        if (found := OFFICIAL.search(text))
    }

    assert official == set()


@pytest.mark.parametrize(
    "text",
    ["Данная заявка", "ваше обращение", "Некорректный ввод", "номинал сертификата", "дооп"],
)
def test_an_official_word_would_be_seen(text: str) -> None:
    assert OFFICIAL.search(text)


@pytest.mark.parametrize("text", ["Ваши данные", "не хватает данных", "сумма на год"])
def test_plain_words_are_let_through(text: str) -> None:
    assert not OFFICIAL.search(text)


def test_nothing_is_shouted_but_greetings() -> None:
    shouted = {place for place, text in _parents_texts() if "!" in text and "{#" not in text}

    assert shouted - GLAD == set()


def test_you_is_written_small() -> None:
    """In the middle of a sentence; at its beginning any word is capital."""
    capital = {
        place
        for place, text in _parents_texts()
        if re.search(r"[а-яё,] (Вы|Вас|Вам|Вами|Ваш\w*)\b", text)
    }

    assert capital == set()


def _is_button(key: str) -> bool:
    return key.startswith("button-") and key != "button-outdated"


def test_messages_and_buttons_are_short() -> None:
    long = {
        key: length
        for key in _parents_keys()
        if (length := sum(map(len, fluent.texts(key))))
        > (LONGEST_BUTTON if _is_button(key) else LONGEST_MESSAGE)
    }

    assert long == {}
