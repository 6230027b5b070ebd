"""Where a bound chat is now: moved to another number, left by the bot, come back to.

Nothing is lost on the way. A chat the bot was put out of is bound no more, but remembered: when the
bot is put back into the very same chat, the binding stands again and all that waits is shown there,
what was asked meanwhile too. Staff who unbind a chat, or bind it anew, end that memory.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from core.cipher import Cipher
from core.db.engine import Tx, wake
from core.db.models import BoundChat, OutboxRow
from core.domain.actors import SYSTEM
from core.domain.outgoing import OutboxState
from core.domain.staff import ChatPurpose
from core.services.audit.steps import record
from core.services.chats.steps import lay_topics, move_waiting, repeat_waiting


def at_place(messenger: str, chat_id: int) -> ColumnElement[bool]:
    """The chat of this number in the messenger."""
    return (BoundChat.messenger == messenger) & (BoundChat.chat_id == chat_id)


async def move(
    tx: Tx, messenger: str, old: int, new: int, *, now: datetime, cipher: Cipher
) -> None:
    """The group became a supergroup: everything goes on there. Repeats change nothing."""
    rows = await tx.execute(
        select(BoundChat.id, BoundChat.purpose, BoundChat.municipality_id)
        .where(at_place(messenger, old), BoundChat.unbound_at.is_(None))
        .order_by(BoundChat.id)
        .with_for_update()
    )
    for row in rows.all():
        if await _taken(tx, messenger, new, row.purpose):
            # bound anew over there before we heard of the move
            await unbind(tx, row.id, row.municipality_id, actor=SYSTEM, now=now)
            continue
        await tx.execute(
            update(BoundChat).where(BoundChat.id == row.id).values(chat_id=new, kind="supergroup")
        )
        if row.purpose == ChatPurpose.MODERATION:
            await move_waiting(tx, row.id, row.municipality_id, cause=new, now=now, cipher=cipher)
        await record(
            tx,
            at=now,
            actor=SYSTEM,
            action="chat.moved",
            entity="bound_chats",
            entity_id=row.id,
            municipality_id=row.municipality_id,
            fields=("chat_id",),
        )


async def leave(tx: Tx, messenger: str, chat_id: int, *, now: datetime) -> None:
    """The bot is no longer in the chat: it is bound no more. Repeats change nothing."""
    rows = await tx.execute(
        select(BoundChat.id, BoundChat.municipality_id)
        .where(at_place(messenger, chat_id), BoundChat.unbound_at.is_(None))
        .order_by(BoundChat.id)
        .with_for_update()
    )
    for row in rows.all():
        await unbind(tx, row.id, row.municipality_id, actor=SYSTEM, now=now, left_at=now)


async def come_back(tx: Tx, messenger: str, chat_id: int, *, now: datetime, cipher: Cipher) -> None:
    """The bot is in the chat (again), or may write there (again). Repeats change nothing."""
    rows = await tx.execute(
        select(BoundChat.id, BoundChat.kind, BoundChat.purpose, BoundChat.municipality_id)
        .where(at_place(messenger, chat_id), BoundChat.left_at.is_not(None))
        .order_by(BoundChat.id.desc())
        .with_for_update()
    )
    for row in rows.all():
        await tx.execute(update(BoundChat).where(BoundChat.id == row.id).values(left_at=None))
        if await _taken(tx, messenger, chat_id, row.purpose):
            continue
        await tx.execute(update(BoundChat).where(BoundChat.id == row.id).values(unbound_at=None))
        if row.purpose == ChatPurpose.MODERATION:
            if row.kind == "forum":
                await lay_topics(tx, row.id, now=now, cipher=cipher)
            await repeat_waiting(
                tx,
                row.id,
                row.municipality_id,
                cause=int(now.timestamp()),
                now=now,
                cipher=cipher,
            )
        await record(
            tx,
            at=now,
            actor=SYSTEM,
            action="chat.returned",
            entity="bound_chats",
            entity_id=row.id,
            municipality_id=row.municipality_id,
        )
    await _hasten(tx, messenger, chat_id, now)


async def unbind(
    tx: Tx,
    bound_id: int,
    municipality_id: int,
    *,
    actor: str,
    now: datetime,
    left_at: datetime | None = None,
) -> None:
    """Bound no more; `left_at` when it may come back by itself."""
    await tx.execute(
        update(BoundChat).where(BoundChat.id == bound_id).values(unbound_at=now, left_at=left_at)
    )
    await record(
        tx,
        at=now,
        actor=actor,
        action="chat.unbound",
        entity="bound_chats",
        entity_id=bound_id,
        municipality_id=municipality_id,
    )


async def forget_leaving(tx: Tx, messenger: str, chat_id: int, purpose: str) -> None:
    """Staff have bound the chat anew: an older binding does not come back beside it."""
    await tx.execute(
        update(BoundChat)
        .where(
            at_place(messenger, chat_id),
            BoundChat.purpose == purpose,
            BoundChat.left_at.is_not(None),
        )
        .values(left_at=None)
    )


async def _taken(tx: Tx, messenger: str, chat_id: int, purpose: str) -> bool:
    live = await tx.scalar(
        select(BoundChat.id).where(
            at_place(messenger, chat_id),
            BoundChat.purpose == purpose,
            BoundChat.unbound_at.is_(None),
        )
    )
    return live is not None


async def _hasten(tx: Tx, messenger: str, chat_id: int, now: datetime) -> None:
    """What could not be said there while the bot might not write need not wait for its next try."""
    live = select(BoundChat.id).where(at_place(messenger, chat_id), BoundChat.unbound_at.is_(None))
    hastened = await tx.execute(
        update(OutboxRow)
        .where(
            OutboxRow.bound_chat_id.in_(live),
            OutboxRow.state == OutboxState.PENDING,
            OutboxRow.attempts > 0,
            OutboxRow.lease_until.is_(None),
        )
        .values(not_before=now)
    )
    if hastened.rowcount:
        wake("outbox")
