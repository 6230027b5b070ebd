"""A member of the centre sends a table to the bot: what it is, a trial, a decision."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from bot.dialogs.imports import incoming
from bot.outgoing import limiter
from bot.sandbox.client import Fields, Person, button_texts, text_of
from core.db.models import Child, Import, Programme, StaffRight
from core.domain.knowledge import read_answer_text
from core.domain.staff import Role
from tests.dialogs.staff_office import Office, open_office
from tests.services.knowledge_files import ENTRIES, jsonl, sheet
from tests.services.registers import ALICE, BORIS, CERTIFICATE, written
from tests.services.registries import tidy, workbook

WRONG = {**BORIS, "Дата рождения": "31.02.2017"}


@pytest.fixture
async def office(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    monkeypatch.setattr(limiter, "PRIVATE_BURST", 10_000)
    async with open_office(sqlite_url) as opened:
        yield opened


@pytest.fixture
async def anna(office: Office) -> Person:
    return await office.hire("Анна")


def send(person: Person, file: Path) -> Awaitable[Fields]:
    return person.after(person.send_file(file.read_bytes(), file.name))


async def press(person: Person, label: str, shows: str) -> Fields:
    await person.press(label)
    return await person.wait_text(shows)


async def count(office: Office, table: type[Child] | type[Import]) -> int:
    async with office.app.database.read() as tx:
        return (await tx.execute(select(func.count()).select_from(table))).scalar_one()


async def documents(person: Person) -> list[Fields]:
    return [message for message in await person.messages() if "document" in message]


def left_behind(office: Office) -> list[Path]:
    folder = office.app.incoming._folder
    return list(folder.iterdir()) if folder.exists() else []


async def test_a_good_file_is_recognised_tried_and_accepted_once(
    office: Office, anna: Person, tmp_path: Path
) -> None:
    file = written(tmp_path / "дети.csv", [ALICE, BORIS])

    asked = await send(anna, file)
    assert "Похоже, это дети" in text_of(asked)
    assert button_texts(asked)[0] == "Дети"
    tried = await press(anna, "Дети", "Проверка:")
    assert "Новых: 2" in text_of(tried)
    assert await count(office, Child) == 0
    await asyncio.gather(*(anna.press_on(tried["message_id"], "Принять") for _ in range(2)))
    await anna.wait_until(lambda view: any("устарела" in text_of(m) for m in view.from_bot))
    assert "Загружено" in text_of(await anna.wait_text("Новых: 2"))
    assert (await count(office, Child), await count(office, Import)) == (2, 1)
    assert await documents(anna) == [], "a file about families does not stay in the chat"
    assert left_behind(office) == []
    again = await send(anna, file)
    assert "дети" in text_of(again)
    assert "Записывать нечего" in text_of(await press(anna, "Дети", "Проверка:"))


async def test_refused_rows_are_told_whole_and_the_others_accepted(
    office: Office, anna: Person, tmp_path: Path
) -> None:
    wrong = [{**WRONG, "Имя": f"Борис{sign}"} for sign in "абвгдеж"]
    wrong[0]["Фамилия"] = "=1+1"
    file = written(tmp_path / "children.csv", [ALICE, *wrong])

    await send(anna, file)
    tried = await press(anna, "Дети", "Проверка:")

    assert "Строка 3, «Фамилия»: «=1+1» — в имени бывают только буквы" in text_of(tried)
    assert "Ещё строк с отказами: 2" in text_of(tried)
    assert "Принять" not in button_texts(tried)
    report = (await documents(anna))[-1]["document"]
    content = office.sandbox.telegram.world.files[report["file_id"]].content.decode("utf-8-sig")
    assert content.splitlines()[:2] == [
        "Строка;Столбец;Значение;Причина",
        "3;Фамилия;'=1+1;в имени бывают только буквы, дефис и апостроф",
    ]
    assert len(content.splitlines()) == 1 + 8
    await press(anna, "Принять без ошибочных строк", "Загружено")
    assert await count(office, Child) == 1


async def test_a_registry_of_programmes_goes_the_same_way_in_the_senders_name(
    office: Office, anna: Person, tmp_path: Path
) -> None:
    file = workbook(tmp_path / "registry.xlsx", [tidy(without=["Муниципалитет"])])

    assert "программы и группы" in text_of(await send(anna, file))
    await press(anna, "Программы", "Проверка:")
    await press(anna, "Принять", "Загружено")

    (noted,) = await office.scene.audited("programmes.imported")
    assert noted["actor"] == (await office.actor_of(anna)).mark
    assert len(await documents(anna)) == 1, "nothing personal is in it: it may stay"


async def test_another_kind_may_be_chosen_and_says_what_it_lacks(
    anna: Person, tmp_path: Path
) -> None:
    await send(anna, written(tmp_path / "sheet.csv", [CERTIFICATE]))

    shown = await press(anna, "Зачисленные", "обязательных столбцов")

    assert "Организация, Программа" in text_of(shown).replace("Наименование программы", "Программа")
    assert "Сертификаты" in button_texts(shown)


async def test_who_lost_the_right_meanwhile_loads_nothing(
    office: Office, anna: Person, tmp_path: Path
) -> None:
    await send(anna, written(tmp_path / "children.csv", [ALICE]))
    await press(anna, "Дети", "Проверка:")
    async with office.app.database.write() as tx:
        await tx.execute(update(StaffRight).values(revoked_at=StaffRight.granted_at))

    await press(anna, "Принять", "Права загружать файлы у вас больше нет")

    assert await count(office, Child) == 0
    assert "Принять" not in button_texts(await anna.last()), "the screen is left"
    assert await documents(anna) == []


@pytest.mark.parametrize(
    ("button", "answer"), [("Отменить", "ничего не загружено"), ("Домой", "Чем помочь")]
)
async def test_who_does_not_accept_loads_nothing_and_the_file_goes(
    office: Office, anna: Person, tmp_path: Path, button: str, answer: str
) -> None:
    await send(anna, written(tmp_path / "children.csv", [ALICE]))
    await press(anna, "Дети", "Проверка:")

    await press(anna, button, answer)

    assert await count(office, Child) == 0
    assert await documents(anna) == []


async def test_a_file_too_big_for_a_bot_is_sent_to_the_command_line(
    anna: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said before anything is asked of Telegram."""
    monkeypatch.setattr("bot.dialogs.imports.actions.GREATEST_DOWNLOAD", 10)

    told = await send(anna, written(tmp_path / "children.csv", [ALICE]))

    assert "kruzhok import" in text_of(told)
    assert (await anna.client.journal(method="getFile"))["found"] == 0


