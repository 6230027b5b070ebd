"""Staff carry a request over into the other registry: card, fields in private, the number back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.outgoing import limiter
from bot.sandbox.client import Fields, button_texts, text_of
from core.db.models import Application, Certificate, Municipality
from core.domain.staff import Role
from core.services.family_import import FamilyFile, FamilyImport
from tests.dialogs.staff_office import CHILD_NAME, Office, labels, open_office
from tests.services.registers import written


@pytest.fixture
async def office(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    monkeypatch.setattr(limiter, "PRIVATE_BURST", 10_000)
    async with open_office(sqlite_url) as opened:
        async with opened.app.database.write() as tx:
            await tx.execute(update(Municipality).values(registry_mode="external"))
        yield opened


async def test_a_confirmed_request_is_entered_from_its_card(office: Office) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    number = await office.ask_certificate()
    await office.press(anna, await office.card(number), "Подтвердить")
    card = await office.card(number, settled="внести в Навигатор")
    assert labels(card) == ["Открыть", "Внести в Навигатор"]
    assert CHILD_NAME.last not in text_of(card)

    await office.press(anna, card, "Внести в Навигатор")
    await anna.wait_text("Поля покажу по кнопке")
    await anna.press("Показать поля")
    fields = text_of(await anna.wait_text("внесите ребёнка"))
    assert f"Фамилия: {CHILD_NAME.last}" in fields
    await anna.press("Номер внесён")
    await anna.wait_text("10 цифр")
    await anna.say("12345")
    await anna.wait_text("нужно 10 цифр")
    await anna.say("2300000110")
    await anna.wait_text("Верно?")
    await anna.press("Отправить")
    await anna.wait_text("Больше заданий нет")

    assert await office.states(Certificate) == ["active"]
    settled = await office.card(number, settled="Решение: действует")
    assert labels(settled) == ["Открыть"]


async def test_an_accepted_application_is_marked_as_entered_from_the_staffs_door(
    office: Office,
) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    number = await office.apply()
    await office.press(anna, await office.card(number, "Заявка"), "Принять")
    card = await office.card(number, "Заявка", settled="подтверждена")
    assert labels(card) == ["Открыть", "Внести в Навигатор"]

    await anna.say("/menu")
    await anna.wait_text("Чем помочь")
    await anna.press("Для сотрудников")
    await anna.wait_text("рабочий чат")
    await anna.press("Внести в Навигатор")
    await anna.wait_text("1 задание")
    await anna.press(f"Заявка № {number}")
    assert "Программа: Робототехника <3" in text_of(await anna.wait_text("внесите её"))
    await anna.press("Внесено")
    await anna.wait_text("Больше заданий нет")

    await office.group.wait_until(
        lambda view: labels(_of(view.messages, card["message_id"])) == ["Открыть"],
        what="the card still asks to enter it",
    )


async def test_what_navigator_refused_is_told_word_for_word(office: Office) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    number = await office.apply()
    await office.press(anna, await office.card(number, "Заявка"), "Принять")
    card = await office.card(number, "Заявка", settled="подтверждена")
    await office.press(anna, card, "Внести в Навигатор")
    await anna.wait_text("Поля покажу по кнопке")
    await anna.press("Показать поля")
    await anna.wait_text("внесите её")
    await anna.press("Навигатор отказал")
    await anna.wait_text("дословно")
    await anna.say("Лимит программ исчерпан")
    await anna.wait_text("Отправить?")
    await anna.press("Отправить")
    await anna.wait_text("Больше заданий нет")

    assert await office.states(Application) == ["refused"]


async def test_who_may_not_enter_it_hears_the_same_as_of_what_is_not_there(
    office: Office,
) -> None:
    anna = await office.hire("Анна")
    await office.open_chat(anna)
    number = await office.ask_certificate()
    await office.press(anna, await office.card(number), "Подтвердить")
    card = await office.card(number, settled="внести в Навигатор")
    payer = await office.hire("Пётр", Role.PAYER)
    await office.join(payer)
    await office.press(payer, card, "Внести в Навигатор")
    foreign = await office.alert(payer)
    await office.forge(payer, card, "rtask:c:999")
    assert await office.alert(payer) == foreign
    await payer.press_on(card["message_id"], data="rtask_open:1", chat=office.group, forged=True)
    assert not any("Фамилия" in text_of(message) for message in await payer.messages())
    assert "Внести в Навигатор" not in button_texts(await payer.last())


async def test_a_difference_is_settled_in_private(office: Office, tmp_path: Path) -> None:
    anna = await office.hire("Анна")
    number = await office.ask_certificate()
    consultant = await office.actor_of(anna)
    await office.services.certificate_decisions.confirm(
        consultant, number, version=1, number="2300000110"
    )
    row = {
        "Номер": "2300000110",
        "Фамилия": CHILD_NAME.last,
        "Имя": f"{CHILD_NAME.first}а",
        "Отчество": CHILD_NAME.patronymic,
        "Дата рождения": "03.05.2017",
        "Статус": "приостановлен",
    }
    app = office.app
    importer = FamilyImport(app.database, app.clock, app.chance, app.cipher)
    report = await importer.run(
        FamilyFile.CERTIFICATES, written(tmp_path / "certificates.csv", [row])
    )
    assert [warning.reason for warning in report.warnings] == ["differences"]

    await anna.say("/menu")
    await anna.wait_text("Чем помочь")
    await anna.press("Для сотрудников")
    await anna.wait_text("рабочий чат")
    await anna.press("Расхождения")
    await anna.wait_text("Расхождения с файлами Навигатора: 1")
    await anna.press(f"Статус · сертификат № {number}")
    shown = text_of(await anna.wait_text("У нас"))
    assert "У нас: действует" in shown
    assert "В файле: приостановлен" in shown
    await anna.press("Разобраться позже")
    await anna.wait_text("останется в списке")
    await anna.press(f"Статус · сертификат № {number}")
    await anna.wait_text("У нас")
    await anna.press("Принять из файла")
    await anna.wait_text("Заменить на то")
    await anna.press("Заменить")
    await anna.wait_text("Расхождений с файлами Навигатора нет")

    assert await office.states(Certificate) == ["suspended"]


def _of(messages: list[Fields], message_id: int) -> Fields:
    return next(message for message in messages if message["message_id"] == message_id)
