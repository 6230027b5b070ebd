"""Whose hand brings a file: an operator at the command line, or staff who sent it to the bot.

An operator needs no right. A member of staff is a moderator of every municipality the rows belong
to, at the moment of each write (I11).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.db.engine import Tx
from core.domain.actors import CLI, Actor
from core.domain.refusals import NotAllowed
from core.domain.staff import is_moderator
from core.services.staff.steps import rights_of


@dataclass(frozen=True, kw_only=True)
class Importer:
    """`actor` is None for the operator."""

    actor: Actor | None

    @property
    def mark(self) -> str:
        """How the audit names the hand."""
        return CLI if self.actor is None else self.actor.mark

    async def check(self, tx: Tx, municipality_ids: Iterable[int], now: datetime) -> None:
        """Raises NotAllowed."""
        if self.actor is None:
            return
        rights = await rights_of(tx, self.actor.person_id, now)
        if not all(is_moderator(rights, municipality_id=place) for place in municipality_ids):
            raise NotAllowed()


OPERATOR = Importer(actor=None)