async def test_what_telegram_will_not_give_is_said_and_may_be_tried_again(
    anna: Person, tmp_path: Path
) -> None:
    await anna.client.limits(download_bytes=1)

    told = await send(anna, written(tmp_path / "children.csv", [ALICE]))

    assert "не отдал файл" in text_of(told)
    await anna.client.limits(download_bytes=incoming.GREATEST_DOWNLOAD)
    await press(anna, "Дети", "Проверка:")


async def test_a_line_that_breaks_over_the_file_is_tried_again(
    anna: Person, tmp_path: Path
) -> None:
    await anna.client.faults({"methods": ["getFile"], "drop_after": 1.0, "times": 1})

    asked = await send(anna, written(tmp_path / "children.csv", [ALICE]))

    assert "Похоже, это дети" in text_of(asked)


async def test_a_page_called_a_table_is_refused_before_it_is_unpacked(
    anna: Person, tmp_path: Path
) -> None:
    file = tmp_path / "page.xlsx"
    file.write_text("<html></html>", encoding="utf-8")

    assert "веб-страница" in text_of(await send(anna, file))


async def test_a_table_of_anybody_else_is_deleted_as_every_document(
    office: Office, tmp_path: Path
) -> None:
    file = written(tmp_path / "children.csv", [ALICE])
    parent = await office.client.user("Мария")
    await parent.after(parent.start())
    provider = await office.hire("Глеб", Role.PROVIDER, office.organisation_id)

    for person in (parent, provider):
        assert "Файл я удалил" in text_of(await send(person, file))
        assert await documents(person) == []
    assert (await office.client.journal(method="getFile"))["found"] == 0


async def test_where_personal_data_is_switched_off_files_about_families_are_refused(
    office: Office, anna: Person, tmp_path: Path
) -> None:
    office.app.settings.personal_flows = "off"

    told = await send(anna, written(tmp_path / "children.csv", [ALICE]))

    assert "не работает с личными данными" in text_of(told)
    assert await documents(anna) == []
    assert left_behind(office) == []


async def test_where_personal_data_is_switched_off_registries_are_taken(
    office: Office, anna: Person, tmp_path: Path
) -> None:
    office.app.settings.personal_flows = "off"

    asked = await send(anna, workbook(tmp_path / "registry.xlsx", registry("Роботы")))

    assert button_texts(asked)[:2] == ["Программы и группы", "База знаний"]
    assert "Дети" not in button_texts(asked)
    await press(anna, "Программы", "Проверка:")
    await press(anna, "Принять", "Загружено")
    assert await published(office) == {"Роботы"}


