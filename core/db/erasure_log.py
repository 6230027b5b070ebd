"""Acts of erasure in a file beside the database, so that a restored copy learns of them.

One JSON line an act: its key, ids and time, nothing about anybody. Lines are added only; a line
that stands twice, or was cut off by a crash, does no harm.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import URL

from core.domain.erasure import ErasureAct

SUFFIX = ".erasures.log"
DATA_FOLDER = Path("data")


def log_beside(url: URL) -> Path:
    """Beside an embedded database; for another, in the data folder under its name."""
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).with_suffix(SUFFIX)
    return DATA_FOLDER / f"{url.database}{SUFFIX}"


def append(place: Path, acts: Sequence[ErasureAct]) -> None:
    """On the disk when this returns."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as file:
        if file.tell() > 0:
            file.write("\n")  # after a line that a crash cut off
        file.writelines(_line(act) + "\n" for act in acts)
        file.flush()
        os.fsync(file.fileno())


def read(place: Path) -> list[ErasureAct]:
    """Each act once, in the order written; empty without a file."""
    try:
        lines = place.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    acts = {act.key: act for act in map(_act, lines) if act is not None}
    return list(acts.values())


def _line(act: ErasureAct) -> str:
    return json.dumps(
        {
            "key": act.key,
            "person": act.person_id,
            "children": list(act.children),
            "at": act.at.isoformat(),
        }
    )


def _act(line: str) -> ErasureAct | None:
    try:
        said = json.loads(line)
        return ErasureAct(
            key=str(said["key"]),
            person_id=int(said["person"]),
            children=tuple(int(one) for one in said["children"]),
            at=datetime.fromisoformat(said["at"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
