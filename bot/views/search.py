"""What was found, as a parent reads it: lines, chips, what was mended and what was given up."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Sequence

from bot.views.programmes import (
    LONGEST_LABEL,
    LONGEST_ORGANISATION,
    ages,
    label,
    seats,
    short_price,
    shortened,
    theme_of,
)
from core.domain.ages import MONTHS_IN_YEAR
from core.domain.wishes import Correction, Sort, Understood, Wish, WishKind
from core.i18n import Speech
from core.services.search.search import MOST_COUNTED
from core.services.search.views import Found, FoundProgramme

LONGEST_WISH = LONGEST_LABEL - 2
"""Beside the sign that takes it away."""
LONGEST_GIVEN_UP = LONGEST_LABEL - 8
"""The same, and the word that there is none."""
MOST_WISHED = 5
LONGEST_IN_LINE = 24
_CLOSE_M = 500
_HALF_KM = 500


def results(found: Found, size: int, speech: Speech) -> str:
    """The page: what was understood otherwise than typed, what was given up, the lines."""
    notes = [
        *(_corrected(correction, speech) for correction in found.understood.corrections),
        *_given_up(found.widened, speech),
        *_mentioned(found, speech),
    ]
    head = speech.say(
        "search-head", total=found.total, more="yes" if found.total >= MOST_COUNTED else "no"
    )
    if found.total > size:
        page, pages = found.offset // size + 1, -(-found.total // size)
        head += speech.say("programmes-list-page", page=str(page), pages=str(pages))
    lines = [_line(number, one, speech) for number, one in numbered(found)]
    return "\n\n".join(["\n".join([*notes, head]), *lines])


def nothing(found: Found, speech: Speech) -> str:
    """No programme even after giving up all that could be given up."""
    notes = [
        speech.say("search-corrected-in-vain", typed=made.typed, taken=made.taken)
        for made in found.understood.corrections
    ]
    return "\n".join([*notes, speech.say("search-nothing")])


def numbered(found: Found) -> list[tuple[int, FoundProgramme]]:
    """The lines with their places in the whole list."""
    return list(enumerate(found.items, start=found.offset + 1))


def line_label(number: int, one: FoundProgramme, speech: Speech) -> str:
    """The button of a line."""
    return label(speech.say_plain("programmes-line-label", number=str(number), title=one.title))


def chips_shown(found: Found, room: int) -> list[Wish]:
    """The wishes that have a button of their own, where there is `room` for so many buttons.

    All, if they fit. Else one button is for the whole list, and what was given up stands first:
    that is what somebody who does not see what they asked for takes away.
    """
    wishes = found.understood.wishes
    if len(wishes) <= room:
        return list(wishes)
    return sorted(wishes, key=lambda wish: wish not in found.widened)[: room - 1]


def wished(found: Found, speech: Speech) -> str:
    """All wishes in a line, those given up struck out: for a page whose buttons show but some."""
    said = [
        speech.say(
            "search-wished-one",
            wish=shortened(wish_words(wish, speech), LONGEST_IN_LINE),
            met="no" if wish in found.widened else "yes",
        )
        for wish in found.understood.wishes[:MOST_WISHED]
    ]
    more = len(found.understood.wishes) - len(said)
    line = f"{speech.say('search-wished')} {', '.join(said)}"
    return f"{line} {speech.say('search-wished-more', count=more)}" if more else line


def chip(wish: Wish, speech: Speech, *, given_up: bool = False) -> str:
    """The button that takes a wish away; the wish comes first, as phones cut what is long."""
    words = wish_words(wish, speech)
    if not given_up:
        return speech.say_plain("button-wish", wish=shortened(words, LONGEST_WISH))
    return speech.say_plain("button-wish-given-up", wish=shortened(words, LONGEST_GIVEN_UP))


def chip_id(wish: Wish) -> str:
    """The same for the same wish: the second tap of a double click meets no other one."""
    return f"{crc32(f'{wish.kind}:{wish.value}'.encode()):08x}"


def wish_of(understood: Understood, wanted: str) -> Wish | None:
    """The wish behind a chip; None when it is gone already."""
    return next((wish for wish in understood.wishes if chip_id(wish) == wanted), None)


def wish_words(wish: Wish, speech: Speech) -> str:
    """A wish in a few words: «7 years», «free», «Sat and Sun»."""
    return speech.say_plain("search-wish", kind=wish.kind.value, value=_value(wish, speech))


def given_up(wish: Wish, speech: Speech) -> str:
    """What there was none of, and what is shown instead."""
    kind = wish.kind.value.replace("_", "-")
    return speech.say(f"search-given-up-{kind}", value=_value(wish, speech))


def _given_up(widened: Sequence[Wish], speech: Speech) -> list[str]:
    """One by one each is explained; of several given up together nobody knows which was in the way,
    so nothing is said of any alone."""
    words = [given_up(wish, speech) for wish in widened if wish.kind is WishKind.WORDS]
    others = [wish for wish in widened if wish.kind is not WishKind.WORDS]
    if len(others) < 2:
        return [*words, *(given_up(wish, speech) for wish in others)]
    named = [shortened(wish_words(wish, speech), LONGEST_IN_LINE) for wish in others[:MOST_WISHED]]
    return [*words, speech.say("search-given-up-together", wishes=", ".join(named))]


def _mentioned(found: Found, speech: Speech) -> list[str]:
    words = " ".join(wish.value for wish in found.understood.of(WishKind.WORDS))
    if not found.mentioned or not words:
        return []
    return [speech.say("search-mentioned", words=shortened(words, LONGEST_IN_LINE))]


def sort_label(sort: Sort, speech: Speech) -> str:
    """The button that says the present order."""
    return speech.say_plain("search-order", sort=sort.value)


def distance(metres: int, speech: Speech) -> str:
    """Rough, since the person's own point is: to half a kilometre."""
    if metres <= _CLOSE_M:
        return speech.say_plain("distance-close")
    return speech.say_plain("distance", km=round(metres / _HALF_KM) / 2)


