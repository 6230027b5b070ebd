from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.family_staff.actions import CHANGE, find_pair, place_of
from bot.dialogs.family_staff.states import StaffFamilies
from bot.dialogs.given import given_from
from bot.dialogs.paging import part_of
from bot.views import family as view
from bot.views.choices import Choice
from bot.views.programmes import label
from core.domain.family_records import ChangeState

_WHOLE = 6
_PAGE = 4


async def overview(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    services, place = given.services, place_of(dialog_manager)
    changes = await services.child_records.list_open(given.actor, place)
    doubles = await services.child_doubles.list_possible(given.actor, place)
    undoable = await services.child_doubles.list_undoable(given.actor, place)
    return {"changes": len(changes), "doubles": len(doubles), "undoable": len(undoable)}


async def changes(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.child_records.list_open(given.actor, place_of(dialog_manager))
    shown = part_of(found, dialog_manager, StaffFamilies.changes, whole=_WHOLE, page=_PAGE)
    return {
        "changes": [
            Choice(
                id=one.id,
                label=label(
                    given.speech.say_plain(
                        "staff-change-label", number=str(one.id), field=one.field.value
                    )
                ),
            )
            for one in shown.items
        ],
        "count": len(found),
        **shown.turns(),
    }


async def change(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    details = await given.services.child_records.open(
        given.actor, int(dialog_manager.dialog_data[CHANGE])
    )
    return {
        "number": str(details.id),
        "field": details.field.value,
        "stands": view.value_of(details.stands, given.speech),
        "wanted": view.value_of(details.wanted, given.speech),
        "asked": given.speech.moment(details.requested_at),
        "open": details.state is ChangeState.OPEN,
        "decided": details.state is not ChangeState.OPEN,
    }


async def doubles(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.child_doubles.list_possible(given.actor, place_of(dialog_manager))
    shown = part_of(found, dialog_manager, StaffFamilies.doubles, whole=_WHOLE, page=_PAGE)
    return {
        "pairs": [
            Choice(id=one.gone.child_id, label=label(one.gone.name.full)) for one in shown.items
        ],
        "count": len(found),
        **shown.turns(),
    }


async def double(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    pair = await find_pair(dialog_manager)
    if pair is None:
        return {"there": False, "gone": True, "text": "", "fresh": False, "to_confirm": False}
    return {
        "there": True,
        "gone": False,
        "text": view.pair(pair, given.speech),
        "fresh": pair.merge_id is None,
        "to_confirm": pair.merge_id is not None and not pair.mine,
    }


async def undoable(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.child_doubles.list_undoable(given.actor, place_of(dialog_manager))
    shown = part_of(found, dialog_manager, StaffFamilies.undoable, whole=_WHOLE, page=_PAGE)
    return {
        "merges": [
            Choice(id=number, label=given.speech.say_plain("staff-undo", number=str(number)))
            for number in shown.items
        ],
        "count": len(found),
        **shown.turns(),
    }
