"""What the import of a sent file tells staff: counts, the first refused rows, all as a table.

Rows hold what the file holds, names and numbers too: they are shown to the one who sent the file,
in the private chat, and nowhere else.
"""

from __future__ import annotations

import csv
import io

from core.i18n import Speech
from core.services.registry_import import Fault, ImportReport, RefusedRow
from core.services.sent_files import SentKind

FIRST_SHOWN = 5
KEPT_SHOWN = 10
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would calculate."""


def kind_name(kind: SentKind, speech: Speech) -> str:
    """Inside a sentence."""
    return speech.say_plain("imports-kind-name", kind=kind.value)


def kind_label(kind: SentKind, speech: Speech) -> str:
    """On a button."""
    return speech.say_plain("imports-kind-label", kind=kind.value)


def counts(report: ImportReport, speech: Speech) -> str:
    """HTML: a line, one more for what was archived and one for what staff keep as it is."""
    lines = [
        speech.say(
            "imports-counts",
            read=report.read,
            new=report.new,
            changed=report.changed,
            unchanged=report.unchanged,
            refused=len(report.refused),
        )
    ]
    if report.written and (report.archived or report.closed):
        gone = {"archived": report.archived or 0, "closed": report.closed or 0}
        lines.append(speech.say("imports-archived", **gone))
    if report.kept:
        more = ["\N{HORIZONTAL ELLIPSIS}"] if report.kept[KEPT_SHOWN:] else []
        codes = ", ".join([*report.kept[:KEPT_SHOWN], *more])
        lines.append(speech.say("imports-kept", kept=len(report.kept), codes=codes))
    return "\n".join(lines)


def first_rows(report: ImportReport, speech: Speech) -> str:
    """The first refused rows and the warnings, as HTML; '' when there are none."""
    lines = [
        speech.say(f"import-warning-{warning.reason}", **warning.params)
        for warning in report.warnings
    ]
    lines += [
        speech.say("imports-row", row=str(row.row), **_told(row, speech))
        for row in report.refused[:FIRST_SHOWN]
    ]
    if len(report.refused) > FIRST_SHOWN:
        lines.append(speech.say("imports-rows-more", rows=len(report.refused) - FIRST_SHOWN))
    return "\n".join(lines)


def all_rows(report: ImportReport, speech: Speech) -> bytes:
    """Every fault of every refused row, as csv in which a spreadsheet calculates nothing."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow(
        speech.say_plain(f"imports-column-{name}") for name in ("row", "column", "value", "reason")
    )
    for row in report.refused:
        faults: list[Fault | RefusedRow] = [row, *row.more]
        for told in (_told(fault, speech) for fault in faults):
            lines.writerow([row.row, *map(_inert, told.values())])
    return text.getvalue().encode("utf-8-sig")


def _told(fault: Fault | RefusedRow, speech: Speech) -> dict[str, str]:
    return {
        "column": fault.column,
        "value": fault.value,
        "reason": speech.say_plain(f"import-reason-{fault.reason}", **fault.params),
    }


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
