"""Everything held may be read, taken away as a file, and taken back; and then it is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.sandbox.client import button_texts, text_of
from core.db.engine import Database
from core.db.models import Application
from core.domain.consents import ConsentKind
from tests.dialogs.club import NAME, Club, Parent
from tests.dialogs.places import to_apply_receipt, to_sure


async def test_what_is_held_comes_as_a_file_named_after_nobody(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.say("/mydata")
    await parent.press("Скачать файлом")
    files = [message["document"] for message in await bot_files(parent)]
    assert [file["file_name"] for file in files] == ["kruzhok-mydata.html"]
    content = club.sandbox.telegram.world.files[files[0]["file_id"]].content.decode()
    assert NAME in content
    assert content.startswith("<!doctype html>")


async def test_mailings_are_refused_by_one_press(club: Club, parent: Parent) -> None:
    actor = await club.actor_of(parent)
    await club.app.services.consents.give(
        actor, ConsentKind.MAILINGS, version="1", body="m", key="m"
    )
    await parent.say("/mydata")
    await parent.press("Отозвать согласие")
    screen = await parent.press("Новости о наборе")
    assert "больше не пришлю" in text_of(screen)
    assert "отзывать нечего" in text_of(screen)


async def test_a_transfer_taken_back_names_the_application_and_withdraws_it(
    club: Club, parent: Parent
) -> None:
    await to_apply_receipt(club, parent)
    await parent.say("/mydata")
    await parent.press("Отозвать согласие")
    check = await parent.press("Передать")
    assert "Вместе с согласием отменю" in text_of(check)
    assert "Шахматы" in text_of(check)
    done = await parent.press("Отозвать")
    assert "отозвано" in text_of(done)
    assert await states(club.app.database) == ["withdrawn"]


async def test_the_consent_to_hold_data_leads_to_erasing(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.say("/mydata")
    await parent.press("Отозвать согласие")
    screen = await parent.press("Хранить данные")
    assert "одно и то же" in text_of(screen)
    assert "Удалить ваши данные?" in text_of(screen)


async def test_erasing_takes_two_steps_and_names_what_ends(club: Club, parent: Parent) -> None:
    await to_apply_receipt(club, parent)
    first = await parent.say("/delete")
    for words in (NAME, "Шахматы", "Навигатор", "останется только акт"):
        assert words in text_of(first)
    second = await parent.press("Удалить")
    assert "Точно удалить?" in text_of(second)
    assert await states(club.app.database) == ["new"]
    receipt = await parent.press("Да, удалить всё")
    assert "Акт № 1, понедельник, 24 августа" in text_of(receipt)
    assert receipt["message_id"] != second["message_id"]
    assert await states(club.app.database) == ["withdrawn"]
    anew = await parent.press("Домой")
    assert "Найти кружок" in button_texts(anew)
    held = await parent.say("/mydata")
    assert "Больше ничего" in text_of(held)


@pytest.mark.parametrize("word", ["нет", "назад"])
async def test_a_no_erases_nothing(club: Club, parent: Parent, word: str) -> None:
    await to_sure(club, parent)
    await parent.say(word)
    assert await states(club.app.database) == ["new"]


async def test_a_yes_in_words_erases(club: Club, parent: Parent) -> None:
    await to_sure(club, parent)
    assert "Акт № 1" in text_of(await parent.say("да"))


async def test_a_process_that_died_after_the_act_tells_its_number(
    club: Club, parent: Parent
) -> None:
    """The update is handled again by an account that is somebody new."""
    await to_sure(club, parent)
    service = club.app.services.erasures
    kept = service.erase
    calls = []

    async def dies_once(*args: object, **named: object) -> object:
        receipt = await kept(*args, **named)  # type: ignore[arg-type]
        calls.append(receipt.number)
        if len(calls) == 1:
            raise RuntimeError("killed")
        return receipt

    service.erase = dies_once  # type: ignore[method-assign, assignment]
    await parent.press("Да, удалить всё")
    receipt = await parent.press("Да, удалить всё")
    assert "Акт № 1" in text_of(receipt)
    assert calls == [1, 1]


async def test_a_half_filled_form_goes_too(club: Club, parent: Parent) -> None:
    await parent.start()
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")
    await parent.press("Согласен")
    await parent.say(NAME)
    await parent.say("/delete")
    await parent.press("Удалить")
    await parent.press("Да, удалить всё")
    menu = await parent.press("Домой")
    assert "Продолжить" not in button_texts(menu)


async def test_nothing_of_the_person_is_left_in_the_files(club: Club, parent: Parent) -> None:
    await to_sure(club, parent)
    place = Path(str(club.app.database.url.database))
    await parent.press("Да, удалить всё")
    await club.app.stop()
    held = b"".join(part.read_bytes() for part in place.parent.glob(f"{place.stem}*"))
    for word in NAME.split():
        assert word.encode() not in held


async def bot_files(parent: Parent) -> list[dict[str, dict[str, str]]]:
    return [message for message in (await parent.person.view()).from_bot if "document" in message]


async def states(database: Database) -> list[str]:
    async with database.read() as tx:
        return list((await tx.execute(select(Application.state))).scalars())
