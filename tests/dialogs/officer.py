"""A school's secretary at the keyboard, and families who come to her."""

from __future__ import annotations

from datetime import date

from bot.sandbox.client import Fields
from core.domain.consents import ConsentKind
from core.domain.names import read_child_name
from core.domain.staff import Role
from core.services.certificates.views import CertificateView
from tests.dialogs.club import Club, Parent

USERNAME = "kruzhok_demo_bot"
BORN = date(2017, 3, 5)


async def hired(club: Club, role: Role = Role.OFFICER, name: str = "Секретарь") -> Parent:
    """Somebody who has followed an invitation; an officer works at the school."""
    person = await club.parent(name)
    made = await club.app.services.staff.invite(
        role,
        "krylovsky",
        club.provider_id if role is Role.OFFICER else None,
        bot_username=USERNAME,
    )
    await person.person.after(person.person.click(made.link))
    return person


async def came(club: Club, name: str = "Петрова Алиса Ивановна") -> tuple[Parent, CertificateView]:
    """A family that has asked for a certificate, by services."""
    parent = await club.parent(name.split()[1])
    await parent.start()
    actor = await club.actor_of(parent)
    services = club.app.services
    await services.consents.give(
        actor,
        ConsentKind.PROCESSING,
        version="1",
        body="обработка",
        name=None,
        key=f"c{actor.person_id}",
    )
    child = await services.children.register(
        actor, read_child_name(name), BORN, key=f"k{actor.person_id}"
    )
    request = await services.certificate_requests.request(
        actor, child.id, snils=None, phone=None, key=f"r{actor.person_id}"
    )
    return parent, request


async def menu(person: Parent) -> Fields:
    return await person.does(person.person.say("/menu"))
