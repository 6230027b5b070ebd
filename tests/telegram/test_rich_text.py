"""Entities become a tree that covers the text exactly once."""

from typing import Any

import pytest

from bot.sandbox.page.rich_text import Piece, rich_text

BOT = "kruzhok_demo_bot"


def drawn(text: str, *entities: dict[str, Any]) -> str:
    return "".join(_drawn(piece) for piece in rich_text(text, entities, BOT))


def _drawn(piece: Piece) -> str:
    if piece.kind == "text":
        return piece.text
    return f"[{piece.kind} {''.join(_drawn(inner) for inner in piece.inside)}]"


def entity(kind: str, offset: int, length: int, **extra: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **extra}


def test_entities_nest() -> None:
    found = drawn("один два три", entity("bold", 0, 8), entity("italic", 5, 3))
    assert found == "[bold один [italic два]] три"


def test_offsets_count_utf16_units() -> None:
    assert drawn("\N{GAME DIE} кубик", entity("bold", 3, 5)) == "\N{GAME DIE} [bold кубик]"


def test_crossing_entities_are_cut_and_lose_no_text() -> None:
    found = drawn("абвгд", entity("bold", 0, 3), entity("italic", 1, 4))
    assert found == "[bold а[italic бв]]гд"


def test_entities_out_of_the_text_are_ignored() -> None:
    assert drawn("аб", entity("bold", 1, 50), entity("code", 9, 1)) == "а[bold б]"


def test_the_line_end_after_a_block_belongs_to_it() -> None:
    assert drawn("цитата\nдальше", entity("blockquote", 0, 6)) == "[blockquote цитата]дальше"


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("tg://resolve?domain=x", ""),
    ],
)
def test_only_harmless_addresses_are_links(address: str, href: str) -> None:
    (piece,) = rich_text("тут", [entity("text_link", 0, 3, url=address)], BOT)
    assert piece.href == href


def test_a_link_to_the_bot_is_no_outside_link() -> None:
    address = f"https://t.me/{BOT}?start=p_5"
    (piece,) = rich_text("тут", [entity("text_link", 0, 3, url=address)], BOT)
    assert (piece.deep, piece.href) == (address, "")
