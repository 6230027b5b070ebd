"""A consent given to older words stands for what was done on it, and is asked anew before more."""

from __future__ import annotations

from bot.dialogs.given import Given
from bot.views.consents import VERSIONS
from core.domain.consents import ConsentKind


async def agreed_to_present_words(
    surroundings: Given, kind: ConsentKind, organisation_id: int | None = None
) -> bool:
    """Whether the consent stands, and its words are those of today."""
    agreed = await surroundings.services.consents.find_version(
        surroundings.actor, kind, organisation_id
    )
    return agreed == VERSIONS[kind]


async def changed_since(
    surroundings: Given, kind: ConsentKind, organisation_id: int | None = None
) -> bool:
    """Whether the person agreed to other words before: then the difference is said."""
    agreed = await surroundings.services.consents.find_version(
        surroundings.actor, kind, organisation_id
    )
    return agreed is not None and agreed != VERSIONS[kind]
