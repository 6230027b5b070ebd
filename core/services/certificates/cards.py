"""The card of a certificate: what stands on it, and the link in its QR code.

The link's token is random, one a certificate, kept sealed and by its hash; the guardian may
replace it, and the old one opens nothing. Who follows a link gets the certificate if it is theirs
by right, else the answer to junk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false, select, update

from core.cipher import Cipher
from core.clock import Chance, Clock
from core.db.engine import Database, Tx
from core.db.models import Application, Certificate, Child, Municipality, Programme
from core.domain.actors import Actor
from core.domain.ages import ADULT_YEARS, birthday
from core.domain.certificates import NUMBERED, SIGNIFICANT_LIMIT, CertificateKind
from core.domain.codes import code_hash
from core.domain.enrolment import SEAT_STATES
from core.domain.names import ChildName
from core.domain.programmes import RegistryKind
from core.domain.refusals import NotFound
from core.domain.staff import MODERATORS, Role
from core.services.audit.steps import record
from core.services.certificates.holding import hold_as_family
from core.services.certificates.visits import ENTITY
from core.services.children.steps import NAME, followed_by, guarded_by, name_of
from core.services.staff.steps import rights_of

_WHO_FOLLOWS = MODERATORS | {Role.OPERATOR, Role.OFFICER}


@dataclass(frozen=True, kw_only=True)
class CardFacts:
    """What stands on the card, for the guardian only: the number is whole."""

    certificate_id: int
    child_name: ChildName
    number: str
    place: str
    until: date
    token: str


@dataclass(frozen=True, kw_only=True)
class TokenHolder:
    """Whose card a link names. `mine`: the actor is the guardian, else staff of the place."""

    certificate_id: int
    child_id: int
    mine: bool


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the certificate gives and how much of it is used: live applications by registry.

    Money in kopecks; the period and the nominal only of a financed one.
    """

    kind: CertificateKind
    nominal_kopecks: int | None
    period_from: date | None
    period_until: date | None
    significant: int
    preprofessional: int
    other: int
    significant_limit: int


class CertificateCards:
    def __init__(
        self,
        database: Database,
        clock: Clock,
        chance: Chance,
        cipher: Cipher,
        *,
        significant_limit: int = SIGNIFICANT_LIMIT,
    ) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._cipher = cipher
        self._significant_limit = significant_limit

    async def get_card(self, actor: Actor, certificate_id: int) -> CardFacts:
        """The first look makes the link. Raises NotFound, also while there is no number."""
        async with self._database.write() as tx:
            row = await hold_as_family(tx, actor, certificate_id)
            if row.state not in NUMBERED:
                raise NotFound(what="certificate")
            held = (
                await tx.execute(
                    select(
                        *NAME,
                        Certificate.number_sealed,
                        Certificate.token_sealed,
                        Municipality.name.label("place"),
                    )
                    .join(Child, Child.id == Certificate.child_id)
                    .join(Municipality, Municipality.id == Certificate.municipality_id)
                    .where(Certificate.id == certificate_id)
                )
            ).one()
            token = (
                self._cipher.open_text("certificate", held.token_sealed)
                if held.token_sealed
                else await self._give_token(tx, certificate_id)
            )
            return CardFacts(
                certificate_id=certificate_id,
                child_name=name_of(held),
                number=self._cipher.open_text("certificate", held.number_sealed),
                place=held.place,
                until=birthday(row.born, ADULT_YEARS),
                token=token,
            )

    async def replace_link(self, actor: Actor, certificate_id: int) -> None:
        """The old link opens nothing from now on. Raises NotFound."""
        async with self._database.write() as tx:
            row = await hold_as_family(tx, actor, certificate_id)
            await self._give_token(tx, certificate_id)
            await record(
                tx,
                at=self._clock.now(),
                actor=actor.mark,
                action="certificate.link-replaced",
                entity=ENTITY,
                entity_id=certificate_id,
                municipality_id=row.municipality_id,
                fields=("token",),
            )

    async def find_by_token(self, actor: Actor, token: str) -> TokenHolder:
        """Raises NotFound: junk, replaced, foreign, all by the same statements."""
        async with self._database.read() as tx:
            rights = await rights_of(tx, actor.person_id, self._clock.now())
            places = [one.municipality_id for one in rights if one.role in _WHO_FOLLOWS]
            mine = Certificate.child_id.in_(guarded_by(actor))
            of_staff: ColumnElement[bool] = (
                Certificate.municipality_id.in_(places) if places else false()
            )
            row = (
                await tx.execute(
                    select(Certificate.id, Certificate.child_id, mine.label("mine")).where(
                        Certificate.token_sha256 == code_hash(token), mine | of_staff
                    )
                )
            ).one_or_none()
        if row is None:
            raise NotFound(what="certificate")
        return TokenHolder(certificate_id=row.id, child_id=row.child_id, mine=bool(row.mine))

    async def get_standing(self, actor: Actor, certificate_id: int) -> Standing:
        """Raises NotFound."""
        async with self._database.read() as tx:
            row = (
                await tx.execute(
                    select(
                        Certificate.child_id,
                        Certificate.kind,
                        Certificate.nominal_kopecks,
                        Certificate.period_from,
                        Certificate.period_until,
                    ).where(
                        Certificate.id == certificate_id,
                        Certificate.child_id.in_(followed_by(actor)),
                    )
                )
            ).one_or_none()
            if row is None:
                raise NotFound(what="certificate")
            kinds = (
                await tx.execute(
                    select(Programme.registry_kind)
                    .join(Application, Application.programme_id == Programme.id)
                    .where(
                        Application.child_id == row.child_id,
                        Application.state.in_(sorted(SEAT_STATES)),
                    )
                )
            ).scalars()
            used = list(kinds)
        return Standing(
            kind=CertificateKind(row.kind),
            nominal_kopecks=row.nominal_kopecks,
            period_from=row.period_from,
            period_until=row.period_until,
            significant=used.count(RegistryKind.SIGNIFICANT),
            preprofessional=used.count(RegistryKind.PREPROFESSIONAL),
            other=used.count(RegistryKind.OTHER),
            significant_limit=self._significant_limit,
        )

    async def _give_token(self, tx: Tx, certificate_id: int) -> str:
        token = self._chance.token()
        await tx.execute(
            update(Certificate)
            .where(Certificate.id == certificate_id)
            .values(
                token_sealed=self._cipher.seal_text("certificate", token),
                token_sha256=code_hash(token),
            )
        )
        return token
