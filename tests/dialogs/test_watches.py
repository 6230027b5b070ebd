"""A full club: waiting for a seat, what is like it, handing it to a friend, two side by side."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from sqlalchemy import update

from bot.sandbox.client import Fields, button_texts, buttons, text_of
from core.db.models import Group
from tests.dialogs.club import Club, Parent


async def has_taken(club: Club, programme_id: int, taken: int) -> None:
    async with club.app.database.write() as tx:
        await tx.execute(
            update(Group).where(Group.programme_id == programme_id).values(taken=taken)
        )


async def told(parent: Parent, words: str) -> Fields:
    view = await parent.person.wait_until(
        lambda v: any(words in text_of(message) for message in v.from_bot), what=f"no {words!r}"
    )
    return [message for message in view.from_bot if words in text_of(message)][-1]


async def test_a_parent_waits_for_a_seat_and_hears_of_it_once(club: Club, parent: Parent) -> None:
    await has_taken(club, club.drawing, 2)
    card = await parent.start(f"p_{club.drawing}")
    assert "Записать" not in button_texts(card)
    assert "Рисование 2" in text_of(card)
    assert len(button_texts(card)) <= 8

    card = await parent.press("Следить за местом")
    assert "Напишу, когда здесь появится место" in text_of(card)
    assert "Больше не следить" in button_texts(card)
    await parent.press("Домой")
    family = await parent.press("Мои дети")
    assert "Слежу за местом: 1" in button_texts(family)
    assert "«Рисование 1»: мест нет" in text_of(await parent.press("Слежу за местом"))
    data = await parent.does(parent.person.say("/mydata"))
    assert "«Рисование 1»" in text_of(data)

    await has_taken(club, club.drawing, 1)
    await club.app.services.watches.tell_of_seats()
    notice = await told(parent, "Появилось место")
    assert "1 место" in text_of(notice)
    card = await parent.press("Открыть кружок")
    assert "Записать" in button_texts(card)
    assert "Больше не следить" not in button_texts(card)

    await has_taken(club, club.drawing, 2)
    await club.app.services.watches.tell_of_seats()
    await has_taken(club, club.drawing, 1)
    assert await club.app.services.watches.tell_of_seats() == 0


async def test_who_changed_their_mind_hears_nothing(club: Club, parent: Parent) -> None:
    await has_taken(club, club.chess, 2)
    await parent.start(f"p_{club.chess}")
    await parent.press("Следить за местом")

    card = await parent.press("Больше не следить")

    assert "Следить за местом" in button_texts(card)
    await has_taken(club, club.chess, 0)
    assert await club.app.services.watches.tell_of_seats() == 0


async def test_nobodys_wish_is_kept_where_nothing_personal_is(club: Club, parent: Parent) -> None:
    club.app.settings.personal_flows = "off"
    await has_taken(club, club.drawing, 2)

    card = await parent.start(f"p_{club.drawing}")

    assert "Следить за местом" not in button_texts(card)
    assert "Поделиться" in button_texts(card)


async def test_what_is_like_a_full_club_opens_from_its_card(club: Club, parent: Parent) -> None:
    await has_taken(club, club.drawing, 2)
    await parent.start(f"p_{club.drawing}")

    assert "Рисование 2" in text_of(await parent.press("Рисование 2"))
    assert "Рисование 1" in text_of(await parent.press("Назад"))


async def test_a_card_is_shared_by_a_link_that_opens_it(club: Club, parent: Parent) -> None:
    card = await parent.start(f"p_{club.chess}")
    share = next(button for button in buttons(card) if button["text"] == "Поделиться")

    given = parse_qs(urlsplit(share["url"]).query)

    assert "Шахматы, Школа № 1" in given["text"][0]
    friend = await club.parent("Олег")
    assert "Шахматы" in text_of(await friend.does(friend.person.click(given["url"][0])))


async def test_two_clubs_stand_side_by_side(club: Club, parent: Parent) -> None:
    await parent.start()
    await parent.press("Найти")
    await parent.press("По теме")
    await parent.press("Творчество")
    await parent.press("Рисование 1")

    picking = await parent.press("Сравнить")
    assert {"Рисование 2", "Рисование 3"} <= set(button_texts(picking))
    both = await parent.press("Рисование 3")

    said = text_of(both)
    assert "1. Рисование 1" in said
    assert "1: бесплатно\n2: 9 000 ₽" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "Возраст, одинаково: 7–10 лет" in said
    assert len(said) <= 500
    assert "Рисование 3" in text_of(await parent.press("Открыть 2"))
    await parent.press("Назад")
    assert "Рисование 1" in text_of(await parent.press("Открыть 1"))
