"""Names of children: everything a document may hold is kept, everything else is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import words
from core.domain.names import ChildName, match_key, read_child_name
from core.domain.refusals import BadValue


def read(text: str) -> ChildName:
    return read_child_name(text, words.name_particles())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Петрова Алиса Ивановна", ("Петрова", "Алиса", "Ивановна")),
        ("  петрова \u00a0 алиса\tивановна ", ("Петрова", "Алиса", "Ивановна")),
        ("ПЕТРОВА АЛИСА", ("Петрова", "Алиса", None)),
        ("Нгуен Ван", ("Нгуен", "Ван", None)),
        ("Соловьёва-Седых Алёна", ("Соловьёва-Седых", "Алёна", None)),
        ("соловьёва–седых анна-мария петровна", ("Соловьёва-Седых", "Анна-Мария", "Петровна")),
        ("д’Артаньян Шарль", ("Д'Артаньян", "Шарль", None)),
        ("О'Коннор Шон Патрикович", ("О'Коннор", "Шон", "Патрикович")),
        ("Мамин Сибиряк Дмитрий Наркисович", ("Мамин Сибиряк", "Дмитрий", "Наркисович")),
        ("Алиев Тимур Рашид оглы", ("Алиев", "Тимур", "Рашид оглы")),
        ("АЛИЕВ ТИМУР РАШИД ОГЛЫ", ("Алиев", "Тимур", "Рашид оглы")),
        ("Ли Ю", ("Ли", "Ю", None)),
        ("Müller Anna", ("Müller", "Anna", None)),
        ("Соловье\u0308ва Але\u0308на", ("Соловьёва", "Алёна", None)),  # decomposed letters
    ],
)
def test_a_name_is_kept_as_documents_have_it(text: str, name: tuple[str, str, str | None]) -> None:
    last, first, patronymic = name
    assert read(text) == ChildName(last=last, first=first, patronymic=patronymic)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("   \u00a0\n", "empty"),
        ("Алиса", "words"),
        ("Петрова Алиса Ивановна Младшая Третья", "words"),
        ("<b>Петрова</b> Алиса", "letters"),
        ("Петрова Алиса2", "letters"),
        ("12 34", "letters"),
        ("Петрова @alisa", "letters"),
        ("{{7*7}} {0}", "letters"),
        ("Петрова Алиса%s", "letters"),
        ("Петрова \u202eАлиса", "letters"),
        ("Петрова Али\u200bса", "letters"),
        ("Петрова Али\x00са", "letters"),
        ("Петрова \ud800Алиса", "letters"),
        ("Петрова -", "letters"),
        ("Петрова- Алиса", "letters"),
        ("Петрова А--лиса", "letters"),
        ("Петрова ''", "letters"),
        ("Пeтрова Алиса", "mixed"),  # a Latin letter among Russian ones
        ("П" * 61 + " Алиса", "long"),
        ("Пе тр " * 2000, "long"),
    ],
)
def test_what_is_no_name_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(BadValue) as refusal:
        read(text)
    assert refusal.value.params == {"field": "name", "reason": reason}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Соловьёва Алёна", "СОЛОВЬЕВА АЛЕНА"),
        ("Соловьёва-Седых Алёна", "Соловьева Седых Алена Ивановна"),
        ("Петрова Алиса Ивановна", "Петрова Алиса"),
        ("д’Артаньян Шарль", "Дартаньян Шарль"),
    ],
)
def test_spellings_of_one_name_match(one: str, other: str) -> None:
    assert match_key(read(one)) == match_key(read(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Петрова Алиса", "Петрова Анна"),  # twins
        ("Петрова Алиса", "Петров Алиса"),
        ("Зайцев Андрей", "Заицев Андрей"),  # another letter, not another dot
    ],
)
def test_different_names_do_not_match(one: str, other: str) -> None:
    assert match_key(read(one)) != match_key(read(other))


RUSSIAN = st.text("абвгдежзийклмнопрстуфхцчшщъыьэюяё", min_size=2, max_size=20)


@given(last=RUSSIAN, first=RUSSIAN, patronymic=RUSSIAN)
def test_case_and_dots_never_matter(last: str, first: str, patronymic: str) -> None:
    text = f"{last} {first} {patronymic}"
    plain = text.replace("ё", "е").upper()
    assert match_key(read(text)) == match_key(read(plain))
    assert read(read(text).full) == read(text)


@given(text=st.text())
def test_anything_is_read_or_refused(text: str) -> None:
    with suppress(BadValue):
        name = read(text)
        assert name.last
        assert name.first
        assert not set(name.full) & set("<>&{}%0123456789\x00")
