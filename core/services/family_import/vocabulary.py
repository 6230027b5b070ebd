"""The words files about families are understood by, as look-ups by normal form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeVar

from core.domain.certificates import CertificateKind, CertificateState
from core.domain.enrolment import MoneySource
from core.domain.naming import normal_form
from core.services.registry_import.header import Columns, Header
from core.words import load

Code = TypeVar("Code", bound=StrEnum)


class FamilyFile(StrEnum):
    """Kinds of files about families; also the word of the command and of `imports.kind`."""

    CHILDREN = "children"
    CERTIFICATES = "certificates"
    ENROLMENTS = "enrolments"


@dataclass(frozen=True, kw_only=True)
class FamilyWords:
    """Keys of all mappings are normal forms."""

    kinds: Mapping[str, CertificateKind]
    states: Mapping[str, CertificateState]
    money_sources: Mapping[str, MoneySource]
    after_year: frozenset[str]


@cache
def family_words() -> FamilyWords:
    """Made once from `core/words/ru/family_words.toml`."""
    words = load("family_words")
    return FamilyWords(
        kinds=_codes(CertificateKind, words["kind"]),
        states=_codes(CertificateState, words["state"]),
        money_sources=_codes(MoneySource, words["money_source"]),
        after_year=frozenset(map(normal_form, words["period"]["year"])),
    )


@cache
def columns_of(kind: FamilyFile) -> Columns:
    """What the columns of this kind of file are called, and which it must have."""
    tables = load("family_columns")
    fields: dict[str, list[str]] = {**tables["child"], **tables[kind]}
    if kind is FamilyFile.ENROLMENTS:
        registry = load("columns")["programmes"]
        fields |= {name: registry[name] for name in ("organisation", "title", "group_name")}
    return Columns(
        fields={normal_form(word): field for field, words in fields.items() for word in words},
        titles={field: words[0] for field, words in fields.items()},
        lacking=_LACKING[kind],
    )


def name_field(header: Header) -> str:
    """The column to blame when a name is wrong."""
    return "last_name" if header.has("last_name") else "full_name"


def names_a_child(header: Header) -> bool:
    """Whether rows can say whose they are by name and birth date."""
    return not _child_lacks(header)


def _child_lacks(header: Header) -> list[str]:
    lacking = [] if header.has("full_name") else _without(header, "last_name", "first_name")
    return lacking + _without(header, "born")


def _certificate_lacks(header: Header) -> list[str]:
    return _without(header, "number") + _child_lacks(header)


def _enrolment_lacks(header: Header) -> list[str]:
    whose = [] if names_a_child(header) else _without(header, "number")
    return whose + _without(header, "organisation", "title")


_LACKING: Mapping[FamilyFile, Callable[[Header], list[str]]] = {
    FamilyFile.CHILDREN: _child_lacks,
    FamilyFile.CERTIFICATES: _certificate_lacks,
    FamilyFile.ENROLMENTS: _enrolment_lacks,
}


def _without(header: Header, *fields: str) -> list[str]:
    return [field for field in fields if not header.has(field)]


def _codes(kind: type[Code], table: Mapping[str, Iterable[str]]) -> dict[str, Code]:
    return {normal_form(word): kind(code) for code, words in table.items() for word in words}
