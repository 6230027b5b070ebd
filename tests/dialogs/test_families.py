"""Families are not two-parent and tidy: each of these has a next step."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import insert

from bot.sandbox.client import button_texts, text_of
from core.clock import MovableClock
from core.db.models import StaffRight
from core.domain.names import ChildName
from core.domain.staff import Role
from core.services.timers.timers import Timers
from tests.dialogs.club import BORN, NAME, Club, Parent
from tests.dialogs.places_family import code_of, payload, to_members


async def link_for(parent: Parent, whom: str, child: str = "Алиса") -> str:
    await parent.start()
    await parent.press("Мои дети")
    await parent.press(child)
    await parent.press("Семья и анкета")
    await parent.press("Пригласить")
    return payload(text_of(await parent.press(whom)))


async def is_told(parent: Parent, part: str) -> None:
    await parent.person.wait_until(
        lambda view: any(part in text_of(message) for message in view.from_bot), what=part
    )


def move(club: Club, step: timedelta) -> None:
    clock = club.app.clock
    assert isinstance(clock, MovableClock)
    clock.move(step)


async def run_timers(club: Club) -> None:
    await Timers(club.app.database, club.app.clock, club.app.cipher, None).run_due()


async def test_a_second_parent_comes_by_invitation(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    link = await link_for(parent, "Второго родителя")
    other = await club.parent("Пётр")
    offer = await other.start(link)
    assert "Алиса" not in text_of(offer), "nothing of the child before it is accepted"
    await other.press("Принять")
    joined = await other.press("Согласен")
    assert "Алиса: теперь вы рядом" in text_of(joined)
    await is_told(parent, "второй родитель принял ваше приглашение")

    await to_members(club, parent, registered=False)
    shown = await parent.press("Пётр")
    assert "родитель или опекун" in text_of(shown)
    await parent.press("Закрыть доступ")
    await is_told(other, "закрыл вам доступ")
    await other.start()
    assert "Здесь будут ваши дети" in text_of(await other.press("Мои дети"))


async def test_a_link_works_once(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    link = await link_for(parent, "Помощника")
    first, second = await club.parent("Анна"), await club.parent("Вера")
    await first.start(link)
    await second.start(link)
    await first.press("Принять")
    assert "Приглашение не подходит" in text_of(await second.press("Принять"))
    assert "Приглашение не подходит" in text_of(await second.start("f_" + "x" * 24))


async def test_a_revoked_link_lets_nobody_in(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    link = await link_for(parent, "Помощника")
    await parent.press("Отменить приглашения")
    other = await club.parent("Анна")
    assert "Приглашение не подходит" in text_of(await other.start(link))


async def test_a_grandmother_helps_and_the_parent_applies(club: Club, parent: Parent) -> None:
    await club.certified(parent)
    grandmother = await club.parent("Нина")
    await grandmother.start(await link_for(parent, "Помощника"))
    await grandmother.press("Принять")
    await is_told(parent, "помощник принял ваше приглашение")

    await grandmother.press("Мои дети")
    page = await grandmother.press("Алиса")
    assert "Вы помощник" in text_of(page)
    assert "Семья и анкета" not in button_texts(page)
    await grandmother.press("Сертификат")
    refused = await grandmother.press("Показать номер")
    assert "только мама, папа или опекун" in text_of(refused)
    assert not any("9901" in text for text in await grandmother.texts())

    await grandmother.start(f"p_{club.chess}")
    check = await grandmother.press("Записать")
    assert "Проверьте заявку" in text_of(check), "no consent is asked of a helper"
    assert "Место пока не занято" in text_of(await grandmother.press("Подтвердить"))

    await is_told(parent, "вам предлагают кружок «Шахматы»")
    await parent.press("Посмотреть и записать")
    await parent.press("Согласен")
    assert "отправлена" in text_of(await parent.press("Подтвердить"))


async def test_twins_are_written_down_in_one_go(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    before = parent.actions
    await parent.press("Двойня")
    await parent.say("Анна")
    done = await parent.press("Всё верно")
    assert parent.actions - before == 3
    assert "Анна: анкета сохранена" in text_of(done)
    family = await parent.press("Мои дети")
    assert {"Алиса", "Анна"} <= set(button_texts(family))


async def test_twins_are_both_or_none(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.press("Двойня")
    await parent.say("Анна, Алиса")
    assert "уже записан" in text_of(await parent.press("Всё верно"))
    await parent.start()
    assert "Анна" not in button_texts(await parent.press("Мои дети"))


async def test_who_the_parent_is_is_asked_once(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    assert "кто вы ребёнку" in text_of(await parent.person.last())
    assert parent.actions <= 7
    said = await parent.press("Мама")
    assert "кто вы ребёнку" not in text_of(said)
    await to_members(club, parent, registered=False)
    assert "мама (вы)" in text_of(await parent.person.last())


async def test_almost_five_is_prepared_and_remembered(club: Club, parent: Parent) -> None:
    await club.registered(parent, born="20.09.2021")
    assert "в этот день напомню сам" in text_of(await parent.person.last())
    move(club, timedelta(days=27))
    await run_timers(club)
    await is_told(parent, "Алиса: исполнилось пять лет")
    assert "Оформить" in text_of(await parent.press("Оформить сертификат"))


async def test_a_guardian_of_many_children_finds_one_by_name(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    actor = await club.actor_of(parent)
    for number, first in enumerate(["Борис", "Вера", "Глеб", "Дина", "Егор", "Жанна", "Алиса"]):
        await club.app.services.children.register(
            actor, ChildName(last="Сомова", first=first), _born(number), key=f"many {number}"
        )
    await parent.start()
    listed = await parent.press("Мои дети")
    assert "Жанна" not in button_texts(listed)
    assert "Сомова Жанна" in text_of(await parent.say("жанна"))
    await parent.start()
    await parent.press("Мои дети")
    assert "таких несколько" in text_of(await parent.say("алиса"))
    assert "здесь нет" in text_of(await parent.say("Яков"))


async def test_a_foreign_child_needs_no_insurance_number(club: Club, parent: Parent) -> None:
    await club.registered(parent, name="Нгуен Ван Ань")
    await parent.press("Оформить сертификат")
    await parent.press("Нет под рукой")
    await parent.press("Пропустить")
    assert "принято" in text_of(await parent.press("Отправить"))


async def test_a_changed_surname_is_asked_for_and_decided_by_staff(
    club: Club, parent: Parent
) -> None:
    await club.certified(parent)
    head = await club.parent("Ольга")
    await is_head(club, head)
    await to_members(club, parent, registered=False)
    assert "Документы уже проверены" in text_of(await parent.press("Изменить анкету"))
    await parent.press("Изменить имя")
    await parent.say("Смирнова Алиса Ивановна")
    assert "Просьба у специалиста" in text_of(await parent.press("Попросить изменить"))

    await head.start()
    await head.press("Для сотрудников")
    await head.press("Анкеты детей")
    await head.press("Просьбы об изменении: 1")
    opened = await head.press("№ 1 · имя")
    assert NAME in text_of(opened)
    assert "Смирнова Алиса Ивановна" in text_of(opened)
    assert "Изменение внесено" in text_of(await head.press("Внести"))
    await is_told(parent, "специалист внёс изменение")
    await parent.start()
    await parent.press("Мои дети")
    assert "Смирнова Алиса Ивановна" in text_of(await parent.press("Алиса"))


async def test_two_parents_on_one_phone_are_two_families(club: Club, parent: Parent) -> None:
    """A number is nobody's name: a shared one ties no accounts together."""
    other = await club.parent("Пётр")
    for one, name in ((parent, NAME), (other, "Сомов Глеб")):
        await club.registered(one, name=name)
        await one.press("Оформить сертификат")
        await one.press("Нет под рукой")
        await one.say("+7 918 123-45-67")
        assert "принято" in text_of(await one.press("Отправить"))
    await other.start()
    family = await other.press("Мои дети")
    assert "Глеб" in button_texts(family)
    assert "Алиса" not in button_texts(family)


