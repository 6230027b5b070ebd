"""What has been answered so far."""

from __future__ import annotations

from aiogram_dialog import DialogManager

from core.domain.advice import Taste
from core.domain.programmes import Direction

WORKDAYS = frozenset({1, 2, 3, 4, 5})
WEEKEND = frozenset({6, 7})
_CHILD = "child_id"
_YEARS = "years"
_THEMES = "themes"
_WEEKDAYS = "weekdays"
_FREE = "free"


def taste(manager: DialogManager) -> Taste:
    return Taste(
        themes=frozenset(Direction(code) for code in manager.dialog_data.get(_THEMES, [])),
        weekdays=frozenset(manager.dialog_data.get(_WEEKDAYS, [])),
        free=bool(manager.dialog_data.get(_FREE)),
    )


def turn_theme(manager: DialogManager, direction: Direction) -> None:
    """Chosen becomes not chosen, and the other way round."""
    themes = taste(manager).themes ^ {direction}
    manager.dialog_data[_THEMES] = sorted(theme.value for theme in themes)


def turn_days(manager: DialogManager, days: frozenset[int]) -> None:
    manager.dialog_data[_WEEKDAYS] = sorted(taste(manager).weekdays ^ days)


def turn_free(manager: DialogManager) -> None:
    manager.dialog_data[_FREE] = not taste(manager).free


def choose(manager: DialogManager, *, child_id: int | None, years: int | None) -> None:
    """A child of the family, or an age."""
    manager.dialog_data[_CHILD] = child_id
    manager.dialog_data[_YEARS] = years


def chosen_child(manager: DialogManager) -> int | None:
    found: int | None = manager.dialog_data.get(_CHILD)
    return found


def chosen_years(manager: DialogManager) -> int | None:
    found: int | None = manager.dialog_data.get(_YEARS)
    return found
