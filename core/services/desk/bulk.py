"""Confirming many requests by one press: each is a write of its own, so one that fails stops none.

The versions are those the list showed: what somebody decided meanwhile is told, not decided again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.actors import Actor
from core.domain.desk import MOST_AT_ONCE, TooManyTicked
from core.domain.refusals import Refusal
from core.domain.staff import CardSubject
from core.services.certificates.decisions import CertificateDecisions
from core.services.enrolments.decisions import ApplicationDecisions


@dataclass(frozen=True, kw_only=True)
class Ticked:
    """One request as the list showed it."""

    id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`refusal`: None where it is confirmed."""

    id: int
    refusal: Refusal | None


class BulkDecisions:
    def __init__(
        self, certificates: CertificateDecisions, applications: ApplicationDecisions
    ) -> None:
        self._certificates = certificates
        self._applications = applications

    async def confirm(
        self, actor: Actor, subject: CardSubject, ticked: Sequence[Ticked]
    ) -> list[Outcome]:
        """What became of each, in the order given. Raises TooManyTicked."""
        if len(ticked) > MOST_AT_ONCE:
            raise TooManyTicked(most=MOST_AT_ONCE)
        return [await self._confirm(actor, subject, one) for one in ticked]

    async def _confirm(self, actor: Actor, subject: CardSubject, one: Ticked) -> Outcome:
        try:
            if subject is CardSubject.CERTIFICATES:
                await self._certificates.confirm(actor, one.id, version=one.version)
            else:
                await self._applications.accept(actor, one.id, version=one.version)
        except Refusal as refusal:
            return Outcome(id=one.id, refusal=refusal)
        return Outcome(id=one.id, refusal=None)
