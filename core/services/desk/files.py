"""Tables by expiring links: a roster of a group, certificates or applications of a municipality.

A link lives for a day and gives nothing by itself: who follows it must be in the desk and hold the
right at that moment, so it may stand in a staff chat where a file with names may not. The table is
made when it is downloaded, each download is audited, and nothing of it is kept. Foreign, expired
and absent look the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, insert, or_, select

from core.clock import Chance, Clock
from core.db.engine import Database, Tx
from core.db.models import (
    DeskFile,
    Group,
    Municipality,
    Organisation,
    Programme,
)
from core.domain.actors import Actor
from core.domain.codes import CODE_LENGTH, code_hash
from core.domain.desk import FILE_LIFE, FileKind, Reach, reach_of
from core.domain.programmes import ProgrammeState
from core.domain.refusals import NotFound
from core.services.audit.steps import record
from core.services.desk.entrances import check_visitor
from core.services.desk.tables import TableRow, table_rows
from core.services.programmes.seats import seen_import

_ENTITY = "desk_files"
_SPENT_LINKS_STAY = timedelta(days=30)
_MOST_GROUPS = 1000
_FIELDS = ("last_name", "first_name", "patronymic", "born", "number_tail")


@dataclass(frozen=True, kw_only=True)
class GroupChoice:
    """A group whose roster may be asked for."""

    id: int
    name: str
    programme_title: str
    organisation_name: str
    taken: int


@dataclass(frozen=True, kw_only=True)
class PlaceChoice:
    """A municipality whose tables may be asked for."""

    id: int
    name: str
    certificates: bool
    applications: bool


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the actor may ask for."""

    groups: tuple[GroupChoice, ...]
    places: tuple[PlaceChoice, ...]


@dataclass(frozen=True, kw_only=True)
class FileLink:
    """What a link gives and until when. `about`: the group or the municipality."""

    kind: FileKind
    about: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class MadeTable:
    link: FileLink
    made_at: datetime
    rows: tuple[TableRow, ...]


class DeskFiles:
    def __init__(self, database: Database, clock: Clock, chance: Chance) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance

    async def choices(self, actor: Actor) -> Choices:
        """Raises NotAllowed."""
        async with self._database.read() as tx:
            reach = reach_of(await check_visitor(tx, actor, self._clock.now()))
            return Choices(groups=await _groups(tx, reach), places=await _places(tx, reach))

    async def make(self, actor: Actor, kind: FileKind, about_id: int) -> str:
        """The token of a link; `about_id` is a group for a roster, else a municipality.

        Raises NotAllowed, NotFound.
        """
        token = self._chance.token(CODE_LENGTH)
        async with self._database.write() as tx:
            now = self._clock.now()
            reach = reach_of(await check_visitor(tx, actor, now))
            municipality_id = await _place_of(tx, reach, kind, about_id)
            await tx.execute(delete(DeskFile).where(DeskFile.expires_at < now - _SPENT_LINKS_STAY))
            file_id = (
                await tx.execute(
                    insert(DeskFile)
                    .values(
                        token_sha256=code_hash(token),
                        person_id=actor.person_id,
                        kind=kind,
                        municipality_id=municipality_id,
                        group_id=about_id if kind is FileKind.ROSTER else None,
                        made_at=now,
                        expires_at=now + FILE_LIFE,
                    )
                    .returning(DeskFile.id)
                )
            ).scalar_one()
            await _note(tx, actor, now, "desk_file.made", file_id, municipality_id, kind)
        return token

    async def look(self, actor: Actor, token: str) -> FileLink:
        """What the link gives. Raises NotAllowed, NotFound."""
        async with self._database.read() as tx:
            now = self._clock.now()
            reach = reach_of(await check_visitor(tx, actor, now))
            return _link(await _find(tx, reach, token, now))

    async def download(self, actor: Actor, token: str) -> MadeTable:
        """The table of this moment; the audit notes it. Raises NotAllowed, NotFound."""
        async with self._database.write() as tx:
            now = self._clock.now()
            reach = reach_of(await check_visitor(tx, actor, now))
            found = await _find(tx, reach, token, now)
            rows = await table_rows(tx, found)
            await _note(
                tx,
                actor,
                now,
                "desk_file.downloaded",
                found.id,
                found.municipality_id,
                FileKind(found.kind),
                rows=len(rows),
            )
            return MadeTable(link=_link(found), made_at=now, rows=rows)


