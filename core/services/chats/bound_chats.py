"""Chats the bot may speak in: bound by staff with a one-time code, moved, left.

The code comes from the command line, lives seven days and is typed in the chat itself
(`/bind CODE`) by a moderator of that municipality. A code that is unknown, expired, used, or
typed by somebody else gets one and the same answer. Typed again in the chat it has bound, it
changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, insert, select, update

from core.cipher import Cipher
from core.clock import Chance, Clock
from core.db.engine import Database, Tx
from core.db.models import BoundChat, ChatCode, Municipality
from core.domain.actors import Actor, Messenger
from core.domain.codes import CODE_LENGTH, code_hash
from core.domain.refusals import NotFound
from core.domain.staff import ChatBoundElsewhere, ChatCodeInvalid, ChatPurpose, is_moderator
from core.services.audit.steps import record
from core.services.chats.steps import lay_topics, move_waiting, show_waiting
from core.services.municipalities.steps import get_municipality_id
from core.services.staff.steps import rights_of

ChatKind = Literal["group", "supergroup", "forum"]

CODE_LIFE = timedelta(days=7)
_CODE = re.compile(r"[A-Za-z0-9_-]{22,64}")


@dataclass(frozen=True, kw_only=True)
class ChatInvitation:
    """Shown once: `/bind CODE` in the chat."""

    code: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class BoundChatView:
    """A live bound chat. `chat_id` is the messenger's number."""

    id: int
    messenger: str
    chat_id: int
    kind: str
    purpose: ChatPurpose
    municipality_id: int
    municipality_code: str
    municipality_name: str
    bound_at: datetime


