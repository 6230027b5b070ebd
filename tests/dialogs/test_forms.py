"""Forms: what is typed wrong, in other words, in the middle of something else, or twice."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select

from bot.dialogs.registry import dialogs
from bot.sandbox.client import Fields, button_texts, text_of
from bot.views.typed import said_back
from core.db.models import Application, Child
from tests.dialogs.club import BORN, NAME, SNILS, Club, Parent


async def to_name(parent: Parent) -> None:
    await parent.start()
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")
    await parent.press("Согласен")


async def children(club: Club) -> int:
    async with club.app.database.read() as tx:
        return int(await tx.scalar(select(func.count()).select_from(Child)) or 0)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Иванова", "нужны фамилия и имя"),
        ("<b>Иванова</b> Алиса", "только буквы"),
        ("{{7*7}} {0}", "только буквы"),
        ("%s %s", "только буквы"),
        ("Ивановa Алиса", "смешаны русские и латинские"),
        ("   \u200b  ", "Имя"),
        ("Петрова Алиса\u200d\u200c", "только буквы"),
        ("Петрова \u202eАлиса", "только буквы"),
        ("я" * 4000, "слишком длинное"),
    ],
)
async def test_a_name_that_cannot_be_one_is_said_back_literally(
    typed: str, says: str, parent: Parent
) -> None:
    await to_name(parent)
    screen = text_of(await parent.say(typed))
    assert screen.startswith("Имя:")
    assert says in screen
    assert "Например: Иванова" in screen
    shown = said_back(typed)
    assert not shown or f"Вы написали: «{shown}»" in screen
    assert "Шаг 1 из 3" in screen


async def test_rare_names_are_kept_as_they_are(parent: Parent) -> None:
    await to_name(parent)
    await parent.say("Д'Артаньян-Ёлкина Анна-Мария")
    check = text_of(await parent.say("05032017"))
    assert "Д'Артаньян-Ёлкина Анна-Мария" in check


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("31.02.2017", "такого дня в календаре нет"),
        ("01.01.2031", "ещё не наступил"),
        ("01.01.1900", "18 лет и больше"),
        ("5 лет", "не могу прочитать"),
    ],
)
async def test_a_wrong_birth_date_names_field_reason_and_example(
    typed: str, says: str, parent: Parent
) -> None:
    await to_name(parent)
    await parent.say(NAME)
    screen = text_of(await parent.say(typed))
    assert screen.startswith("Дата рождения:")
    assert says in screen
    assert f"Вы написали: «{typed}»" in screen
    assert "например" in screen


async def test_a_wrong_checksum_of_the_insurance_number_is_told(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.press("Оформить сертификат")
    screen = text_of(await parent.say("112-233-445 96"))
    assert "цифры не сходятся" in screen
    assert "Нет под рукой" in button_texts(await parent.person.last())


async def test_words_answer_the_check_screen(club: Club, parent: Parent) -> None:
    await to_name(parent)
    await parent.say(NAME)
    await parent.say(BORN)
    again = await parent.say("нет")
    assert "Шаг 1 из 3" in text_of(again)
    assert f"Сейчас записано: {NAME}" in text_of(again)
    check = await parent.say("Петрова Алина Ивановна")
    assert BORN in text_of(check), "the other answer is kept"
    assert "анкета сохранена" in text_of(await parent.say("👍🏽"))
    assert await children(club) == 1


async def test_a_field_is_changed_from_the_check_screen(parent: Parent) -> None:
    await to_name(parent)
    await parent.say(NAME)
    await parent.say(BORN)
    await parent.press("Изменить дату")
    check = text_of(await parent.say("06.03.2017"))
    assert "06.03.2017" in check
    assert NAME in check


async def test_a_draft_survives_start_and_is_offered(club: Club, parent: Parent) -> None:
    await to_name(parent)
    await parent.say(NAME)
    menu = await parent.start()
    assert "незаконченная анкета" in text_of(menu)
    assert len(button_texts(menu)) <= 8
    resumed = await parent.press("Продолжить")
    assert "Шаг 2 из 3. Алиса" in text_of(resumed)
    check = await parent.say(BORN)
    assert NAME in text_of(check)
    await parent.press("Всё верно")
    assert await children(club) == 1


async def test_a_draft_survives_a_redeploy(club: Club, parent: Parent) -> None:
    await to_name(parent)
    await parent.say(NAME)
    await club.restart()
    check = await parent.say(BORN)
    assert NAME in text_of(check)
    await parent.press("Всё верно")
    assert await children(club) == 1


async def test_a_draft_survives_a_look_at_clubs(club: Club, parent: Parent) -> None:
    await to_name(parent)
    await parent.say(NAME)
    await parent.start(f"p_{club.chess}")
    menu = await parent.press("Домой")
    assert "незаконченная анкета" in text_of(menu)
    await parent.press("Мои дети")
    resumed = await parent.press("Добавить ребёнка")
    assert "Шаг 2 из 3. Алиса" in text_of(resumed), "the same form goes on"


async def test_a_draft_is_dropped_when_the_person_says_so(parent: Parent) -> None:
    await to_name(parent)
    await parent.say(NAME)
    await parent.start()
    menu = await parent.press("Удалить черновик")
    assert "незаконченная" not in text_of(menu)
    assert "Продолжить" not in button_texts(menu)


async def test_a_question_in_a_form_is_offered_and_the_draft_stays(parent: Parent) -> None:
    await to_name(parent)
    await parent.say(NAME)
    offered = await parent.say("а это платно?")
    assert "а это платно?" in text_of(offered)
    person = await parent.press("Да, это вопрос")
    assert "+7 86161 3-00-00" in text_of(person)
    back = await parent.press("Вернуться к анкете")
    assert "Шаг 2 из 3. Алиса" in text_of(back)


async def test_own_contact_is_taken_only_where_it_is_asked(club: Club, parent: Parent) -> None:
    await parent.start()
    screen = await parent.does(parent.person.do("send_contact"))
    assert "Телефон сейчас не нужен" in text_of(screen)
    await club.registered(await club.parent("Ольга"))


async def test_a_phone_is_taken_typed_too_and_the_keyboard_goes(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.press("Оформить сертификат")
    await parent.press("Нет под рукой")
    assert (await parent.person.view()).reply_keyboard is not None
    check = await parent.say("8 (918) 123-45-67")
    assert "+79181234567" in text_of(check)
    assert (await parent.person.view()).reply_keyboard is None


async def test_leaving_at_the_phone_step_takes_the_keyboard_away(
    club: Club, parent: Parent
) -> None:
    await club.registered(parent)
    await parent.press("Оформить сертификат")
    await parent.press("Нет под рукой")
    menu = await parent.start()
    assert "незаконченное заявление" in text_of(menu)
    assert (await parent.person.view()).reply_keyboard is None
    resumed = await parent.press("Продолжить")
    assert "Ваш телефон" in text_of(resumed)


async def test_an_insurance_number_out_of_place_is_deleted(parent: Parent) -> None:
    await to_name(parent)
    screen = await parent.say(f"мой номер {SNILS}")
    assert "Я удалил сообщение" in text_of(screen)
    assert all(SNILS not in text_of(message) for message in await parent.person.messages())


async def test_a_double_tap_on_confirm_makes_one_child(club: Club, parent: Parent) -> None:
    await to_name(parent)
    await parent.say(NAME)
    check = await parent.say(BORN)
    (data,) = [b["callback_data"] for b in _buttons(check) if b["text"] == "Всё верно"]
    number = check["message_id"]
    await asyncio.gather(
        *(parent.person.press_on(number, data=data, forged=True) for _ in range(5))
    )
    await parent.person.wait_until(
        lambda view: sum("анкета сохранена" in text_of(m) for m in view.from_bot) > 0
    )
    await parent.start()
    assert await children(club) == 1


async def test_an_old_button_is_answered_and_presses_nothing(club: Club, parent: Parent) -> None:
    await club.certified(parent)
    await parent.start(f"p_{club.chess}")
    await parent.press("Записать")
    old = await parent.press("Согласен")
    (data,) = [b["callback_data"] for b in _buttons(old) if b["text"] == "Подтвердить"]
    await parent.start()
    screen = await parent.does(parent.person.press_on(old["message_id"], data=data, forged=True))
    assert "Найти кружок" in button_texts(screen)
    assert any("кнопка устарела" in text for text in await parent.texts())
    async with club.app.database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Application)) == 0


@pytest.mark.parametrize(
    "data",
    [
        "junk",
        "go:menu",
        "go:resume",
        "n_cert:x",
        "n_app:" + "9" * 30,
        "n_num:0",
        "a\x1dback",
        "я" * 30,
    ],
)
async def test_junk_under_a_button_is_answered_with_a_screen(data: str, parent: Parent) -> None:
    menu = await parent.start()
    screen = await parent.does(parent.person.press_on(menu["message_id"], data=data, forged=True))
    assert "Найти кружок" in button_texts(screen)


async def test_a_tap_on_a_message_the_bot_cannot_see_is_answered(parent: Parent) -> None:
    menu = await parent.start()
    (data,) = [b["callback_data"] for b in _buttons(menu) if b["text"] == "Спросить"]
    screen = await parent.does(
        parent.person.press_on(menu["message_id"], data=data, inaccessible=True)
    )
    assert "Спросите своими словами" in text_of(screen)


@pytest.mark.parametrize("payload", ["p_999999", "g_999999", "x_1", "p_0", "g_1a", "k_1"])
async def test_a_link_to_nothing_never_ends_in_silence(payload: str, parent: Parent) -> None:
    screen = await parent.start(payload)
    assert button_texts(screen)


async def test_somebody_elses_child_and_application_look_absent(club: Club, parent: Parent) -> None:
    await club.certified(parent)
    other = await club.parent("Ольга")
    menu = await other.start()
    for data in ("n_cert:1", "n_num:1", "n_app:1", "n_app:2"):
        screen = await other.does(other.person.press_on(menu["message_id"], data=data, forged=True))
        assert button_texts(screen), data
    said = " ".join(await other.texts())
    assert "Алиса" not in said
    assert "больше нет" in said


async def test_a_child_written_twice_is_opened_not_doubled(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.press("Домой")
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")
    await parent.say("петрова алиса ивановна")
    await parent.say(BORN)
    assert "уже есть" in text_of(await parent.press("Всё верно"))
    page = await parent.press("Открыть анкету")
    assert "Сертификат: пока нет" in text_of(page)
    assert await children(club) == 1


@pytest.mark.parametrize("way", ["Сертификат", "Мои дети", "/mydata", "n_app:1", "n_num:1", "g_1"])
async def test_without_personal_flows_nothing_about_anybody_is_shown_or_asked(
    way: str, club: Club, parent: Parent
) -> None:
    await club.certified(parent)
    club.app.settings.personal_flows = "off"
    menu = await parent.start()
    if way == "g_1":
        await parent.start(way)
        screen = await parent.press("Записать")
    elif way.startswith("/"):
        screen = await parent.say(way)
    elif way.startswith("n_"):
        screen = await parent.does(
            parent.person.press_on(menu["message_id"], data=way, forged=True)
        )
    else:
        screen = await parent.press(way)
    assert "через меня пока нельзя" in text_of(screen)
    assert "С чего начнём" in text_of(await parent.press("Назад")) or way[0] in "gn/"


async def test_without_the_operators_details_no_consent_is_asked(
    club: Club, parent: Parent
) -> None:
    club.app.settings.operator_phone = ""
    await parent.start()
    screen = await parent.press("Мои дети")
    assert "через меня пока нельзя" in text_of(screen)
    assert "+7 86161 3-00-00" in text_of(screen)


def test_widget_ids_are_unique_in_all_windows() -> None:
    seen: list[str] = []
    for dialog in dialogs():
        for window in dialog.windows.values():
            seen += _widget_ids(getattr(window, "keyboard", None))
    assert len(seen) > 60
    assert sorted(set(seen)) == sorted(seen)


def _widget_ids(widget: object) -> list[str]:
    own = getattr(widget, "widget_id", None)
    inner = getattr(widget, "buttons", ())
    return ([own] if own else []) + [found for one in inner for found in _widget_ids(one)]


def _buttons(message: Fields) -> list[Fields]:
    return [button for row in message["reply_markup"]["inline_keyboard"] for button in row]


@pytest.mark.parametrize("command", ["/help", "/start", "/nothing", "/bind", "/mydata"])
async def test_a_document_in_a_command_goes_like_any_other(command: str, parent: Parent) -> None:
    await parent.start()
    screen = await parent.say(f"{command} 112-233-445 95")
    assert "Похоже на СНИЛС" in text_of(screen)
    assert "С чего начнём" in text_of(screen)
    assert not any("112-233" in m.get("text", "") for m in await parent.person.messages())


async def test_a_document_in_an_edit_goes_like_any_other(parent: Parent) -> None:
    await parent.start()
    await parent.say("добрый день")
    own = [m for m in await parent.person.messages() if m["from"]["id"] == parent.person.id]
    screen = await parent.does(
        parent.person.do("edit_text", message_id=own[-1]["message_id"], text="03 14 123456")
    )
    assert "Похоже на номер документа" in text_of(screen)
    assert not any("123456" in m.get("text", "") for m in await parent.person.messages())


@pytest.mark.parametrize("row", ["9" * 19, "0", "-1", "x", "²"])
async def test_a_forged_row_of_a_list_is_answered_as_one_that_is_not_there(
    row: str, club: Club, parent: Parent
) -> None:
    await club.registered(parent)
    await parent.press("Домой")
    page = await parent.press("Мои дети")
    (data,) = [b["callback_data"] for b in _buttons(page) if b["text"].startswith("Алиса")]
    forged = f"{data.rpartition(':')[0]}:{row}"
    await parent.does(parent.person.press_on(page["message_id"], data=forged, forged=True))
    assert "больше нет" in " ".join(await parent.texts())


async def test_documents_are_shown_where_the_request_is_not_where_the_person_looks(
    club: Club, parent: Parent
) -> None:
    await club.registered(parent)
    await parent.press("Оформить сертификат")
    await parent.press("Нет под рукой")
    await parent.press("Пропустить")
    await parent.press("Отправить")
    other = await club.app.services.municipalities.add(
        "other", "Другой район", centre_phone="+7 86100 0-00-00"
    )
    await club.app.services.people.choose_municipality(await club.actor_of(parent), other.id)
    places = await parent.press("Где подтвердить")
    assert "Школа № 1" in text_of(places)
    contacts = await parent.press("Спросить")
    assert "+7 86161 3-00-00" in text_of(contacts)
