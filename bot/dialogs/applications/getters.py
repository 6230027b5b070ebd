from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.applications.states import Apply
from bot.dialogs.consents.actions import start_of
from bot.dialogs.given import given_from
from bot.dialogs.paging import part_of
from bot.dialogs.refusing import kept_code, kept_text, refusal_text
from bot.views import applications as view
from bot.views.as_of import with_moment
from bot.views.choices import Choice
from bot.views.names import button_name
from core.domain.enrolment import WITHDRAWABLE, AlreadyApplied, CertificateNeeded
from core.domain.municipality import Fact
from core.domain.refusals import Refusal

_WHOLE = 5
"""Children beside the other three buttons."""
_PAGE = 3
"""The same where two buttons turn pages."""


async def child(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    children = await given.services.children.list_mine(given.actor)
    names = [found.name for found in children]
    shown = part_of(children, dialog_manager, Apply.child, whole=_WHOLE, page=_PAGE)
    return {
        "children": [
            Choice(id=found.id, label=button_name(found.name, names)) for found in shown.items
        ],
        **shown.turns(),
    }


async def check(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """As of now: if the rules say no meanwhile, the screen says so."""
    given = given_from(data)
    child_id = int(dialog_manager.dialog_data["child_id"])
    children = await given.services.children.list_mine(given.actor)
    try:
        weighing = await given.services.applications.weigh(
            given.actor, child_id, int(start_of(dialog_manager)["group_id"])
        )
        chosen = await given.services.children.get_mine(given.actor, child_id)
    except Refusal as refusal:
        return {"text": refusal_text(refusal, given.speech), "possible": False, "several": False}
    moment = await given.services.municipalities.as_of(weighing.municipality_id, Fact.SEATS)
    text = view.check(weighing, chosen.name, given.speech)
    return {
        "text": with_moment(text, moment, given.speech),
        "possible": True,
        "several": len(children) > 1,
    }


async def receipt(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    application = await given.services.applications.get_mine(
        given.actor, int(dialog_manager.dialog_data["application_id"])
    )
    return {"text": view.receipt(application, given.speech)}


async def refused(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    code = kept_code(dialog_manager)
    return {
        "text": kept_text(dialog_manager, given.speech),
        "certificate_needed": code == CertificateNeeded.code,
        "applied_already": code == AlreadyApplied.code,
    }


async def status(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    application = await given.services.applications.get_mine(
        given.actor, int(start_of(dialog_manager)["application_id"])
    )
    return {
        "text": view.status(application, given.speech),
        "check": view.withdraw_check(application, given.speech),
        "withdrawn": view.withdrawn(application, given.speech),
        "may_withdraw": application.state in WITHDRAWABLE,
    }
