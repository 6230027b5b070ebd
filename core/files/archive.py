"""An xlsx is a zip: how much it would unpack to is judged before anybody unpacks it.

531 KB can unpack to 210 MB. The sizes written in the archive are judged first; then each part is
run through once without being kept, which ends where a part grows past the size written for it.
On the way the farthest cell is looked for: readers lay a sheet out densely, so two cells in
opposite corners of it would take gigabytes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from core.files.refusal import FileRefused

MEGABYTE = 1024 * 1024
GREATEST_WHOLE = 400 * MEGABYTE  # 100 000 programmes are about 200
GREATEST_PARTS = 2_000
CALM_PART = 8 * MEGABYTE  # below this a great ratio harms nobody
GREATEST_RATIO = 60  # a real registry is packed about 12 times
GREATEST_ROW = 1_048_576  # Excel's own
GREATEST_AREA = 12_000_000  # cells between the first and the farthest one
_STEP = MEGABYTE
_OVERLAP = 64  # a cell's name may be cut by the end of a step
# the names of cells and rows, r="AB12": there are millions of them, and a pattern that begins with
# a plain letter is found six times faster than one that begins by looking behind
_NAME = rb"""r(?<=\s.)\s*=\s*["']"""
_SHEETS = "xl/worksheets/sheet"
_LONGEST_TAG = 400
_HIDDEN_ROW = re.compile(rb"""<row\s[^<>]{0,300}?hidden=["'](?:1|true)["'][^<>]{0,300}?(?<!/)>""")
_COLUMNS = re.compile(_NAME + rb"[A-Za-z]{1,9}")
_ROWS = re.compile(_NAME + rb"[A-Za-z]{0,9}(\d{1,20})")


def check_workbook_archive(path: Path) -> None:
    """Raises FileRefused: bomb, too-wide, macros, other-archive, damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _judge_names(parts)
            _judge_sizes(parts)
            for part in parts:
                _run_through(archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileRefused("damaged") from error


def count_hidden_rows(path: Path) -> int:
    """Rows with cells that the sheets of a workbook hide; the library that reads them cannot tell.
    Only for what `check_workbook_archive` has let through."""
    hidden = 0
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if not part.filename.lower().startswith(_SHEETS):
                continue
            tail = b""
            with archive.open(part) as stream:
                while step := stream.read(_STEP):
                    piece = tail + step
                    found = _HIDDEN_ROW.finditer(piece)
                    hidden += sum(row.end() > len(tail) for row in found)
                    tail = piece[-_LONGEST_TAG:]
    return hidden


def _judge_names(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > GREATEST_PARTS:
        raise FileRefused("bomb")
    names = {part.filename.lower().replace("\\", "/") for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise FileRefused("macros")
    if "xl/workbook.xml" not in names:
        raise FileRefused("other-archive")


def _judge_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if sum(part.file_size for part in parts) > GREATEST_WHOLE:
        raise FileRefused("bomb")
    for part in parts:
        grown = part.file_size > CALM_PART
        if grown and part.file_size > GREATEST_RATIO * max(part.compress_size, 1):
            raise FileRefused("bomb")


def _run_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """The reader stops at the written size and then compares the checksum: a part that is longer
    than it says does not pass."""
    widest, lowest, tail = 0, 0, b""
    with archive.open(part) as stream:
        while step := stream.read(_STEP):
            piece = tail + step
            if b"\0" in step and part.filename.lower().endswith(".xml"):
                raise FileRefused("damaged")  # UTF-16: no spreadsheet writes it, and it hides names
            widest = max([widest, *map(_column, set(_COLUMNS.findall(piece)))])
            lowest = max([lowest, *map(int, set(_ROWS.findall(piece)))])
            if widest * lowest > GREATEST_AREA or lowest > GREATEST_ROW:
                raise FileRefused("too-wide")
            tail = piece[-_OVERLAP:]


def _column(name: bytes) -> int:
    """r="A -> 1, r="AB -> 28."""
    number = 0
    for letter in re.split(rb"[^A-Z]", name.upper())[-1]:
        number = number * 26 + letter - ord("A") + 1
    return number
