"""A cry for help gets the phones of living people, wherever it is typed, and is noted nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.sandbox.client import text_of
from core.db.models import QuestionMiss, SearchMiss
from core.search.likeness.verdict import Verdict
from core.services.questions.importing import KnowledgeImport
from tests.dialogs.club import SNILS, Club, Parent
from tests.services.knowledge_files import some_of_demo

PHONES = ("112", "8-800-2000-122", "+7 86161 3-00-00")


@pytest.fixture
async def parent(club: Club, tmp_path: Path) -> Parent:
    await KnowledgeImport(club.app.database, club.app.clock).run(some_of_demo(tmp_path))
    return await club.parent()


def has_phones(text: str) -> bool:
    return all(phone in text for phone in PHONES)


@pytest.mark.parametrize("said", ["ребёнка избивает педагог", "дочка не хочет жить?"])
async def test_it_is_heard_without_a_word_before_and_in_any_window(
    club: Club, parent: Parent, said: str
) -> None:
    assert has_phones(text_of(await parent.say(said)))
    await parent.start()
    assert has_phones(text_of(await parent.say(said)))
    await parent.press("Домой")
    for window in ("Спросить", "Найти"):
        await parent.press(window)
        assert has_phones(text_of(await parent.say(said))), window
        await parent.press("Домой")

    async with club.app.database.read() as tx:
        for table in (QuestionMiss, SearchMiss):
            assert await tx.scalar(select(func.count()).select_from(table)) == 0


async def test_a_form_it_interrupts_is_kept_and_a_document_in_it_is_not(parent: Parent) -> None:
    await parent.start()
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")
    await parent.press("Согласен")
    await parent.say("Петрова Алиса Ивановна")

    phones = await parent.say(f"помогите пропал ребёнок {SNILS}")

    assert has_phones(text_of(phones))
    assert not any(SNILS in text_of(message) for message in await parent.person.messages())
    assert "Шаг 2" in text_of(await parent.press("Вернуться к анкете"))
    assert "Алиса" in text_of(await parent.say("05.03.2017"))


async def test_drums_and_lost_papers_are_no_cry(club: Club, parent: Parent) -> None:
    await parent.start()
    for said in ("ударные инструменты", "бьёт в барабан", "пропал сертификат"):
        assert "112" not in text_of(await parent.say(said)), said
        await parent.start()


async def test_whoever_asks_the_base_hears_that_a_person_is_needed(club: Club) -> None:
    [(verdict, _)] = await club.app.services.knowledge.judge(["тренер бьёт детей"])

    assert verdict is Verdict.PERSON
