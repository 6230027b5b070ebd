"""«Кто смотрел и менял»: the head finds a child or a colleague and reads the lines."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import update

from bot.outgoing import limiter
from bot.sandbox.client import text_of
from core.db.models import StaffRight
from core.domain.staff import Role
from tests.dialogs.staff_office import Office, open_office


@pytest.fixture
async def office(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    monkeypatch.setattr(limiter, "PRIVATE_BURST", 10_000)
    async with open_office(sqlite_url) as opened:
        yield opened


async def test_the_head_reads_who_opened_a_request(office: Office) -> None:
    head = await office.hire("Ирина", role=Role.HEAD)
    anna = await office.hire("Анна")
    number = await office.ask_certificate()
    await office.services.certificate_decisions.open(await office.actor_of(anna), number)
    await head.say("/audit")
    await head.wait_text("последние 30 дней")
    await head.say(f"№ {number}")
    page = text_of(await head.wait_text("Записей:"))
    assert "смотрел данные" in page
    assert f"сертификат № {number}" in page
    await head.say("/audit")
    await head.wait_text("Или выберите сотрудника")
    await head.press("По сотруднику")
    await head.wait_text("Чьи действия показать")
    await head.say("/audit")
    await head.wait_text("последние 30 дней")
    await head.say("40404")
    await head.wait_text("ничего нет")


async def test_a_consultant_or_a_former_head_is_refused(office: Office) -> None:
    anna = await office.hire("Анна")
    await anna.say("/audit")
    await anna.wait_text("права")
    head = await office.hire("Ирина", role=Role.HEAD)
    await head.say("/audit")
    await head.wait_text("последние 30 дней")
    async with office.app.database.write() as tx:
        await tx.execute(update(StaffRight).values(revoked_at=office.app.clock.now()))
    await head.say("1")
    await head.wait_until(
        lambda view: "Записей" not in text_of(view.last) and view.last["from"]["is_bot"],
        what="nothing was refused",
    )