class BoundChats:
    """Binding, moving and leaving of chats."""

    def __init__(self, database: Database, clock: Clock, chance: Chance, cipher: Cipher) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._cipher = cipher

    async def make_code(self, purpose: ChatPurpose, municipality_code: str) -> ChatInvitation:
        """Make a one-time code. Raises NotFound when there is no such municipality."""
        code = self._chance.token(CODE_LENGTH)
        now = self._clock.now()
        async with self._database.write() as tx:
            municipality_id = await get_municipality_id(tx, municipality_code)
            code_id = (
                await tx.execute(
                    insert(ChatCode)
                    .values(
                        code_sha256=code_hash(code),
                        purpose=purpose,
                        municipality_id=municipality_id,
                        made_at=now,
                        expires_at=now + CODE_LIFE,
                    )
                    .returning(ChatCode.id)
                )
            ).scalar_one()
            await record(
                tx,
                at=now,
                actor="cli",
                action="chat.code-made",
                entity="chat_codes",
                entity_id=code_id,
                municipality_id=municipality_id,
                details={"purpose": str(purpose)},
            )
        return ChatInvitation(code=code, expires_at=now + CODE_LIFE)

    async def bind(
        self, actor: Actor, code: str, *, messenger: Messenger, chat_id: int, kind: ChatKind
    ) -> BoundChatView:
        """Bind the chat; the actor is a moderator of the code's municipality.

        A moderation chat gets its topics (a forum) and a card for all that waits already.
        Raises ChatCodeInvalid, ChatBoundElsewhere.
        """
        if not _CODE.fullmatch(code):
            raise ChatCodeInvalid()
        now = self._clock.now()
        async with self._database.write() as tx:
            found = (
                await tx.execute(
                    select(
                        ChatCode.id,
                        ChatCode.purpose,
                        ChatCode.municipality_id,
                        ChatCode.expires_at,
                        ChatCode.used_at,
                    )
                    .where(ChatCode.code_sha256 == code_hash(code))
                    .with_for_update()
                )
            ).one_or_none()
            if found is None:
                raise ChatCodeInvalid()
            rights = await rights_of(tx, actor.person_id, now)
            if not is_moderator(rights, municipality_id=found.municipality_id):
                raise ChatCodeInvalid()
            # bindings of one municipality go one after another
            await tx.execute(
                select(Municipality.id)
                .where(Municipality.id == found.municipality_id)
                .with_for_update()
            )
            purpose = ChatPurpose(found.purpose)
            bound = await _find(tx, _at(messenger, chat_id), BoundChat.purpose == purpose)
            same = bound is not None and bound.municipality_id == found.municipality_id
            fresh = found.used_at is None and found.expires_at > now
            if not same and not fresh:
                raise ChatCodeInvalid()
            if bound is not None and not same:
                raise ChatBoundElsewhere()
            if fresh:
                await tx.execute(
                    update(ChatCode).where(ChatCode.id == found.id).values(used_at=now)
                )
            if bound is None:
                bound_id = await self._bind(
                    tx,
                    actor,
                    messenger=messenger,
                    chat_id=chat_id,
                    kind=kind,
                    purpose=purpose,
                    municipality_id=found.municipality_id,
                    now=now,
                )
            else:
                bound_id = bound.id
                await tx.execute(
                    update(BoundChat).where(BoundChat.id == bound_id).values(kind=kind)
                )
            if purpose is ChatPurpose.MODERATION:
                if kind == "forum":
                    await lay_topics(tx, bound_id, now=now, cipher=self._cipher)
                await show_waiting(
                    tx, bound_id, found.municipality_id, now=now, cipher=self._cipher
                )
            view = await _find(tx, BoundChat.id == bound_id)
        if view is None:
            raise NotFound()
        return view

    async def list_all(self) -> list[BoundChatView]:
        """All live bound chats, by municipality, then in the order of binding."""
        async with self._database.read() as tx:
            rows = await tx.execute(_views().order_by(Municipality.ordinal, BoundChat.id))
            return [_view(row) for row in rows]

    async def list_in(self, messenger: Messenger, chat_id: int) -> list[BoundChatView]:
        """What this chat serves; empty for a chat nobody bound."""
        async with self._database.read() as tx:
            rows = await tx.execute(_views(_at(messenger, chat_id)).order_by(BoundChat.id))
            return [_view(row) for row in rows]

    async def moved(self, messenger: Messenger, old: int, new: int) -> None:
        """The group became a supergroup: everything goes on there. Repeats change nothing."""
        now = self._clock.now()
        async with self._database.write() as tx:
            rows = await tx.execute(
                select(BoundChat.id, BoundChat.purpose, BoundChat.municipality_id)
                .where(_at(messenger, old), BoundChat.unbound_at.is_(None))
                .order_by(BoundChat.id)
                .with_for_update()
            )
            for row in rows.all():
                taken = await tx.scalar(
                    select(BoundChat.id).where(
                        _at(messenger, new),
                        BoundChat.purpose == row.purpose,
                        BoundChat.unbound_at.is_(None),
                    )
                )
                if taken is not None:
                    # bound anew over there before we heard of the move
                    await _unbind(tx, row.id, row.municipality_id, now)
                    continue
                await tx.execute(
                    update(BoundChat)
                    .where(BoundChat.id == row.id)
                    .values(chat_id=new, kind="supergroup")
                )
                if row.purpose == ChatPurpose.MODERATION:
                    await move_waiting(
                        tx,
                        row.id,
                        row.municipality_id,
                        cause=new,
                        now=now,
                        cipher=self._cipher,
                    )
                await record(
                    tx,
                    at=now,
                    actor="system",
                    action="chat.moved",
                    entity="bound_chats",
                    entity_id=row.id,
                    municipality_id=row.municipality_id,
                    fields=("chat_id",),
                )

    async def left(self, messenger: Messenger, chat_id: int) -> None:
        """The bot is no longer in the chat: it is bound no more. Repeats change nothing."""
        now = self._clock.now()
        async with self._database.write() as tx:
            rows = await tx.execute(
                select(BoundChat.id, BoundChat.municipality_id)
                .where(_at(messenger, chat_id), BoundChat.unbound_at.is_(None))
                .order_by(BoundChat.id)
                .with_for_update()
            )
            for row in rows.all():
                await _unbind(tx, row.id, row.municipality_id, now)

    async def _bind(
        self,
        tx: Tx,
        actor: Actor,
        *,
        messenger: Messenger,
        chat_id: int,
        kind: ChatKind,
        purpose: ChatPurpose,
        municipality_id: int,
        now: datetime,
    ) -> int:
        bound_id = (
            await tx.execute(
                insert(BoundChat)
                .values(
                    messenger=messenger,
                    chat_id=chat_id,
                    kind=kind,
                    purpose=purpose,
                    municipality_id=municipality_id,
                    bound_by=actor.person_id,
                    bound_at=now,
                )
                .returning(BoundChat.id)
            )
        ).scalar_one()
        await record(
            tx,
            at=now,
            actor=f"person:{actor.person_id}",
            action="chat.bound",
            entity="bound_chats",
            entity_id=bound_id,
            municipality_id=municipality_id,
            details={"purpose": str(purpose), "kind": kind},
        )
        return bound_id


def _at(messenger: str, chat_id: int) -> ColumnElement[bool]:
    return (BoundChat.messenger == messenger) & (BoundChat.chat_id == chat_id)


async def _find(tx: Tx, *where: ColumnElement[bool]) -> BoundChatView | None:
    row = (await tx.execute(_views(*where))).one_or_none()
    return None if row is None else _view(row)


def _views(*where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            BoundChat.id,
            BoundChat.messenger,
            BoundChat.chat_id,
            BoundChat.kind,
            BoundChat.purpose,
            BoundChat.municipality_id,
            Municipality.code,
            Municipality.name,
            BoundChat.bound_at,
        )
        .join(Municipality, Municipality.id == BoundChat.municipality_id)
        .where(BoundChat.unbound_at.is_(None), *where)
    )


def _view(row: Row[*tuple[Any, ...]]) -> BoundChatView:
    return BoundChatView(
        id=row.id,
        messenger=row.messenger,
        chat_id=row.chat_id,
        kind=row.kind,
        purpose=ChatPurpose(row.purpose),
        municipality_id=row.municipality_id,
        municipality_code=row.code,
        municipality_name=row.name,
        bound_at=row.bound_at,
    )


async def _unbind(tx: Tx, bound_id: int, municipality_id: int, now: datetime) -> None:
    await tx.execute(update(BoundChat).where(BoundChat.id == bound_id).values(unbound_at=now))
    await record(
        tx,
        at=now,
        actor="system",
        action="chat.unbound",
        entity="bound_chats",
        entity_id=bound_id,
        municipality_id=municipality_id,
    )
