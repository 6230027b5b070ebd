"""Every look asks for the right again; without it the errors' handler says so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.given import Given, given_from
from bot.dialogs.paging import part_of
from bot.dialogs.staff_people import actions
from bot.dialogs.staff_people.states import StaffPeople
from bot.views.choices import Choice, Pick
from bot.views.programmes import label
from core.domain.refusals import NotAllowed
from core.domain.staff import INVITED_BY_HEAD
from core.domain.terms import last_day
from core.i18n import Speech
from core.services.staff.queries import StaffMember

WHOLE = 5
PAGE = 3


async def overview(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    colleagues = given.services.colleagues
    rights = await given.services.staff.rights(given.actor)
    if not rights:
        raise NotAllowed()
    own = await colleagues.list_own(given.actor)
    handed = await colleagues.list_handed(given.actor)
    return {
        "own": "\n".join(_role_at(right, given.speech) for right in own)
        or given.speech.say_plain("people-none-own"),
        "may_hand": bool(own),
        "head": bool(await colleagues.headed_places(given.actor)),
        "handed": [
            Choice(id=right.right_id, label=label(_handed_label(right, given.speech)))
            for right in handed[:3]
        ],
    }


async def members(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await _of_head(given)
    shown = part_of(found, dialog_manager, StaffPeople.members, whole=WHOLE, page=PAGE)
    return {
        "total": len(found),
        "members": [
            Choice(
                id=right.right_id,
                label=label(
                    given.speech.say_plain(
                        "people-label",
                        name=_name(right.person_name, given.speech),
                        role=given.speech.say_plain("staff-role", role=str(right.role)),
                    )
                ),
            )
            for right in shown.items
        ],
        **shown.turns(),
    }


async def member(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    wanted = int(dialog_manager.dialog_data[actions.RIGHT])
    seen = await given.services.colleagues.list_handed(given.actor)
    if await given.services.colleagues.headed_places(given.actor):
        seen = [*seen, *await _of_head(given)]
    right = next((one for one in seen if one.right_id == wanted), None)
    own = right is not None and right.person_id == given.actor.person_id
    return {
        "there": right is not None,
        "gone": right is None,
        "may_revoke": right is not None and not own,
        "name": _name(right.person_name, given.speech) if right else "",
        "role": _role_at(right, given.speech) if right else "",
        "term": _term_of(right, given.speech) if right else "",
        "origin": "handed" if right and right.delegated_from is not None else "invited",
    }


async def roles(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    await _of_head(given)
    return {
        "roles": [
            Pick(id=role.value, label=given.speech.say_plain("staff-role", role=role.value))
            for role in INVITED_BY_HEAD
        ]
    }


async def organisations(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    place = await actions.headed_place(given)
    wanted = str(dialog_manager.dialog_data.get(actions.FILTER, ""))
    found = [
        one
        for one in await given.services.colleagues.list_organisations(given.actor, place)
        if wanted.casefold() in one[1].casefold()
    ]
    shown = part_of(found, dialog_manager, StaffPeople.organisations, whole=WHOLE, page=PAGE)
    return {
        "organisations": [Choice(id=one[0], label=label(one[1])) for one in shown.items],
        "something": bool(found),
        "nothing": not found,
        **shown.turns(),
    }


async def invited(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    speech = given_from(data).speech
    role = str(dialog_manager.dialog_data.get(actions.ROLE, ""))
    return {
        "role": speech.say_plain("staff-role", role=role),
        "link": dialog_manager.dialog_data.get(actions.LINK, ""),
    }


async def rights(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    own = await given.services.colleagues.list_own(given.actor)
    return {
        "rights": [
            Choice(id=right.right_id, label=label(_role_at(right, given.speech)))
            for right in own[:WHOLE]
        ]
    }


async def receivers(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.colleagues.list_receivers(
        given.actor, int(dialog_manager.dialog_data[actions.RIGHT])
    )
    shown = part_of(found, dialog_manager, StaffPeople.receivers, whole=WHOLE, page=PAGE)
    return {
        "receivers": [
            Choice(id=one[0], label=label(_name(one[1], given.speech))) for one in shown.items
        ],
        "something": bool(found),
        "nothing": not found,
        **shown.turns(),
    }


async def handing(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """What is about to be handed over, or just was."""
    given = given_from(data)
    own = await given.services.colleagues.list_own(given.actor)
    wanted = int(dialog_manager.dialog_data[actions.RIGHT])
    right = next((one for one in own if one.right_id == wanted), None)
    if right is None:
        raise NotAllowed()
    receiver = int(dialog_manager.dialog_data[actions.RECEIVER])
    names = {
        **dict(await given.services.colleagues.list_receivers(given.actor, wanted)),
        **{
            one.person_id: one.person_name
            for one in await given.services.colleagues.list_handed(given.actor)
        },
    }
    days = dialog_manager.dialog_data.get(actions.TERM)
    first, last = (date.fromisoformat(day) for day in days) if days else (given.today, given.today)
    return {
        "role": _role_at(right, given.speech),
        "name": _name(names.get(receiver), given.speech),
        "first": given.speech.day(first),
        "last": given.speech.day(last),
    }


async def chats(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    await actions.headed_place(given)
    found = await given.services.bound_chats.list_of(given.actor)
    shown = part_of(found, dialog_manager, StaffPeople.chats, whole=WHOLE, page=PAGE)
    say = given.speech.say_plain
    return {
        "chats": [
            Choice(
                id=one.id,
                label=label(
                    say(
                        "people-chat-label",
                        purpose=say("bind-purpose", purpose=str(one.purpose)),
                        kind=say("people-chat-kind", kind=one.kind),
                    )
                ),
            )
            for one in shown.items
        ],
        "something": bool(found),
        "nothing": not found,
        **shown.turns(),
    }


async def chat(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    wanted = int(dialog_manager.dialog_data[actions.CHAT])
    found = await given.services.bound_chats.list_of(given.actor)
    one = next((one for one in found if one.id == wanted), None)
    say = given.speech.say_plain
    return {
        "there": one is not None,
        "gone": one is None,
        "purpose": say("bind-purpose", purpose=str(one.purpose)) if one else "",
        "kind": say("people-chat-kind", kind=one.kind) if one else "",
        "since": given.speech.moment(one.bound_at) if one else "",
    }


async def _of_head(given: Given) -> list[StaffMember]:
    return await given.services.colleagues.list_of_head(
        given.actor, await actions.headed_place(given)
    )


def _name(name: str | None, speech: Speech) -> str:
    return name or speech.say_plain("people-nameless")


def _role_at(right: StaffMember, speech: Speech) -> str:
    return speech.say_plain(
        "people-role-at",
        role=speech.say_plain("staff-role", role=str(right.role)),
        place=right.organisation_name or right.municipality_name,
    )


def _term_of(right: StaffMember, speech: Speech) -> str:
    said = [_day("people-since", right.starts_at or right.granted_at, speech)]
    if right.ends_at is not None:
        last = last_day(right.ends_at, str(speech.zone))
        said.append(speech.say_plain("people-until", day=speech.short_day(last)))
    return " ".join(said)


def _day(key: str, moment: datetime, speech: Speech) -> str:
    return speech.say_plain(key, day=speech.short_day(moment.astimezone(speech.zone).date()))


def _handed_label(right: StaffMember, speech: Speech) -> str:
    last = last_day(right.ends_at, str(speech.zone)) if right.ends_at else None
    return speech.say_plain(
        "people-handed-label",
        name=_name(right.person_name, speech),
        day=speech.short_day(last) if last else "",
    )
