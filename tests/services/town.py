"""A small town to arrange tests in: one municipality, its centre, families, groups, staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import DeclarativeBase

from core import words
from core.cipher import Cipher
from core.clock import MovableClock, SeededChance
from core.db.engine import Database
from core.db.models import (
    AuditRecord,
    BoundChat,
    Group,
    Organisation,
    OutboxRow,
    Programme,
    StaffRight,
)
from core.domain.actors import Actor
from core.domain.consents import ConsentKind
from core.domain.municipality import MunicipalityView, RegistryMode
from core.domain.names import read_child_name
from core.domain.silence import QuietHours
from core.domain.staff import ChatPurpose, Role
from core.services.certificates.decisions import CertificateDecisions
from core.services.certificates.requests import CertificateRequests
from core.services.certificates.views import CertificateView
from core.services.children.children import Children
from core.services.children.views import ChildView
from core.services.consents.consents import Consents
from core.services.desk.desk import Desk, open_desk
from core.services.doctor.doctor import Doctor
from core.services.enrolments.applications import Applications
from core.services.enrolments.decisions import ApplicationDecisions
from core.services.enrolments.views import ApplicationView
from core.services.families.doubles import ChildDoubles
from core.services.families.families import Families
from core.services.families.invitations import FamilyInvitations
from core.services.families.moving import FamilyMoves
from core.services.families.records import ChildRecords
from core.services.families.recovery import FamilyRecovery
from core.services.municipalities.municipalities import Municipalities
from core.services.people.people import People
from core.services.privacy.my_data import MyData
from core.services.registry_tasks.differences import RegistryDifferences
from core.services.registry_tasks.registry_tasks import RegistryTasks
from core.services.timers.timers import Timers
from core.services.watches.watches import SeatWatches

KEY = b"t" * 32
NOON = datetime(2026, 8, 24, 9, tzinfo=UTC)  # Monday, noon in Moscow
NINE_YEARS_OLD = date(2017, 3, 5)
SNILS = "112-233-445 95"


@dataclass(kw_only=True)
class Town:
    """The services as the product wires them, and short ways to arrange the rest."""

    database: Database
    clock: MovableClock
    municipality: MunicipalityView
    organisation_id: int
    quiet: QuietHours | None = None
    cipher: Cipher = field(default_factory=lambda: Cipher(KEY, SeededChance(1)))
    chance: SeededChance = field(default_factory=lambda: SeededChance(2))
    counter: int = 0

    @property
    def people(self) -> People:
        return People(self.database, self.clock)

    @property
    def consents(self) -> Consents:
        return Consents(self.database, self.clock)

    @property
    def children(self) -> Children:
        return Children(self.database, self.clock, self.cipher)

    @property
    def families(self) -> Families:
        return Families(self.database, self.clock, self.cipher, self.quiet)

    @property
    def family_invitations(self) -> FamilyInvitations:
        return FamilyInvitations(self.database, self.clock, self.chance, self.cipher, self.quiet)

    @property
    def family_recovery(self) -> FamilyRecovery:
        return FamilyRecovery(self.database, self.clock, self.chance, self.cipher, self.quiet)

    @property
    def family_moves(self) -> FamilyMoves:
        return FamilyMoves(self.database, self.clock, self.cipher)

    @property
    def child_records(self) -> ChildRecords:
        return ChildRecords(self.database, self.clock, self.cipher, self.quiet)

    @property
    def child_doubles(self) -> ChildDoubles:
        return ChildDoubles(self.database, self.clock, self.cipher, self.quiet)

    @property
    def requests(self) -> CertificateRequests:
        return CertificateRequests(self.database, self.clock, self.chance, self.cipher)

    @property
    def certificate_decisions(self) -> CertificateDecisions:
        return CertificateDecisions(self.database, self.clock, self.cipher, self.quiet)

    @property
    def applications(self) -> Applications:
        return Applications(self.database, self.clock, self.cipher, words.working_calendar())

    @property
    def application_decisions(self) -> ApplicationDecisions:
        return ApplicationDecisions(self.database, self.clock, self.cipher, self.quiet)

    @property
    def registry_tasks(self) -> RegistryTasks:
        return RegistryTasks(self.database, self.clock, self.cipher, self.quiet)

    @property
    def registry_differences(self) -> RegistryDifferences:
        return RegistryDifferences(self.database, self.clock, self.cipher, self.quiet)

    @property
    def my_data(self) -> MyData:
        return MyData(self.database, self.clock, self.cipher)

    @property
    def watches(self) -> SeatWatches:
        return SeatWatches(self.database, self.clock, self.cipher, self.quiet)

    @property
    def timers(self) -> Timers:
        return Timers(self.database, self.clock, self.cipher, self.quiet)

    @property
    def desk(self) -> Desk:
        return open_desk(self.database, self.clock, self.chance, self.cipher, self.quiet)

    @property
    def doctor(self) -> Doctor:
        return Doctor(self.database, self.clock)

    def key(self) -> str:
        """A key nobody has used."""
        self.counter += 1
        return f"key-{self.counter}"

    async def parent(self, *, consented: bool = True) -> Actor:
        self.counter += 1
        actor = await self.people.meet("telegram", 1000 + self.counter, "ru")
        if consented:
            await self.consents.give(
                actor, ConsentKind.PROCESSING, version="1", body="...", name="Мария", key=self.key()
            )
        return actor

    async def staff(
        self, role: Role = Role.CONSULTANT, *, municipality_id: int | None = None, at: int = 0
    ) -> Actor:
        """`at`: the organisation of a provider."""
        actor = await self.parent()
        async with self.database.write() as tx:
            await tx.execute(
                insert(StaffRight).values(
                    person_id=actor.person_id,
                    role=role,
                    municipality_id=municipality_id or self.municipality.id,
                    organisation_id=at or None,
                    granted_at=self.clock.now(),
                )
            )
        return actor

    async def grant(self, actor: Actor, role: Role, *, organisation_id: int | None = None) -> None:
        """One more right of ours."""
        async with self.database.write() as tx:
            await tx.execute(
                insert(StaffRight).values(
                    person_id=actor.person_id,
                    role=role,
                    municipality_id=self.municipality.id,
                    organisation_id=organisation_id,
                    granted_at=self.clock.now(),
                )
            )

    async def neighbour(self) -> int:
        """Another municipality."""
        self.counter += 1
        other = await Municipalities(self.database, self.clock).add(
            f"neighbour{self.counter}", "Соседний район"
        )
        return other.id

    async def child(
        self, parent: Actor, name: str = "Петрова Алиса Ивановна", born: date = NINE_YEARS_OLD
    ) -> ChildView:
        return await self.children.register(parent, read_child_name(name), born, key=self.key())

    async def requested(
        self, parent: Actor, child: ChildView, *, snils: str | None = None
    ) -> CertificateView:
        return await self.requests.request(
            parent, child.id, snils=snils, phone=None, key=self.key()
        )

    async def certified(self, parent: Actor, child: ChildView) -> CertificateView:
        """The child with an active certificate."""
        request = await self.requested(parent, child)
        return await self.certificate_decisions.confirm(
            await self.staff(), request.id, version=request.version
        )

    async def family(self) -> tuple[Actor, ChildView]:
        """A parent with a child who may apply to the centre's groups."""
        parent = await self.parent()
        child = await self.child(parent)
        await self.certified(parent, child)
        await self.transfer_consent(parent)
        return parent, child

    async def transfer_consent(self, parent: Actor) -> None:
        await self.consents.give(
            parent,
            ConsentKind.TRANSFER,
            version="1",
            body="...",
            organisation_id=self.organisation_id,
            key=self.key(),
        )

    async def applied(self, parent: Actor, child: ChildView, group_id: int) -> ApplicationView:
        return await self.applications.apply(parent, child.id, group_id, key=self.key())

    async def organisation(self, **columns: Any) -> int:
        self.counter += 1
        values: dict[str, Any] = {
            "municipality_id": self.municipality.id,
            "name": f"Дом творчества {self.counter}",
            "name_key": f"дом{self.counter}",
            "confirms_certificates": False,
            "added_at": self.clock.now(),
        }
        return await self._insert(Organisation, values | columns)

    async def group(self, *, programme: Mapping[str, Any] | None = None, **columns: Any) -> int:
        """A group of ten for 7–10 years from the 1st of September, of a programme of its own."""
        self.counter += 1
        of_programme: dict[str, Any] = {
            "municipality_id": self.municipality.id,
            "organisation_id": self.organisation_id,
            "identity_key": f"programme {self.counter}",
            "title": "Робототехника",
            "direction": "technical",
            "age_from_months": 84,
            "age_to_months": 131,
            "registry_kind": "significant",
            "adapted": False,
            "state": "published",
            "changed_at": self.clock.now(),
        }
        programme_id = await self._insert(Programme, of_programme | dict(programme or {}))
        values: dict[str, Any] = {
            "programme_id": programme_id,
            "name": "Группа 1",
            "name_key": "группа1",
            "schedule": [{"weekday": 2, "starts": "16:00", "ends": "17:30"}],
            "capacity": 10,
            "taken": 0,
            "starts_on": date(2026, 9, 1),
            "ends_on": date(2027, 5, 31),
            "changed_at": self.clock.now(),
        }
        return await self._insert(Group, values | columns)

    async def moderation_chat(self) -> int:
        return await self._insert(
            BoundChat,
            {
                "messenger": "telegram",
                "chat_id": -100,
                "kind": "forum",
                "purpose": ChatPurpose.MODERATION,
                "municipality_id": self.municipality.id,
                "bound_at": self.clock.now(),
            },
        )

    async def taken(self, group_id: int) -> int:
        async with self.database.read() as tx:
            return (await tx.execute(select(Group.taken).where(Group.id == group_id))).scalar_one()

    async def actions(self, entity: str, entity_id: int) -> list[str]:
        """What the audit holds about one thing, in order."""
        async with self.database.read() as tx:
            rows = await tx.execute(
                select(AuditRecord.action)
                .where(AuditRecord.entity == entity, AuditRecord.entity_id == entity_id)
                .order_by(AuditRecord.id)
            )
            return list(rows.scalars())

    async def notices(self) -> list[tuple[str, datetime]]:
        """What waits in the outbox: kind and the moment from which it may go."""
        async with self.database.read() as tx:
            rows = await tx.execute(
                select(OutboxRow.kind, OutboxRow.not_before).order_by(OutboxRow.id)
            )
            return [(row.kind, row.not_before) for row in rows]

    async def count(self, model: type[DeclarativeBase]) -> int:
        async with self.database.read() as tx:
            return (await tx.execute(select(func.count()).select_from(model))).scalar_one()

    async def execute(self, statement: Any) -> None:
        """Change the tables by hand, past the services."""
        async with self.database.write() as tx:
            await tx.execute(statement)

    async def _insert(self, model: Any, values: dict[str, Any]) -> int:
        async with self.database.write() as tx:
            inserted: int = (
                await tx.execute(insert(model).values(**values).returning(model.id))
            ).scalar_one()
            return inserted


async def found_town(
    database: Database,
    *,
    zone: str = "Europe/Moscow",
    quiet: QuietHours | None = None,
    registry_mode: RegistryMode = RegistryMode.OWN,
) -> Town:
    clock = MovableClock(NOON)
    municipality = await Municipalities(database, clock).add(
        "krylovsky", "Крыловский район", timezone=zone, registry_mode=registry_mode
    )
    town = Town(
        database=database, clock=clock, municipality=municipality, organisation_id=0, quiet=quiet
    )
    town.organisation_id = await town.organisation(name="Дом детского творчества")
    return town
