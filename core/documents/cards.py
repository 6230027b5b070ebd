"""Draws the card of a certificate. The work takes tenths of a second: call it in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

import segno
import typst

_TEMPLATE = Path(__file__).parent / "certificate.typ"
_PIXELS_PER_INCH = 200.0


@dataclass(frozen=True, kw_only=True)
class CardWords:
    """Every word on the card, in the reader's language; `link` goes into the QR code."""

    place: str
    title: str
    child: str
    number_label: str
    number: str
    validity: str
    qr_label: str
    link: str


@dataclass(frozen=True, kw_only=True)
class DrawnCard:
    """The same card twice."""

    png: bytes
    pdf: bytes


def draw_card(words: CardWords) -> DrawnCard:
    """Fonts of the machine are not looked at: the card is the same everywhere."""
    source = _TEMPLATE.read_bytes()
    inputs = {
        "place": words.place,
        "title": words.title,
        "child": words.child,
        "number_label": words.number_label,
        "number": words.number,
        "validity": words.validity,
        "qr_label": words.qr_label,
        "qr": qr_code(words.link),
    }
    return DrawnCard(png=_page(source, "png", inputs), pdf=_page(source, "pdf", inputs))


def qr_code(link: str) -> str:
    """SVG of the code, with the quiet zone readers need."""
    drawn = BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=4)
    return drawn.getvalue().decode("ascii")


def _page(source: bytes, kind: Literal["png", "pdf"], inputs: dict[str, str]) -> bytes:
    drawn: object = typst.compile(
        source,
        format=kind,
        ppi=_PIXELS_PER_INCH,
        sys_inputs=inputs,
        ignore_system_fonts=True,
    )
    if not isinstance(drawn, bytes):  # typed as bytes, but several pictures come as a list
        raise ValueError("a card is one page")
    return drawn
