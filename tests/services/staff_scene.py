"""A municipality with families and people who may or may not decide, for tests of staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from core.cipher import Cipher
from core.clock import MovableClock, SeededChance
from core.db.engine import Database
from core.db.models import (
    Application,
    AuditRecord,
    Base,
    BoundChat,
    Certificate,
    ChatTopic,
    Child,
    Group,
    Municipality,
    Organisation,
    OutboxRow,
    Person,
    Programme,
)
from core.domain.actors import Actor
from core.domain.staff import ChatPurpose, Role
from core.services.chats.bound_chats import BoundChats, BoundChatView
from core.services.chats.cards import Cards
from core.services.staff.colleagues import Colleagues
from core.services.staff.granting import COMMANDS
from core.services.staff.staff import GrantedRight, Staff

START = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
CHAT = -1001
BOT = "kruzhok_bot"


@dataclass(kw_only=True)
class Scene:
    """The services under test, and short ways to arrange what they need."""

    database: Database
    clock: MovableClock
    cipher: Cipher
    staff: Staff
    colleagues: Colleagues
    chats: BoundChats
    cards: Cards

    async def add(self, table: type[Base], **values: Any) -> int:
        async with self.database.write() as tx:
            row = await tx.execute(insert(table).values(**values).returning(table.__table__.c.id))
            return int(row.scalar_one())

    async def municipality(self, code: str = "krylovsky") -> int:
        async with self.database.read() as tx:
            ordinal = (await tx.scalar(select(func.count()).select_from(Municipality))) or 0
        return await self.add(
            Municipality,
            code=code,
            name=f"Район {code}",
            timezone="Europe/Moscow",
            regime="pfdo",
            registry_mode="own",
            ordinal=ordinal + 1,
            certificate_serial=0,
            added_at=START,
        )

    async def organisation(self, municipality_id: int, name: str = "ДДТ") -> int:
        return await self.add(
            Organisation,
            municipality_id=municipality_id,
            name=name,
            name_key=name.lower(),
            confirms_certificates=True,
            added_at=START,
        )

    async def person(self, messenger_id: int, name: str | None = None) -> Actor:
        person_id = await self.add(
            Person,
            messenger="telegram",
            messenger_id=messenger_id,
            name=name,
            locale="ru",
            seen_at=START,
        )
        return Actor(person_id=person_id, locale="ru", municipality_id=None)

    async def holds(
        self, actor: Actor, role: Role, code: str, organisation_id: int | None = None
    ) -> GrantedRight:
        made = await self.staff.invite(role, code, organisation_id, bot_username=BOT)
        return await self.staff.accept_invitation(actor, made.code)

    async def bound(
        self, actor: Actor, code: str, *, chat_id: int = CHAT, kind: Any = "forum"
    ) -> BoundChatView:
        made = await self.chats.make_code(ChatPurpose.MODERATION, code)
        return await self.chats.bind(
            actor, made.code, messenger="telegram", chat_id=chat_id, kind=kind
        )

    async def certificate(self, municipality_id: int, parent: Actor, key: str = "c") -> int:
        child_id = await self._child(municipality_id, key)
        return await self.add(
            Certificate,
            municipality_id=municipality_id,
            child_id=child_id,
            requested_by=parent.person_id,
            kind="record",
            state="awaiting_visit",
            visit_code="1-47",
            visit_until=date(2026, 10, 1),
            version=1,
            key=key,
            requested_at=START,
        )

    async def application(
        self, municipality_id: int, organisation_id: int, parent: Actor, key: str = "a"
    ) -> int:
        programme_id = await self.add(
            Programme,
            municipality_id=municipality_id,
            organisation_id=organisation_id,
            identity_key=key,
            title="Робототехника",
            direction="technical",
            age_from_months=84,
            age_to_months=131,
            adapted=False,
            state="published",
            changed_at=START,
        )
        group_id = await self.add(
            Group,
            programme_id=programme_id,
            name="Группа 1",
            name_key="группа 1",
            schedule=[],
            taken=1,
            changed_at=START,
        )
        return await self.add(
            Application,
            municipality_id=municipality_id,
            child_id=await self._child(municipality_id, key),
            programme_id=programme_id,
            group_id=group_id,
            applied_by=parent.person_id,
            source="bot",
            state="new",
            answer_by=date(2026, 9, 10),
            version=1,
            key=key,
            applied_at=START,
        )

    async def change(self, table: type[Base], row_id: int, **values: Any) -> None:
        async with self.database.write() as tx:
            await tx.execute(update(table).where(table.__table__.c.id == row_id).values(**values))

    async def told(self, kind: str | None = None) -> list[Mapping[str, Any]]:
        """Rows of the outbox in order, with their opened parameters under `params`; menus of
        commands only when asked for."""
        async with self.database.read() as tx:
            rows = await tx.execute(select(OutboxRow.__table__).order_by(OutboxRow.id))
            return [
                {
                    **row._mapping,
                    "params": self.cipher.open_json("outbox", row.params) if row.params else {},
                }
                for row in rows
                if (kind is None and row.kind != COMMANDS) or row.kind == kind
            ]

    async def audited(self, action: str) -> list[Mapping[str, Any]]:
        async with self.database.read() as tx:
            rows = await tx.execute(
                select(AuditRecord.__table__)
                .where(AuditRecord.action == action)
                .order_by(AuditRecord.id)
            )
            return [dict(row._mapping) for row in rows]

    async def topics(self, bound_chat_id: int) -> dict[str, int | None]:
        async with self.database.read() as tx:
            rows = await tx.execute(
                select(ChatTopic.subject, ChatTopic.thread_id).where(
                    ChatTopic.bound_chat_id == bound_chat_id
                )
            )
            return {row.subject: row.thread_id for row in rows}

    async def chat_kind(self, bound_chat_id: int) -> str | None:
        async with self.database.read() as tx:
            kind: str | None = await tx.scalar(
                select(BoundChat.kind).where(BoundChat.id == bound_chat_id)
            )
            return kind

    async def _child(self, municipality_id: int, key: str) -> int:
        return await self.add(
            Child,
            municipality_id=municipality_id,
            last_name="Тестова",
            first_name="Алиса",
            born=date(2017, 5, 3),
            state="entered",
            key=f"child-{key}",
            entered_at=START,
        )


def open_scene(database: Database) -> Scene:
    """Everything on one movable clock and seeded chance."""
    clock = MovableClock(START)
    chance = SeededChance(20260901)
    cipher = Cipher(b"k" * 32, chance)
    return Scene(
        database=database,
        clock=clock,
        cipher=cipher,
        staff=Staff(database, clock, chance, cipher),
        colleagues=Colleagues(database, clock, chance, cipher),
        chats=BoundChats(database, clock, chance, cipher),
        cards=Cards(database, clock, cipher),
    )


DAY = timedelta(days=1)
