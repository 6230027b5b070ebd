"""What a file is, told by its header: the first kind whose mandatory columns are all there. Lines
of JSON can only be a knowledge base."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from core.files.refusal import FileRefused
from core.files.tables import Table, open_tables
from core.services.family_import.vocabulary import FamilyFile, columns_of, names_a_child
from core.services.questions.files import columns, is_json
from core.services.registry_import.header import (
    ColumnsMissing,
    Header,
    find_header,
    find_header_of,
)
from core.services.registry_import.vocabulary import vocabulary


class SentKind(StrEnum):
    """Kinds of files; also the word of the command."""

    PROGRAMMES = "programmes"
    CHILDREN = "children"
    CERTIFICATES = "certificates"
    ENROLMENTS = "enrolments"
    KNOWLEDGE = "knowledge"

    @property
    def family_file(self) -> FamilyFile | None:
        """None: nothing personal is in it."""
        return FamilyFile(self.value) if self.value in set(FamilyFile) else None


def recognise(path: Path) -> SentKind | None:
    """None: it may be anything. Raises FileRefused when it is no honest table."""
    if is_json(path):
        return SentKind.KNOWLEDGE
    for table in open_tables(path):
        for kind, find in _SIGNS:
            if _has(table, find):
                return kind
    return None


def _has(table: Table, find: Callable[[Table], Header]) -> bool:
    try:
        find(table)
    except ColumnsMissing:
        return False
    except FileRefused as refused:
        if refused.reason != "no-header":
            raise
        return False
    return True


def _of(kind: FamilyFile) -> Callable[[Table], Header]:
    return lambda table: find_header_of(table, columns_of(kind))


def _roster_of_names(table: Table) -> Header:
    header = find_header_of(table, columns_of(FamilyFile.ENROLMENTS))
    if not names_a_child(header):
        raise FileRefused("no-header")
    return header


# what asks for more stands first: a list of certificates is a list of children too
_SIGNS: tuple[tuple[SentKind, Callable[[Table], Header]], ...] = (
    (SentKind.ENROLMENTS, _roster_of_names),
    (SentKind.CERTIFICATES, _of(FamilyFile.CERTIFICATES)),
    (SentKind.PROGRAMMES, lambda table: find_header(table, vocabulary())),
    (SentKind.ENROLMENTS, _of(FamilyFile.ENROLMENTS)),
    (SentKind.CHILDREN, _of(FamilyFile.CHILDREN)),
    (SentKind.KNOWLEDGE, lambda table: find_header_of(table, columns())),
)
