from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram_dialog import DialogManager

from bot.dialogs.consents.gate import flows_open
from bot.dialogs.districts import names_of_districts
from bot.dialogs.given import Given, given_from
from bot.dialogs.paging import page_number, part_of
from bot.dialogs.programmes.actions import AMONG, CHOSEN_BY_LINK
from bot.dialogs.programmes.states import ProgrammePage, Programmes
from bot.views import programmes as view
from bot.views.as_of import with_moment
from bot.views.choices import Choice, Pick
from bot.views.comparison import comparison
from bot.views.links import programme_link, share_link
from core.domain.municipality import Fact
from core.domain.programmes import Direction
from core.domain.refusals import NotFound
from core.i18n import Speech
from core.services.programmes.views import ProgrammeCard, ProgrammeLine

PAGE = 5
GROUPS = 4
"""On one card: more of them, with all they say, would be too long a message."""
SIMILAR = 3
PAIRS = 5
_NO_CARD: dict[str, Any] = {
    "groups": [],
    "similar": [],
    "watchable": False,
    "watched": False,
    "share": "",
    "has_earlier": False,
    "has_later": False,
    "whole": False,
}


async def directions(**data: Any) -> dict[str, Any]:
    given = given_from(data)
    counted = await given.services.programmes.directions(given.municipality_id)
    return {
        "directions": [
            Pick(
                id=direction.value,
                label=given.speech.say_plain(
                    "button-direction",
                    theme=view.sentence(view.theme_of(direction, given.speech)),
                    count=count,
                ),
            )
            for direction, count in counted
        ],
        "nothing": not counted,
        "something": bool(counted),
    }


async def listing(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    direction = Direction(dialog_manager.dialog_data["direction"])
    offset = page_number(dialog_manager, Programmes.listing) * PAGE
    page = await given.services.programmes.browse(
        given.municipality_id, direction, offset=offset, limit=PAGE
    )
    dialog_manager.dialog_data[AMONG] = [line.id for line in page.items]
    return {
        "text": view.listing(page, view.theme_of(direction, given.speech), PAGE, given.speech),
        "programmes": [
            Choice(id=line.id, label=view.line_label(number, line, given.speech))
            for number, line in view.numbered(page)
        ],
        "has_earlier": offset > 0,
        "has_later": page.has_more,
    }


async def card(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    programme_id = int(dialog_manager.dialog_data["programme_id"])
    try:
        programme = await given.services.programmes.card(programme_id)
    except NotFound:
        return {**_NO_CARD, "text": given.speech.say("programme-gone")}
    open_groups = [group for group in programme.groups if group.takes_applications]
    # those one can apply to come first
    groups = sorted(programme.groups, key=lambda group: not group.takes_applications)
    shown = part_of(groups, dialog_manager, ProgrammePage.card, whole=GROUPS, page=GROUPS)
    has_seat = view.has_seat(programme)
    similar = () if has_seat else await _similar(given, programme_id)
    districts = await names_of_districts(given.services)
    district = districts.get(programme.municipality_id, "")
    own = programme.municipality_id == given.actor.municipality_id
    known = own and CHOSEN_BY_LINK not in dialog_manager.dialog_data
    text = view.card(
        programme, shown.items, shown.offset, given.speech, district="" if known else district
    )
    moment = await given.services.municipalities.as_of(programme.municipality_id, Fact.SEATS)
    text = with_moment(text, moment, given.speech)
    return {
        "text": f"{text}\n\n{view.similar(similar, given.speech)}" if similar else text,
        "groups": [
            Choice(id=group.id, label=view.group_label(group, open_groups, given.speech))
            for group in shown.items
            if group.takes_applications and has_seat
        ],
        "similar": [Choice(id=line.id, label=view.label(line.title)) for line in similar],
        **await _watching(given, programme_id, has_seat=has_seat),
        "share": await _share(dialog_manager, programme, district, given.speech),
        **shown.turns(),
    }


async def pair(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """Whatever stood beside it in the list it came from, then what is like it."""
    given = given_from(data)
    programme_id = int(dialog_manager.dialog_data["programme_id"])
    beside = [int(one) for one in dialog_manager.dialog_data.get(AMONG, []) if one != programme_id]
    like = await given.services.open_programmes.like(programme_id, limit=PAIRS)
    ids = list(dict.fromkeys([*beside, *(line.id for line in like)]))[:PAIRS]
    lines = await given.services.programmes.lines_of([programme_id, *ids])
    others = [line for line in lines if line.id != programme_id]
    return {
        "title": "".join(line.title for line in lines if line.id == programme_id),
        "others": [Choice(id=line.id, label=view.label(line.title)) for line in others],
        "something": bool(others),
        "nothing": not others,
    }


async def both(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    programmes = given.services.programmes
    try:
        first = await programmes.card(int(dialog_manager.dialog_data["programme_id"]))
        second = await programmes.card(int(dialog_manager.dialog_data["second_id"]))
    except NotFound:
        return {"text": given.speech.say("programme-gone"), "first": "", "second": ""}
    return {
        "text": comparison(first, second, given.speech),
        "first": view.label(_numbered(1, first.title, given.speech)),
        "second": view.label(_numbered(2, second.title, given.speech)),
    }


def _numbered(number: int, title: str, speech: Speech) -> str:
    return speech.say_plain("button-open-numbered", number=str(number), title=title)


async def _similar(given: Given, programme_id: int) -> tuple[ProgrammeLine, ...]:
    return await given.services.open_programmes.like(programme_id, limit=SIMILAR)


async def _watching(given: Given, programme_id: int, *, has_seat: bool) -> dict[str, bool]:
    """Where nothing about anybody is kept, nobody's wish is either."""
    if not flows_open(given):
        return {"watchable": False, "watched": False}
    watched = await given.services.watches.watches(given.actor, programme_id)
    return {"watchable": not has_seat and not watched, "watched": watched}


async def _share(
    manager: DialogManager, programme: ProgrammeCard, district: str, speech: Speech
) -> str:
    bot: Bot = manager.middleware_data["bot"]
    link = programme_link((await bot.me()).username or "", programme.id)
    return share_link(link, view.shared(programme, speech, district=district))
