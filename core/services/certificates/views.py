"""What leaves the area: a certificate for its family, for staff in private, for staff chats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.certificates import CertificateRefusal, CertificateState, HaltReason, NeededData
from core.domain.names import ChildName


@dataclass(frozen=True, kw_only=True)
class CertificateView:
    """For the guardian. `id` is the number people are told; `number_tail` the last four digits;
    documents are shown in `municipality_id`, whatever district the guardian looks at now. One
    that a registry's file brought has no visit. `needed`: what staff wait for, also in their
    words."""

    id: int
    municipality_id: int
    child_id: int
    child_name: ChildName
    state: CertificateState
    visit_code: str | None
    visit_until: date | None
    number_tail: str | None
    refusal_reason: CertificateRefusal | None
    refusal_note: str | None
    requested_at: datetime
    state_since: datetime
    adult_on: date
    version: int
    needed: NeededData | None = None
    needed_note: str | None = None
    halt_reason: HaltReason | None = None
    halt_note: str | None = None


@dataclass(frozen=True, kw_only=True)
class CertificateDetails:
    """Personal fields, for a member of staff in a private chat; each look is audited.

    `snils`: eleven digits; `phone`: international form. `doubles`: other children's records with
    the same insurance number, or the same name and birth date: a person has to compare.
    """

    id: int
    municipality_id: int
    state: CertificateState
    version: int
    child_id: int
    child_name: ChildName
    born: date
    age_years: int
    snils: str | None
    guardian_name: str | None
    phone: str | None
    visit_code: str | None
    visit_until: date | None
    number_tail: str | None
    requested_at: datetime
    doubles: int
    refusal_reason: CertificateRefusal | None
    refusal_note: str | None
    decided_by_name: str | None
    decided_at: datetime | None
    needed: NeededData | None = None
    needed_note: str | None = None
    needed_answer: str | None = None

    @property
    def possible_double(self) -> bool:
        return self.doubles > 0


@dataclass(frozen=True, kw_only=True)
class CertificateCard:
    """For a staff chat: no personal data of the family. `place` is the municipality's name;
    `waiting_since`: the day of the request in the municipality's calendar, true whenever the
    card is read; `point`: the organisation where documents were seen, if it was one."""

    id: int
    municipality_id: int
    state: CertificateState
    age_years: int
    place: str
    waiting_since: date
    version: int
    possible_double: bool
    decided_by_name: str | None
    decided_at: datetime | None
    refusal_reason: CertificateRefusal | None
    point: str | None
