"""A seat has appeared in a programme somebody watches: said once, and the watch ends with it."""

from __future__ import annotations

from typing import Any

from aiogram.methods import SendMessage

from bot.outgoing.notices import Operation, Order, notice
from bot.views.notices import OpenProgramme, OpenSearch, button, keyboard
from bot.views.watches import appeared
from core.db.engine import Tx


@notice("seat.appeared")
async def seat_appeared(order: Order) -> Operation | None:
    """Nothing when the seat is gone again or the person waits no more."""
    watches = order.services.watches
    watch = await watches.find_noticed(order.entity_id)
    if watch is None:
        return None

    async def after(tx: Tx, _result: Any) -> None:
        await watches.told(tx, watch.id)

    speech = order.speech
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            text=appeared(watch, speech),
            reply_markup=keyboard(
                button(speech, "open-programme", OpenProgramme(programme_id=watch.programme_id)),
                button(speech, "find", OpenSearch()),
            ),
        ),
        after=after,
    )
