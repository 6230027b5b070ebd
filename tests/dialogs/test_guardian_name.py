"""Who asks for a child: the name of the account, taken with the consent that says so."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.sandbox.client import text_of
from bot.views.details import certificate_details
from bot.views.typed import account_name
from core.db.models import Person
from core.i18n import Texts
from tests.dialogs.club import Club, Parent


async def kept_name(club: Club, parent: Parent) -> str | None:
    async with club.app.database.read() as tx:
        name: str | None = await tx.scalar(
            select(Person.name).where(Person.messenger_id == parent.person.id)
        )
    return name


async def named(club: Club, first_name: str, last_name: str | None = None) -> Parent:
    return Parent(await club.client.user(first_name, last_name=last_name))


async def test_the_consent_says_that_the_name_is_kept(parent: Parent) -> None:
    await parent.start()
    await parent.press("Мои дети")
    ask = await parent.press("Добавить ребёнка")
    assert "ваше имя в Telegram" in text_of(ask)
    whole = await parent.press("Прочитать")
    assert "Версия 2" in text_of(whole)
    assert "имя, под которым я сейчас записан в Telegram" in text_of(whole)


async def test_nothing_of_the_name_is_kept_before_the_consent(club: Club) -> None:
    parent = await named(club, "Мария", "Петрова")
    await parent.start()
    await parent.press("Мои дети")
    await parent.press("Добавить ребёнка")
    assert await kept_name(club, parent) is None
    await parent.say("да")
    assert await kept_name(club, parent) == "Мария Петрова"


async def test_staff_and_the_person_see_the_name_as_it_is(club: Club) -> None:
    parent = await named(club, "<b>Мария</b>\u200b", "&\u202e Петрова")
    await club.registered(parent)
    await parent.press("Оформить сертификат")
    await parent.press("Нет под рукой")
    await parent.press("Пропустить")
    await parent.press("Отправить")
    actor = await club.actor_of(parent)
    services = club.app.services
    children = await services.children.list_mine(actor)
    request = await services.certificate_requests.of_child(actor, children[0].id)
    assert request is not None
    details = await services.certificate_decisions.open(await club.moderator(), request.id)
    shown = certificate_details(details, Texts().speak("ru"))
    assert "Родитель: &lt;b&gt;Мария&lt;/b&gt; &amp; Петрова\n" in shown
    mine = await parent.say("/mydata")
    assert "Ваше имя в Telegram: <b>Мария</b> & Петрова\n" in text_of(mine)


async def test_a_later_name_is_not_taken_without_a_consent(club: Club) -> None:
    parent = await named(club, "Мария")
    await club.registered(parent)
    club.sandbox.telegram.world.users[parent.person.id].first_name = "Другая"
    await parent.start()
    assert await kept_name(club, parent) == "Мария"


async def test_an_account_without_a_readable_name_gives_its_consent_all_the_same(
    club: Club,
) -> None:
    parent = await named(club, "\u3164")
    await club.registered(parent)
    assert await kept_name(club, parent) is None
    assert len(await club.app.services.children.list_mine(await club.actor_of(parent))) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Мария Петрова", "Мария Петрова"),
        ("  Мария\n\tПетрова ", "Мария Петрова"),
        ("Мари\u200bя\u202e \ud800П", "Мария П"),
        ("Мария\N{NO-BREAK SPACE}🌸", "Мария 🌸"),
        ("Йог И\u0306", "Йог Й"),
        ("Мария +7 (918) 123-45-67", "Мария"),
        ("112-233-445 95 Мария", "Мария"),
        ("Мария 1987", "Мария 1987"),
        ("+7 918 123-45-67", None),
        ("\u3164\u2800", None),
        ("🌸", None),
        ("", None),
    ],
)
def test_the_name_of_an_account_is_one_readable_line(text: str, name: str | None) -> None:
    assert account_name(text) == name


def test_the_name_of_an_account_is_cut_at_a_hundred_characters() -> None:
    cut = account_name("я" * 129)
    assert cut is not None
    assert (len(cut), cut[-1]) == (100, "…")