async def test_a_trial_about_families_ends_when_personal_data_is_switched_off(
    office: Office, anna: Person, tmp_path: Path
) -> None:
    await send(anna, written(tmp_path / "children.csv", [ALICE, WRONG]))
    await press(anna, "Дети", "Проверка:")
    office.app.settings.personal_flows = "off"

    shown = await press(anna, "Принять", "не работает с личными данными")

    assert str(BORIS["Фамилия"]) not in text_of(shown)
    assert await count(office, Child) == 0
    assert await documents(anna) == []


def registry(*titles: str) -> list[dict[str, object]]:
    return [tidy({"Наименование программы": title}, without=["Муниципалитет"]) for title in titles]


async def published(office: Office) -> set[str]:
    async with office.app.database.read() as tx:
        titles = await tx.scalars(select(Programme.title).where(Programme.state == "published"))
        return set(titles)


async def loaded(anna: Person, file: Path, button: str = "Принять") -> None:
    await send(anna, file)
    await press(anna, "Программы", "Проверка:")
    await press(anna, button, "Загружено")


async def test_what_a_registry_lacks_is_archived_by_a_choice_of_its_own(
    office: Office, anna: Person, tmp_path: Path
) -> None:
    await loaded(anna, workbook(tmp_path / "all.xlsx", registry("Роботы", "Шахматы")))
    less = workbook(tmp_path / "less.xlsx", registry("Роботы"))

    await send(anna, less)
    tried = await press(anna, "Программы", "Проверка:")
    assert "В файле нет программ: 1 из 2" in text_of(tried)
    assert "Принять" not in button_texts(tried), "the file brings nothing new"
    done = await press(anna, "Принять, чего нет", "Загружено")

    assert "Программ в архиве: 1" in text_of(done)
    assert await published(office) == {"Роботы"}
    await send(anna, less)
    assert "Записывать нечего" in text_of(await press(anna, "Программы", "Проверка:"))


async def test_much_is_archived_only_after_its_number_is_confirmed(
    office: Office, anna: Person, tmp_path: Path
) -> None:
    many = registry(*(f"Кружок {number}" for number in range(12)))
    await loaded(anna, workbook(tmp_path / "all.xlsx", many))

    await send(anna, workbook(tmp_path / "less.xlsx", registry("Роботы")))
    await press(anna, "Программы", "Проверка:")
    asked = await press(anna, "Принять, чего нет", "Похоже, файл неполный")
    assert "нет программ: 12 из 12" in text_of(asked)
    assert len(await published(office)) == 12
    await press(anna, "Да, убрать: 12", "Загружено")

    assert await published(office) == {"Роботы"}


async def test_a_knowledge_base_is_tried_and_accepted_and_keeps_what_staff_changed(
    office: Office, anna: Person, tmp_path: Path
) -> None:
    file = jsonl(tmp_path, ENTRIES)

    asked = await send(anna, file)
    assert "Похоже, это база знаний" in text_of(asked)
    assert "Новых: 4" in text_of(await press(anna, "База знаний", "Проверка:"))
    await press(anna, "Принять", "Загружено")

    actor = replace(await office.actor_of(anna), municipality_id=office.municipality_id)
    editing = office.services.knowledge_editing
    line = next(one for one in await editing.list_lines(actor) if one.topic == "money")
    entry = await editing.get(actor, line.id)
    assert entry.municipality_id == office.municipality_id
    await editing.set_answer(
        actor,
        entry.id,
        version=entry.version,
        terms=entry.answers[0].terms,
        text=read_answer_text("Нет."),
    )
    await send(anna, file)
    tried = await press(anna, "База знаний", "Проверка:")
    assert "Изменено в боте, оставлено: 1 (q1)" in text_of(tried)
    assert "Записывать нечего" in text_of(tried)


async def test_a_sheet_of_questions_is_known_and_its_wrong_rows_are_told(
    anna: Person, tmp_path: Path
) -> None:
    rows = [["Код", "Вопрос", "Ответ"], ["1", "Что?", "То."], ["2", "Где?", ""]]

    assert "Похоже, это база знаний" in text_of(await send(anna, sheet(tmp_path, rows)))
    tried = await press(anna, "База знаний", "Проверка:")
    assert "Строка 3, «Ответ»" in text_of(tried)
    await press(anna, "Принять без ошибочных строк", "Загружено")
