"""`@bot …` in any chat: cards of clubs with seats, of nobody's data, each opening in private."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.sandbox.client import Fields, button_texts, buttons, text_of
from core.db.models import Group, Person
from tests.dialogs.club import Club, Parent


async def asked(parent: Parent, query: str, offset: str = "") -> Fields:
    """What the messenger shows under the typed words, once the bot has answered."""
    made = await parent.person.do("ask_inline", query=query, offset=offset)
    number = made["inline_query_id"]
    await parent.person.client.wait_journal(
        lambda found: any(
            entry["params"].get("inline_query_id") == number and entry["outcome"] == "ok"
            for entry in found["entries"]
        ),
        method="answerInlineQuery",
    )
    answer: Fields = await parent.person.client.do("inline_answer", inline_query_id=number)
    return answer


def titles(answer: Fields) -> list[str]:
    return [str(result["title"]) for result in answer["results"]]


async def test_a_wish_gives_cards_that_open_in_private(club: Club, parent: Parent) -> None:
    answer = await asked(parent, "шахматы 8 лет")

    assert titles(answer) == ["Шахматы"]
    yard = await club.client.group("Двор", parent.person)
    sent = await parent.person.do(
        "choose_inline",
        inline_query_id=answer["id"],
        result_id=answer["results"][0]["id"],
        chat_id=yard.id,
    )
    assert "Школа № 1 <отделение>" in text_of(sent)
    assert "На 24 августа, 12:00: 2 места" in text_of(sent)
    friend = await club.parent("Олег")
    card = await friend.does(friend.person.click(buttons(sent)[0]["url"]))
    assert "Шахматы" in text_of(card)
    assert "Записать" in button_texts(card)


async def test_nothing_typed_offers_clubs_with_seats_page_by_page(
    club: Club, parent: Parent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.inline.PAGE", 5)
    async with club.app.database.write() as tx:
        await tx.execute(update(Group).where(Group.programme_id == club.robots).values(taken=2))
        await tx.execute(update(Group).where(Group.programme_id == club.drawing).values(taken=1))

    first = await asked(parent, "")
    second = await asked(parent, "", first["next_offset"])

    assert titles(first)[0] == "Рисование 1", "where most go comes first"
    found = titles(first) + titles(second)
    assert len(found) == len(set(found)) == 8
    assert "Робототехника" not in found
    assert second["next_offset"] == ""


async def test_where_nothing_fits_a_button_leads_to_the_search(parent: Parent) -> None:
    answer = await asked(parent, "квиддич")

    assert answer["results"] == []
    button: dict[str, Any] = answer["button"]
    assert button["text"] == "Открыть Кружок"
    screen = await parent.start(button["start_parameter"])
    assert "Напишите, что ищете" in text_of(screen)


async def test_it_works_where_nothing_personal_does_and_notes_nobody(
    club: Club, parent: Parent
) -> None:
    club.app.settings.personal_flows = "off"

    assert "Шахматы" in titles(await asked(parent, ""))

    async with club.app.database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Person)) == 0


async def test_of_several_districts_cards_say_which(club: Club, parent: Parent) -> None:
    await parent.start()
    assert "Крыловский" not in text_of(await parent.start(f"p_{club.chess}"))
    await club.app.services.municipalities.add("other", "Приморский район")
    newcomer = await club.parent("Олег")

    answer = await asked(newcomer, "шахматы")

    [found] = answer["results"]
    assert found["description"].startswith("Крыловский район · ")
    yard = await club.client.group("Двор", newcomer.person)
    sent = await newcomer.person.do(
        "choose_inline", inline_query_id=answer["id"], result_id=found["id"], chat_id=yard.id
    )
    assert "Школа № 1 <отделение>, Крыловский район" in text_of(sent)
    card = await newcomer.start(f"p_{club.chess}")
    assert "Школа № 1 <отделение>, Крыловский район" in text_of(card)
    assert "Крыловский" not in text_of(await parent.start(f"p_{club.chess}")), "her own"
    [own] = (await asked(parent, "шахматы"))["results"]
    assert "Крыловский" not in own["description"]
