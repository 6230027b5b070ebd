"""Looking for a club in one's own words, as a parent does it."""

from __future__ import annotations

from sqlalchemy import func, select, update

from bot.sandbox.client import Fields, button_texts, text_of
from core.db.models import DialogueState, Organisation, SearchMiss
from tests.dialogs.club import Club, Parent

HERE = {"latitude": 46.3217, "longitude": 39.9678}


def chips(screen: Fields) -> list[str]:
    return [text for text in button_texts(screen) if text.endswith("✕")]


def shown(screen: Fields) -> list[str]:
    """Titles on the screen, in their order."""
    lines = text_of(screen).split("\n")
    return [line.partition(". ")[2] for line in lines if line[:1].isdigit() and ". " in line]


async def misses(club: Club) -> int:
    async with club.app.database.read() as tx:
        return int(await tx.scalar(select(func.sum(SearchMiss.times))) or 0)


async def test_a_wish_typed_in_the_menu_is_found_and_narrowed(parent: Parent) -> None:
    await parent.start()
    found = await parent.say("рисование для девочки 7 лет")
    assert "Нашлось 7 кружков, страница 1 из 3" in text_of(found)
    assert len(shown(found)) == 3
    assert len(button_texts(found)) <= 8
    assert {"рисование ✕", "7 лет ✕"} <= set(chips(found))

    free = await parent.say("а бесплатно?")
    assert shown(free) == ["Рисование 1"]
    assert "бесплатно ✕" in chips(free)
    everything = await parent.press("бесплатно ✕")
    assert everything["message_id"] == free["message_id"], "edited in place"
    assert "Нашлось 7 кружков" in text_of(everything)

    second = await parent.press("Дальше")
    assert len(shown(second)) == 3
    other = await parent.say("шахматы")
    assert shown(other) == ["Шахматы"]
    assert chips(other) == ["шахматы ✕"], "other words begin anew"
    card = await parent.press("1. Шахматы")
    assert "Записать" in button_texts(card)
    assert shown(await parent.press("Назад")) == ["Шахматы"]
    ask = await parent.press("шахматы ✕")
    assert "Напишите, что ищете" in text_of(ask)


async def test_a_slip_is_mended_aloud_and_what_there_is_none_of_is_given_up_aloud(
    parent: Parent,
) -> None:
    await parent.start()
    mended = await parent.say("работотехника")
    assert "Показываю для «робототехника»" in text_of(mended)
    assert shown(mended) == ["Робототехника"]

    late = await parent.say("шахматы после 20:00")
    assert "С 20:00 ничего нет, вот в другое время" in text_of(late)
    assert shown(late) == ["Шахматы"]


async def test_a_question_that_names_a_club_is_a_wish(parent: Parent) -> None:
    await parent.start()
    await parent.press("Найти")

    assert shown(await parent.say("есть ли шахматы для 8 лет?")) == ["Шахматы"]


async def test_what_nobody_has_is_noted_once_and_leads_on(club: Club, parent: Parent) -> None:
    await parent.start()
    nothing = await parent.say("квиддич")
    assert "Ничего не нашлось" in text_of(nothing)
    assert {"По теме", "Подобрать"} <= set(button_texts(nothing))

    await parent.does(parent.person.do("send_media", kind="sticker"))

    assert await misses(club) == 1
    unclear = await parent.say("для неё")
    assert "Не понял, что искать: «для неё»" in text_of(unclear)


async def test_the_nearest_come_first_and_the_place_is_rough_and_forgotten(
    club: Club, parent: Parent
) -> None:
    async with club.app.database.write() as tx:
        await tx.execute(update(Organisation).values(**HERE))
    await parent.start()
    await parent.say("рисование")
    await parent.press("Порядок: подходящие")
    asked = await parent.press("Ближе ко мне")
    assert "забуду, когда закончим искать" in text_of(asked)

    near = await parent.does(parent.person.do("send_content", content={"location": HERE}))

    assert "Место взял примерно, до 500 метров" in text_of(near)
    assert "Школа № 1 <отделение> · ближе 500 м" in text_of(near)
    assert "Порядок: ближе" in button_texts(near)
    assert (await parent.person.view()).reply_keyboard is None
    await parent.press("Порядок: ближе")
    assert "Порядок: где больше мест" in button_texts(await parent.press("Где больше мест"))
    await parent.press("Порядок")
    assert "Порядок: ближе" in button_texts(await parent.press("Ближе ко мне"))

    await parent.press("Назад")
    await parent.press("Домой")
    await parent.press("Спросить")  # the state before this screen is stored by now
    async with club.app.database.read() as tx:
        sealed = (await tx.execute(select(DialogueState.key, DialogueState.blob))).all()
    kept = [club.app.cipher.open_json("dialogue", row.blob) for row in sealed]
    assert kept
    assert "near" not in str(kept)


async def test_the_place_may_be_kept_to_oneself(parent: Parent) -> None:
    await parent.start()
    await parent.say("рисование")
    await parent.press("Порядок")
    await parent.press("Ближе ко мне")
    assert "Место не пришло" in text_of(await parent.say("Отправить место"))

    back = await parent.press("Назад")

    assert shown(back)[0].startswith("Рисование")
    assert (await parent.person.view()).reply_keyboard is None


async def test_a_birth_is_an_age_of_today(parent: Parent) -> None:
    await parent.start()

    assert "9 лет ✕" in chips(await parent.say("рисование, дочка родилась 05.03.2017"))
    assert "8–9 лет ✕" in chips(await parent.say("шахматы 2017 г.р."))
    assert "7 лет ✕" in chips(await parent.say("семь лет"))


async def test_a_word_that_is_no_slip_is_not_mended(parent: Parent) -> None:
    await parent.start()
    await parent.press("Найти")

    assert "Показываю для" not in (said := text_of(await parent.say("полного ребёнка 9 лет")))
    assert "Искал" not in said


async def test_marks_nobody_sees_do_not_hide_a_club(parent: Parent) -> None:
    await parent.start()

    assert shown(await parent.say("шах\u200bма\u00adты\ufeff")) == ["Шахматы"]


async def test_the_number_of_a_school_is_part_of_its_name(parent: Parent) -> None:
    await parent.start()

    there = await parent.say("шахматы в школе №1")
    assert chips(there) == ["шахматы ✕", "школа № 1 ✕"]
    assert shown(there) == ["Шахматы"]

    assert "«школа № 2»: там ничего нет" in text_of(await parent.say("в школе № 2"))
