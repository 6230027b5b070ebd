"""A running bot in the sandbox, a municipality with staff in a forum, and families who ask.

Families act through services; staff act as people do: they follow links, type, tap.
"""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date

from pydantic import SecretStr
from sqlalchemy import select

from bot.app import App, build_app
from bot.sandbox.client import ChatWindow, Fields, Person, SandboxClient, buttons, text_of
from bot.sandbox.limits import Limits
from bot.sandbox.server import Sandbox
from bot.services import Services
from bot.settings import Settings
from core.db.models import Application, Certificate, Group, Programme
from core.db.models import Person as PersonRow
from core.domain.actors import Actor
from core.domain.consents import ConsentKind
from core.domain.names import ChildName
from core.domain.staff import ChatPurpose, Role
from tests.services.staff_scene import START, Scene, open_scene

PARENT_NAME = "Мария Родителева"
CHILD_NAME = ChildName(last="Неповторимова", first="Алиса", patronymic="Игоревна")
SNILS = "11223344595"
PHONE = "+79001234567"
BORN = date(2017, 5, 3)
USERNAME = "kruzhok_demo_bot"


@dataclass(kw_only=True)
class Office:
    """Everything a test of staff needs at hand."""

    sandbox: Sandbox
    client: SandboxClient
    app: App
    scene: Scene
    municipality_id: int
    organisation_id: int
    parent: Actor
    chat: ChatWindow | None = None
    _keys: list[str] = field(default_factory=list)

    @property
    def services(self) -> Services:
        return self.app.services

    @property
    def group(self) -> ChatWindow:
        assert self.chat is not None, "no chat is open yet"
        return self.chat

    async def hire(
        self, name: str, role: Role = Role.CONSULTANT, organisation_id: int | None = None
    ) -> Person:
        """A member of staff who has followed an invitation."""
        person = await self.client.user(name)
        made = await self.services.staff.invite(
            role, "krylovsky", organisation_id, bot_username=USERNAME
        )
        await person.after(person.click(made.link))
        return person

    async def open_chat(
        self, owner: Person, *, kind: str = "supergroup", forum: bool = True, **fields: object
    ) -> ChatWindow:
        """A chat the owner has bound for moderation."""
        self.chat = await self.client.group("МОЦ", owner, kind=kind, forum=forum, **fields)
        code = await self.services.bound_chats.make_code(ChatPurpose.MODERATION, "krylovsky")
        await owner.say(f"/bind {code.code}", chat=self.chat)
        await self.chat.wait_until(lambda view: has_text(view.messages, "Готово"))
        return self.chat

    async def join(self, person: Person, **fields: object) -> None:
        await self.client.do(
            "set_member", chat_id=self.group.id, user_id=person.id, status="member", **fields
        )

    async def ask_certificate(self) -> int:
        """The family asks; gives the number."""
        child = await self.services.children.register(
            self.parent,
            ChildName(
                last=CHILD_NAME.last,
                first=f"{CHILD_NAME.first}{'абвгдежзик'[len(self._keys)]}",
                patronymic=CHILD_NAME.patronymic,
            ),
            BORN,
            key=self._key(),
        )
        view = await self.services.certificate_requests.request(
            self.parent, child.id, snils=None, phone=PHONE, key=self._key()
        )
        return view.id

    async def apply(self) -> int:
        """The family applies to a paid club; gives the number."""
        key = self._key()
        child = await self.services.children.register(
            self.parent, ChildName(last="Неповторимов", first="Пётр"), BORN, key=key
        )
        programme_id = await self.scene.add(
            Programme,
            municipality_id=self.municipality_id,
            organisation_id=self.organisation_id,
            identity_key=key,
            title="Робототехника <3",
            direction="technical",
            age_from_months=60,
            age_to_months=215,
            registry_kind="paid",
            adapted=False,
            state="published",
            changed_at=START,
        )
        group_id = await self.scene.add(
            Group,
            programme_id=programme_id,
            name="Группа 1",
            name_key="группа 1",
            schedule=[],
            capacity=10,
            taken=0,
            changed_at=START,
        )
        await self.services.consents.give(
            self.parent,
            ConsentKind.TRANSFER,
            version="1",
            body="передача",
            organisation_id=self.organisation_id,
            key=self._key(),
        )
        view = await self.services.applications.apply(
            self.parent, child.id, group_id, key=self._key()
        )
        return view.id

    async def card(self, number: int, word: str = "Сертификат", settled: str = "") -> Fields:
        """The card of this number as the staff chat shows it, once it says `settled`."""

        def shown(messages: list[Fields]) -> list[Fields]:
            return [
                message
                for message in messages
                if message["by_bot"]
                and text_of(message).startswith(f"{word} № {number} ")
                and settled in text_of(message)
            ]

        view = await self.group.wait_until(
            lambda view: bool(shown(view.messages)), what=f"no card {number} {settled!r}"
        )
        return shown(view.messages)[-1]

    async def press(self, person: Person, card: Fields, text: str) -> None:
        await person.press_on(card["message_id"], text, chat=self.group)

    async def forge(self, person: Person, card: Fields, data: str) -> None:
        await person.press_on(card["message_id"], data=data, chat=self.group, forged=True)

    async def alert(self, person: Person, wanted: Callable[[str], bool] = bool) -> str:
        """The newest answer to a tap of this person in the staff chat."""
        view = await self.group.wait_until(
            lambda view: any(
                answer["user_id"] == person.id and wanted(answer["text"] or "")
                for answer in view.answers
            ),
            what="no alert",
        )
        return str(
            [
                answer["text"]
                for answer in view.answers
                if answer["user_id"] == person.id and wanted(answer["text"] or "")
            ][-1]
        )

    async def states(self, table: type[Certificate] | type[Application]) -> list[str]:
        async with self.app.database.read() as tx:
            return list((await tx.execute(select(table.state).order_by(table.id))).scalars())

    async def actor_of(self, person: Person) -> Actor:
        async with self.app.database.read() as tx:
            found = await tx.scalar(select(PersonRow.id).where(PersonRow.messenger_id == person.id))
        assert found is not None
        return Actor(person_id=found, locale="ru", municipality_id=self.municipality_id)

    def _key(self) -> str:
        self._keys.append(f"key-{len(self._keys)}")
        return self._keys[-1]


