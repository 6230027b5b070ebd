"""Municipalities: added by an operator, never removed; the order of adding is in own numbers."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from core.clock import Clock
from core.db.engine import Database
from core.db.models import Import, Municipality, Organisation
from core.domain.actors import CLI
from core.domain.municipality import (
    Fact,
    MunicipalityExists,
    MunicipalityView,
    Place,
    Regime,
    RegistryMode,
    TooManyMunicipalities,
)
from core.domain.refusals import BadValue
from core.domain.wishes import Point
from core.services.audit.steps import record
from core.services.municipalities.steps import COLUMNS, as_view, get_municipality

MOST = 99


class Municipalities:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(
        self,
        code: str,
        name: str,
        *,
        timezone: str = "Europe/Moscow",
        regime: Regime = Regime.PFDO,
        registry_mode: RegistryMode = RegistryMode.OWN,
        centre_name: str | None = None,
        centre_phone: str | None = None,
    ) -> MunicipalityView:
        """Raises MunicipalityExists, TooManyMunicipalities, BadValue (code, name, timezone)."""
        code, name = code.strip(), name.strip()
        if not code:
            raise BadValue(field="code", reason="empty")
        if not name:
            raise BadValue(field="name", reason="empty")
        _check_zone(timezone)
        try:
            async with self._database.write() as tx:
                last = (await tx.execute(select(func.max(Municipality.ordinal)))).scalar_one()
                ordinal = (last or 0) + 1
                if ordinal > MOST:
                    raise TooManyMunicipalities()
                now = self._clock.now()
                added = (
                    await tx.execute(
                        insert(Municipality)
                        .values(
                            code=code,
                            name=name,
                            timezone=timezone,
                            regime=regime,
                            registry_mode=registry_mode,
                            centre_name=centre_name,
                            centre_phone=centre_phone,
                            ordinal=ordinal,
                            certificate_serial=0,
                            added_at=now,
                        )
                        .returning(Municipality.id)
                    )
                ).scalar_one()
                await record(
                    tx,
                    at=now,
                    actor=CLI,
                    action="municipality.added",
                    entity="municipalities",
                    entity_id=added,
                    municipality_id=added,
                    details={"ordinal": ordinal},
                )
                return await get_municipality(tx, added)
        except IntegrityError as error:
            raise MunicipalityExists(municipality_code=code) from error

    async def list_all(self) -> list[MunicipalityView]:
        """By name."""
        async with self._database.read() as tx:
            rows = await tx.execute(select(*COLUMNS).order_by(Municipality.name, Municipality.id))
            return [as_view(row) for row in rows]

    async def get(self, municipality_id: int) -> MunicipalityView:
        """Raises NotFound."""
        async with self._database.read() as tx:
            return await get_municipality(tx, municipality_id)

    async def as_of(self, municipality_id: int, fact: Fact) -> datetime | None:
        """When a registry kept elsewhere last said so; None where the registry is our own, or has
        said nothing yet."""
        async with self._database.look() as tx:
            moment: datetime | None = await tx.scalar(
                select(func.max(Import.visible_at))
                .join(Municipality, Municipality.id == Import.municipality_id)
                .where(
                    Import.municipality_id == municipality_id,
                    Import.kind == fact,
                    Municipality.registry_mode == RegistryMode.EXTERNAL,
                )
            )
            return moment

    async def find_by_code(self, code: str) -> MunicipalityView | None:
        async with self._database.read() as tx:
            row = (
                await tx.execute(select(*COLUMNS).where(Municipality.code == code.strip()))
            ).one_or_none()
            return as_view(row) if row is not None else None

    async def confirmation_places(self, municipality_id: int) -> list[Place]:
        """Organisations where certificates are confirmed in person, by name."""
        async with self._database.read() as tx:
            rows = await tx.execute(
                select(
                    Organisation.id,
                    Organisation.name,
                    Organisation.address,
                    Organisation.confirmation_hours,
                    Organisation.phone,
                    Organisation.latitude,
                    Organisation.longitude,
                )
                .where(
                    Organisation.municipality_id == municipality_id,
                    Organisation.confirms_certificates,
                )
                .order_by(Organisation.name_key, Organisation.id)
            )
            return [
                Place(
                    organisation_id=row.id,
                    name=row.name,
                    address=row.address,
                    hours=row.confirmation_hours,
                    phone=row.phone,
                    point=Point(latitude=row.latitude, longitude=row.longitude)
                    if row.latitude is not None and row.longitude is not None
                    else None,
                )
                for row in rows
            ]


def _check_zone(timezone: str) -> None:
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadValue(field="timezone", reason="unknown", example="Europe/Moscow") from error
