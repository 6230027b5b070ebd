"""The words of a consent: laid out from a template with the operator's own details.

A consent is proved by its text, so the text is a template in the repository with a version; the
version grows whenever the words change. What is shown under «read» is exactly what is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.domain.consents import ConsentKind

VERSIONS = {
    ConsentKind.PROCESSING: "2",
    ConsentKind.TRANSFER: "2",
    ConsentKind.MAILINGS: "1",
}

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, kw_only=True)
class Operator:
    """Who holds the data: without all three no consent can be given."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class ConsentText:
    """`body` is HTML, as it is shown."""

    version: str
    body: str


def consent_text(
    kind: ConsentKind, operator: Operator, *, provider: str = "", language: str = "ru"
) -> ConsentText:
    """The whole text; `provider` is the one organisation of a transfer."""
    template = _TEMPLATES.get_template(f"consent_{kind.value}.{language}.j2")
    version = VERSIONS[kind]
    body = template.render(operator=operator, provider=provider, version=version).strip()
    return ConsentText(version=version, body=body)
