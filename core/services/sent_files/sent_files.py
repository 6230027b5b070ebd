"""Staff bring files by sending them to the bot: first a trial that writes nothing, then the import.

Consultants and the head may, each into a municipality of theirs; the right is asked again at every
write. What is accepted is the very file that was tried.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from core.clock import Clock
from core.db.engine import Database
from core.domain.actors import Actor
from core.domain.municipality import MunicipalityView
from core.domain.refusals import NotAllowed, Refusal
from core.domain.staff import MODERATORS
from core.files.tables import digest
from core.services.family_import import FamilyImport
from core.services.municipalities.steps import get_municipality
from core.services.registry_import import ImportReport, ProgrammeImport
from core.services.registry_import.importer import Importer
from core.services.sent_files.recognition import SentKind
from core.services.staff.steps import rights_of


class FileChanged(Refusal):
    """The file is not the one that was tried."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the file would do; `sha256` names the file that was tried."""

    report: ImportReport
    sha256: str


class SentFiles:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        programmes: ProgrammeImport,
        families: FamilyImport,
    ) -> None:
        self._database = database
        self._clock = clock
        self._programmes = programmes
        self._families = families

    async def find_place(self, actor: Actor) -> MunicipalityView | None:
        """Where the actor may bring files: the municipality he looks at, if it is his, else the
        first one that is. None: he is no consultant and no head anywhere."""
        async with self._database.read() as tx:
            rights = await rights_of(tx, actor.person_id, self._clock.now())
            places = [right.municipality_id for right in rights if right.role in MODERATORS]
            if not places:
                return None
            chosen = actor.municipality_id if actor.municipality_id in places else places[0]
            return await get_municipality(tx, chosen)

    async def try_out(
        self, actor: Actor, kind: SentKind, path: Path, *, municipality_code: str
    ) -> Trial:
        """Write nothing. Raises NotAllowed, FileRefused, ColumnsMissing, NotFound."""
        if await self.find_place(actor) is None:
            raise NotAllowed()
        sha256 = await asyncio.to_thread(digest, path)
        report = await self._run(actor, kind, path, municipality_code, dry_run=True, skip_bad=False)
        return Trial(report=report, sha256=sha256)

    async def accept(
        self,
        actor: Actor,
        kind: SentKind,
        path: Path,
        *,
        municipality_code: str,
        sha256: str,
        skip_bad: bool,
    ) -> ImportReport:
        """Import the file that was tried; again changes nothing. Raises FileChanged, NotAllowed,
        ImportRunning, ImportDisturbed, FileRefused, ColumnsMissing, NotFound."""
        if await asyncio.to_thread(digest, path) != sha256:
            raise FileChanged()
        if await self.find_place(actor) is None:
            raise NotAllowed()
        return await self._run(
            actor, kind, path, municipality_code, dry_run=False, skip_bad=skip_bad
        )

    async def _run(
        self,
        actor: Actor,
        kind: SentKind,
        path: Path,
        municipality_code: str,
        *,
        dry_run: bool,
        skip_bad: bool,
    ) -> ImportReport:
        importer = Importer(actor=actor)
        family_file = kind.family_file
        if family_file is None:
            return await self._programmes.run(
                path,
                municipality_code=municipality_code,
                dry_run=dry_run,
                skip_bad=skip_bad,
                importer=importer,
            )
        return await self._families.run(
            family_file,
            path,
            municipality_code=municipality_code,
            dry_run=dry_run,
            skip_bad=skip_bad,
            importer=importer,
        )
