"""A watched programme as its person reads it."""

from __future__ import annotations

from bot.views.programmes import seats, shortened
from core.i18n import Speech
from core.services.watches.views import WatchView

LONGEST_TITLE = 60


def appeared(watch: WatchView, speech: Speech) -> str:
    """There is a seat again, and what to do with it."""
    return speech.say(
        "watch-appeared",
        title=watch.programme_title,
        organisation=watch.organisation_name,
        seats=seats(watch.seats_left, speech),
    )


def line(watch: WatchView, speech: Speech) -> str:
    """One line of a list."""
    return speech.say(
        "watch-line",
        title=shortened(watch.programme_title, LONGEST_TITLE),
        seats=seats(watch.seats_left, speech),
    )
