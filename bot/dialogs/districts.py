"""Names of districts, where the bot serves more than one."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services import Services


async def names_of_districts(services: Services) -> Mapping[int, str]:
    """By id; empty where there is one only, whose name tells nobody anything."""
    served = await services.municipalities.list_all()
    return {one.id: one.name for one in served} if len(served) > 1 else {}
