"""Every look asks for the right again; without it the errors' handler says so."""

from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.given import given_from
from bot.dialogs.paging import part_of
from bot.dialogs.synonyms.actions import MISS, MOST_MISSES, PHRASE, PLACE, SYNONYM, municipality_of
from bot.dialogs.synonyms.states import StaffWords
from bot.views.choices import Choice
from bot.views.programmes import label

WHOLE = 5
PAGE = 4


async def overview(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    services, here = given.services, municipality_of(dialog_manager)
    synonyms = await services.synonyms.list_synonyms(given.actor, here)
    misses = await services.synonyms.list_misses(given.actor, here, MOST_MISSES)
    places = await services.organisation_points.list_places(given.actor, here)
    return {
        "synonyms": len(synonyms),
        "misses": len(misses),
        "placed": sum(one.point is not None for one in places),
        "places": len(places),
    }


async def listing(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.synonyms.list_synonyms(
        given.actor, municipality_of(dialog_manager)
    )
    shown = part_of(found, dialog_manager, StaffWords.listing, whole=WHOLE, page=PAGE)
    say = given.speech.say_plain
    return {
        "synonyms": [
            Choice(
                id=one.id,
                label=label(say("synonyms-label", phrase=one.phrase, stands_for=one.stands_for)),
            )
            for one in shown.items
        ],
        "something": bool(found),
        "nothing": not found,
        **shown.turns(),
    }


async def synonym(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.synonyms.list_synonyms(
        given.actor, municipality_of(dialog_manager)
    )
    wanted = int(dialog_manager.dialog_data[SYNONYM])
    one = next((one for one in found if one.id == wanted), None)
    return {
        "phrase": one.phrase if one else "",
        "stands_for": one.stands_for if one else "",
        "there": one is not None,
        "gone": one is None,
    }


async def meaning(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    return {"phrase": dialog_manager.dialog_data[PHRASE]}


async def misses(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.synonyms.list_misses(
        given.actor, municipality_of(dialog_manager), MOST_MISSES
    )
    shown = part_of(found, dialog_manager, StaffWords.misses, whole=WHOLE, page=PAGE)
    say = given.speech.say_plain
    return {
        "misses": [
            Choice(
                id=one.id,
                label=label(say("synonyms-miss-label", words=one.words, times=one.times)),
            )
            for one in shown.items
        ],
        "something": bool(found),
        "nothing": not found,
        **shown.turns(),
    }


async def miss(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    wanted = int(dialog_manager.dialog_data[MISS])
    found = await given.services.synonyms.list_misses(
        given.actor, municipality_of(dialog_manager), MOST_MISSES
    )
    one = next((one for one in found if one.id == wanted), None)
    return {
        "words": one.words if one else "",
        "times": one.times if one else 0,
        "last": given.speech.moment(one.last_at) if one else "",
        "there": one is not None,
        "gone": one is None,
    }


async def places(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.organisation_points.list_places(
        given.actor, municipality_of(dialog_manager)
    )
    shown = part_of(found, dialog_manager, StaffWords.places, whole=WHOLE, page=PAGE)
    return {
        "organisations": [
            Choice(
                id=one.id,
                label=label(
                    given.speech.say_plain(
                        "places-label",
                        organisation=one.name,
                        placed="yes" if one.point is not None else "no",
                    )
                ),
            )
            for one in shown.items
        ],
        "placed": sum(one.point is not None for one in found),
        "places": len(found),
        **shown.turns(),
    }


async def place(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    one = await given.services.organisation_points.get_place(
        given.actor, int(dialog_manager.dialog_data[PLACE])
    )
    return {
        "organisation": one.name,
        "address": one.address or given.speech.say_plain("places-no-address"),
        "placed": one.point is not None,
    }
