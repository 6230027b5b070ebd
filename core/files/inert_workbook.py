"""A table as an .xlsx of plain text and dates, made in memory. Nothing in it can run.

Every cell is text of the file itself, never a formula; text that a spreadsheet would take for a
formula once it is copied or saved as csv (`= + - @`, tab, return first) gets an apostrophe before.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape

InertCell = str | int | date | None

_LIVE = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = date(1899, 12, 30)  # spreadsheets count days from here
_MOST_TEXT = 32_000  # a cell takes 32767 characters
_FIRST_WIDTH = 6
_WIDEST = 48
_MADE = (1980, 1, 1, 0, 0, 0)  # the same table is the same bytes

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    "</Relationships>",
    # cell formats: 0 plain, 1 a day, 2 a heading
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf xfId="0"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/>'
    '<xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>',
}


def inert_workbook(
    sheet: str, heading: Sequence[str], rows: Iterable[Sequence[InertCell]]
) -> bytes:
    """One sheet named `sheet` (31 characters at most) with a heading that stays in sight."""
    lines = [tuple(row) for row in rows]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            *_PARTS.items(),
            ("xl/workbook.xml", _workbook(sheet)),
            ("xl/worksheets/sheet1.xml", _sheet(tuple(heading), lines)),
        ):
            place = zipfile.ZipInfo(name, _MADE)
            place.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(place, _HEAD + text)
    return made.getvalue()


def inert(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    shown = _NOT_IN_XML.sub("", text)[:_MOST_TEXT]
    return f"'{shown}" if shown.startswith(_LIVE) else shown


def _workbook(sheet: str) -> str:
    name = escape(re.sub(r"[\[\]:*?/\\]", " ", sheet)[:31], {'"': "&quot;"})
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _sheet(heading: tuple[str, ...], lines: list[tuple[InertCell, ...]]) -> str:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{_width(at - 1, heading, lines)}" customWidth="1"/>'
        for at in range(1, len(heading) + 1)
    )
    body = "".join(f"<row>{''.join(_cell(value) for value in line)}</row>" for line in lines)
    head = "".join(_text(inert(word), ' s="2"') for word in heading)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols>"
        f"<sheetData><row>{head}</row>{body}</sheetData></worksheet>"
    )


def _cell(value: InertCell) -> str:
    match value:
        case None:
            return "<c/>"
        case date():
            return f'<c s="1"><v>{(value - _EPOCH).days}</v></c>'
        case int():
            return f"<c><v>{value}</v></c>"
        case str():
            return _text(inert(value))


def _text(shown: str, style: str = "") -> str:
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{escape(shown)}</t></is></c>'


def _width(at: int, heading: tuple[str, ...], lines: list[tuple[InertCell, ...]]) -> int:
    lengths = [
        len(heading[at]),
        *(
            10 if isinstance(v, date) else len(str(v))
            for v in (line[at] for line in lines)
            if v is not None
        ),
    ]
    return min(max(lengths, default=_FIRST_WIDTH) + 2, _WIDEST)