def _line(number: int, one: FoundProgramme, speech: Speech) -> str:
    where = shortened(one.organisation_name, LONGEST_ORGANISATION)
    if one.distance_m is not None:
        where = speech.say_plain(
            "search-where", organisation=where, distance=distance(one.distance_m, speech)
        )
    return speech.say(
        "programmes-line",
        number=str(number),
        title=one.title,
        organisation=where,
        ages=ages(one.age_from_months, one.age_to_months, speech),
        seats=seats(one.seats_left, speech),
        price=short_price(one.price_kopecks, speech),
    )


def _corrected(correction: Correction, speech: Speech) -> str:
    return speech.say("search-corrected", typed=correction.typed, taken=correction.taken)


def _value(wish: Wish, speech: Speech) -> str:
    """The value as people say it."""
    if wish.kind is WishKind.AGE:
        youngest, oldest = (months // MONTHS_IN_YEAR for months in wish.months)
        return ages(youngest * MONTHS_IN_YEAR, oldest * MONTHS_IN_YEAR, speech)
    if wish.kind in (WishKind.DIRECTION, WishKind.NOT_DIRECTION):
        return theme_of(wish.value, speech)
    if wish.kind is WishKind.PRICE_UP_TO:
        return speech.money(wish.kopecks)
    if wish.kind is WishKind.DAY:
        return _days(wish.weekdays, speech)
    if wish.kind in (WishKind.AFTER, WishKind.BEFORE):
        return speech.hour(wish.hour)
    return wish.value


def _days(weekdays: Sequence[int], speech: Speech) -> str:
    days = [speech.say_plain("weekday-short", day=day) for day in weekdays]
    if len(days) < 2:
        return "".join(days)
    return speech.say_plain("and").join([", ".join(days[:-1]), days[-1]])
