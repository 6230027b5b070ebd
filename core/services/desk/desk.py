"""The use cases of the web desk as one bundle."""

from __future__ import annotations

from dataclasses import dataclass

from core.cipher import Cipher
from core.clock import Chance, Clock
from core.db.engine import Database
from core.domain.silence import QuietHours
from core.services.certificates.decisions import CertificateDecisions
from core.services.desk.bulk import BulkDecisions
from core.services.desk.entrances import DeskEntrances
from core.services.desk.files import DeskFiles
from core.services.desk.queue import DeskQueue
from core.services.desk.tries import WrongTries
from core.services.enrolments.decisions import ApplicationDecisions


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Every call re-checks rights: what comes from a browser is input."""

    entrances: DeskEntrances
    tries: WrongTries
    queue: DeskQueue
    bulk: BulkDecisions
    files: DeskFiles


def open_desk(
    database: Database, clock: Clock, chance: Chance, cipher: Cipher, quiet: QuietHours | None
) -> Desk:
    """Wire the desk; it decides by the same services the chats use."""
    return Desk(
        entrances=DeskEntrances(database, clock, chance),
        tries=WrongTries(clock),
        queue=DeskQueue(database, clock, cipher),
        bulk=BulkDecisions(
            CertificateDecisions(database, clock, cipher, quiet),
            ApplicationDecisions(database, clock, cipher, quiet),
        ),
        files=DeskFiles(database, clock, chance),
    )
