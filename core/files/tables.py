"""A file as rows of cells, whatever it is made of: Excel (.xlsx) and csv.

What a file is says its content, not its name. Rows carry the number they have in the sheet, the
first line being 1. Merged cells take the value of their range. Rows can be walked several times.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from core.files import apart, workbook
from core.files.archive import MEGABYTE, count_hidden_rows
from core.files.refusal import FileRefused
from core.files.separated import encoding_of, rows_of
from core.files.table import GREATEST_ROWS, GREATEST_WIDTH, Cell, Table

__all__ = ["Cell", "Table", "digest", "open_tables"]

GREATEST_FILE = 300 * MEGABYTE
GREAT_WORKBOOK = 3 * MEGABYTE  # from here on it is read by a process of its own
_HEAD = 4096
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")


def open_tables(path: Path) -> Iterator[Table]:
    """The sheets of a workbook that are visible, or the one table of a csv; read as they are asked
    for. Raises FileRefused."""
    head = _head(path)
    if head.startswith(_ZIP):
        great = path.stat().st_size > GREAT_WORKBOOK
        yield from apart.sheets(path) if great else workbook.sheets(path)
        return
    if head.startswith(_OLE):
        raise FileRefused("old-excel")
    if is_program(head):
        raise FileRefused("program")
    encoding = None if head.startswith(_OTHERS) else encoding_of(path, head)
    if encoding is None:
        raise FileRefused("unknown")
    if head.decode(encoding, "ignore").lstrip().startswith("<"):
        raise FileRefused("html")
    yield _CsvTable(path, encoding)


def is_program(head: bytes) -> bool:
    """Whether a file that begins so runs, whatever it is called. A line of text may begin with two
    of these letters too, but holds no zeros."""
    return head.startswith(_PROGRAMS) and b"\0" in head


def hidden_rows(path: Path) -> int:
    """How many rows with cells are hidden in a workbook; 0 for a csv."""
    return count_hidden_rows(path) if _head(path).startswith(_ZIP) else 0


def digest(path: Path) -> str:
    """SHA-256 of the file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > GREATEST_FILE:
            raise FileRefused("too-big", megabytes=GREATEST_FILE // MEGABYTE)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise FileRefused("absent") from error
    if not head.strip():
        raise FileRefused("empty")
    return head


class _CsvTable:
    name = ""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._encoding = encoding

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        for number, line in enumerate(rows_of(self._path, self._encoding), 1):
            if number > GREATEST_ROWS:
                raise FileRefused("too-many-rows", rows=GREATEST_ROWS)
            cells: list[Cell] = [*line[:GREATEST_WIDTH]]
            yield number, cells
