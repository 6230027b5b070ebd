"""The way into the windows of a family on paper that follows its slip."""

from __future__ import annotations

from datetime import date

from core.domain.names import read_child_name
from core.services.confirmation.views import PaperFamily
from tests.dialogs.club import Club, Parent
from tests.dialogs.officer import BORN, hired
from tests.dialogs.places import Place

CODE = "s" * 24


async def to_slip(club: Club, parent: Parent) -> None:
    """A slip of a family that a school has entered."""
    officer = await hired(club)
    await club.app.services.paper_families.enter(
        await club.actor_of(officer),
        PaperFamily(
            name=read_child_name("Бумагина Вера Петровна"),
            born=BORN,
            snils=None,
            guardian_name="Бумагина Ольга Ильинична",
            phone=None,
            consent_number="12",
            consent_on=date(2026, 8, 20),
        ),
        slip_code=CODE,
        key="slip",
    )
    await parent.start(f"j_{CODE}")


async def to_joined(club: Club, parent: Parent) -> None:
    await to_slip(club, parent)
    await parent.press("Да, это мой ребёнок")
    await parent.press("Согласен")


async def to_junk(_club: Club, parent: Parent) -> None:
    await parent.start("j_junk")


SLIP_PLACES = [
    Place(state="SlipJoining:offer", walk=to_slip, says="Это листок из школы"),
    Place(state="SlipJoining:joined", walk=to_joined, says="теперь в вашем кабинете"),
    Place(state="SlipJoining:invalid", walk=to_junk, says="Листок не подходит"),
]
