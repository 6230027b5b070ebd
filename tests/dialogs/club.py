"""A district with a few clubs, the bot in the sandbox, and a parent who counts the actions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from bot.app import App, build_app
from bot.sandbox.client import Fields, Person, SandboxClient, View, button_texts, text_of
from bot.sandbox.server import Sandbox
from core.clock import SeededChance
from core.db.models import (
    Certificate,
    Child,
    Group,
    Import,
    Organisation,
    Programme,
    StaffRight,
)
from core.domain.actors import Actor
from core.domain.knowledge import read_answer_text
from core.domain.names import read_child_name
from core.domain.staff import Role
from core.services.certificates.queries import seal_number
from core.services.children.steps import name_index
from core.services.search.indexing import index_programmes

NOON = datetime(2026, 8, 24, 9, tzinfo=UTC)  # Monday, noon in Moscow
NAME = "Петрова Алиса Ивановна"
BORN = "05.03.2017"
SNILS = "112-233-445 95"


class Parent:
    """A parent at the keyboard: each tap and each message is one action."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.actions = 0

    async def start(self, payload: str = "") -> Fields:
        return await self.does(self.person.start(payload))

    async def say(self, text: str) -> Fields:
        return await self.does(self.person.say(text))

    async def press(self, label: str) -> Fields:
        return await self.does(self.person.press(label))

    async def does(self, deed: Any) -> Fields:
        """Do it and wait for the next screen: a message of the bot with buttons."""
        self.actions += 1
        before = _marks(await self.person.view())
        await deed
        view = await self.person.wait_until(
            lambda v: any(
                mark not in before and button_texts(message) for mark, message in _marked(v)
            ),
            what="no screen came",
        )
        return [
            message
            for mark, message in _marked(view)
            if mark not in before and button_texts(message)
        ][-1]

    async def texts(self) -> list[str]:
        """What the bot has written, as it stands."""
        return [text_of(message) for message in (await self.person.view()).from_bot]


def _marked(view: View) -> list[tuple[tuple[int, int], Fields]]:
    return [((m["message_id"], len(m["revisions"])), m) for m in view.from_bot]


def _marks(view: View) -> set[tuple[int, int]]:
    return {mark for mark, _ in _marked(view)}


@dataclass(kw_only=True)
class Club:
    """Everything a test of conversations needs."""

    app: App
    sandbox: Sandbox
    client: SandboxClient
    municipality_id: int
    provider_id: int
    chess: int
    drawing: int
    robots: int

    async def restart(self) -> None:
        """As at a redeploy: a new process of the bot on the same database."""
        settings = self.app.settings
        database_url = self.app.database.url.render_as_string(hide_password=False)
        clock = self.app.clock
        await self.app.stop()
        self.app = build_app(
            settings, database_url=database_url, clock=clock, chance=SeededChance(6)
        )
        await self.app.start()

    async def parent(self, first_name: str = "Мария") -> Parent:
        return Parent(await self.client.user(first_name))

    async def actor_of(self, parent: Parent) -> Actor:
        return await self.app.services.people.meet("telegram", parent.person.id, "ru")

    async def moderator(self) -> Actor:
        """A head of the centre, who needs no chat here."""
        actor = await self.app.services.people.meet("telegram", 77, "ru")
        async with self.app.database.write() as tx:
            await tx.execute(
                insert(StaffRight).values(
                    person_id=actor.person_id,
                    role=Role.HEAD,
                    municipality_id=self.municipality_id,
                    organisation_id=None,
                    granted_at=self.app.clock.now(),
                )
            )
        return actor

    async def teach(self, question: str, answer: str) -> None:
        """One entry of the knowledge base."""
        await self.app.services.knowledge_editing.add(
            replace(await self.moderator(), municipality_id=self.municipality_id),
            question=question,
            answer=read_answer_text(answer),
            key=question,
        )

    async def registered(self, parent: Parent, name: str = NAME, born: str = BORN) -> None:
        """The parent with a consent and a child."""
        await parent.start()
        await parent.press("Мои дети")
        await parent.press("Добавить ребёнка")
        await parent.press("Согласен")
        await parent.say(name)
        await parent.say(born)
        await parent.press("Всё верно")

    async def certified(self, parent: Parent) -> int:
        """The only child's certificate requested in the chat and confirmed by the centre."""
        await self.registered(parent)
        await parent.press("Оформить сертификат")
        await parent.press("Нет под рукой")
        await parent.press("Пропустить")
        await parent.press("Отправить")
        actor = await self.actor_of(parent)
        children = await self.app.services.children.list_mine(actor)
        requests = self.app.services.certificate_requests
        certificate = await requests.of_child(actor, children[0].id)
        assert certificate is not None
        await parent.does(self._confirm(certificate.id, certificate.version))
        return certificate.id

    async def imported_certificate(self, number: str, name: str = NAME) -> None:
        """A certificate a registry's file has brought, of a child nobody has claimed."""
        cipher, now = self.app.cipher, self.app.clock.now()
        child = read_child_name(name)
        async with self.app.database.write() as tx:
            brought = (
                await tx.execute(
                    insert(Import)
                    .values(
                        municipality_id=self.municipality_id,
                        kind="certificates",
                        sha256=number,
                        rows_read=1,
                        rows_new=1,
                        rows_changed=0,
                        rows_refused=0,
                        started_at=now,
                        visible_at=now,
                    )
                    .returning(Import.id)
                )
            ).scalar_one()
            child_id = (
                await tx.execute(
                    insert(Child)
                    .values(
                        municipality_id=self.municipality_id,
                        last_name=child.last,
                        first_name=child.first,
                        patronymic=child.patronymic,
                        name_key=name_index(cipher, child),
                        born=date(2017, 3, 5),
                        state="confirmed",
                        key=f"imported-{number}",
                        import_id=brought,
                        entered_at=now,
                    )
                    .returning(Child.id)
                )
            ).scalar_one()
            await tx.execute(
                insert(Certificate).values(
                    municipality_id=self.municipality_id,
                    child_id=child_id,
                    kind="financed",
                    state="active",
                    nominal_kopecks=900_050,
                    period_from=date(2026, 1, 1),
                    period_until=date(2026, 12, 31),
                    version=1,
                    key=f"imported-{number}",
                    import_id=brought,
                    requested_at=now,
                    **seal_number(cipher, number),
                )
            )

    async def _confirm(self, certificate_id: int, version: int) -> None:
        moderator = await self.moderator()
        await self.app.services.certificate_decisions.confirm(
            moderator, certificate_id, version=version
        )


