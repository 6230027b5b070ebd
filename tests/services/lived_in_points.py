"""A point of confirmation somebody has worked at: families who came, one on paper."""

from __future__ import annotations

from datetime import date

from core.domain.names import read_child_name
from core.domain.staff import Role
from core.services.confirmation.paper import PaperFamilies
from core.services.confirmation.views import PaperFamily
from tests.services.points import asked, code_of, officer, points, school, visits
from tests.services.town import NINE_YEARS_OLD, Town


async def work_at_a_point(town: Town) -> None:
    """A lookup, a confirmation, a consent on paper and its slip, a plan."""
    at = await school(town)
    person = await officer(town, at)
    found = await visits(town).find_by_code(
        person, code_of(await asked(town, "Пришедшая Анна Ильинична"))
    )
    await town.certificate_decisions.confirm(person, found, version=1)
    await points(town).set_plan(await town.staff(Role.HEAD), town.municipality.id, at, 260)
    await PaperFamilies(town.database, town.clock, town.cipher).enter(
        person,
        PaperFamily(
            name=read_child_name("Бумагина Вера Петровна"),
            born=NINE_YEARS_OLD,
            snils=None,
            guardian_name="Бумагина Ольга Ильинична",
            phone="+79181234567",
            consent_number="12",
            consent_on=date(2026, 8, 20),
        ),
        slip_code="p" * 24,
        key=town.key(),
    )
