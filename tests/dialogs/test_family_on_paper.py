"""The secretary enters a family from its papers; the parent joins by the slip."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from bot.sandbox.client import Fields, button_texts, text_of
from core.db.models import Child
from tests.dialogs.club import Club, Parent
from tests.dialogs.officer import hired, menu

LINK = re.compile(r"start=(j_[A-Za-z0-9_-]+)")


async def copied(officer: Parent) -> Fields:
    """All fields typed; the check screen."""
    await menu(officer)
    await officer.press("Пункт подтверждения")
    await officer.press("Семья на бумаге")
    await officer.say("Бумагина Вера Петровна")
    await officer.say("05.03.2017")
    await officer.say("112-233-445 95")
    await officer.say("Бумагина Ольга Ильинична")
    await officer.press("Телефона нет")
    return await officer.say("№ 12 от 20.08.2026")


async def slip_of(officer: Parent) -> str:
    found = LINK.search(text_of(await officer.press("Записать")))
    assert found is not None
    return found[1]


async def test_a_family_is_copied_checked_mended_and_entered(club: Club) -> None:
    officer = await hired(club)
    checked = await copied(officer)
    assert "№ 12 от 20.08.2026" in text_of(checked)
    await officer.press("Телефон")
    assert "+79181234567" in text_of(await officer.say("8 918 123-45-67"))
    done = await officer.press("Записать")
    assert "Вера: записано, сертификат № 9901000001 выдан" in text_of(done)
    assert LINK.search(text_of(done))
    assert "Шаг 1 из 6" in text_of(await officer.press("Ещё одна семья"))


async def test_a_parent_without_an_account_joins_by_the_slip(club: Club) -> None:
    officer = await hired(club)
    await copied(officer)
    slip = await slip_of(officer)
    parent = await club.parent("Ольга")
    assert "Это листок из школы или сада" in text_of(await parent.start(slip))
    assert "мне нужны" in text_of(await parent.press("Да, это мой ребёнок"))
    assert "Вера: готово" in text_of(await parent.press("Согласен"))
    assert "Вера" in button_texts(await parent.press("Мои дети"))


async def test_used_and_junk_slips_are_told_in_the_same_words(club: Club) -> None:
    officer = await hired(club)
    await copied(officer)
    slip = await slip_of(officer)
    parent, stranger = await club.parent("Ольга"), await club.parent("Чужой")
    await parent.start(slip)
    await parent.press("Да, это мой ребёнок")
    await parent.press("Согласен")
    used = text_of(await stranger.start(slip))
    assert "Листок не подходит" in used
    assert text_of(await stranger.start("j_" + "x" * 24)) == used
    assert text_of(await stranger.start("j_")) == used


async def test_the_typed_fields_are_a_draft_until_they_are_entered(club: Club) -> None:
    officer = await hired(club)
    await menu(officer)
    await officer.press("Пункт подтверждения")
    await officer.press("Семья на бумаге")
    await officer.say("Бумагина Вера Петровна")
    await menu(officer)
    assert "Шаг 2 из 6" in text_of(await officer.press("Продолжить"))
    async with club.app.database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Child)) == 0
