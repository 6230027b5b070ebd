"""Days in the case a sentence needs: «until» takes the genitive, which a calendar does not give."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from core.i18n import Speech


def until(day: date | None, speech: Speech) -> str:
    """«Tuesday, 8 September» in the genitive, to stand after «until»; nothing without a day."""
    if day is None:
        return ""
    return speech.say_plain(
        "until-day",
        weekday=day.isoweekday(),
        day=day_and_month(day, speech),
    )


def day_and_month(day: date, speech: Speech) -> str:
    """«24 August» in the genitive, to stand after «since»."""
    return format_date(day, format="d MMMM", locale=speech.locale)
