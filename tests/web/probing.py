"""What an attack asks for and what it must not change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy import func, select

from core.db.models import Application, AuditRecord, Certificate, DeskFile
from tests.services.statements import statements
from tests.services.town import Town
from tests.web.browser_of_staff import Answer, Browser

Ask = Callable[[Browser], Awaitable[Answer]]

DECISION = [
    ("version", "1"),
    ("reason", "other"),
    ("note", "Нет документов"),
    ("tick", "1.1"),
    ("kind", "certificates"),
    ("about", "1"),
    ("q", "1"),
]


async def written(town: Town) -> object:
    """Everything an attack would want to change."""
    async with town.database.read() as tx:
        certificates = await tx.execute(select(Certificate.id, Certificate.version))
        applications = await tx.execute(select(Application.id, Application.version))
        files = await tx.scalar(select(func.count()).select_from(DeskFile))
        looks = await tx.scalar(select(func.count()).where(AuditRecord.action.like("%.opened")))
        return certificates.all(), applications.all(), files, looks


def look(path: str) -> Ask:
    return lambda browser: browser.get(path)


def deed(path: str, fields: Sequence[tuple[str, str]] = DECISION) -> Ask:
    return lambda browser: browser.post(path, fields)


async def alike(town: Town, browser: Browser, asks: list[Ask]) -> None:
    """All get the page of what is not there, by as many statements, and nothing is written."""
    before = await written(town)
    answers, counts = [], []
    for ask in asks:
        with statements() as seen:
            answers.append(await ask(browser))
        counts.append(len(seen))
    assert {answer.status for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert len(set(counts)) == 1, counts
    assert await written(town) == before
