from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.family_members.actions import CHOSEN, LINK, MEMBER, ROLE, child_of
from bot.dialogs.family_members.states import FamilyMembers
from bot.dialogs.given import given_from
from bot.dialogs.paging import part_of
from bot.views import family as view
from bot.views.choices import Choice
from bot.views.links import share_link
from bot.views.names import button_name
from core.domain.family import OWN_ACCOUNT_YEARS, FamilyRole
from core.services.children.views import ChildView

_WHOLE = 3
_PAGE = 1


async def members(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    child_id = child_of(dialog_manager)
    child = await given.services.children.get_mine(given.actor, child_id)
    everybody = await given.services.families.list_members(given.actor, child_id)
    waiting = await given.services.family_invitations.list_waiting(given.actor, child_id)
    others = [one for one in everybody if not one.me]
    shown = part_of(others, dialog_manager, FamilyMembers.members, whole=_WHOLE, page=_PAGE)
    return {
        "first": child.name.first,
        "lines": "\n".join(view.line(one, given.speech) for one in everybody),
        "members": [
            Choice(id=one.person_id, label=view.label(one, given.speech)) for one in shown.items
        ],
        "waiting": len(waiting),
        **shown.turns(),
    }


async def member(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    wanted = int(dialog_manager.dialog_data[MEMBER])
    everybody = await given.services.families.list_members(given.actor, child_of(dialog_manager))
    one = next((one for one in everybody if one.person_id == wanted and not one.me), None)
    return {
        "there": one is not None,
        "gone": one is None,
        "line": view.line(one, given.speech) if one is not None else "",
        "since": given.speech.moment(one.since) if one is not None else "",
    }


async def invite(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    child = await given.services.children.get_mine(given.actor, child_of(dialog_manager))
    return {"first": child.name.first, "grown": child.age_years >= OWN_ACCOUNT_YEARS}


async def children(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    mine = await given.services.children.list_mine(given.actor)
    guarded = [child for child in mine if child.role is FamilyRole.GUARDIAN]
    shown = part_of(guarded, dialog_manager, FamilyMembers.children, whole=4, page=3)
    chosen = set(dialog_manager.dialog_data[CHOSEN])
    return {
        "role": dialog_manager.dialog_data[ROLE],
        "chosen": len(chosen),
        "children": [_choice(child, guarded, chosen) for child in shown.items],
        **shown.turns(),
    }


async def link(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    made = str(data.get(LINK, ""))
    role = str(dialog_manager.dialog_data.get(ROLE, ""))
    text = given.speech.say_plain("family-link-beside", role=role)
    return {
        "role": role,
        "link": made,
        "fresh": bool(made),
        "seen": not made,
        "share": share_link(made, text) if made else "",
    }


async def leaving(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    child = await given.services.children.get_mine(given.actor, child_of(dialog_manager))
    return {"first": child.name.first}


def _choice(child: ChildView, among: list[ChildView], chosen: set[int]) -> Choice:
    name = button_name(child.name, [one.name for one in among])
    return Choice(id=child.id, label=f"\N{HEAVY CHECK MARK} {name}" if child.id in chosen else name)
