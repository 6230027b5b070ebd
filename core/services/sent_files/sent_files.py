"""Staff bring files by sending them to the bot: first a trial that writes nothing, then the import.

Consultants and the head may, each into a municipality of theirs; the right is asked again at every
write. What is accepted is the very file that was tried. The trial of a registry also counts what it
lacks; that goes to the archive only when it is said.
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
from core.services.questions.importing import KnowledgeImport
from core.services.registry_import import ImportReport, ProgrammeImport
from core.services.registry_import.importer import Importer
from core.services.sent_files.recognition import SentKind
from core.services.staff.steps import rights_of


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How a file is to be taken. `even_many`: staff have seen how much is missing."""

    skip_bad: bool = False
    archive_missing: bool = False
    even_many: bool = False


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
        knowledge: KnowledgeImport,
    ) -> None:
        self._database = database
        self._clock = clock
        self._programmes = programmes
        self._families = families
        self._knowledge = knowledge

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
        wish = Wish(archive_missing=True, even_many=True)  # to be told of it
        report = await self._run(actor, kind, path, municipality_code, wish, dry_run=True)
        return Trial(report=report, sha256=sha256)

    async def accept(
        self,
        actor: Actor,
        kind: SentKind,
        path: Path,
        *,
        municipality_code: str,
        sha256: str,
        wish: Wish,
    ) -> ImportReport:
        """Import the file that was tried; again changes nothing. Raises FileChanged, NotAllowed,
        ImportRunning, ImportDisturbed, FileRefused, ColumnsMissing, NotFound, ManyMissing."""
        if await asyncio.to_thread(digest, path) != sha256:
            raise FileChanged()
        if await self.find_place(actor) is None:
            raise NotAllowed()
        return await self._run(actor, kind, path, municipality_code, wish, dry_run=False)

    async def _run(
        self,
        actor: Actor,
        kind: SentKind,
        path: Path,
        municipality_code: str,
        wish: Wish,
        *,
        dry_run: bool,
    ) -> ImportReport:
        importer = Importer(actor=actor)
        family_file = kind.family_file
        if family_file is not None:
            return await self._families.run(
                family_file,
                path,
                municipality_code=municipality_code,
                dry_run=dry_run,
                skip_bad=wish.skip_bad,
                importer=importer,
            )
        if kind is SentKind.KNOWLEDGE:
            return await self._knowledge.run(
                path,
                municipality_code=municipality_code,
                dry_run=dry_run,
                skip_bad=wish.skip_bad,
                importer=importer,
            )
        return await self._programmes.run(
            path,
            municipality_code=municipality_code,
            dry_run=dry_run,
            skip_bad=wish.skip_bad,
            archive_missing=wish.archive_missing,
            even_many=wish.even_many,
            importer=importer,
        )
