"""Organisations that a registry names: those not yet known are created.

A known one is found however its number is marked: «№ 1», «N 1», «1». It keeps the key it was stored
by, and so do its programmes; of a new one the file's first spelling counts.

One whose address nobody has said gets that of its first group, so that parents can be sent
somewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from core.db.engine import Tx
from core.db.models import Organisation
from core.domain.naming import without_marks
from core.services.registry_import.rows import ProgrammeRow
from core.services.registry_import.vocabulary import confirms_certificates

OrganisationKey = tuple[int, str]
"""(municipality id, normal form of the name)."""


class Spellings:
    """Under which key each organisation goes, by what its name is without marks. One stored before
    the others counts where several were stored apart."""

    def __init__(self, stored: Sequence[OrganisationKey]) -> None:
        self._stored = frozenset(stored)
        self._known: dict[OrganisationKey, str] = {}
        for municipality_id, key in stored:
            self._known.setdefault((municipality_id, without_marks(key)), key)

    def key_of(self, municipality_id: int, key: str) -> str:
        """`key`: the normal form of the name as the file has it."""
        if (municipality_id, key) in self._stored:
            return key
        return self._known.setdefault((municipality_id, without_marks(key)), key)


async def load_spellings(tx: Tx) -> Spellings:
    """Of all municipalities."""
    columns = Organisation.municipality_id, Organisation.name_key
    rows = await tx.execute(select(*columns).order_by(Organisation.id))
    return Spellings([(row.municipality_id, row.name_key) for row in rows])


class Organisations:
    """What is known of the organisations of a file's municipalities while it comes in."""

    def __init__(self) -> None:
        self._ids: dict[OrganisationKey, int] = {}
        self._homeless: set[int] = set()
        self._addresses: dict[int, str] = {}

    async def load(self, tx: Tx, municipality_ids: Iterable[int]) -> None:
        columns = (
            Organisation.municipality_id,
            Organisation.name_key,
            Organisation.id,
            Organisation.address,
        )
        rows = await tx.execute(
            select(*columns).where(Organisation.municipality_id.in_(sorted(municipality_ids)))
        )
        for row in rows:
            self._ids[row.municipality_id, row.name_key] = row.id
            if row.address is None:
                self._homeless.add(row.id)

    def id_of(self, row: ProgrammeRow) -> int:
        return self._ids[row.municipality_id, row.organisation_key]

    async def add(self, tx: Tx, rows: Iterable[ProgrammeRow], now: datetime) -> None:
        """Create those of the rows that are not known yet, each with the first address said."""
        missing: dict[OrganisationKey, ProgrammeRow] = {}
        addresses: dict[OrganisationKey, str] = {}
        for row in rows:
            key = row.municipality_id, row.organisation_key
            if key not in self._ids:
                missing.setdefault(key, row)
                if row.address is not None:
                    addresses.setdefault(key, row.address)
        if not missing:
            return
        made = await tx.execute(
            insert(Organisation).returning(
                Organisation.municipality_id, Organisation.name_key, Organisation.id
            ),
            [
                {
                    "municipality_id": row.municipality_id,
                    "name": row.organisation,
                    "name_key": row.organisation_key,
                    "address": addresses.get(key),
                    "confirms_certificates": confirms_certificates(row.organisation),
                    "added_at": now,
                }
                for key, row in missing.items()
            ],
        )
        for municipality_id, name_key, organisation_id in made:
            self._ids[municipality_id, name_key] = organisation_id
            if (municipality_id, name_key) not in addresses:
                self._homeless.add(organisation_id)

    def note_addresses(self, rows: Iterable[ProgrammeRow]) -> None:
        """Remember where groups of those without an address meet."""
        for row in rows if self._homeless else ():
            known = self._ids.get((row.municipality_id, row.organisation_key))
            if row.address is not None and known in self._homeless:
                self._homeless.discard(known)
                self._addresses[known] = row.address

    async def give_addresses(self, tx: Tx) -> list[int]:
        """Write down what was noted. Their ids: programmes of theirs that came before are indexed
        without the address."""
        if not self._addresses:
            return []
        await tx.execute(
            update(Organisation)
            .where(Organisation.id == bindparam("known"), Organisation.address.is_(None))
            .values(address=bindparam("found")),
            [{"known": known, "found": found} for known, found in self._addresses.items()],
        )
        given, self._addresses = list(self._addresses), {}
        return given
