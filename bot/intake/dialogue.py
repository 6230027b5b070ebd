"""Dialogue state: read from the database, changed in memory, stored with the update's `done`.

While an update is handled, everything the dialog library saves goes into a buffer of that update
(a context variable). The worker stores the buffer in the same transaction that ends the row, so
after a crash the person is exactly where the last whole update left them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseEventIsolation, BaseStorage, StateType, StorageKey
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.logs import log
from core.cipher import Cipher, WrongDataKey
from core.db.engine import Database, Tx
from core.db.models import DialogueState

DialogueChanges = dict[str, dict[str, Any]]
"""Key -> the whole new state of that key; an empty dict removes it."""

_changes: ContextVar[DialogueChanges | None] = ContextVar("kruzhok_dialogue", default=None)


class OutsideUpdate(RuntimeError):
    """Dialogue state was written where no update is being handled: it would be lost."""


@contextmanager
def buffered() -> Iterator[DialogueChanges]:
    """Collect what is saved inside the block; nothing reaches the database from here."""
    changes: DialogueChanges = {}
    token = _changes.set(changes)
    try:
        yield changes
    finally:
        _changes.reset(token)


async def store_changes(tx: Tx, changes: DialogueChanges, *, cipher: Cipher, now: datetime) -> None:
    """Write the buffer inside the caller's transaction."""
    gone = [key for key, state in changes.items() if not state]
    if gone:
        await tx.execute(delete(DialogueState).where(DialogueState.key.in_(gone)))
    kept = [
        {"key": key, "blob": cipher.seal_json("dialogue", state), "changed_at": now}
        for key, state in changes.items()
        if state
    ]
    if not kept:
        return
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    statement = insert(DialogueState)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=[DialogueState.key],
            set_={"blob": statement.excluded.blob, "changed_at": statement.excluded.changed_at},
        ),
        kept,
    )


class DialogueStorage(BaseStorage):
    """The state storage of the dispatcher, on the product's own database."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        text = _text(key)
        changes = _changes.get()
        if changes is not None and text in changes:
            return dict(changes[text])
        async with self._database.read() as tx:
            blob = await tx.scalar(select(DialogueState.blob).where(DialogueState.key == text))
        if blob is None:
            return {}
        try:
            state: dict[str, Any] = self._cipher.open_json("dialogue", blob)
        except WrongDataKey:
            # begin anew: otherwise not even /start would get through
            log.error("dialogue state cannot be opened")
            return {}
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        changes = _changes.get()
        if changes is None:
            raise OutsideUpdate(key.destiny)
        changes[_text(key)] = dict(data)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        data = await self.get_data(_state_key(key))
        if data.get("state") != name:
            await self.set_data(_state_key(key), {"state": name} if name else {})

    async def get_state(self, key: StorageKey) -> str | None:
        name: str | None = (await self.get_data(_state_key(key))).get("state")
        return name

    async def close(self) -> None:
        """The database is closed by whoever opened it."""


class OrderedAlready(BaseEventIsolation):
    """No locks: the inbox hands over one update of a (chat, person) at a time."""

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncIterator[None]:
        yield None

    async def close(self) -> None:
        return None


def _text(key: StorageKey) -> str:
    return f"{key.bot_id}:{key.chat_id}:{key.user_id}:{key.thread_id or ''}:{key.destiny}"


def _state_key(key: StorageKey) -> StorageKey:
    return StorageKey(
        bot_id=key.bot_id,
        chat_id=key.chat_id,
        user_id=key.user_id,
        thread_id=key.thread_id,
        destiny=f"{key.destiny}:state",
    )
