"""Officers at their points, families who come to them, and how many statements an answer costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from core.domain.actors import Actor
from core.domain.confirmation import VisitCode, read_visit_code
from core.domain.staff import Role
from core.services.certificates.views import CertificateView
from core.services.confirmation.points import ConfirmationPoints
from core.services.confirmation.visits import PointVisits
from tests.services.town import Town


def visits(town: Town) -> PointVisits:
    return PointVisits(town.database, town.clock, town.cipher, town.quiet)


def points(town: Town) -> ConfirmationPoints:
    return ConfirmationPoints(town.database, town.clock)


async def school(town: Town, municipality_id: int | None = None) -> int:
    return await town.organisation(
        confirms_certificates=True, municipality_id=municipality_id or town.municipality.id
    )


async def officer(town: Town, at: int, municipality_id: int | None = None) -> Actor:
    return await town.staff(Role.OFFICER, at=at, municipality_id=municipality_id)


async def asked(town: Town, name: str = "Петрова Алиса Ивановна") -> CertificateView:
    parent = await town.people.choose_municipality(await town.parent(), town.municipality.id)
    return await town.requested(parent, await town.child(parent, name))


def code_of(request: CertificateView) -> VisitCode:
    assert request.visit_code is not None
    return read_visit_code(request.visit_code)


def wrong(code: VisitCode) -> VisitCode:
    """The same request, other two digits."""
    return VisitCode(number=code.number, control=f"{(int(code.control) + 1) % 100:02}")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that go to databases meanwhile."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