def _own_groups(reach: Reach) -> ColumnElement[bool]:
    """Groups of the municipalities and organisations the actor decides for; of a programme."""
    return or_(
        Programme.municipality_id.in_(sorted(reach.applications)),
        *(
            and_(Programme.municipality_id == place, Programme.organisation_id == organisation)
            for place, organisation in sorted(reach.organisations)
        ),
    )


def _places_for(reach: Reach, kind: FileKind) -> frozenset[int]:
    return reach.certificates if kind is FileKind.CERTIFICATES else reach.applications


async def _groups(tx: Tx, reach: Reach) -> tuple[GroupChoice, ...]:
    rows = await tx.execute(
        select(
            Group.id,
            Group.name,
            Programme.title,
            Organisation.name.label("organisation_name"),
            Group.taken,
        )
        .join(Programme, Programme.id == Group.programme_id)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(
            _own_groups(reach),
            seen_import(Group.import_id),
            Programme.state == ProgrammeState.PUBLISHED,
        )
        .order_by(Organisation.name, Programme.title, Group.name)
        .limit(_MOST_GROUPS)
    )
    return tuple(
        GroupChoice(
            id=row.id,
            name=row.name,
            programme_title=row.title,
            organisation_name=row.organisation_name,
            taken=row.taken,
        )
        for row in rows
    )


async def _places(tx: Tx, reach: Reach) -> tuple[PlaceChoice, ...]:
    rows = await tx.execute(
        select(Municipality.id, Municipality.name)
        .where(Municipality.id.in_(sorted(reach.certificates | reach.applications)))
        .order_by(Municipality.ordinal)
    )
    return tuple(
        PlaceChoice(
            id=row.id,
            name=row.name,
            certificates=row.id in reach.certificates,
            applications=row.id in reach.applications,
        )
        for row in rows
    )


async def _place_of(tx: Tx, reach: Reach, kind: FileKind, about_id: int) -> int:
    """Raises NotFound."""
    if kind is FileKind.ROSTER:
        query = (
            select(Programme.municipality_id)
            .join(Group, Group.programme_id == Programme.id)
            .where(Group.id == about_id, _own_groups(reach), seen_import(Group.import_id))
        )
    else:
        query = select(Municipality.id).where(
            Municipality.id == about_id, Municipality.id.in_(sorted(_places_for(reach, kind)))
        )
    found = await tx.scalar(query)
    if found is None:
        raise NotFound(what="file")
    return int(found)


async def _find(tx: Tx, reach: Reach, token: str, now: datetime) -> Row[*tuple[Any, ...]]:
    """Raises NotFound."""
    row: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(
                DeskFile.id,
                DeskFile.kind,
                DeskFile.municipality_id,
                DeskFile.group_id,
                DeskFile.expires_at,
                Municipality.name.label("place"),
                Municipality.timezone,
                Group.name.label("group_name"),
                Programme.title,
            )
            .join(Municipality, Municipality.id == DeskFile.municipality_id)
            .outerjoin(Group, Group.id == DeskFile.group_id)
            .outerjoin(Programme, Programme.id == Group.programme_id)
            .where(
                DeskFile.token_sha256 == code_hash(token),
                DeskFile.expires_at > now,
                or_(
                    *(
                        and_(
                            DeskFile.kind == kind,
                            DeskFile.municipality_id.in_(sorted(_places_for(reach, kind))),
                        )
                        for kind in (FileKind.CERTIFICATES, FileKind.APPLICATIONS)
                    ),
                    and_(DeskFile.kind == FileKind.ROSTER, _own_groups(reach)),
                ),
            )
        )
    ).one_or_none()
    if row is None:
        raise NotFound(what="file")
    return row


def _link(row: Row[*tuple[Any, ...]]) -> FileLink:
    kind = FileKind(row.kind)
    about = f"{row.title}, {row.group_name}" if kind is FileKind.ROSTER else row.place
    return FileLink(kind=kind, about=about, expires_at=row.expires_at)


async def _note(
    tx: Tx,
    actor: Actor,
    now: datetime,
    action: str,
    file_id: int,
    municipality_id: int,
    kind: FileKind,
    *,
    rows: int | None = None,
) -> None:
    downloaded = rows is not None
    await record(
        tx,
        at=now,
        actor=actor.mark,
        action=action,
        entity=_ENTITY,
        entity_id=file_id,
        municipality_id=municipality_id,
        fields=_FIELDS if downloaded else (),
        details={"kind": str(kind), **({"rows": rows} if downloaded else {})},
    )
