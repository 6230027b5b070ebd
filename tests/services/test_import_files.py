"""A file that is no table, or a dangerous one, is refused before it is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from core.db.engine import Database
from core.files.refusal import FileRefused
from core.i18n import Texts
from tests.services.registries import Bring, tidy, workbook


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    """What a file says does not depend on the database."""
    database = Database(sqlite_url)
    yield database
    await database.close()


LIST = "Список учреждений;Кому звонить;Примечание\nДом творчества;Иванова;Вход со двора\n"


def parts(**content: bytes | str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return held.getvalue()


def with_part(source: bytes, name: str, data: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(held, "w", 8) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return held.getvalue()


@pytest.fixture
def good(tmp_path: Path) -> bytes:
    return workbook(tmp_path / "good.xlsx", [tidy()]).read_bytes()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda good: b"", "empty"),
        (lambda good: b"<html><table><tr><td>1</td></tr></table>", "html"),
        (lambda good: b"\xef\xbb\xbf  <!DOCTYPE html>", "html"),
        (lambda good: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-excel"),
        (lambda good: b"%PDF-1.7 ...", "unknown"),
        (lambda good: good[: len(good) // 2], "damaged"),
        (lambda good: b"PK\x03\x04" + b"junk" * 50, "damaged"),
        (lambda good: parts(**{"word/document.xml": "<x/>"}), "other-archive"),
        (lambda good: with_part(good, "xl/vbaProject.bin", b"macro"), "macros"),
        (lambda good: with_part(good, "xl/worksheets/sheet1.xml", b" " * 90_000_000), "bomb"),
        (
            lambda good: with_part(
                good,
                "xl/worksheets/sheet1.xml",
                b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
                b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
            ),
            "too-wide",
        ),
        (
            lambda good: with_part(
                good,
                "xl/worksheets/sheet1.xml",
                b'<worksheet><sheetData><row><c r="B499999999999"><v>1</v></c></row></sheetData>'
                b"</worksheet>",
            ),
            "too-wide",
        ),
        (
            lambda good: with_part(
                good, "xl/worksheets/sheet1.xml", "<worksheet></worksheet>".encode("utf-16")
            ),
            "damaged",
        ),
        (lambda good: "Кружок;Возраст".encode("cp1251") + b"\n\x98;7", "encoding"),
        (lambda good: b"\x01\x02\x03binary", "unknown"),
        (lambda good: "<html><table>".encode("utf-16"), "html"),
        (lambda good: b"MZ\x90\x00\x03" + b"\0" * 100, "program"),
        (lambda good: b"\x7fELF\x02\x01\x01" + b"\0" * 100, "program"),
        (lambda good: LIST.encode("cp866"), "other-encoding"),
        (lambda good: LIST.encode("koi8-r"), "other-encoding"),
        (lambda good: LIST.encode("cp1251"), "no-header"),
        (lambda good: LIST.upper().encode("cp1251"), "no-header"),
        (
            lambda good: with_part(
                good,
                "xl/worksheets/sheet1.xml",
                b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
                b'<row r="1048576"><c r="B1048576"><v>1</v></c></row></sheetData></worksheet>',
            ),
            "far-row",
        ),
        (lambda good: "просто текст\nи ещё".encode(), "no-header"),
    ],
)
async def test_what_is_no_honest_table_is_refused_with_a_reason(
    bring: Bring,
    tmp_path: Path,
    good: bytes,
    make: Callable[[bytes], bytes],
    reason: str,
) -> None:
    file = tmp_path / "given.xlsx"
    file.write_bytes(make(good))

    with pytest.raises(FileRefused) as raised:
        await bring(file=file)

    assert raised.value.reason == reason


async def test_a_part_longer_than_it_says_does_not_pass(
    bring: Bring, tmp_path: Path, good: bytes
) -> None:
    padded = with_part(good, "xl/worksheets/sheet1.xml", b" " * 1_000_000)
    said, true = (1_000).to_bytes(4, "little"), (1_000_000).to_bytes(4, "little")
    file = tmp_path / "liar.xlsx"
    file.write_bytes(padded.replace(true, said))

    with pytest.raises(FileRefused) as raised:
        await bring(file=file)

    assert raised.value.reason == "damaged"


async def test_an_absent_file_is_said(bring: Bring, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as raised:
        await bring(file=tmp_path / "nothing.xlsx")

    assert raised.value.reason == "absent"


def test_every_reason_has_words() -> None:
    speech = Texts().speak("ru")
    numbers: dict[str, Any] = {"megabytes": 1, "rows": 1, "row": 1, "seen": "CP866"}
    said = {
        speech.say_plain("refusal-file-refused", reason=reason, **numbers)
        for reason in FileRefused.REASONS
    }
    other = speech.say_plain("refusal-file-refused", reason="?", **numbers)
    assert len(said) == len(FileRefused.REASONS)
    assert other not in said


async def test_hidden_rows_come_in_and_are_told(bring: Bring, tmp_path: Path) -> None:
    file = workbook(tmp_path / "hidden.xlsx", [tidy(), tidy({"Группа": "Скрытая"})])
    plain = zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")
    file.write_bytes(
        with_part(
            file.read_bytes(),
            "xl/worksheets/sheet1.xml",
            plain.replace(b'<row r="3"', b'<row r="3" hidden="1"'),
        )
    )

    report = await bring(file=file)

    assert report.new == 2
    (warning,) = report.warnings
    assert (warning.reason, warning.params) == ("hidden-rows", {"rows": 1})
