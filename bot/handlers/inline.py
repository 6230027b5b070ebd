"""`@bot рисование 7 лет` in any chat: cards of programmes with seats, to send to that chat.

Nothing personal is asked, shown or stored, so this works in reference mode too. The offset is that
of the search: a page may hold less than it looked through, since full programmes are left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import Bot, Router
from aiogram.types import InlineQuery

from bot.dialogs.districts import names_of_districts
from bot.services import Services
from bot.views.inline import article, nothing_button
from core.clock import Clock
from core.domain.actors import Actor
from core.domain.wishes import Understood
from core.i18n import Speech
from core.services.programmes.views import ProgrammeLine

router = Router(name="inline")

PAGE = 20
MOST_PAGES = 3
"""Looked through for one answer, where most of what fits is full."""
LONGEST_OFFSET = 6
CACHE_S = 30
"""Telegram may give the same answer to others for so long: seats change."""


@router.inline_query()
async def on_query(
    query: InlineQuery,
    bot: Bot,
    services: Services,
    actor: Actor | None,
    speech: Speech,
    clock: Clock,
) -> None:
    """Answer; where nothing fits, the way to the search in private."""
    municipality_id = actor.municipality_id if actor is not None else None
    offset = _offset(query.offset)
    text = query.query.strip()
    if text:
        understood = await services.search.understand(text, municipality_id)
        found, after = await _found(services, understood, municipality_id, offset)
    else:
        page = await services.open_programmes.most_wanted(
            municipality_id, offset=offset, limit=PAGE
        )
        found, after = page.items, offset + PAGE if page.has_more else None
    username = (await bot.me()).username or ""
    now = clock.now()
    districts = await names_of_districts(services)
    await query.answer(
        results=[
            article(
                line,
                username,
                at=now,
                district=districts.get(line.municipality_id, ""),
                elsewhere=line.municipality_id != municipality_id,
                speech=speech,
            )
            for line in found
        ],
        cache_time=CACHE_S,
        is_personal=True,
        next_offset="" if after is None else str(after),
        button=None if found or offset else nothing_button(speech),
    )


async def _found(
    services: Services, understood: Understood, municipality_id: int | None, offset: int
) -> tuple[Sequence[ProgrammeLine], int | None]:
    """Those with seats, and where to look on; None: there is no more."""
    for _ in range(MOST_PAGES):
        page = await services.search.look(
            understood, municipality_id=municipality_id, offset=offset, limit=PAGE
        )
        offset += PAGE
        found = [one for one in page.items if one.seats_left != 0]
        if found or not page.has_more:
            return found, offset if page.has_more else None
    return (), None


def _offset(text: str) -> int:
    """Ours, or a forged one: then the beginning."""
    fits = text.isascii() and text.isdecimal() and len(text) <= LONGEST_OFFSET
    return int(text) if fits else 0
