"""The check of invariants: each finding is one that is broken (reliability page, section 2)."""

from __future__ import annotations

from core.clock import Clock
from core.db.engine import Database
from core.db.migrate import differences, pending
from core.services.doctor.checks import ALL
from core.services.doctor.findings import Finding


class Doctor:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def examine(self) -> list[Finding]:
        """Empty when all is well. Where the schema is not at head nothing else is looked at."""
        if await pending(self._database):
            return [Finding(invariant="schema", what="migrations are not at head", count=1)]
        schema = Finding(
            invariant="schema",
            what="differences between the tables and the models",
            count=len(await differences(self._database)),
        )
        now = self._clock.now()
        async with self._database.read() as tx:
            found = [finding for check in ALL async for finding in check(tx, now)]
        return [finding for finding in (schema, *found) if finding.count]
