"""The five clubs of an advice, each with why."""

from __future__ import annotations

from bot.views.programmes import (
    schedule,
    seats,
    sentence,
    short_price,
    shortened,
    theme_of,
)
from core.domain.advice import AGAINST, Reason, Taste
from core.domain.programmes import Direction
from core.i18n import Speech
from core.services.advice.views import AdviceView, AdvisedProgramme

LONGEST_TITLE = 45
MOST_REASONS = 2


def advised(advice: AdviceView, speech: Speech) -> str:
    """The whole list."""
    if advice.child_name is not None:
        head = speech.say("advice-head-child", first=advice.child_name.first)
    else:
        head = speech.say("advice-head-age", years=advice.years)
    if not advice.items:
        return "\n".join([head, speech.say("advice-nothing")])
    lines = [_line(number, one, speech) for number, one in enumerate(advice.items, start=1)]
    return "\n\n".join([head, *lines])


def theme_label(direction: Direction, taste: Taste, speech: Speech) -> str:
    """A theme to choose; chosen ones are marked."""
    return speech.say_plain(
        "button-advice-theme",
        theme=sentence(theme_of(direction, speech)),
        chosen="yes" if direction in taste.themes else "no",
    )


def _line(number: int, one: AdvisedProgramme, speech: Speech) -> str:
    facts = [
        schedule(one.schedule, one.schedule_note, speech),
        seats(one.seats_left, speech),
    ]
    if one.price_kopecks:  # that it is free is a reason
        facts.append(short_price(one.price_kopecks, speech))
    return speech.say(
        "advice-line",
        number=str(number),
        title=shortened(one.title, LONGEST_TITLE),
        facts=" · ".join(facts),
        reasons=sentence(", ".join(_told(one, speech))),
    )


def _told(one: AdvisedProgramme, speech: Speech) -> list[str]:
    """The best of what speaks for it, and all that speaks against."""
    against = [reason for reason in one.reasons if reason.kind in AGAINST]
    speaking = [reason for reason in one.reasons if reason.kind not in AGAINST]
    return [reason_words(reason, speech) for reason in [*speaking[:MOST_REASONS], *against]]


def reason_words(reason: Reason, speech: Speech) -> str:
    """One reason in a few words."""
    value = reason.value
    if value in list(Direction):
        value = theme_of(value, speech)
    elif value:
        value = _days(value, speech)
    return speech.say_plain("advice-reason", reason=reason.kind.value, value=value)


def _days(digits: str, speech: Speech) -> str:
    days = [speech.say_plain("weekday-every", day=int(digit)) for digit in digits]
    if len(days) < 2:
        return "".join(days)
    return speech.say_plain("and").join([", ".join(days[:-1]), days[-1]])
