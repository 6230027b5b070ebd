"""Two programmes side by side: what differs line by line, what is the same said once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.views.programmes import ages, schedule, seats, short_price, shortened
from core.i18n import Speech
from core.services.programmes.views import GroupView, ProgrammeCard

GROUPS_TOLD = 2
LONGEST_TITLE = 60
LONGEST_PLACE = 60

Told = Callable[[ProgrammeCard, Speech], str]


def comparison(first: ProgrammeCard, second: ProgrammeCard, speech: Speech) -> str:
    """The whole screen."""
    heads = [
        speech.say(
            "compare-head",
            number=str(number),
            title=shortened(one.title, LONGEST_TITLE),
            organisation=shortened(one.organisation_name, LONGEST_PLACE),
        )
        for number, one in enumerate((first, second), start=1)
    ]
    rows = [
        _row(name, told(first, speech), told(second, speech), speech)
        for name, told in _ROWS.items()
    ]
    return "\n\n".join(["\n".join(heads), *rows])


def _row(name: str, first: str, second: str, speech: Speech) -> str:
    what = speech.say_plain("compare-row", row=name)
    if first == second:
        return speech.say("compare-same", what=what, value=first)
    return speech.say("compare-differ", what=what, first=first, second=second)


def _ages(programme: ProgrammeCard, speech: Speech) -> str:
    return ages(programme.age_from_months, programme.age_to_months, speech)


def _days(programme: ProgrammeCard, speech: Speech) -> str:
    """The hours of the groups one can apply to; of all, where there is none."""
    told = list(
        dict.fromkeys(
            schedule(group.schedule, group.schedule_note, speech) for group in _open(programme)
        )
    )
    days = "; ".join(told[:GROUPS_TOLD]) or speech.say_plain("schedule-unknown")
    rest = len(told) - GROUPS_TOLD
    return days if rest <= 0 else speech.say_plain("compare-more-groups", days=days, rest=rest)


def _price(programme: ProgrammeCard, speech: Speech) -> str:
    return short_price(programme.price_kopecks, speech)


def _seats(programme: ProgrammeCard, speech: Speech) -> str:
    taking = [group for group in programme.groups if group.takes_applications]
    if not taking:
        return speech.say_plain("seats-not-taking")
    left = [group.seats_left for group in taking]
    known = [one for one in left if one is not None]
    return seats(sum(known) if len(known) == len(left) else None, speech)


def _place(programme: ProgrammeCard, speech: Speech) -> str:
    addresses = list(dict.fromkeys(group.address for group in _open(programme) if group.address))
    if not addresses:
        return speech.say_plain("compare-place-unknown")
    return shortened("; ".join(addresses), LONGEST_PLACE)


def _open(programme: ProgrammeCard) -> Sequence[GroupView]:
    taking = [group for group in programme.groups if group.takes_applications]
    return taking or programme.groups


_ROWS: dict[str, Told] = {
    "ages": _ages,
    "days": _days,
    "price": _price,
    "seats": _seats,
    "place": _place,
}
