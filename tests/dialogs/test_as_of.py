"""Where the registry is kept elsewhere, seats and certificates say as of when they are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, update

from bot.sandbox.client import text_of
from core.db.models import Import, Municipality
from tests.dialogs.club import Club, Parent

LINE = "По данным на 20 ноября, 06:30"


async def bring(club: Club, kind: str, *, mode: str = "external", visible: bool = True) -> None:
    """The last file of this kind came on the 20th at 03:30 UTC."""
    at = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
    async with club.app.database.write() as tx:
        await tx.execute(update(Municipality).values(registry_mode=mode))
        await tx.execute(
            insert(Import).values(
                municipality_id=club.municipality_id,
                kind=kind,
                sha256="0",
                rows_read=0,
                rows_new=0,
                rows_changed=0,
                rows_refused=0,
                started_at=at,
                visible_at=at if visible else None,
            )
        )


@pytest.mark.parametrize(
    ("mode", "visible", "said"),
    [("external", True, True), ("external", False, False), ("own", True, False)],
)
async def test_a_certificate_says_as_of_when(
    club: Club, parent: Parent, mode: str, visible: bool, said: bool
) -> None:
    await club.certified(parent)
    await bring(club, "certificates", mode=mode, visible=visible)
    await parent.say("/menu")
    await parent.press("Сертификат")
    assert (LINE in text_of(await parent.person.last())) is said


async def test_seats_on_a_card_and_before_an_application_say_as_of_when(
    club: Club, parent: Parent
) -> None:
    await club.certified(parent)
    await bring(club, "enrolments")
    await parent.start(f"p_{club.chess}")
    assert LINE in text_of(await parent.person.last())
    await parent.press("Записать")
    await parent.press("Согласен")
    checked = text_of(await parent.person.last())
    assert "Проверьте заявку" in checked
    assert LINE in checked
    assert len(checked) <= 500


async def test_a_registry_that_has_said_nothing_yet_is_not_dated(
    club: Club, parent: Parent
) -> None:
    await bring(club, "programmes")
    await parent.start(f"p_{club.chess}")
    assert "По данным" not in text_of(await parent.person.last())
