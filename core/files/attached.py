"""Files that go to parents with an answer: what they are says their content, not their name."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path
from typing import Final

from core.files.archive import GREATEST_PARTS

_BEGINNINGS: Final = {
    ".pdf": b"%PDF-",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
}
_MAIN_PART: Final = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
_HEAD: Final = 16


def has_honest_name(name: str) -> bool:
    """Whether a name is shown as it is written and ends as files do that parents can open: marks
    that turn the direction of letters make «fdp.exe» look like «exe.pdf»."""
    plain = all(unicodedata.category(sign) not in {"Cc", "Cf", "Cs"} for sign in name)
    return plain and name.lower().endswith(tuple(_BEGINNINGS))


def is_what_it_is_called(path: Path, name: str) -> bool:
    """`name`: one with an honest end. Macros make a document something else."""
    kind = Path(name.lower()).suffix
    with path.open("rb") as file:
        if not file.read(_HEAD).startswith(_BEGINNINGS[kind]):
            return False
    return kind not in _MAIN_PART or _is_document(path, _MAIN_PART[kind])


def _is_document(path: Path, main_part: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {part.filename.lower().replace("\\", "/") for part in archive.infolist()}
    except (zipfile.BadZipFile, ValueError):
        return False
    has_macros = any(name.endswith("vbaproject.bin") for name in names)
    return len(names) <= GREATEST_PARTS and main_part in names and not has_macros
