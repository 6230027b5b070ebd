"""The knowledge base: questions people ask and the answers they get.

An entry is one question with examples of how it is asked. Its answers are variants: one may hold
for a municipality, a regime, a registry mode, a circle of askers, or for a span of days; the most
specific one that holds is told. A parent never gets what is written for organisers. An answer is
never changed in place: it ends and another takes its place, so what was told once can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from core.domain.links import read_link
from core.domain.municipality import MunicipalityView, Regime, RegistryMode
from core.domain.refusals import BadValue, Refusal

LONGEST_QUESTION: Final = 200
LONGEST_ANSWER: Final = 500
LONGEST_CODE: Final = 40
MOST_EXAMPLES: Final = 60
VARIABLES: Final = ("centre_name", "centre_phone", "municipality")
"""What an answer may name in braces: `{centre_phone}`."""

_VARIABLE = re.compile(r"\{\s*([^{}]*?)\s*\}")
_CODE = re.compile(r"[\w.-]+")
_LONG_NUMBER = re.compile(r"\+?\d(?:[\s().-]*\d){4,}")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|@\w{4,}")
MESSENGER_FILE: Final = "telegram:"
"""Before the name a messenger gave to a file of staff's."""
HIDDEN: Final = "\N{HORIZONTAL ELLIPSIS}"


class Audience(StrEnum):
    """For whom a question is, or who asks."""

    PARENTS = "parents"
    ORGANISERS = "organisers"


class KnowledgeChanged(Refusal):
    """Somebody else changed the entry since it was opened: look again."""


class EntryEnded(Refusal):
    """The entry is not told any more; an earlier version can be restored."""


class CommonEntry(Refusal):
    """The entry is common to all municipalities: its head changes it, others add their answer."""


class UnknownVariable(Refusal):
    """An answer names what nobody fills in; params: `name`, `known`."""


@dataclass(frozen=True, kw_only=True)
class AnswerTerms:
    """Where and when an answer holds; None is everywhere, for everybody, always. Days inclusive."""

    municipality_id: int | None = None
    regime: Regime | None = None
    registry_mode: RegistryMode | None = None
    audience: Audience | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise BadValue(field="valid_until", reason="order")

    @property
    def specificity(self) -> tuple[int, int, int]:
        """What is compared: how many conditions, then the municipality's own, then dated."""
        conditions = (self.municipality_id, self.regime, self.registry_mode, self.audience)
        return (
            sum(condition is not None for condition in conditions),
            int(self.municipality_id is not None),
            int(self.valid_from is not None or self.valid_until is not None),
        )


@dataclass(frozen=True, kw_only=True)
class AnswerText:
    """What is told. `picture` and `file` are addresses, or names a messenger gave to its files."""

    text: str
    link: str | None = None
    picture: str | None = None
    file: str | None = None


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks, as answers see it. `municipality` None: not chosen, only common answers hold."""

    audience: Audience
    municipality: MunicipalityView | None
    today: date


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One answer of an entry."""

    id: int
    terms: AnswerTerms
    text: AnswerText


Answer = TypeVar("Answer", bound=Variant)


def pick_variant(variants: Iterable[Answer], asker: Asker) -> Answer | None:
    """The most specific that holds; of equals the newest. None: nothing may be told."""
    holding = [variant for variant in variants if holds(variant.terms, asker)]
    return max(holding, key=lambda one: (one.terms.specificity, one.id), default=None)


def holds(terms: AnswerTerms, asker: Asker) -> bool:
    """Whether an answer with these terms may be told to the asker."""
    if terms.audience is Audience.ORGANISERS and asker.audience is not Audience.ORGANISERS:
        return False
    if terms.audience is Audience.PARENTS and asker.audience is not Audience.PARENTS:
        return False
    if terms.valid_from is not None and asker.today < terms.valid_from:
        return False
    if terms.valid_until is not None and asker.today > terms.valid_until:
        return False
    place = asker.municipality
    return (
        terms.municipality_id in (None, place and place.id)
        and terms.regime in (None, place and place.regime)
        and terms.registry_mode in (None, place and place.registry_mode)
    )


def hears(asker: Audience, entry: Audience) -> bool:
    """Whether one who asks as `asker` is told entries for `entry`: organisers hear everything."""
    return asker is Audience.ORGANISERS or entry is Audience.PARENTS


def read_question(text: str) -> str:
    """One line. Raises BadValue."""
    return _line(text, field="question", longest=LONGEST_QUESTION)


def read_examples(texts: Iterable[str], *, question: str = "") -> list[str]:
    """Each once, in order, none of them the question itself. Raises BadValue."""
    found: dict[str, str] = {}
    for text in texts:
        if not text.strip():
            continue
        line = _line(text, field="examples", longest=LONGEST_QUESTION)
        found.setdefault(line.casefold(), line)
    found.pop(question.casefold(), None)
    if len(found) > MOST_EXAMPLES:
        raise BadValue(field="examples", reason="many", most=MOST_EXAMPLES)
    return list(found.values())


def read_answer_text(
    text: str, *, link: str | None = None, picture: str | None = None, file: str | None = None
) -> AnswerText:
    """At most 500 characters as a parent reads them. Raises BadValue, UnknownVariable."""
    told = "\n".join(line.rstrip() for line in _cleaned(text).strip().splitlines())
    if not told:
        raise BadValue(field="answer", reason="empty")
    if len(told) > LONGEST_ANSWER:
        raise BadValue(field="answer", reason="long", longest=LONGEST_ANSWER)
    for name in _VARIABLE.findall(told):
        if name not in VARIABLES:
            raise UnknownVariable(name=name, known=", ".join(VARIABLES))
    return AnswerText(
        text=told, link=read_link(link), picture=read_place(picture), file=read_place(file)
    )


def read_code(text: str) -> str:
    """Letters, digits, dots and dashes. Raises BadValue."""
    code = text.strip()
    if not code:
        raise BadValue(field="code", reason="empty")
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        raise BadValue(field="code", reason="unreadable")
    return code


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with its variables; all of VARIABLES must be given."""
    return _VARIABLE.sub(lambda met: values[met.group(1)], text)


def masked(text: str) -> str:
    """`text` as one line without numbers a person or a paper is known by, addresses, nicknames."""
    line = " ".join(_cleaned(text).split())[:LONGEST_QUESTION]
    return _ADDRESS.sub(HIDDEN, _LONG_NUMBER.sub(HIDDEN, line))


def read_place(text: str | None) -> str | None:
    """Of a picture or a file: an address, or the name a messenger gave to it. Raises BadValue."""
    if text and text.strip().startswith(MESSENGER_FILE):
        return text.strip()
    return read_link(text)


def _line(text: str, *, field: str, longest: int) -> str:
    line = " ".join(_cleaned(text).split())
    if not line:
        raise BadValue(field=field, reason="empty")
    if len(line) > longest:
        raise BadValue(field=field, reason="long", longest=longest)
    return line


def _cleaned(text: str) -> str:
    """Without control characters and halves of letters, which no database or message carries."""
    return "".join(
        letter
        for letter in text
        if letter in "\n\t" or (letter.isprintable() or letter == "\u00a0")
    )
