"""Reading a great workbook in a process of its own.

The library lays a sheet out whole: a hundred thousand programmes take 300 MB and some seconds, and
the memory does not come back. A process of its own ends and gives all of it back; whoever asked
gets the rows from a file on disk, and serves others meanwhile. A workbook that kills its reader is
refused, nothing else ends.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from core.files.refusal import FileRefused
from core.files.table import Cell, Table
from core.files.workbook import sheets as sheets_here

Row = tuple[int, list[Cell]]

BLOCK = 500  # rows pickled together
REFUSED = 3  # exit code: a refusal was written


def sheets(path: Path) -> Iterator[Table]:
    """The same as `workbook.sheets`. Raises FileRefused."""
    laid_by = tempfile.TemporaryFile()  # noqa: SIM115 - goes with the last sheet that reads it
    ended = subprocess.run(
        [sys.executable, "-m", __name__, str(path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.DEVNULL,
        stdout=laid_by,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    laid_by.seek(0)
    if ended.returncode == REFUSED:
        reason, params = pickle.load(laid_by)
        raise FileRefused(reason, **params)
    if ended.returncode != 0:
        raise FileRefused("damaged")
    while name := _loaded(laid_by):
        sheet = _LaidBy(name[0], laid_by)
        yield sheet
        sheet.leave_behind()


class _LaidBy:
    """A sheet within the file: blocks of rows, an empty one at the end."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self.name = name
        self._file = file
        self._begins = file.tell()
        self._ends: int | None = None

    def rows(self) -> Iterator[Row]:
        self._file.seek(self._begins)
        while block := pickle.load(self._file):
            yield from block
        self._ends = self._file.tell()

    def leave_behind(self) -> None:
        """Put the file behind the sheet."""
        if self._ends is None:
            for _ in self.rows():
                pass
        else:
            self._file.seek(self._ends)


def _loaded(file: IO[bytes]) -> tuple[str] | None:
    """The next sheet's name; None at the end of the file."""
    try:
        return (pickle.load(file),)
    except EOFError:
        return None


def _lay_by(path: Path, out: IO[bytes]) -> None:
    for table in sheets_here(path):
        pickle.dump(table.name, out)
        rows = table.rows()
        while block := list(islice(rows, BLOCK)):
            pickle.dump(block, out, protocol=pickle.HIGHEST_PROTOCOL)
        pickle.dump([], out)


def _main() -> None:
    out = sys.stdout.buffer
    try:
        _lay_by(Path(sys.argv[1]), out)
    except FileRefused as refused:
        out.seek(0)
        out.truncate()
        told = {name: value for name, value in refused.params.items() if name != "reason"}
        pickle.dump((refused.reason, told), out)
        sys.exit(REFUSED)


if __name__ == "__main__":
    _main()
