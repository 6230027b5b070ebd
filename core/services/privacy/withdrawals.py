"""Taking back one consent: what follows is said first, and done in the same write.

Mailings: nothing else changes. Transfer: applications that the provider has not turned into studies
are withdrawn with it; what a child attends already stands on the provider's own ground. Processing:
nothing is left to hold data by, so it is taken back by erasing only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Application, Consent, Organisation, Programme
from core.domain.actors import Actor
from core.domain.consents import ConsentKind, ErasingNeeded
from core.domain.enrolment import SEAT_STATES, WITHDRAWABLE
from core.domain.refusals import NotFound
from core.services.audit.steps import record
from core.services.enrolments.queries import as_view, views
from core.services.enrolments.views import ApplicationView
from core.services.privacy.ending import Hand, withdraw_applications


@dataclass(frozen=True, kw_only=True)
class StandingConsent:
    """A consent that may be taken back, and what would be: `ends` go with it, `stays` do not."""

    id: int
    kind: ConsentKind
    organisation_name: str | None
    withdrawn: bool
    ends: tuple[ApplicationView, ...] = ()
    stays: tuple[ApplicationView, ...] = ()


class Withdrawals:
    def __init__(self, database: Database, clock: Clock, cipher: Cipher) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher

    async def list_standing(self, actor: Actor) -> list[StandingConsent]:
        """The person's consents that stand, one of a kind and provider, in the order given."""
        async with self._database.read() as tx:
            rows = await tx.execute(
                _consents(actor).where(Consent.withdrawn_at.is_(None)).order_by(Consent.id)
            )
            latest = {(row.kind, row.organisation_id): row for row in rows}
            return [_standing(row) for row in latest.values()]

    async def foresee(self, actor: Actor, consent_id: int) -> StandingConsent:
        """What taking it back would end. Raises NotFound (absent or another's)."""
        async with self._database.read() as tx:
            row = await _get(tx, actor, consent_id)
            applications = (
                await tx.execute(
                    views()
                    .where(_of_consent(actor, row), Application.state.in_(sorted(SEAT_STATES)))
                    .order_by(Application.id)
                )
                if row.kind == ConsentKind.TRANSFER
                else ()
            )
            held = [as_view(one, self._cipher) for one in applications]
            return _standing(
                row,
                ends=tuple(one for one in held if one.state in WITHDRAWABLE),
                stays=tuple(one for one in held if one.state not in WITHDRAWABLE),
            )

    async def withdraw(self, actor: Actor, consent_id: int) -> StandingConsent:
        """Take it back, with every standing act of the same kind to the same provider; once taken
        back, again is harmless. Raises NotFound, ErasingNeeded (processing)."""
        async with self._database.write() as tx:
            row = await _get(tx, actor, consent_id)
            if row.kind == ConsentKind.PROCESSING:
                raise ErasingNeeded()
            now = self._clock.now()
            taken = await tx.execute(
                update(Consent)
                .where(
                    Consent.person_id == actor.person_id,
                    Consent.kind == row.kind,
                    Consent.organisation_id.is_not_distinct_from(row.organisation_id),
                    Consent.withdrawn_at.is_(None),
                )
                .values(withdrawn_at=now)
            )
            if taken.rowcount:
                ended = 0
                if row.kind == ConsentKind.TRANSFER:
                    hand = Hand(
                        actor=actor.mark, at=now, cipher=self._cipher, why="consent_withdrawn"
                    )
                    ended = await withdraw_applications(
                        tx, _of_consent(actor, row), WITHDRAWABLE, hand
                    )
                await record(
                    tx,
                    at=now,
                    actor=actor.mark,
                    action="consent.withdrawn",
                    entity="consents",
                    entity_id=consent_id,
                    municipality_id=actor.municipality_id,
                    details={
                        "kind": row.kind,
                        "organisation_id": row.organisation_id,
                        "applications": ended,
                    },
                )
            return _standing(await _get(tx, actor, consent_id))


def _consents(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Consent.id,
            Consent.kind,
            Consent.organisation_id,
            Consent.withdrawn_at,
            Organisation.name.label("organisation_name"),
        )
        .outerjoin(Organisation, Organisation.id == Consent.organisation_id)
        .where(Consent.person_id == actor.person_id)
    )


async def _get(tx: Tx, actor: Actor, consent_id: int) -> Row[*tuple[Any, ...]]:
    row = (await tx.execute(_consents(actor).where(Consent.id == consent_id))).one_or_none()
    if row is None:
        raise NotFound(what="consent")
    return row


def _of_consent(actor: Actor, row: Row[*tuple[Any, ...]]) -> Any:
    """Applications this person made to the provider of the consent."""
    programmes = select(Programme.id).where(Programme.organisation_id == row.organisation_id)
    return (Application.applied_by == actor.person_id) & Application.programme_id.in_(programmes)


def _standing(
    row: Row[*tuple[Any, ...]],
    *,
    ends: tuple[ApplicationView, ...] = (),
    stays: tuple[ApplicationView, ...] = (),
) -> StandingConsent:
    return StandingConsent(
        id=row.id,
        kind=ConsentKind(row.kind),
        organisation_name=row.organisation_name,
        withdrawn=row.withdrawn_at is not None,
        ends=ends,
        stays=stays,
    )
