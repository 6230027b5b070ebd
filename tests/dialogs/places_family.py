"""The way into the windows of a family."""

from __future__ import annotations

from tests.dialogs.club import BORN, Club, Parent
from tests.dialogs.places import Place


async def invited(club: Club, role: str, *, born: str = BORN) -> str:
    """Another parent's one-time link; what `/start` gets of it."""
    other = await club.parent("Пётр")
    await club.registered(other, born=born)
    await to_members(club, other, registered=False)
    await other.press("Пригласить")
    screen = await other.press(role)
    return payload(screen["text"])


def payload(text: str) -> str:
    return text.partition("?start=")[2].split()[0]


async def to_members(club: Club, parent: Parent, *, registered: bool = True) -> None:
    if registered:
        await club.registered(parent)
    await parent.start()
    await parent.press("Мои дети")
    await parent.press("Алиса")
    await parent.press("Семья и анкета")


async def to_member(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await to_members(club, parent, registered=False)
    await parent.press("Пригласить")
    screen = await parent.press("Помощника")
    helper = await club.parent("Бабушка")
    await helper.start(payload(screen["text"]))
    await helper.press("Принять")
    await parent.person.wait_text("ваше приглашение")
    await to_members(club, parent, registered=False)
    await parent.press("Помощник")


async def to_invite(club: Club, parent: Parent) -> None:
    await to_members(club, parent)
    await parent.press("Пригласить")


async def to_link(club: Club, parent: Parent) -> None:
    await to_invite(club, parent)
    await parent.press("Второго родителя")


async def to_invite_children(club: Club, parent: Parent) -> None:
    await to_twins_done(club, parent)
    await to_members(club, parent, registered=False)
    await parent.press("Пригласить")
    await parent.press("Помощника")


async def to_leaving(club: Club, parent: Parent) -> None:
    await parent.start(await invited(club, "Помощника"))
    await parent.press("Принять")
    await parent.press("Мои дети")
    await parent.press("Алиса")
    await parent.press("Больше не помогать")


async def to_suggested(club: Club, parent: Parent) -> None:
    guardian = await club.parent("Пётр")
    await club.certified(guardian)
    await to_members(club, guardian, registered=False)
    await guardian.press("Пригласить")
    link = await guardian.press("Помощника")
    await parent.start(payload(link["text"]))
    await parent.press("Принять")
    await parent.start(f"p_{club.chess}")
    await parent.press("Записать")
    await parent.press("Подтвердить")


async def to_offer(club: Club, parent: Parent) -> None:
    await parent.start(await invited(club, "Помощника"))


async def to_joined(club: Club, parent: Parent) -> None:
    await to_offer(club, parent)
    await parent.press("Принять")


async def to_invalid(_club: Club, parent: Parent) -> None:
    await parent.start("f_nothing")


async def to_record(club: Club, parent: Parent) -> None:
    await to_members(club, parent)
    await parent.press("Изменить анкету")


async def to_record_name(club: Club, parent: Parent) -> None:
    await to_record(club, parent)
    await parent.press("Изменить имя")


async def to_record_born(club: Club, parent: Parent) -> None:
    await to_record(club, parent)
    await parent.press("Изменить дату")


async def to_record_snils(club: Club, parent: Parent) -> None:
    await to_record(club, parent)
    await parent.press("Изменить СНИЛС")


async def to_record_check(club: Club, parent: Parent) -> None:
    await to_record_name(club, parent)
    await parent.say("Смирнова Алиса Ивановна")


async def to_record_done(club: Club, parent: Parent) -> None:
    await to_record_check(club, parent)
    await parent.press("Всё верно")


async def to_code(_club: Club, parent: Parent) -> None:
    await parent.does(parent.person.say("/family_code"))


async def to_recover(_club: Club, parent: Parent) -> None:
    await parent.start()
    await parent.press("Мои дети")
    await parent.press("Потерян доступ")


async def to_recover_born(club: Club, parent: Parent) -> None:
    await to_recover(club, parent)
    await parent.say(await code_of(club))


async def code_of(club: Club) -> str:
    """The family code of somebody else who has a child."""
    other = await club.parent("Пётр")
    await club.registered(other)
    await other.does(other.person.say("/family_code"))
    screen = await other.press("Показать новый код")
    return str(screen["text"]).partition("один раз:")[2].split()[0]


async def to_recovered(club: Club, parent: Parent) -> None:
    await to_recover_born(club, parent)
    await parent.say(BORN)
    await parent.press("Согласен")


async def to_move(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await club.app.services.municipalities.add("other", "Другой район")
    await parent.does(parent.person.say("/settings"))
    await parent.press("Мы переехали")


async def to_move_check(club: Club, parent: Parent) -> None:
    await to_move(club, parent)
    await parent.press("Другой район")


async def to_moved(club: Club, parent: Parent) -> None:
    await to_move_check(club, parent)
    await parent.press("Да, переехали")


async def to_twins(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.press("Двойня")


async def to_twins_check(club: Club, parent: Parent) -> None:
    await to_twins(club, parent)
    await parent.say("Анна")


async def to_twins_done(club: Club, parent: Parent) -> None:
    await to_twins_check(club, parent)
    await parent.press("Всё верно")


FAMILY_PLACES = [
    Place(state="FamilyMembers:members", walk=to_members, says="кто рядом"),
    Place(state="FamilyMembers:member", walk=to_member, says="Закрыть доступ можно"),
    Place(state="FamilyMembers:invite", walk=to_invite, says="кого приглашаем"),
    Place(state="FamilyMembers:children", walk=to_invite_children, says="К каким детям"),
    Place(state="FamilyMembers:link", walk=to_link, says="Ссылка сработает один раз"),
    Place(state="FamilyMembers:leaving", walk=to_leaving, says="выйти из этой анкеты"),
    Place(state="FamilyJoining:offer", walk=to_offer, says="приглашает вас помогать"),
    Place(state="FamilyJoining:joined", walk=to_joined, says="теперь вы рядом"),
    Place(state="FamilyJoining:invalid", walk=to_invalid, says="Приглашение не подходит"),
    Place(state="Apply:suggested", walk=to_suggested, says="Место пока не занято"),
    Place(state="ChildRecord:fields", walk=to_record, says="Документы ещё не смотрели"),
    Place(state="ChildRecord:name", walk=to_record_name, says="Напишите, как правильно"),
    Place(state="ChildRecord:born", walk=to_record_born, says="правильную дату рождения"),
    Place(state="ChildRecord:snils", walk=to_record_snils, says="правильный СНИЛС"),
    Place(state="ChildRecord:check", walk=to_record_check, says="Имя будет"),
    Place(state="ChildRecord:done", walk=to_record_done, says="в анкете исправлено"),
    Place(state="FamilyAccount:code", walk=to_code, says="Код семьи поможет"),
    Place(state="FamilyAccount:recover", walk=to_recover, says="Напишите код семьи"),
    Place(state="FamilyAccount:born", walk=to_recover_born, says="дата рождения любого"),
    Place(state="FamilyAccount:recovered", walk=to_recovered, says="снова у вас"),
    Place(state="FamilyMove:where", walk=to_move, says="В какой район вы переехали"),
    Place(state="FamilyMove:check", walk=to_move_check, says="Переводим всех ваших детей"),
    Place(state="FamilyMove:moved", walk=to_moved, says="прежними номерами"),
    Place(state="ChildForm:twins", walk=to_twins, says="имя второго ребёнка, родившегося"),
    Place(state="ChildForm:twins_check", walk=to_twins_check, says="имена Анна"),
    Place(state="ChildForm:twins_done", walk=to_twins_done, says="анкета сохранена"),
]