def has_text(messages: list[Fields], part: str) -> bool:
    return any(message["by_bot"] and part in text_of(message) for message in messages)


def labels(card: Fields) -> list[str]:
    return [str(button["text"]) for button in buttons(card)]


@asynccontextmanager
async def open_office(database_url: str) -> AsyncIterator[Office]:
    """Rate limits of groups are lifted: they are tested elsewhere."""
    sandbox = Sandbox(limits=Limits(on=False), username=USERNAME)
    url = await sandbox.start()
    settings = Settings(
        bot_token=SecretStr(sandbox.token),
        telegram_api_url=url,
        database_url=database_url,
        data_key=SecretStr(base64.b64encode(b"k" * 32).decode()),
        webhook_url="",
        http_port=0,
        quiet_hours="off",
    )
    app = build_app(settings)
    scene = open_scene(app.database)
    municipality_id = await scene.municipality()
    organisation_id = await scene.organisation(municipality_id)
    parent = await scene.person(99, PARENT_NAME)
    parent = Actor(person_id=parent.person_id, locale="ru", municipality_id=municipality_id)
    await app.services.consents.give(
        parent, ConsentKind.PROCESSING, version="1", body="обработка", key="processing"
    )
    await app.start()
    try:
        async with SandboxClient(url) as client:
            yield Office(
                sandbox=sandbox,
                client=client,
                app=app,
                scene=scene,
                municipality_id=municipality_id,
                organisation_id=organisation_id,
                parent=parent,
            )
        assert sandbox.unsupported == []
    finally:
        await app.stop()
        await sandbox.stop()
