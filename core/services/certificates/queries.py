"""Reads of certificates inside somebody's transaction; rows become views here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import aliased

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import (
    Certificate,
    Child,
    Municipality,
    Organisation,
    PaperConsent,
    Person,
    PointConfirmation,
)
from core.domain.ages import ADULT_YEARS, birthday, full_years
from core.domain.calendar import local_date
from core.domain.certificates import (
    CertificateRefusal,
    CertificateState,
    HaltReason,
    NeededData,
    number_tail,
)
from core.domain.refusals import NotFound
from core.services.certificates.views import (
    CertificateCard,
    CertificateDetails,
    CertificateView,
)
from core.services.children.steps import NAME, name_of
from core.services.programmes.seats import seen_import

_Guardian = aliased(Person)
_Decider = aliased(Person)


def views() -> Select[*tuple[Any, ...]]:
    """Rows for `as_view`; add the conditions."""
    return (
        select(
            Certificate.id,
            Certificate.municipality_id,
            Certificate.child_id,
            *NAME,
            Child.born,
            Certificate.state,
            Certificate.visit_code,
            Certificate.visit_until,
            Certificate.number_tail,
            Certificate.refusal_reason,
            Certificate.refusal_note,
            Certificate.requested_at,
            Certificate.decided_at,
            Certificate.state_since,
            Certificate.needed_data,
            Certificate.needed_note,
            Certificate.halt_reason,
            Certificate.halt_note,
            Certificate.version,
        )
        .join(Child, Child.id == Certificate.child_id)
        .where(seen_import(Certificate.import_id))
    )


def as_view(row: Row[*tuple[Any, ...]], cipher: Cipher) -> CertificateView:
    return CertificateView(
        id=row.id,
        municipality_id=row.municipality_id,
        child_id=row.child_id,
        child_name=name_of(row),
        state=CertificateState(row.state),
        visit_code=row.visit_code,
        visit_until=row.visit_until,
        number_tail=row.number_tail,
        refusal_reason=_reason(row),
        refusal_note=_note(row, cipher),
        requested_at=row.requested_at,
        # rows of earlier releases and of files do not say it
        state_since=row.state_since or row.decided_at or row.requested_at,
        adult_on=birthday(row.born or row.requested_at.date(), ADULT_YEARS),
        version=row.version,
        needed=_needed(row),
        needed_note=_needed_words(row, cipher).get("asked"),
        halt_reason=HaltReason(row.halt_reason) if row.halt_reason else None,
        halt_note=cipher.open_text("note", row.halt_note) if row.halt_note else None,
    )


async def get_view(tx: Tx, certificate_id: int, cipher: Cipher) -> CertificateView:
    """Whoever asks has been checked. Raises NotFound."""
    row = (await tx.execute(views().where(Certificate.id == certificate_id))).one_or_none()
    if row is None:
        raise NotFound(what="certificate")
    return as_view(row, cipher)


async def get_details(
    tx: Tx, certificate_id: int, *, now: datetime, cipher: Cipher
) -> CertificateDetails:
    """Personal fields in the open: the caller has checked rights and notes the look."""
    row = (
        await tx.execute(
            _for_staff(
                Certificate.child_id,
                *NAME,
                Child.snils_sealed,
                Certificate.visit_code,
                Certificate.visit_until,
                Certificate.number_tail,
                Certificate.refusal_note,
                Certificate.needed_data,
                Certificate.needed_note,
                _Guardian.name.label("guardian_name"),
                _Guardian.phone_sealed,
                _on_paper(PaperConsent.guardian_name_sealed).label("paper_name"),
                _on_paper(PaperConsent.phone_sealed).label("paper_phone"),
            )
            .outerjoin(_Guardian, _Guardian.id == Certificate.requested_by)
            .where(Certificate.id == certificate_id)
        )
    ).one_or_none()
    if row is None or row.born is None:
        raise NotFound(what="certificate")
    phone = row.phone_sealed or row.paper_phone
    return CertificateDetails(
        id=row.id,
        municipality_id=row.municipality_id,
        state=CertificateState(row.state),
        version=row.version,
        child_id=row.child_id,
        child_name=name_of(row),
        born=row.born,
        age_years=full_years(row.born, local_date(now, row.timezone)),
        snils=cipher.open_text("snils", row.snils_sealed) if row.snils_sealed else None,
        guardian_name=row.guardian_name
        or (cipher.open_text("name", row.paper_name) if row.paper_name else None),
        phone=cipher.open_text("phone", phone) if phone else None,
        visit_code=row.visit_code,
        visit_until=row.visit_until,
        number_tail=row.number_tail,
        requested_at=row.requested_at,
        doubles=row.doubles,
        refusal_reason=_reason(row),
        refusal_note=_note(row, cipher),
        decided_by_name=row.decided_by_name,
        decided_at=row.decided_at,
        needed=_needed(row),
        needed_note=_needed_words(row, cipher).get("asked"),
        needed_answer=_needed_words(row, cipher).get("answered"),
    )


async def get_card(tx: Tx, certificate_id: int, *, now: datetime) -> CertificateCard:
    """No personal data of the family. Raises NotFound."""
    row = (
        await tx.execute(
            _for_staff(Municipality.name.label("place"), Organisation.name.label("point"))
            .outerjoin(PointConfirmation, PointConfirmation.certificate_id == Certificate.id)
            .outerjoin(Organisation, Organisation.id == PointConfirmation.organisation_id)
            .where(Certificate.id == certificate_id)
        )
    ).one_or_none()
    if row is None or row.born is None:
        raise NotFound(what="certificate")
    return CertificateCard(
        id=row.id,
        municipality_id=row.municipality_id,
        state=CertificateState(row.state),
        age_years=full_years(row.born, local_date(now, row.timezone)),
        place=row.place,
        waiting_since=local_date(row.requested_at, row.timezone),
        version=row.version,
        possible_double=row.doubles > 0,
        decided_by_name=row.decided_by_name,
        decided_at=row.decided_at,
        refusal_reason=_reason(row),
        point=row.point,
    )


def seal_number(cipher: Cipher, number: str) -> dict[str, object]:
    """The columns of a number: sealed, its blind index, and the tail others may see."""
    return {
        "number_sealed": cipher.seal_text("certificate", number),
        "number_index": cipher.blind_index("certificate", number),
        "number_tail": number_tail(number),
    }


def _for_staff(*more: Any) -> Select[*tuple[Any, ...]]:
    other = aliased(Child)
    doubles = (
        select(func.count())
        .select_from(other)
        .where(
            other.id != Child.id,
            seen_import(other.import_id),
            or_(
                other.snils_index == Child.snils_index,
                (other.name_key == Child.name_key) & (other.born == Child.born),
            ),
        )
        .scalar_subquery()
    )
    return (
        select(
            Certificate.id,
            Certificate.municipality_id,
            Certificate.state,
            Certificate.version,
            Certificate.requested_at,
            Certificate.decided_at,
            Certificate.refusal_reason,
            Child.born,
            Municipality.timezone,
            _Decider.name.label("decided_by_name"),
            doubles.label("doubles"),
            *more,
        )
        .join(Child, Child.id == Certificate.child_id)
        .join(Municipality, Municipality.id == Certificate.municipality_id)
        .outerjoin(_Decider, _Decider.id == Certificate.decided_by)
    )


def _on_paper(column: Any) -> Any:
    """A field of the consent on paper that a family without an account gave."""
    return (
        select(column)
        .where(PaperConsent.child_id == Certificate.child_id, PaperConsent.withdrawn_at.is_(None))
        .order_by(PaperConsent.id.desc())
        .limit(1)
        .correlate(Certificate)
        .scalar_subquery()
    )


def _reason(row: Row[*tuple[Any, ...]]) -> CertificateRefusal | None:
    return CertificateRefusal(row.refusal_reason) if row.refusal_reason else None


def _note(row: Row[*tuple[Any, ...]], cipher: Cipher) -> str | None:
    return cipher.open_text("note", row.refusal_note) if row.refusal_note else None


def _needed(row: Row[*tuple[Any, ...]]) -> NeededData | None:
    return NeededData(row.needed_data) if row.needed_data else None


def _needed_words(row: Row[*tuple[Any, ...]], cipher: Cipher) -> dict[str, str | None]:
    """`asked` and `answered`, where they were words."""
    if row.needed_note is None:
        return {}
    words: dict[str, str | None] = cipher.open_json("note", row.needed_note)
    return words
