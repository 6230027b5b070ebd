"""What the head and everybody of the staff do here; services ask for the right again."""

from __future__ import annotations

from datetime import date

from aiogram import Bot
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.given import Given, given
from bot.dialogs.paging import turn_to_first
from bot.dialogs.refusing import refusal_text, say_bad_value
from bot.dialogs.staff_people.states import StaffPeople
from bot.dialogs.widgets import hint
from core import words
from core.domain.refusals import BadValue, NotAllowed, NotFound
from core.domain.staff import NEEDS_ORGANISATION, HandingOverTwice, Role
from core.domain.terms import ALWAYS, Term
from core.domain.written_dates import NoSuchDay, find_period

RIGHT = "right_id"
ROLE = "role"
ORGANISATION = "organisation_id"
FILTER = "filter"
LINK = "link"
RECEIVER = "person_id"
TERM = "term"
CHAT = "bound_chat_id"


async def choose_member(
    _callback: CallbackQuery, _select: object, manager: DialogManager, right_id: int
) -> None:
    manager.dialog_data[RIGHT] = right_id
    await manager.switch_to(StaffPeople.member)


async def revoke(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """At once: whatever that person has open says so at the next tap."""
    surroundings = given(manager)
    try:
        await surroundings.services.colleagues.revoke(
            surroundings.actor, int(manager.dialog_data[RIGHT])
        )
    except NotFound as refusal:
        hint(manager, refusal_text(refusal, surroundings.speech))
    else:
        hint(manager, surroundings.speech.say("people-revoked"))
    await manager.switch_to(StaffPeople.overview)


async def begin_invitation(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    for name in (ROLE, ORGANISATION, FILTER, LINK):
        manager.dialog_data.pop(name, None)
    await manager.switch_to(StaffPeople.roles)


async def choose_role(
    _callback: CallbackQuery, _select: object, manager: DialogManager, role: str
) -> None:
    """A role of an organisation asks for the organisation next."""
    known = {one.value: one for one in Role}
    if role not in known:
        return
    manager.dialog_data[ROLE] = role
    turn_to_first(manager, StaffPeople.organisations)
    needed = known[role] in NEEDS_ORGANISATION
    await manager.switch_to(StaffPeople.organisations if needed else StaffPeople.term)


async def filter_organisations(manager: DialogManager, text: str) -> None:
    manager.dialog_data[FILTER] = " ".join(text.split())
    turn_to_first(manager, StaffPeople.organisations)


async def choose_organisation(
    _callback: CallbackQuery, _select: object, manager: DialogManager, organisation_id: int
) -> None:
    manager.dialog_data[ORGANISATION] = organisation_id
    await manager.switch_to(StaffPeople.term)


async def back_from_term(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    chosen = ORGANISATION in manager.dialog_data
    await manager.switch_to(StaffPeople.organisations if chosen else StaffPeople.roles)


async def invite_always(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _invite(manager, ALWAYS)


async def take_term(manager: DialogManager, text: str) -> None:
    try:
        await _invite(manager, _read_term(text))
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)


async def begin_handing_over(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """The only right is chosen for the person."""
    surroundings = given(manager)
    own = await surroundings.services.colleagues.list_own(surroundings.actor)
    if not own:
        raise NotAllowed()
    if len(own) == 1:
        manager.dialog_data[RIGHT] = own[0].right_id
        await manager.switch_to(StaffPeople.receivers)
    else:
        await manager.switch_to(StaffPeople.rights)


async def choose_right(
    _callback: CallbackQuery, _select: object, manager: DialogManager, right_id: int
) -> None:
    manager.dialog_data[RIGHT] = right_id
    turn_to_first(manager, StaffPeople.receivers)
    await manager.switch_to(StaffPeople.receivers)


async def choose_receiver(
    _callback: CallbackQuery, _select: object, manager: DialogManager, person_id: int
) -> None:
    manager.dialog_data[RECEIVER] = person_id
    await manager.switch_to(StaffPeople.days)


async def take_days(manager: DialogManager, text: str) -> None:
    """Both days of the leave, to be checked before anything is given."""
    try:
        term = _read_term(text)
        if term.last is None:
            raise BadValue(field="term", reason="open")
        term.checked(given(manager).today)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    manager.dialog_data[TERM] = [
        (term.first or given(manager).today).isoformat(),
        term.last.isoformat(),
    ]
    await manager.switch_to(StaffPeople.checking)


async def hand_over(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await hand_over_by_word(manager)


async def hand_over_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    first, last = (date.fromisoformat(day) for day in manager.dialog_data[TERM])
    try:
        await surroundings.services.colleagues.hand_over(
            surroundings.actor,
            int(manager.dialog_data[RIGHT]),
            int(manager.dialog_data[RECEIVER]),
            Term(first=first, last=last),
        )
    except (HandingOverTwice, NotFound, BadValue) as refusal:
        hint(manager, refusal_text(refusal, surroundings.speech))
        await manager.switch_to(StaffPeople.overview)
        return
    await manager.switch_to(StaffPeople.handed, show_mode=ShowMode.SEND)


async def choose_chat(
    _callback: CallbackQuery, _select: object, manager: DialogManager, bound_id: int
) -> None:
    manager.dialog_data[CHAT] = bound_id
    await manager.switch_to(StaffPeople.chat)


async def unbind(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        await surroundings.services.bound_chats.unbind(
            surroundings.actor, int(manager.dialog_data[CHAT])
        )
    except NotFound as refusal:
        hint(manager, refusal_text(refusal, surroundings.speech))
    else:
        hint(manager, surroundings.speech.say("people-unbound"))
    await manager.switch_to(StaffPeople.chats)


async def headed_place(surroundings: Given) -> int:
    """The municipality the person looks at where he heads it, else the first he heads. Raises
    NotAllowed."""
    places = await surroundings.services.colleagues.headed_places(surroundings.actor)
    if not places:
        raise NotAllowed()
    chosen = surroundings.actor.municipality_id
    return chosen if chosen in places else places[0]


async def _invite(manager: DialogManager, term: Term) -> None:
    surroundings = given(manager)
    bot: Bot = manager.middleware_data["bot"]
    place = await headed_place(surroundings)
    organisation = manager.dialog_data.get(ORGANISATION)
    made = await surroundings.services.colleagues.invite(
        surroundings.actor,
        Role(manager.dialog_data[ROLE]),
        place,
        None if organisation is None else int(organisation),
        term=term,
        bot_username=(await bot.me()).username or "",
    )
    manager.dialog_data[LINK] = made.link
    await manager.switch_to(StaffPeople.link, show_mode=ShowMode.SEND)


def _read_term(text: str) -> Term:
    """Raises BadValue(field="term", reason="unread")."""
    try:
        found = find_period(text, words.date_words())
    except NoSuchDay:
        found = None
    if found is None:
        raise BadValue(field="term", reason="unread")
    return Term(first=found.period.first, last=found.period.last)
