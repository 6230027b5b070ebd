"""The way into the windows of attaching a certificate and of answering what a request lacks."""

from __future__ import annotations

from core.domain.certificates import NeededData
from tests.dialogs.club import BORN, Club, Parent
from tests.dialogs.places import Place, Walk, to_certificate_receipt


async def to_attach(_club: Club, parent: Parent) -> None:
    await parent.start()
    await parent.press("Сертификат")
    await parent.press("Уже есть сертификат")
    await parent.press("Согласен")


async def to_attach_born(club: Club, parent: Parent) -> None:
    await to_attach(club, parent)
    await parent.say("2300 000110")


async def to_attached(club: Club, parent: Parent) -> None:
    await club.imported_certificate("2300000110")
    await to_attach_born(club, parent)
    await parent.say(BORN)


async def to_attach_unknown(club: Club, parent: Parent) -> None:
    await to_attach_born(club, parent)
    await parent.say(BORN)


async def to_attach_later(club: Club, parent: Parent) -> None:
    await to_attach_unknown(club, parent)
    for _ in range(5):
        await parent.press("Ввести ещё раз")
        await parent.say("2300 000110")
        await parent.say(BORN)


async def to_need(club: Club, parent: Parent) -> None:
    await to_certificate_receipt(club, parent)
    moderator = await club.moderator()
    missing = club.app.services.missing_data
    await parent.does(
        missing.ask(moderator, 1, version=1, needed=NeededData.OTHER, note="в каком классе учится")
    )
    await parent.press("Ответить")


def to_needed(needed: NeededData) -> Walk:
    async def walk(club: Club, parent: Parent) -> None:
        await to_certificate_receipt(club, parent)
        missing = club.app.services.missing_data
        await parent.does(missing.ask(await club.moderator(), 1, version=1, needed=needed))
        await parent.press("Ответить")

    return walk


async def to_need_check(club: Club, parent: Parent) -> None:
    await to_need(club, parent)
    await parent.say("в третьем классе")


async def to_need_receipt(club: Club, parent: Parent) -> None:
    await to_need_check(club, parent)
    await parent.press("Отправить")


async def to_need_nothing(club: Club, parent: Parent) -> None:
    await to_certificate_receipt(club, parent)
    missing, needed = club.app.services.missing_data, NeededData.BORN
    moderator = await club.moderator()
    asked = await parent.does(missing.ask(moderator, 1, version=1, needed=needed))
    decisions = club.app.services.certificate_decisions
    await parent.does(decisions.confirm(moderator, 1, version=2))
    await parent.does(parent.person.press_on(asked["message_id"], "Ответить"))


CERTIFICATE_PLACES = [
    Place(state="AttachForm:number", walk=to_attach, says="Напишите номер сертификата"),
    Place(state="AttachForm:born", walk=to_attach_born, says="Шаг 2 из 2"),
    Place(state="AttachForm:found", walk=to_attached, says="сертификат нашёлся"),
    Place(state="AttachForm:unknown", walk=to_attach_unknown, says="передал специалисту"),
    Place(state="AttachForm:later", walk=to_attach_later, says="много попыток"),
    Place(state="MissingDataForm:answer", walk=to_need, says="в каком классе учится"),
    Place(state="MissingDataForm:snils", walk=to_needed(NeededData.SNILS), says="11 цифр"),
    Place(state="MissingDataForm:phone", walk=to_needed(NeededData.PHONE), says="ваш телефон"),
    Place(state="MissingDataForm:check", walk=to_need_check, says="в третьем классе"),
    Place(state="MissingDataForm:receipt", walk=to_need_receipt, says="снова у специалиста"),
    Place(state="MissingDataForm:nothing", walk=to_need_nothing, says="уточнять не нужно"),
]
