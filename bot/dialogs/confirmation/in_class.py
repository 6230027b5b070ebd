"""A class at once: codes typed or pasted, a list to tick, one tap that confirms each by itself.

Each family is a decision and a write of its own: what fails is told with its reason and holds
nobody else up.
"""

from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.confirmation.states import StaffClass
from bot.dialogs.given import Given, given, given_from
from bot.dialogs.paging import part_of
from bot.dialogs.refusing import refusal_text, say_bad_value
from bot.dialogs.widgets import hint
from bot.views import confirmation as view
from bot.views.choices import Choice
from bot.views.programmes import label
from core.domain.confirmation import MOST_AT_ONCE, TooManyTries, VisitCode, read_visit_codes
from core.domain.refusals import AlreadyDecided, BadValue, NotAllowed, NotFound, Refusal

FAMILIES = "families"
MISSED = "missed"
REPORT = "report"
WHOLE = 5
PAGE = 3


async def take_codes(manager: DialogManager, text: str) -> None:
    """More codes may follow: the list grows."""
    surroundings = given(manager)
    try:
        typed = read_visit_codes(text)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    families: list[dict[str, Any]] = manager.dialog_data.setdefault(FAMILIES, [])
    known = {family["id"] for family in families}
    missed = list(typed.unread)
    for code in typed.codes:
        if code.number in known or len(families) >= MOST_AT_ONCE:
            continue
        try:
            families.append(await _found(surroundings, code))
        except NotFound:
            missed.append(code.written)
        except TooManyTries as refusal:
            hint(manager, refusal_text(refusal, surroundings.speech))
            missed.append(code.written)
            break
    manager.dialog_data[MISSED] = missed
    await manager.switch_to(StaffClass.ticks)


async def ticks(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    speech = given_from(data).speech
    families = dialog_manager.dialog_data[FAMILIES]
    shown = part_of(families, dialog_manager, StaffClass.ticks, whole=WHOLE, page=PAGE)
    missed = dialog_manager.dialog_data[MISSED]
    ticked = sum(family["mark"] == "ticked" for family in families)
    parts = [
        speech.say("class-head", families=len(families), ticked=ticked),
        view.class_text([_listed(family) for family in families], speech),
    ]
    if missed:
        parts.append(speech.say("class-missed", codes=", ".join(missed)))
    return {
        "text": "\n".join(part for part in parts if part),
        "families": [
            Choice(
                id=family["id"],
                label=label(
                    speech.say_plain(
                        "class-tick",
                        mark=speech.say_plain("class-mark", mark=family["mark"]),
                        name=family["name"],
                    )
                ),
            )
            for family in shown.items
        ],
        "ticked": ticked,
        **shown.turns(),
    }


async def tick(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, certificate_id: int
) -> None:
    """On and off; what is decided already stays as it is."""
    turned = {"ticked": "left", "left": "ticked"}
    for family in manager.dialog_data[FAMILIES]:
        if family["id"] == certificate_id:
            family["mark"] = turned.get(family["mark"], family["mark"])


async def confirm(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await confirm_by_word(manager)


async def confirm_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    ticked = [family for family in manager.dialog_data[FAMILIES] if family["mark"] == "ticked"]
    if not ticked:
        return
    failed = []
    for family in ticked:
        reason = await _confirm(surroundings, family)
        if reason is not None:
            failed.append({**family, "reason": reason})
    manager.dialog_data[REPORT] = {"confirmed": len(ticked) - len(failed), "failed": failed}
    manager.dialog_data[FAMILIES] = []
    await manager.switch_to(StaffClass.report, show_mode=ShowMode.SEND)


async def report(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    speech = given_from(data).speech
    told = dialog_manager.dialog_data[REPORT]
    lines = [speech.say("class-report", confirmed=told["confirmed"], failed=len(told["failed"]))]
    lines += [
        speech.say(
            "class-failed",
            id=str(family["id"]),
            name=family["name"],
            reason=speech.say_plain("class-reason", reason=family["reason"]),
        )
        for family in told["failed"]
    ]
    return {"text": "\n".join(lines)}


async def back_to_codes(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """A list begun anew."""
    manager.dialog_data[FAMILIES] = []
    await manager.switch_to(StaffClass.codes)


async def next_class(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """The report stays in the chat."""
    await manager.switch_to(StaffClass.codes, show_mode=ShowMode.SEND)


async def _found(surroundings: Given, code: VisitCode) -> dict[str, Any]:
    """A family as the list keeps it; the look at its fields is audited. Raises NotFound,
    TooManyTries."""
    services, actor = surroundings.services, surroundings.actor
    found = await services.point_visits.find_by_code(actor, code)
    details = await services.certificate_decisions.open(actor, found)
    return {
        "id": details.id,
        "version": details.version,
        "name": details.child_name.full,
        "born": surroundings.speech.short_day(details.born),
        "mark": "ticked" if view.waits(details) else "decided",
    }


async def _confirm(surroundings: Given, family: dict[str, Any]) -> str | None:
    """Why it was not confirmed, as a code of words; None: it was. Raises NotAllowed."""
    try:
        await surroundings.services.certificate_decisions.confirm(
            surroundings.actor, family["id"], version=family["version"]
        )
    except NotAllowed:
        raise
    except AlreadyDecided:
        return "decided"
    except Refusal as refusal:
        return refusal.code
    return None


def _listed(family: dict[str, Any]) -> view.Listed:
    return view.Listed(
        number=family["id"], name=family["name"], born=family["born"], mark=family["mark"]
    )
