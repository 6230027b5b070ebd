"""The head looks at all points and says how many children each expects this year."""

from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.dialogs.confirmation.states import StaffPlans
from bot.dialogs.consents.actions import start_of
from bot.dialogs.given import given, given_from
from bot.dialogs.paging import part_of
from bot.dialogs.refusing import say_bad_value
from bot.dialogs.widgets import hint
from bot.views.choices import Choice
from bot.views.programmes import label
from core.domain.confirmation import read_plan
from core.domain.refusals import BadValue
from core.i18n import Speech
from core.services.confirmation.views import PointFigures

POINT = "organisation_id"
WHOLE = 6
PAGE = 4


async def points(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.confirmation_points.all_figures(
        given.actor, municipality_of(dialog_manager)
    )
    shown = part_of(found, dialog_manager, StaffPlans.points, whole=WHOLE, page=PAGE)
    say = given.speech.say
    planned = sum(one.plan or 0 for one in found)
    head = say(
        "plans-points", points=len(found), year=sum(one.this_year for one in found), plan=planned
    )
    return {
        "text": "\n".join([head, *(_line(one, given.speech) for one in shown.items)]),
        "points": [
            Choice(id=one.organisation_id, label=label(one.organisation_name))
            for one in shown.items
        ],
        **shown.turns(),
    }


async def plan(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.confirmation_points.all_figures(
        given.actor, municipality_of(dialog_manager)
    )
    wanted = int(dialog_manager.dialog_data[POINT])
    names = [one.organisation_name for one in found if one.organisation_id == wanted]
    return {"point": names[0] if names else given.speech.say_plain("details-none")}


async def choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, organisation_id: int
) -> None:
    manager.dialog_data[POINT] = organisation_id
    await manager.switch_to(StaffPlans.plan)


async def take_plan(manager: DialogManager, text: str) -> None:
    surroundings = given(manager)
    try:
        number = read_plan(text)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await surroundings.services.confirmation_points.set_plan(
        surroundings.actor,
        municipality_of(manager),
        int(manager.dialog_data[POINT]),
        number,
    )
    hint(manager, surroundings.speech.say("plans-set", plan=number))
    await manager.switch_to(StaffPlans.points)


def municipality_of(manager: DialogManager) -> int:
    """The one whose points these are."""
    return int(start_of(manager).get("municipality_id", 0))


def _line(one: PointFigures, speech: Speech) -> str:
    return speech.say(
        "plans-line" if one.plan is not None else "plans-line-no-plan",
        point=one.organisation_name,
        year=one.this_year,
        plan=one.plan or 0,
    )
