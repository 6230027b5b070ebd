"""Files of lines for `--batch`."""

from __future__ import annotations

from pathlib import Path

from bot.cli.session import fail, told


def lines_of(file: Path) -> list[str]:
    """One text a line; an empty line is an empty text, the end of the file is none. Ends the
    command where the file cannot be read."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        fail(told("cli-file-refused", file=str(file), why=error.strerror or ""))
    except UnicodeDecodeError:
        fail(told("cli-batch-encoding", file=str(file)))
    return text.removesuffix("\n").split("\n") if text else []
