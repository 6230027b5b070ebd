"""Giving a number: once, by one counter, and never twice to one child.

Own registry: the municipality's counter row moves in the same write, so a number given is a
number used; one that a file has brought meanwhile is passed over. External registry: the number is
typed by staff and is free of any other.
"""

from __future__ import annotations

from sqlalchemy import or_, select, update

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Certificate, Child, Municipality
from core.domain.certificates import (
    NUMBER_DIGITS,
    NUMBERED,
    CertificateDouble,
    own_number,
)
from core.domain.municipality import RegistryMode
from core.domain.refusals import BadValue


async def refuse_double(tx: Tx, certificate_id: int, child_id: int) -> None:
    """Raises CertificateDouble when another record with this insurance number holds a number.

    Two confirmations for one insurance number wait for each other: all records that carry it are
    locked, always in the order of their ids.
    """
    own = select(Child.snils_index).where(Child.id == child_id).scalar_subquery()
    same = (
        await tx.execute(
            select(Child.id)
            .where(or_(Child.id == child_id, Child.snils_index == own))
            .order_by(Child.id)
            .with_for_update()
        )
    ).scalars()
    holder = (
        await tx.execute(
            select(Certificate.id)
            .where(
                Certificate.child_id.in_(list(same)),
                Certificate.id != certificate_id,
                Certificate.state.in_(sorted(NUMBERED)),
            )
            .limit(1)
        )
    ).scalar()
    if holder is not None:
        raise CertificateDouble(certificate_id=holder)


async def give_number(
    tx: Tx, municipality_id: int, registry_mode: str, *, typed: str | None, cipher: Cipher
) -> str:
    """Ten digits. Raises NumbersRunOut, BadValue (number: needed, digits, taken)."""
    if registry_mode == RegistryMode.EXTERNAL:
        return await _check_typed(tx, typed, cipher)
    if typed is not None:
        raise BadValue(field="number", reason="own-registry")
    while True:
        counter = (
            await tx.execute(
                update(Municipality)
                .where(Municipality.id == municipality_id)
                .values(certificate_serial=Municipality.certificate_serial + 1)
                .returning(Municipality.ordinal, Municipality.certificate_serial)
            )
        ).one()
        number = own_number(counter.ordinal, counter.certificate_serial)
        if not await _is_taken(tx, number, cipher):
            return number


async def _check_typed(tx: Tx, typed: str | None, cipher: Cipher) -> str:
    if typed is None:
        raise BadValue(field="number", reason="needed")
    number = "".join(typed.split())
    if len(number) != NUMBER_DIGITS or not (number.isascii() and number.isdecimal()):
        raise BadValue(field="number", reason="digits")
    if await _is_taken(tx, number, cipher):
        raise BadValue(field="number", reason="taken")
    return number


async def _is_taken(tx: Tx, number: str, cipher: Cipher) -> bool:
    holder = await tx.execute(
        select(Certificate.id).where(
            Certificate.number_index == cipher.blind_index("certificate", number)
        )
    )
    return holder.first() is not None