async def found(app: App, sandbox: Sandbox, client: SandboxClient) -> Club:
    """One district, one school that confirms certificates, six clubs for drawing, two others."""
    town = await app.services.municipalities.add(
        "krylovsky",
        "Крыловский район",
        timezone="Europe/Moscow",
        centre_name="Дом детского творчества",
        centre_phone="+7 86161 3-00-00",
    )
    async with app.database.write() as tx:
        provider = (
            await tx.execute(
                insert(Organisation)
                .values(
                    municipality_id=town.id,
                    name="Школа № 1 <отделение>",
                    name_key="школа 1",
                    address="ул. Ленина, 12",
                    phone="+7 86161 3-11-11",
                    confirms_certificates=True,
                    confirmation_hours="пн-пт 9:00-16:00, каб. 4",
                    added_at=app.clock.now(),
                )
                .returning(Organisation.id)
            )
        ).scalar_one()

        async def programme(title: str, direction: str, groups: int = 1, **more: Any) -> int:
            values = {
                "municipality_id": town.id,
                "organisation_id": provider,
                "identity_key": title,
                "title": title,
                "annotation": "Учимся и играем. <b>Ждём всех</b>.",
                "direction": direction,
                "age_from_months": 84,
                "age_to_months": 131,
                "level": None,
                "form": None,
                "registry_kind": "significant",
                "hours": 72,
                "price_kopecks": 0,
                "normative_price_kopecks": None,
                "adapted": False,
                "state": "published",
                "import_id": None,
                "changed_at": app.clock.now(),
                **more,
            }
            made: int = (
                await tx.execute(insert(Programme).values(**values).returning(Programme.id))
            ).scalar_one()
            for number in range(1, groups + 1):
                await tx.execute(
                    insert(Group).values(
                        programme_id=made,
                        name=f"Группа {number}",
                        name_key=f"группа {number}",
                        teacher="Сидорова М. В.",
                        address="ул. Школьная, 2",
                        schedule=[
                            {"weekday": 2, "starts": "16:00", "ends": "17:30"},
                            {"weekday": 4, "starts": "16:00", "ends": "17:30"},
                        ],
                        schedule_note=None,
                        capacity=2,
                        taken=0,
                        starts_on=date(2026, 9, 1),
                        ends_on=date(2027, 5, 31),
                        applications_from=None,
                        applications_until=None,
                        import_id=None,
                        changed_at=app.clock.now(),
                    )
                )
            return made

        chess = await programme("Шахматы", "sports")
        robots = await programme("Робототехника", "technical", groups=2)
        drawing = await programme("Рисование 1", "arts")
        paid: dict[str, Any] = {"registry_kind": "paid", "price_kopecks": 900_000}
        others = [await programme(f"Рисование {number}", "arts", **paid) for number in range(2, 8)]
        await index_programmes(tx, [chess, robots, drawing, *others])
    return Club(
        app=app,
        sandbox=sandbox,
        client=client,
        municipality_id=town.id,
        provider_id=provider,
        chess=chess,
        drawing=drawing,
        robots=robots,
    )
