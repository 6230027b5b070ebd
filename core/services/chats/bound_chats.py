"""Chats the bot may speak in: bound by staff with a one-time code, moved, left.

The code comes from the command line, lives seven days and is typed in the chat itself
(`/bind CODE`) by a moderator of that municipality. A code that is unknown, expired, used, or
typed by somebody else gets one and the same answer. Typed again in the chat it has bound, it
changes nothing. A post of a channel names no author: there the one-time code itself is the proof.
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
from core.domain.actors import SYSTEM, Actor, Messenger
from core.domain.codes import CODE_LENGTH, code_hash
from core.domain.refusals import NotFound
from core.domain.staff import (
    ChatBoundElsewhere,
    ChatCodeInvalid,
    ChatPurpose,
    ChatUnfit,
    Role,
    is_moderator,
)
from core.services.audit.steps import record
from core.services.chats.steps import lay_topics, show_waiting
from core.services.chats.whereabouts import (
    at_place,
    come_back,
    forget_leaving,
    leave,
    move,
    unbind,
)
from core.services.municipalities.steps import get_municipality_id
from core.services.staff.steps import rights_of

ChatKind = Literal["group", "supergroup", "forum", "channel"]

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
        self, actor: Actor | None, code: str, *, messenger: Messenger, chat_id: int, kind: ChatKind
    ) -> BoundChatView:
        """Bind the chat; the actor is a moderator of the code's municipality, nobody in a channel.

        A moderation chat gets its topics (a forum) and a card for all that waits already.
        Raises ChatCodeInvalid, ChatBoundElsewhere, ChatUnfit.
        """
        if not _CODE.fullmatch(code) or (actor is None) != (kind == "channel"):
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
            if actor is not None:
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
            bound = await _find(tx, at_place(messenger, chat_id), BoundChat.purpose == purpose)
            same = bound is not None and bound.municipality_id == found.municipality_id
            fresh = found.used_at is None and found.expires_at > now
            if not same and not fresh:
                raise ChatCodeInvalid()
            if bound is not None and not same:
                raise ChatBoundElsewhere()
            if kind == "channel" and purpose is ChatPurpose.DESK:
                raise ChatUnfit()
            if fresh:
                await tx.execute(
                    update(ChatCode).where(ChatCode.id == found.id).values(used_at=now)
                )
            if bound is None:
                await forget_leaving(tx, messenger, chat_id, purpose)
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
            rows = await tx.execute(_views(at_place(messenger, chat_id)).order_by(BoundChat.id))
            return [_view(row) for row in rows]

    async def list_of(self, actor: Actor) -> list[BoundChatView]:
        """The live chats of the municipalities the actor heads; empty for everybody else."""
        async with self._database.read() as tx:
            rights = await rights_of(tx, actor.person_id, self._clock.now())
            mine = [right.municipality_id for right in rights if right.role is Role.HEAD]
            rows = await tx.execute(
                _views(BoundChat.municipality_id.in_(mine)).order_by(
                    Municipality.ordinal, BoundChat.id
                )
            )
            return [_view(row) for row in rows]

    async def unbind(self, actor: Actor, bound_id: int) -> None:
        """The head lets a chat go: nothing more is said there. Raises NotFound."""
        now = self._clock.now()
        async with self._database.write() as tx:
            rights = await rights_of(tx, actor.person_id, now)
            mine = [right.municipality_id for right in rights if right.role is Role.HEAD]
            municipality_id = await tx.scalar(
                select(BoundChat.municipality_id)
                .where(
                    BoundChat.id == bound_id,
                    BoundChat.municipality_id.in_(mine),
                    BoundChat.unbound_at.is_(None),
                )
                .with_for_update()
            )
            if municipality_id is None:
                raise NotFound()
            await unbind(tx, bound_id, municipality_id, actor=actor.mark, now=now)

    async def moved(self, messenger: Messenger, old: int, new: int) -> None:
        """The group became a supergroup: everything goes on there. Repeats change nothing."""
        async with self._database.write() as tx:
            await move(tx, messenger, old, new, now=self._clock.now(), cipher=self._cipher)

    async def left(self, messenger: Messenger, chat_id: int) -> None:
        """The bot is no longer in the chat: it is bound no more. Repeats change nothing."""
        async with self._database.write() as tx:
            await leave(tx, messenger, chat_id, now=self._clock.now())

    async def returned(self, messenger: Messenger, chat_id: int) -> None:
        """The bot is in the chat again, or may write there again: what waits is shown."""
        async with self._database.write() as tx:
            await come_back(tx, messenger, chat_id, now=self._clock.now(), cipher=self._cipher)

    async def _bind(
        self,
        tx: Tx,
        actor: Actor | None,
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
                    bound_by=None if actor is None else actor.person_id,
                    bound_at=now,
                )
                .returning(BoundChat.id)
            )
        ).scalar_one()
        await record(
            tx,
            at=now,
            actor=SYSTEM if actor is None else actor.mark,
            action="chat.bound",
            entity="bound_chats",
            entity_id=bound_id,
            municipality_id=municipality_id,
            details={"purpose": str(purpose), "kind": kind},
        )
        return bound_id


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
