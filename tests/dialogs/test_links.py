"""Links into the private chat: an answer, an invitation of a campaign, and what is nobody's."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.sandbox.client import button_texts, text_of
from core.db.models import Application, Child, KnowledgeEntry, QuestionMiss
from core.services.questions.importing import KnowledgeImport
from tests.dialogs.club import Club, Parent
from tests.services.knowledge_files import ENTRIES, jsonl

MENU = ["Найти кружок", "Сертификат", "Мои дети и заявки", "Спросить"]


@pytest.fixture
async def club_with_answers(club: Club, tmp_path: Path) -> Club:
    entries = [dict(entry) for entry in ENTRIES]
    entries[-1]["audience"] = "organisers"
    await KnowledgeImport(club.app.database, club.app.clock).run(jsonl(tmp_path, entries))
    return club


async def id_of(club: Club, code: str) -> int:
    async with club.app.database.read() as tx:
        found = await tx.scalar(select(KnowledgeEntry.id).where(KnowledgeEntry.code == code))
    assert found is not None
    return found


async def test_a_link_to_an_answer_opens_it_by_number_or_by_code(
    club_with_answers: Club, parent: Parent
) -> None:
    for name in (await id_of(club_with_answers, "q1"), "q1"):
        answer = await parent.start(f"q_{name}")
        assert "на руки деньги не выдают" in text_of(answer)
        assert button_texts(answer) == ["Помогло", "Спросить человека", "Домой"]

    person = await parent.press("Спросить человека")
    assert "+7 86161 3-00-00" in text_of(person)


async def test_an_organisers_answer_is_as_absent_for_a_parent(
    club_with_answers: Club, parent: Parent
) -> None:
    links = (f"q_{await id_of(club_with_answers, 'o1')}", "q_o1", "q_999", "q_nothing")

    said = [text_of(await parent.start(link)) for link in links]

    assert len(set(said)) == 1, "foreign and absent look the same"
    assert "Такого ответа здесь нет" in said[0]
    assert "приказ" not in said[0]


async def test_where_no_district_is_chosen_its_answers_wait_for_the_choice(
    club_with_answers: Club,
) -> None:
    await club_with_answers.app.services.municipalities.add("other", "Приморский район")
    newcomer = await club_with_answers.parent("Олег")

    common = await newcomer.start("q_q1")
    assert "на руки деньги не выдают" in text_of(common)
    absent = await newcomer.start("q_999")

    assert "Выберите свой" in text_of(absent)
    assert "Крыловский район" in button_texts(absent)


async def test_an_invitation_of_a_campaign_opens_the_menu_and_notes_nothing(
    club: Club, parent: Parent
) -> None:
    menu = await parent.start("k_winter-2026")

    assert "по приглашению" in text_of(menu)
    assert button_texts(menu) == MENU
    async with club.app.database.read() as tx:
        for table in (Child, Application, QuestionMiss):
            assert await tx.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize("payload", ["q_", "k_", "q_<1>", "q_é", "x_1"])
async def test_a_link_that_says_nothing_leads_to_the_menu(parent: Parent, payload: str) -> None:
    menu = await parent.does(parent.person.say(f"/start {payload}"))

    assert "ничего не нашлось" in text_of(menu)
    assert button_texts(menu) == MENU
