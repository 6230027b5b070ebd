"""What an import tells: counts of data rows, refused rows with reasons, warnings.

Reasons are codes with parameters; their words are in `locales/ru/import.ftl`. Values are cells of a
public registry, cut to a line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.domain.refusals import Parameter


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One cell that cannot be taken. `column` is the header as it stands in the file."""

    column: str
    value: str
    reason: str
    params: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RefusedRow:
    """A row with its first fault, by columns from the left; `more` are the others.

    `row` is its number in the sheet: the first line is 1, titles and header are counted. `sheet` is
    '' where the file has one only.
    """

    row: int
    column: str
    value: str
    reason: str
    params: Mapping[str, Parameter]
    more: tuple[Fault, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportWarning:
    """Something to know that refuses nothing; one for the whole file."""

    reason: str
    params: Mapping[str, Parameter]


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What the registry has and the file lacks, as it was before anything is written.

    `groups`: of programmes that the file has. `published`: programmes of the file's municipalities,
    `listed`: groups of those of them that the file has.
    `many`: so much that the file may be cut off.
    """

    programmes: int
    groups: int
    published: int
    listed: int
    many: bool


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """`read` = `new` + `changed` + `unchanged` + refused rows. `archived`: programmes that
    the file lacks, `closed`: groups of other programmes; None: that was not asked. `missing` says
    the same in full. `kept`: codes of unchanged rows whose entries staff have changed meanwhile;
    None: the file takes or leaves everything.

    `written` is false after a dry run, and when refused rows kept everything out: the counts then
    tell what would have been.
    """

    read: int
    new: int
    changed: int
    unchanged: int
    refused: tuple[RefusedRow, ...]
    warnings: tuple[ImportWarning, ...]
    written: bool
    archived: int | None = None
    closed: int | None = None
    missing: Missing | None = None
    kept: tuple[str, ...] | None = None
