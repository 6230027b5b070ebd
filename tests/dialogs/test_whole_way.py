"""The parent's whole way through the bot, as taps and words, from /start to an answer."""

from __future__ import annotations

import re

from bot.sandbox.client import button_texts, text_of
from core.domain.enrolment import ApplicationRefusal, ApplicationState
from tests.dialogs.club import BORN, NAME, SNILS, Club, Parent


async def test_the_greeting_offers_what_most_people_come_for(parent: Parent) -> None:
    menu = await parent.start()
    assert "Здравствуйте" in text_of(menu)
    assert button_texts(menu) == ["Найти кружок", "Сертификат", "Мои дети и заявки", "Спросить"]


async def test_a_first_child_takes_at_most_nine_actions(parent: Parent) -> None:
    await parent.start()
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")
    await parent.press("Согласен")
    await parent.say(NAME)
    check = await parent.say("5 марта 2017")
    assert NAME in text_of(check)
    assert BORN in text_of(check)
    receipt = await parent.press("Всё верно")
    assert "анкета сохранена" in text_of(receipt)
    assert receipt["message_id"] != check["message_id"]
    assert parent.actions <= 9


async def test_clubs_are_found_by_theme_and_page(parent: Parent) -> None:
    await parent.start()
    await parent.press("Найти кружок")
    themes = await parent.press("По теме")
    assert "Творчество · 7" in button_texts(themes)
    page = await parent.press("Творчество")
    assert len(button_texts(page)) <= 8
    assert "Рисование 1" in text_of(page)
    assert "2 места · бесплатно" in text_of(page)
    later = await parent.press("Дальше")
    assert later["message_id"] == page["message_id"], "navigation edits in place"
    assert "Рисование 7" in text_of(later)
    assert "9\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}₽" in text_of(later)
    card = await parent.press("Рисование 7")
    assert "вт и чт 16:00–17:30" in text_of(card)
    assert "7–10 лет" in text_of(card)
    assert "<b>Ждём всех</b>" in text_of(card), "the registry's words are shown literally"


