"""Ages: kept in months, counted in full ones; a birthday counts from its first minute.

A child born on the 29th of February becomes a year older on the 1st of March of a common year.
"""

from __future__ import annotations

from datetime import date

MONTHS_IN_YEAR = 12
ADULT_YEARS = 18


def months_between(born: date, on: date) -> int:
    """Full months of life on the day `on`; negative before birth."""
    months = (on.year - born.year) * MONTHS_IN_YEAR + on.month - born.month
    return months - 1 if on.day < born.day else months


def full_years(born: date, on: date) -> int:
    """Full years of life on the day `on`."""
    return months_between(born, on) // MONTHS_IN_YEAR


def birthday(born: date, years: int) -> date:
    """The day on which the child is `years` old for the first time."""
    year = born.year + years
    try:
        return born.replace(year=year)
    except ValueError:  # the 29th of February in a common year
        return date(year, 3, 1)
