"""A csv as rows, in whatever encoding and with whatever delimiter its program chose.

Excel in Russia saves csv in CP1251 with semicolons, «Текст Юникод» in UTF-16 with tabs; newer
programs write UTF-8. A quoted cell may hold several lines: it is one cell of one row.
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

from core.files.refusal import FileRefused

DELIMITERS = ";\t,"
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a"))
_USUAL = "cp1251"
_OLD = {"cp866": "CP866 (DOS)", "koi8-r": "KOI8-R"}
_MUCH = 1.3  # how much more like Russian the text is in another encoding
_FEWEST = 12  # letters beyond ASCII by which an encoding may be told
_CAPITALS = range(0x410, 0x430)
_SMALL = range(0x430, 0x450)
_COMMONEST = frozenset(map(chr, (0x43E, 0x435, 0x430, 0x438, 0x43D, 0x442)))
"""The six letters that make up half of any Russian text."""
_STEP = 1024 * 1024
_SAMPLE = 64 * 1024  # characters among which the delimiter is told
_TELLING = "sep="  # Excel's own word for the delimiter, in a line before the table


def encoding_of(path: Path, head: bytes) -> str | None:
    """The encoding of the text, None when it is no text. `head` is how the file begins. Raises
    FileRefused: other-encoding, one we know and do not read."""
    if head.startswith(_UTF_16_MARKS):
        return "utf-16"
    if b"\0" in head:
        return _unmarked_utf_16(head)
    if head != head.translate(None, _CONTROLS):
        return None
    if head.startswith(codecs.BOM_UTF8) or _is_utf_8(path):
        return "utf-8-sig"
    likeliest = max(_OLD, key=lambda encoding: _likeness(head, encoding))
    if _likeness(head, likeliest) > _MUCH * max(_likeness(head, _USUAL), 0):
        raise FileRefused("other-encoding", seen=_OLD[likeliest])
    return _USUAL


def rows_of(path: Path, encoding: str) -> Iterator[list[str]]:
    """Raises FileRefused: encoding, damaged."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            sample = file.read(_SAMPLE)
            told = sample.partition("\n")[0].strip().strip('"')
            is_told = told.startswith(_TELLING) and len(told) == len(_TELLING) + 1
            delimiter = told[-1] if is_told else _likeliest(sample)
            file.seek(0)
            lines = csv.reader(file, delimiter=delimiter, strict=True)
            yield from islice(lines, int(is_told), None)
    except UnicodeError as error:
        raise FileRefused("encoding") from error
    except csv.Error as error:
        raise FileRefused("damaged") from error


def _unmarked_utf_16(head: bytes) -> str | None:
    """By the side on which plain signs (delimiters, digits, line ends) have their empty half."""
    left, right = head[::2].count(0), head[1::2].count(0)
    if left and right:
        return None
    return "utf-16-be" if left else "utf-16-le"


def _likeness(head: bytes, encoding: str) -> float:
    """How like Russian the text is: its letters, the commonest twice; signs that are none and
    capitals after small letters speak against it."""
    said = [sign for sign in head.decode(encoding, "replace") if not sign.isascii()]
    if len(said) < _FEWEST:
        return 0.0
    text = head.decode(encoding, "replace")
    letters = sum(ord(sign) in _SMALL or ord(sign) in _CAPITALS for sign in said)
    common = sum(sign.casefold() in _COMMONEST for sign in said)
    upside = sum(ord(one) in _SMALL and ord(other) in _CAPITALS for one, other in pairwise(text))
    return letters + common - 2 * (len(said) - letters) - 3 * upside


def _is_utf_8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while step := file.read(_STEP):
                decoder.decode(step)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _likeliest(sample: str) -> str:
    """The delimiter that cuts most lines into equally many cells."""
    lines = sample.splitlines(keepends=True)
    if len(sample) == _SAMPLE:
        lines.pop()  # cut through
    return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines: list[str], delimiter: str) -> int:
    widths = Counter(map(len, csv.reader(lines, delimiter=delimiter)))
    return max((width * rows for width, rows in widths.items() if width > 1), default=0)
