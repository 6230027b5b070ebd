"""Reads other areas need of a municipality."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from core.db.engine import Tx
from core.db.models import Municipality
from core.domain.municipality import MunicipalityView, Regime, RegistryMode
from core.domain.refusals import NotFound

COLUMNS = (
    Municipality.id,
    Municipality.code,
    Municipality.name,
    Municipality.timezone,
    Municipality.regime,
    Municipality.registry_mode,
    Municipality.centre_name,
    Municipality.centre_phone,
)


async def get_municipality(tx: Tx, municipality_id: int | None) -> MunicipalityView:
    """Raises NotFound, also for None: nobody has chosen one yet."""
    row = (
        await tx.execute(select(*COLUMNS).where(Municipality.id == municipality_id))
    ).one_or_none()
    if row is None:
        raise NotFound(what="municipality")
    return as_view(row)


async def get_municipality_id(tx: Tx, code: str) -> int:
    """Of the code an operator names. Raises NotFound."""
    found = await tx.scalar(select(Municipality.id).where(Municipality.code == code))
    if found is None:
        raise NotFound(what="municipality")
    return found


def as_view(row: Row[*tuple[Any, ...]]) -> MunicipalityView:
    """The view of a row of COLUMNS."""
    return MunicipalityView(
        id=row.id,
        code=row.code,
        name=row.name,
        timezone=row.timezone,
        regime=Regime(row.regime),
        registry_mode=RegistryMode(row.registry_mode),
        centre_name=row.centre_name,
        centre_phone=row.centre_phone,
    )
