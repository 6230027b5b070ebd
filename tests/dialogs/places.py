"""The way into every window of the parents: a walk, and words that only its text has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import update

from core.db.models import Group
from tests.dialogs.club import BORN, NAME, Club, Parent

MANY_WISHES = "рисование 7 лет по вторникам до 19"

Walk = Callable[[Club, Parent], Awaitable[object]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A window: the state's name, the way there, words that only its text has."""

    state: str
    walk: Walk
    says: str


async def to_consent(_club: Club, parent: Parent) -> None:
    await parent.start()
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")


async def to_name(club: Club, parent: Parent) -> None:
    await to_consent(club, parent)
    await parent.press("Согласен")


async def to_born(club: Club, parent: Parent) -> None:
    await to_name(club, parent)
    await parent.say(NAME)


async def to_check(club: Club, parent: Parent) -> None:
    await to_born(club, parent)
    await parent.say(BORN)


async def to_snils(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.press("Оформить сертификат")


async def to_phone(club: Club, parent: Parent) -> None:
    await to_snils(club, parent)
    await parent.press("Нет под рукой")


async def to_certificate_check(club: Club, parent: Parent) -> None:
    await to_phone(club, parent)
    await parent.press("Пропустить")


async def to_certificate_receipt(club: Club, parent: Parent) -> None:
    await to_certificate_check(club, parent)
    await parent.press("Отправить")


async def to_places(club: Club, parent: Parent) -> None:
    await to_certificate_receipt(club, parent)
    await parent.press("Где подтвердить")


async def to_status(club: Club, parent: Parent) -> None:
    await to_certificate_receipt(club, parent)
    await parent.press("Домой")
    await parent.press("Сертификат")


async def to_number(club: Club, parent: Parent) -> None:
    await club.certified(parent)
    await parent.press("Показать номер")


async def to_apply_check(club: Club, parent: Parent) -> None:
    await club.certified(parent)
    await parent.start(f"p_{club.chess}")
    await parent.press("Записать")
    await parent.press("Согласен")


async def to_apply_receipt(club: Club, parent: Parent) -> None:
    await to_apply_check(club, parent)
    await parent.press("Подтвердить")


async def to_application(club: Club, parent: Parent) -> None:
    await to_apply_receipt(club, parent)
    await parent.press("Моя заявка")


async def to_withdraw(club: Club, parent: Parent) -> None:
    await to_application(club, parent)
    await parent.press("Отменить заявку")


async def to_withdrawn(club: Club, parent: Parent) -> None:
    await to_withdraw(club, parent)
    await parent.press("Да, отменить")


async def to_apply_refused(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.start(f"p_{club.chess}")
    await parent.press("Записать")


async def to_apply_child(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.press("Домой")
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")
    await parent.say("Петров Борис")
    await parent.say("05.03.2018")
    await parent.press("Всё верно")
    await parent.start(f"p_{club.chess}")
    await parent.press("Записать")


async def to_known(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.press("Домой")
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")
    await parent.say(NAME)
    await parent.say(BORN)
    await parent.press("Всё верно")


async def to_too_young(club: Club, parent: Parent) -> None:
    await club.registered(parent, born="05.03.2024")
    await parent.press("Оформить сертификат")


async def to_no_municipality(club: Club, parent: Parent) -> None:
    await club.app.services.municipalities.add("other", "Другой район")
    await parent.start()


async def to_settings(_club: Club, parent: Parent) -> None:
    await parent.does(parent.person.say("/settings"))


async def to_language(club: Club, parent: Parent) -> None:
    await to_settings(club, parent)
    await parent.press("Язык")


async def to_unavailable(club: Club, parent: Parent) -> None:
    club.app.settings.personal_flows = "off"
    await parent.start()
    await parent.press("Мои дети")


def taps(*labels: str) -> Walk:
    async def walk(_club: Club, parent: Parent) -> None:
        await parent.start()
        for label in labels:
            await parent.press(label)

    return walk


async def to_card(club: Club, parent: Parent) -> None:
    await parent.start(f"p_{club.chess}")


async def to_results(_club: Club, parent: Parent) -> None:
    await parent.start()
    await parent.say("рисование 7 лет")


async def to_wishes(_club: Club, parent: Parent) -> None:
    await parent.start()
    await parent.say(MANY_WISHES)
    await parent.press("Ещё")


async def to_order(club: Club, parent: Parent) -> None:
    await to_results(club, parent)
    await parent.press("Порядок")


async def to_near(club: Club, parent: Parent) -> None:
    await to_order(club, parent)
    await parent.press("Ближе ко мне")


async def to_likes(_club: Club, parent: Parent) -> None:
    await parent.start()
    await parent.press("Найти")
    await parent.press("Подобрать")
    await parent.say("8")


async def to_how(club: Club, parent: Parent) -> None:
    await to_likes(club, parent)
    await parent.press("Любые темы")


async def to_advice(club: Club, parent: Parent) -> None:
    await to_how(club, parent)
    await parent.press("Показать пять")


async def to_pair(club: Club, parent: Parent) -> None:
    await parent.start(f"p_{club.drawing}")
    await parent.press("Сравнить")


async def to_both(club: Club, parent: Parent) -> None:
    await to_pair(club, parent)
    await parent.press("Рисование 2")


async def to_watches(club: Club, parent: Parent) -> None:
    async with club.app.database.write() as tx:
        await tx.execute(update(Group).where(Group.programme_id == club.chess).values(taken=2))
    await parent.start(f"p_{club.chess}")
    await parent.press("Следить за местом")
    await parent.press("Домой")
    await parent.press("Мои дети")
    await parent.press("Слежу за местом")


async def to_gone(_club: Club, parent: Parent) -> None:
    await parent.start("p_999")


async def to_question(club: Club, parent: Parent) -> None:
    await to_name(club, parent)
    await parent.say("а это платно?")


async def to_answer(club: Club, parent: Parent) -> None:
    await club.teach("Где взять лыжи на занятия?", "Лыжи дадут в клубе.")
    await parent.start()
    await parent.press("Спросить")
    await parent.say("где взять лыжи на занятия")


async def to_clarify(club: Club, parent: Parent) -> None:
    await club.teach("Где взять лыжи на занятия?", "Лыжи дадут в клубе.")
    await parent.start()
    await parent.press("Спросить")
    await parent.say("лыжи")


async def to_person(_club: Club, parent: Parent) -> None:
    await parent.start()
    await parent.press("Спросить")
    await parent.say("подскажите про кружок звездочётов")


async def to_danger(_club: Club, parent: Parent) -> None:
    await parent.start()
    await parent.say("ребёнка ударил тренер")


async def to_family_child(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.press("Домой")
    await parent.press("Мои дети")
    await parent.press("Алиса")


async def to_whole(club: Club, parent: Parent) -> None:
    await to_consent(club, parent)
    await parent.press("Прочитать")


async def to_declined(club: Club, parent: Parent) -> None:
    await to_consent(club, parent)
    await parent.press("Не сейчас")


async def to_standing_consents(club: Club, parent: Parent) -> None:
    await to_apply_receipt(club, parent)
    await parent.say("/mydata")
    await parent.press("Отозвать согласие")


async def to_withdrawal(club: Club, parent: Parent) -> None:
    await to_standing_consents(club, parent)
    await parent.press("Передать")


async def to_farewell(club: Club, parent: Parent) -> None:
    await to_apply_receipt(club, parent)
    await parent.say("/delete")


async def to_sure(club: Club, parent: Parent) -> None:
    await to_farewell(club, parent)
    await parent.press("Удалить")


async def to_erased(club: Club, parent: Parent) -> None:
    await to_sure(club, parent)
    await parent.press("Да, удалить всё")


PLACES = [
    Place(state="Menu:main", walk=taps(), says="С чего начнём"),
    Place(state="Menu:municipality", walk=to_no_municipality, says="В каком районе"),
    Place(state="Menu:help", walk=lambda _c, p: p.does(p.person.say("/help")), says="Что я умею"),
    Place(state="Menu:settings", walk=to_settings, says="Язык: Русский"),
    Place(state="Menu:language", walk=to_language, says="На каком языке"),
    Place(state="Search:ask", walk=taps("Найти"), says="Напишите, что ищете"),
    Place(state="Search:results", walk=to_results, says="Рисование 2"),
    Place(state="Search:wishes", walk=to_wishes, says="Вот что ищу"),
    Place(state="Search:order", walk=to_order, says="Что показать сначала"),
    Place(state="Search:near", walk=to_near, says="Отправить место"),
    Place(state="Advice:who", walk=taps("Найти", "Подобрать"), says="Сколько лет ребёнку"),
    Place(state="Advice:likes", walk=to_likes, says="Что нравится?"),
    Place(state="Advice:how", walk=to_how, says="Что важно?"),
    Place(state="Advice:result", walk=to_advice, says="вот что может подойти"),
    Place(
        state="Programmes:directions", walk=taps("Найти", "По теме"), says="Выберите тему. Рядом"
    ),
    Place(
        state="Programmes:listing",
        walk=taps("Найти", "По теме", "Творчество"),
        says="Рисование 2",
    ),
    Place(state="ProgrammePage:card", walk=to_card, says="Шахматы"),
    Place(state="ProgrammePage:gone", walk=to_gone, says="в списке больше нет"),
    Place(state="ProgrammePage:pair", walk=to_pair, says="С каким кружком сравнить"),
    Place(state="ProgrammePage:both", walk=to_both, says="Возраст, одинаково"),
    Place(state="ConsentAct:ask", walk=to_consent, says="Чтобы записать ребёнка"),
    Place(state="ConsentAct:whole", walk=to_whole, says="152-ФЗ"),
    Place(state="ConsentAct:declined", walk=to_declined, says="доступны и так"),
    Place(state="ConsentAct:unavailable", walk=to_unavailable, says="через меня пока нельзя"),
    Place(state="ChildForm:name", walk=to_name, says="Шаг 1 из 3"),
    Place(state="ChildForm:born", walk=to_born, says="Шаг 2 из 3"),
    Place(state="ChildForm:check", walk=to_check, says="Шаг 3 из 3"),
    Place(state="ChildForm:receipt", walk=Club.registered, says="анкета сохранена"),
    Place(state="ChildForm:known", walk=to_known, says="уже есть"),
    Place(state="Certificates:start", walk=taps("Сертификат"), says="Доход семьи не важен"),
    Place(state="Certificates:status", walk=to_status, says="ждёт вас"),
    Place(state="Certificates:places", walk=to_places, says="Где подтвердить"),
    Place(state="Certificates:number", walk=to_number, says="номер сертификата"),
    Place(state="CertificateForm:snils", walk=to_snils, says="напишите СНИЛС"),
    Place(state="CertificateForm:phone", walk=to_phone, says="Ваш телефон"),
    Place(state="CertificateForm:check", walk=to_certificate_check, says="Отправить?"),
    Place(state="CertificateForm:receipt", walk=to_certificate_receipt, says="принято"),
    Place(state="CertificateForm:refused", walk=to_too_young, says="с пяти лет"),
    Place(state="Apply:child", walk=to_apply_child, says="Кого записываем"),
    Place(state="Apply:check", walk=to_apply_check, says="Проверьте заявку"),
    Place(state="Apply:receipt", walk=to_apply_receipt, says="отправлена"),
    Place(state="Apply:refused", walk=to_apply_refused, says="нужен сертификат"),
    Place(state="ApplicationPage:status", walk=to_application, says="ждём ответа"),
    Place(state="ApplicationPage:withdraw", walk=to_withdraw, says="достанется другим"),
    Place(state="ApplicationPage:withdrawn", walk=to_withdrawn, says="место освободилось"),
    Place(state="Family:overview", walk=taps("Мои дети"), says="Здесь будут ваши дети"),
    Place(state="Family:child", walk=to_family_child, says="Сертификат: пока нет"),
    Place(state="Family:watches", walk=to_watches, says="«Шахматы»: мест нет"),
    Place(state="Questions:ask", walk=taps("Спросить"), says="Спросите своими словами"),
    Place(state="Questions:answered", walk=to_answer, says="Лыжи дадут в клубе"),
    Place(state="Questions:clarify", walk=to_clarify, says="О чём вопрос?"),
    Place(state="Questions:person", walk=to_person, says="На это ответит человек"),
    Place(state="Questions:danger", walk=to_danger, says="звоните 112"),
    Place(
        state="Questions:contacts",
        walk=taps("Спросить", "Спросить человека"),
        says="живой человек",
    ),
    Place(state="Questions:offered", walk=to_question, says="а это платно?"),
    Place(
        state="MyDataPage:whole",
        walk=lambda _c, p: p.does(p.person.say("/mydata")),
        says="что храним",
    ),
    Place(state="MyDataPage:consents", walk=to_standing_consents, says="Какое согласие отозвать"),
    Place(state="MyDataPage:withdraw", walk=to_withdrawal, says="Отозвать согласие передавать"),
    Place(state="MyDataPage:erase", walk=to_farewell, says="Удалить ваши данные"),
    Place(state="MyDataPage:sure", walk=to_sure, says="Точно удалить"),
    Place(state="Erased:receipt", walk=to_erased, says="Ваши данные удалены"),
]

LONG = {"ConsentAct:whole", "Advice:result"}
"""A consent is read whole, an advice gives its reasons; all else is at most 500 characters."""
