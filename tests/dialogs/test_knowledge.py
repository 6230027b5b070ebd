"""Staff keep the knowledge base: they find, change, bring back; a question becomes an example."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from bot.sandbox.client import button_texts, text_of
from core.db.models import StaffRight
from core.domain.staff import Role
from core.services.questions.importing import KnowledgeImport
from tests.dialogs.club import Club, Parent
from tests.services.knowledge_files import some_of_demo


@pytest.fixture
async def head(club: Club, parent: Parent, tmp_path: Path) -> Parent:
    await KnowledgeImport(club.app.database, club.app.clock).run(some_of_demo(tmp_path))
    await parent.start()
    actor = await club.actor_of(parent)
    async with club.app.database.write() as tx:
        await tx.execute(
            insert(StaffRight).values(
                person_id=actor.person_id,
                role=Role.HEAD,
                municipality_id=club.municipality_id,
                granted_at=club.app.clock.now(),
            )
        )
    return parent


async def command(person: Parent) -> dict[str, object]:
    return await person.does(person.person.say("/knowledge"))


async def test_an_answer_is_found_changed_and_brought_back(head: Parent) -> None:
    await command(head)
    found = await head.say("обналичить")
    assert "1. Можно ли обналичить сертификат?" in text_of(found)
    entry = await head.press("1. Можно ли обналичить")
    assert "версия 1" in text_of(entry)

    await head.press("Ответы · 1")
    await head.press("всем и всегда")
    await head.press("Изменить ответ")
    assert "никто не заполнит" in text_of(await head.say("Спросите {директора}"))
    assert "версия 2" in text_of(await head.say("Нет, никак. Спросите по {centre_phone}."))

    await head.press("Назад")
    versions = await head.press("Версии")
    assert "Версия 2" in button_texts(versions)
    await head.press("Версия 1")
    restored = await head.press("Вернуть эту версию")
    assert "на руки эти деньги не выдают" in text_of(restored)
    assert "версия 3" in text_of(restored)


async def test_a_real_question_becomes_an_example_in_two_taps(club: Club, head: Parent) -> None:
    asking = await club.parent("Ольга")
    await asking.start()
    await asking.press("Спросить")
    unsure = await asking.say("кэш с серта выцепить реально")
    assert "Спросить человека" not in button_texts(unsure)
    if "Ни один не подходит" in button_texts(unsure):
        await asking.press("Ни один не подходит")

    assert "Без ответа · 1" in button_texts(await command(head))
    await head.press("Без ответа")
    one = await head.press("кэш с серта")
    assert "Спросили 1 раз" in text_of(one)
    await head.press("К другому вопросу")
    chosen = await head.say("обналичить сертификат")
    label = next(text for text in button_texts(chosen) if "обналичить" in text)
    assert "Вопросов без ответа нет" in text_of(await head.press(label))

    await asking.press("Домой")
    await asking.press("Спросить")
    answer = await asking.say("кэш с серта выцепить реально")
    assert "на руки эти деньги не выдают" in text_of(answer)


async def test_a_new_answer_is_told_at_once(club: Club, head: Parent) -> None:
    await command(head)
    await head.press("Новый ответ")
    await head.say("Есть ли в районе клуб юных пчеловодов?")
    await head.say("Да, в станице Крыловской. Позвоните: {centre_phone}.")
    assert "уже отвечаю" in text_of(await head.press("Родителям"))

    asking = await club.parent("Ольга")
    await asking.start()
    answer = await asking.say("есть ли клуб юных пчеловодов?")
    assert "Позвоните: +7 86161 3-00-00." in text_of(answer)


async def test_a_link_dates_and_a_picture_go_with_an_answer(club: Club, head: Parent) -> None:
    await command(head)
    await head.say("обналичить")
    await head.press("1. Можно ли обналичить")
    await head.press("Ответы · 1")
    await head.press("всем и всегда")
    await head.press("Ссылка")
    await head.say("https://pfdo.ru/pravila")
    await head.press("всем и всегда")
    pictured = await head.does(head.person.do("send_media", kind="photo"))
    assert "Сохранил" in text_of(pictured)
    page = await head.press("всем и всегда")
    assert "https://pfdo.ru/pravila" in text_of(page)
    assert "С картинкой" in text_of(page)
    await head.press("Сроки")
    assert "не могу прочитать" in text_of(await head.say("когда-нибудь"))
    assert "до 31.12.2026" in button_texts(await head.say("до 31.12.2026"))

    asking = await club.parent("Ольга")
    await asking.start()
    answer = await asking.say("можно ли обналичить сертификат?")
    assert "photo" in answer
    assert "на руки эти деньги не выдают" in text_of(answer)
    assert button_texts(answer) == ["Подробнее", "Помогло", "Спросить человека", "Домой"]
    assert "Хорошо, что разобрались" in text_of(await asking.press("Помогло"))


async def test_a_parent_is_told_whose_it_is(parent: Parent) -> None:
    await parent.start()

    assert "нужны права сотрудника" in text_of(await command(parent))


async def at_the_answer(head: Parent) -> dict[str, object]:
    await command(head)
    await head.say("обналичить")
    await head.press("1. Можно ли обналичить")
    await head.press("Ответы · 1")
    return await head.press("всем и всегда")


def sent(
    head: Parent, name: str, content: bytes | None = None
) -> Coroutine[Any, Any, dict[str, object]]:
    return head.does(head.person.send_file(content or honest(name), name))


def honest(name: str) -> bytes:
    """What a file of this name begins with, and its main part."""
    kind = name.lower().rpartition(".")[2]
    if kind not in {"docx", "xlsx"}:
        return b"\xff\xd8\xff\xe0" if kind == "jpg" else b"%PDF-1.7"
    return zipped("word/document.xml" if kind == "docx" else "xl/workbook.xml")


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return held.getvalue()


@pytest.mark.parametrize("name", ["Порядок.pdf", "бланк.DOCX", "таблица.xlsx", "скан.jpg"])
async def test_a_file_goes_with_an_answer(club: Club, head: Parent, name: str) -> None:
    await at_the_answer(head)
    await head.does(head.person.do("send_media", kind="photo"))
    await head.press("всем и всегда")

    assert "Сохранил" in text_of(await sent(head, name))
    page = await head.press("всем и всегда")
    assert "С файлом" in text_of(page)

    asking = await club.parent("Ольга")
    await asking.start()
    answer = await asking.say("можно ли обналичить сертификат?")
    assert answer["document"]["file_name"] == name
    assert "на руки эти деньги не выдают" in text_of(answer)
    await head.press("Убрать фото или файл")
    assert "Без картинки и файла" in text_of(await head.press("всем и всегда"))


async def test_a_file_that_may_run_or_is_too_big_goes_with_no_answer(
    head: Parent, monkeypatch: pytest.MonkeyPatch
) -> None:
    await at_the_answer(head)
    assert "не подойдёт" in text_of(await sent(head, "setup.exe"))
    assert "не подойдёт" in text_of(await sent(head, "macros.docm"))
    assert "не подойдёт" in text_of(await sent(head, "exe.\u202efdp.pdf"))
    for name, content in (
        ("Порядок.pdf", b"MZ\x90\x00" + b"\0" * 60),
        ("бланк.docx", zipped("word/document.xml", "word/vbaProject.bin")),
        ("бланк.docx", zipped("xl/workbook.xml")),
        ("скан.jpg", b"<html><script>"),
    ):
        assert "не то, что обещает" in text_of(await sent(head, name, content))
    monkeypatch.setattr("bot.dialogs.knowledge.answer_actions.GREATEST_FILE", 7)
    shown = await sent(head, "large.pdf")

    assert "больше 20 МБ" in text_of(shown)
    assert "Без картинки и файла" in text_of(shown)
    assert not [m for m in await head.person.messages() if "document" in m]
