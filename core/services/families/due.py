"""What becomes due in a family's life."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.db.engine import Tx
from core.services.families.doubles import UNDO_TIMER
from core.services.families.merging import forget_record
from core.services.families.promises import PREPARED_TIMER, remind
from core.services.timers.surroundings import Deed, Surroundings


async def _end_undo(tx: Tx, merge_id: int, _given: Surroundings) -> bool:
    return await forget_record(tx, merge_id)


DEEDS: Final[Mapping[str, Deed]] = {UNDO_TIMER: _end_undo, PREPARED_TIMER: remind}
