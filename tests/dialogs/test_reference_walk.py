"""Reference mode walked whole: every command, link and button of the first screens says nothing of
a family the database holds, and writes nothing about one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

import bot.handlers
from bot.sandbox.client import Fields, button_texts, text_of
from core.db.models import Application, Base, Certificate, Child, Consent, Guardianship
from tests.dialogs.club import BORN, NAME, Club, Parent

HANDLERS = Path(bot.handlers.__file__).parent
COMMANDS = sorted(
    {
        name
        for file in HANDLERS.glob("*.py")
        for name in re.findall(r'Command\("(\w+)"', file.read_text(encoding="utf-8"))
    }
    | {"start"}
)
LINKS = ("p_1", "g_1", "q_1", "k_autumn", "find", f"c_{'x' * 20}", f"i_{'x' * 24}", "f_x", "j_x")
SECRETS = (*NAME.split(), BORN)
PERSONAL: tuple[type[Base], ...] = (Application, Certificate, Child, Consent, Guardianship)


async def held(club: Club) -> list[int]:
    async with club.app.database.read() as tx:
        return [
            int(await tx.scalar(select(func.count()).select_from(model)) or 0) for model in PERSONAL
        ]


async def in_reference_mode(club: Club, parent: Parent) -> list[int]:
    """The family is known, then the process comes up as a reference book."""
    await club.certified(parent)
    before = await held(club)
    club.app.settings.personal_flows = "off"
    await club.restart()
    return before


async def card_token(club: Club, parent: Parent) -> str:
    """Of the link in the card's QR code."""
    services, actor = club.app.services, await club.actor_of(parent)
    child = (await services.children.list_mine(actor))[0]
    certificate = await services.certificate_requests.of_child(actor, child.id)
    assert certificate is not None
    return (await services.certificate_cards.get_card(actor, certificate.id)).token


def says_nothing(screen: Fields, where: str) -> None:
    shown = " ".join([text_of(screen), *button_texts(screen)])
    assert not [word for word in SECRETS if word in shown], (where, shown)


def test_the_walk_knows_the_commands() -> None:
    assert {"start", "menu", "help", "settings", "mydata", "delete", "audit"} <= set(COMMANDS)


async def test_no_command_or_link_tells_of_a_family(club: Club, parent: Parent) -> None:
    before = await in_reference_mode(club, parent)
    links = (*LINKS, f"c_{await card_token(club, parent)}")
    for said in (*(f"/{name}" for name in COMMANDS), *(f"/start {link}" for link in links)):
        says_nothing(await parent.person.after(parent.person.say(said)), said)
    for said in ("да", "112-233-445 95", "сколько денег на сертификате?"):
        says_nothing(await parent.person.after(parent.person.say(said)), said)
    assert await held(club) == before


@pytest.mark.parametrize("command", ["menu", "help", "settings"])
async def test_no_button_of_the_first_screens_does(
    club: Club, parent: Parent, command: str
) -> None:
    before = await in_reference_mode(club, parent)
    for label in button_texts(await parent.say(f"/{command}")):
        await parent.say(f"/{command}")
        screen = await parent.press(label)
        says_nothing(screen, label)
    assert await held(club) == before


@pytest.mark.parametrize("command", ["mydata", "delete"])
async def test_data_is_neither_shown_nor_erased_here(
    club: Club, parent: Parent, command: str
) -> None:
    before = await in_reference_mode(club, parent)
    screen = await parent.say(f"/{command}")
    assert "через меня пока нельзя" in text_of(screen)
    assert await held(club) == before


async def test_the_operators_details_are_demanded_before_anything_personal(
    club: Club, parent: Parent
) -> None:
    """With a token and personal flows on, but no address: no consent text can be made."""
    club.app.settings.operator_address = ""
    await club.restart()
    await parent.start()
    await parent.press("Мои дети")
    assert "через меня пока нельзя" in text_of(await parent.person.last())
    assert await held(club) == [0] * len(PERSONAL)