async def test_a_certificate_is_asked_for_confirmed_and_shown(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.press("Оформить сертификат")
    phone = await parent.say(SNILS)
    assert "телефон" in text_of(phone)
    check = await parent.does(parent.person.key("Отправить мой номер"))
    assert NAME in text_of(check)
    assert "45 95" in text_of(check)
    assert SNILS not in text_of(check)
    receipt = await parent.press("Отправить")
    assert receipt["message_id"] != check["message_id"], "a receipt is a new message"
    found = re.search(r"№ (\d+) принято", text_of(receipt))
    assert found is not None
    assert "Школа № 1 <отделение>" in text_of(receipt)
    assert "до среды, 23 сентября" in text_of(receipt)
    places = await parent.press("Где подтвердить")
    assert "каб. 4" in text_of(places)
    actor = await club.actor_of(parent)
    certificate_id = int(found.group(1))
    requests = club.app.services.certificate_requests
    certificate = await requests.get_mine(actor, certificate_id)
    news = await parent.does(club._confirm(certificate_id, certificate.version))
    assert text_of(news).startswith("Алиса: сертификат готов")
    assert button_texts(news) == ["Показать номер", "Подобрать кружок"]
    number = await parent.press("Показать номер")
    assert re.search(r"\b99\d{8}\b", text_of(number))
    assert number["message_id"] != news["message_id"], "the notice stays readable"


async def test_a_known_child_is_enrolled_in_at_most_four_actions(
    club: Club, parent: Parent
) -> None:
    await club.certified(parent)
    card = await parent.start(f"p_{club.robots}")
    assert len([label for label in button_texts(card) if label.startswith("Записать")]) == 2
    parent.actions = 0
    consent = await parent.press("Записать")
    assert "Школа № 1" in text_of(consent)
    check = await parent.press("Согласен")
    assert "Для семьи бесплатно" in text_of(check)
    receipt = await parent.press("Подтвердить")
    assert parent.actions <= 4
    assert "Заявка № 1 отправлена" in text_of(receipt)
    assert "до среды, 2 сентября" in text_of(receipt)


async def test_the_family_hears_the_answer_and_sees_the_place(club: Club, parent: Parent) -> None:
    await club.certified(parent)
    await apply(parent, club.chess)
    actor = await club.actor_of(parent)
    (application,) = await club.app.services.applications.list_mine(actor)
    moderator = await club.app.services.people.meet("telegram", 77, "ru")
    decisions = club.app.services.application_decisions
    news = await parent.does(
        decisions.accept(moderator, application.id, version=application.version)
    )
    assert "кружок согласен" in text_of(news)
    page = await parent.press("Моя заявка")
    assert "Сидорова" not in text_of(page)
    assert "+7 86161 3-11-11" in text_of(page)


async def test_a_refusal_names_the_reason_and_what_else_there_is(
    club: Club, parent: Parent
) -> None:
    await club.certified(parent)
    await apply(parent, club.chess)
    actor = await club.actor_of(parent)
    (application,) = await club.app.services.applications.list_mine(actor)
    moderator = await club.app.services.people.meet("telegram", 77, "ru")
    news = await parent.does(
        club.app.services.application_decisions.refuse(
            moderator,
            application.id,
            version=application.version,
            reason=ApplicationRefusal.SCHEDULE,
            note="Группа <переехала>",
        )
    )
    assert "Изменилось расписание" in text_of(news)
    assert "Группа <переехала>" in text_of(news)
    assert "Найти кружок" in button_texts(news)


async def test_an_application_is_taken_back_after_a_check(club: Club, parent: Parent) -> None:
    await club.certified(parent)
    await apply(parent, club.chess)
    check = await parent.press("Отменить заявку")
    assert "Отменить заявку № 1" in text_of(check)
    receipt = await parent.say("да")
    assert "отменена" in text_of(receipt)
    actor = await club.actor_of(parent)
    (application,) = await club.app.services.applications.list_mine(actor)
    assert application.state is ApplicationState.WITHDRAWN


async def test_the_family_page_shows_children_and_applications(club: Club, parent: Parent) -> None:
    await club.certified(parent)
    await apply(parent, club.chess)
    await parent.press("Домой")
    page = await parent.press("Мои дети")
    assert "№ 1 · Алиса, «Шахматы»: ждём ответа кружка" in text_of(page)
    child = await parent.press("Алиса")
    assert "заканчивается на" in text_of(child)
    status = await parent.press("№ 1")
    assert "ждём ответа кружка" in text_of(status)


async def test_my_data_shows_everything_held(club: Club, parent: Parent) -> None:
    await club.certified(parent)
    await apply(parent, club.chess)
    page = text_of(await parent.does(parent.person.say("/mydata")))
    for held in (NAME, BORN, "хранить данные", "передать кружку", "«Шахматы»"):
        assert held in page


async def test_a_place_paid_by_the_budget_asks_for_the_certificate_first(
    club: Club, parent: Parent
) -> None:
    await parent.start(f"p_{club.chess}")
    await parent.press("Записать")
    await parent.press("Согласен")
    await parent.say(NAME)
    await parent.say(BORN)
    await parent.press("Всё верно")
    refused = await parent.press("Продолжить запись")
    assert "нужен сертификат" in text_of(refused)
    assert "Открыть сертификат" in button_texts(refused)


async def test_who_says_not_now_may_still_look_around(parent: Parent) -> None:
    await parent.start()
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")
    whole = await parent.press("Прочитать")
    assert "152-ФЗ" in text_of(whole)
    declined = await parent.press("Не сейчас")
    assert "доступны и так" in text_of(declined)
    assert "Найти кружок" in button_texts(declined)


async def apply(parent: Parent, programme_id: int) -> None:
    await parent.start(f"p_{programme_id}")
    await parent.press("Записать")
    await parent.press("Согласен")
    await parent.press("Подтвердить")
