from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.advice.answered import WEEKEND, WORKDAYS, chosen_child, chosen_years, taste
from bot.dialogs.advice.states import Advice
from bot.dialogs.consents.gate import flows_open
from bot.dialogs.given import Given, given_from
from bot.dialogs.paging import part_of
from bot.dialogs.programmes.actions import AMONG
from bot.views import advice as view
from bot.views.choices import Choice, Pick
from bot.views.names import button_name
from bot.views.programmes import label
from core.domain.refusals import NotFound
from core.services.advice.views import AdviceView
from core.services.children.views import ChildView

_WHOLE = 6
_PAGE = 4


async def children_of(given: Given) -> list[ChildView]:
    """The family's children, where this transport may speak of them at all."""
    if not flows_open(given):
        return []
    return await given.services.children.list_mine(given.actor)


async def who(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    children = await children_of(given)
    shown = part_of(children, dialog_manager, Advice.who, whole=_WHOLE, page=_PAGE)
    names = [child.name for child in children]
    return {
        "children": [
            Choice(id=child.id, label=button_name(child.name, names)) for child in shown.items
        ],
        "known": bool(children),
        "unknown": not children,
        **shown.turns(),
    }


async def likes(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    counted = await given.services.programmes.directions(given.municipality_id)
    asked = taste(dialog_manager)
    return {
        "themes": [
            Pick(id=direction.value, label=view.theme_label(direction, asked, given.speech))
            for direction, _ in counted
        ],
        "chosen": "yes" if asked.themes else "no",
    }


async def how(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    asked = taste(dialog_manager)
    return {
        "free": _mark(asked.free),
        "workdays": _mark(asked.weekdays >= WORKDAYS),
        "weekend": _mark(asked.weekdays >= WEEKEND),
    }


async def result(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    advice = await _advice(dialog_manager, given)
    if advice is None:
        return {"text": given.speech.say("advice-nobody"), "programmes": []}
    dialog_manager.dialog_data[AMONG] = [one.programme_id for one in advice.items]
    return {
        "text": view.advised(advice, given.speech),
        "programmes": [
            Choice(
                id=one.programme_id,
                label=label(
                    given.speech.say_plain(
                        "programmes-line-label", number=str(number), title=one.title
                    )
                ),
            )
            for number, one in enumerate(advice.items, start=1)
        ],
    }


async def _advice(manager: DialogManager, given: Given) -> AdviceView | None:
    """None when whom it was for is not theirs (any more), or may not be spoken of here."""
    asked, child_id, years = taste(manager), chosen_child(manager), chosen_years(manager)
    if years is not None:
        return await given.services.advice.for_age(given.municipality_id, years, asked)
    if child_id is None or not flows_open(given):
        return None
    try:
        return await given.services.advice.for_child(given.actor, child_id, asked)
    except NotFound:
        return None


def _mark(chosen: bool) -> str:
    return "yes" if chosen else "no"
