from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.family.states import Family
from bot.dialogs.given import given_from
from bot.dialogs.paging import part_of
from bot.views import applications as application_view
from bot.views import certificates as certificate_view
from bot.views import watches as watch_view
from bot.views.choices import Choice
from bot.views.names import button_name
from bot.views.programmes import label
from core.domain.enrolment import SEAT_STATES
from core.domain.family import FamilyRole

_WHOLE = 4
"""What fits beside the other four buttons."""
_PAGE = 3
"""The same where two buttons turn pages and the one to the clubs gives way."""
_PAGE_OF_CHILD = 2
"""On a child's page the way to the rest of the family stays."""
_MOST_LINES = 6


async def overview(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    children = await given.services.children.list_mine(given.actor)
    applications = await given.services.applications.list_mine(given.actor)
    watched = await given.services.watches.list_mine(given.actor)
    names = [child.name for child in children]
    shown = part_of(children, dialog_manager, Family.overview, whole=_WHOLE, page=_PAGE)
    lines = [
        application_view.line(application, given.speech)
        for application in applications[:_MOST_LINES]
    ]
    return {
        "children": [
            Choice(id=child.id, label=button_name(child.name, names)) for child in shown.items
        ],
        **shown.turns(),
        "watched": len(watched),
        "shows_watches": shown.whole and bool(watched),
        "shows_find": shown.whole and not watched,
        "count": len(children),
        "nobody": not children,
        "somebody": bool(children),
        "applications": "\n".join(lines),
        "applied": bool(applications),
        "more": max(0, len(applications) - _MOST_LINES),
    }


async def child(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    child_id = int(dialog_manager.dialog_data["child_id"])
    found = await given.services.children.get_mine(given.actor, child_id)
    certificate = await given.services.certificate_requests.of_child(given.actor, child_id)
    everything = await given.services.applications.list_mine(given.actor)
    own = [one for one in everything if one.child_id == child_id]
    # those that hold a seat come first, the rest in their order (the latest first)
    own.sort(key=lambda one: one.state not in SEAT_STATES)
    shown = part_of(own, dialog_manager, Family.child, whole=_WHOLE, page=_PAGE_OF_CHILD)
    return {
        "role": found.role.value,
        "guards": found.role is FamilyRole.GUARDIAN,
        "helps": found.role is not FamilyRole.GUARDIAN,
        "name": found.name.full,
        "born": given.speech.short_day(found.born),
        "years": found.age_years,
        "certificate": certificate_view.state_words(certificate, given.speech),
        "lines": "\n".join(application_view.line(one, given.speech) for one in shown.items),
        "applied": bool(own),
        "nothing": not own,
        "applications": [
            Choice(id=one.id, label=application_view.label(one, given.speech))
            for one in shown.items
        ],
        **shown.turns(),
    }


async def watches(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    watched = await given.services.watches.list_mine(given.actor)
    shown = part_of(watched, dialog_manager, Family.watches, whole=_WHOLE, page=_PAGE)
    return {
        "lines": "\n".join(watch_view.line(watch, given.speech) for watch in shown.items),
        "watched": [
            Choice(id=watch.programme_id, label=label(watch.programme_title))
            for watch in shown.items
        ],
        "something": bool(watched),
        "nothing": not watched,
        **shown.turns(),
    }
