"""Texts as they come out of the readers: pure, no server."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.formatting.entities import ParseError, checked_link
from bot.sandbox.formatting.html import parse_html
from bot.sandbox.formatting.markdown import parse_markdown_v2
from bot.sandbox.formatting.text import Formatted, finish, parse

NAMES = ["<3", "a&b", "_", "*", "نور", "Анна 🎈", "\u200bА", "О'Нил-Иванова", "{0}", "%s"]
RESERVED = "_*[]()~`>#+-=|{}.!\\"


def kinds(text: str, mode: str) -> list[tuple[str, int, int]]:
    finished = finish(parse(text, mode, None))
    return [(entity.type, entity.offset, entity.length) for entity in finished.entities]


@pytest.mark.parametrize("name", NAMES)
def test_an_escaped_name_is_shown_as_it_is(name: str) -> None:
    text, entities = parse_html(f"<b>{html.escape(name)}</b>")
    assert text == name
    assert [entity.type for entity in entities] == ["bold"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")))
def test_escaping_protects_any_text_in_html(name: str) -> None:
    assert parse_html(html.escape(name))[0] == name


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")))
def test_escaping_protects_any_text_in_markdown(name: str) -> None:
    escaped = "".join(f"\\{char}" if char in RESERVED else char for char in name)
    assert parse_markdown_v2(escaped)[0] == name


@given(st.text(alphabet="<>/abi& \"'=;x#1", max_size=30))
def test_html_is_read_or_refused_but_never_breaks(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except ParseError:
        return
    assert all(e.offset >= 0 and e.end <= len(text) for e in entities)


@given(st.text(alphabet="_*[]()~`>|!\\ab\n", max_size=30))
def test_markdown_is_read_or_refused_but_never_breaks(source: str) -> None:
    try:
        text, entities = parse_markdown_v2(source)
    except ParseError:
        return
    assert all(e.offset >= 0 and e.end <= len(text) for e in entities)


def test_a_mark_inside_a_fence_opens_code() -> None:
    with pytest.raises(ParseError, match="Can't find end of Code entity at byte offset 8"):
        parse_markdown_v2("```a b c`")


def test_a_quote_ends_with_its_last_line() -> None:
    text, entities = parse_markdown_v2(">раз\n>два\nтри")
    assert text == "раз\nдва\nтри"
    assert [(e.type, e.offset, e.length) for e in entities] == [("blockquote", 0, 7)]


def test_trimming_moves_and_cuts_entities() -> None:
    finished = finish(parse("\n\n<b>да </b> \n", "HTML", None))
    assert finished.text == "да"
    assert [(e.offset, e.length) for e in finished.entities] == [(0, 2)]


def test_what_nobody_marked_is_found() -> None:
    assert kinds("/start@kruzhok_bot и @anna_k, dop.ru, #кружок", "") == [
        ("bot_command", 0, 18),
        ("mention", 21, 7),
        ("url", 30, 6),
        ("hashtag", 38, 7),
    ]


def test_nothing_is_found_inside_code() -> None:
    assert kinds("<code>/start @anna_k</code>", "HTML") == [("code", 0, 14)]


def test_a_command_is_no_part_of_a_path_or_word() -> None:
    assert kinds("и/или a/start //x", "") == []


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("DOP.ru", "http://dop.ru/"),
        ("https://dop.ru?a=1", "https://dop.ru/?a=1"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("http://localhost", None),
        ("просто слова", None),
        ("javascript:alert(1)", None),
    ],
)
def test_links_are_kept_as_telegram_keeps_them(link: str, kept: str | None) -> None:
    assert checked_link(link) == kept


def test_entities_given_beside_the_text_win_over_nothing() -> None:
    given_entities = [{"type": "bold", "offset": 0, "length": 2}]
    assert parse("да", "", given_entities) == Formatted(
        text="да", entities=parse("<b>да</b>", "HTML", None).entities
    )