async def test_a_lost_account_comes_back_by_the_family_code(club: Club, parent: Parent) -> None:
    code = await code_of(club)
    await parent.start()
    await parent.press("Мои дети")
    await parent.press("Потерян доступ")
    await parent.say("не" + code[2:])
    await parent.say(BORN)
    assert "не подошли" in text_of(await parent.press("Согласен"))
    await parent.say(code)
    assert "1 ребёнок снова у вас" in text_of(await parent.say(BORN))
    assert "Алиса" in button_texts(await parent.press("Мои дети"))


async def test_one_child_entered_by_both_parents_is_merged_by_two_staff(
    club: Club, parent: Parent
) -> None:
    await club.certified(parent)
    other = await club.parent("Пётр")
    await club.registered(other, name="Петрова-Смирнова Алиса")
    first, second = await club.parent("Ольга"), await club.parent("Инна")
    for one in (first, second):
        await is_head(club, one)
        await one.start()
        await one.press("Для сотрудников")
        await one.press("Анкеты детей")
        await one.press("Двойники: 1")
        await one.press("Петрова-Смирнова")
    mine = await first.press("Предложить объединить")
    assert "подтверждает другой сотрудник" in text_of(mine)
    assert "Объединить" not in button_texts(mine)
    await second.press("Назад")
    await second.press("Петрова-Смирнова")
    assert "Объединено" in text_of(await second.press("Объединить"))
    await is_told(other, "вторая анкета не понадобилась")


async def test_moving_takes_the_certificate_along(club: Club, parent: Parent) -> None:
    await club.certified(parent)
    await club.app.services.municipalities.add("other", "Другой район")
    await parent.does(parent.person.say("/settings"))
    await parent.press("Мы переехали")
    await parent.press("Другой район")
    moved = await parent.press("Да, переехали")
    assert "Другой район, 1 ребёнок" in text_of(moved)


async def is_head(club: Club, parent: Parent) -> None:
    actor = await club.actor_of(parent)
    async with club.app.database.write() as tx:
        await tx.execute(
            insert(StaffRight).values(
                person_id=actor.person_id,
                role=Role.HEAD,
                municipality_id=club.municipality_id,
                organisation_id=None,
                granted_at=club.app.clock.now(),
            )
        )


def _born(number: int) -> date:
    return date(2015, 1, 1 + number)
