"""What staff read when something waits too long: a count and a link, in the topic it belongs to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import update

from bot.sandbox.client import ChatWindow, Fields, text_of
from core import words
from core.db.engine import wake
from core.db.models import Application, Certificate, OutboxRow
from core.domain.staff import Role
from core.services.chats.reminders import remind_of_waiting
from tests.dialogs.staff_office import Office, open_office

DAY = timedelta(days=1)


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with open_office(database_url) as opened:
        yield opened


async def remind(office: Office) -> None:
    """As at ten on the next working day, when all has waited for weeks."""
    now = office.app.clock.now()
    day = words.working_calendar().add_working_days(now.date() + DAY, 1)
    morning = datetime.combine(day, time(7), tzinfo=UTC)  # ten in Moscow
    async with office.app.database.write() as tx:
        long_ago = now - 40 * DAY
        await tx.execute(update(Certificate).values(state="under_review", state_since=long_ago))
        await tx.execute(update(Application).values(applied_at=long_ago))
    assert await remind_of_waiting(office.app.database, now=morning, cipher=office.app.cipher) == 1
    async with office.app.database.write() as tx:
        # the office lives by the machine's clock: for it the morning has come
        await tx.execute(
            update(OutboxRow).where(OutboxRow.not_before >= morning).values(not_before=now)
        )
        wake("outbox")


async def heard(window: ChatWindow, part: str) -> Fields:
    view = await window.wait_until(
        lambda view: any(part in text_of(message) for message in view.from_bot), what=part
    )
    return next(message for message in view.from_bot if part in text_of(message))


async def test_the_topic_gets_a_count_and_a_link_to_the_oldest(office: Office) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    numbers = [await office.ask_certificate() for _ in range(3)]
    cards = [await office.card(number) for number in numbers]
    club = await office.hire("Глеб", Role.PROVIDER, office.organisation_id)
    application = await office.apply()
    seat = await office.card(application, "Заявка")

    await remind(office)

    said = await heard(office.group, "Ждут решения сертификаты: 3.")
    assert f"Дольше всего № {numbers[0]}" in text_of(said)
    assert said["message_thread_id"] == cards[0]["message_thread_id"]
    [link] = [entity["url"] for entity in said["entities"] if entity["type"] == "text_link"]
    assert link.endswith(f"/{cards[0]['message_id']}")
    other = await heard(office.group, "Ждут ответа заявки: 1.")
    assert other["message_thread_id"] == seat["message_thread_id"]
    assert "Робототехника <3" in text_of(await heard(club, f"Заявка № {application} ждёт ответа"))
    overdue = await heard(office.group, f"Заявка № {application} без ответа")
    assert overdue["message_thread_id"] == seat["message_thread_id"]
    for message in (said, other, overdue):
        assert "Неповторимов" not in text_of(message)


async def test_a_reminder_into_a_deleted_topic_brings_the_cards_back(office: Office) -> None:
    anna = await office.hire("Анна")
    chat = await office.open_chat(anna)
    number = await office.ask_certificate()
    lost = (await office.card(number))["message_thread_id"]
    await office.client.do("delete_topic", chat_id=chat.id, thread_id=lost)

    await remind(office)

    assert (await office.card(number))["message_thread_id"] != lost
