"""What a search conversation remembers: the wishes, the order, the person's rough place."""

from __future__ import annotations

from aiogram_dialog import DialogManager

from core.domain.wishes import Point, Sort, Understood, Wish, from_stored

_WISHES = "wishes"
_SORT = "sort"
_NEAR = "near"
_TYPED = "typed"
_FRESH = "fresh"
_GIVEN_UP = "given_up"


def wished(manager: DialogManager) -> Understood:
    return from_stored(manager.dialog_data.get(_WISHES, {}))


def wish(manager: DialogManager, understood: Understood) -> None:
    """What stands on the chips from here on."""
    manager.dialog_data[_WISHES] = understood.as_stored()


def given_up(manager: DialogManager) -> frozenset[Wish]:
    """Which of the wishes what was found last does not meet."""
    kept = from_stored({"wishes": manager.dialog_data.get(_GIVEN_UP, ())})
    return frozenset(kept.wishes)


def keep_given_up(manager: DialogManager, wishes: tuple[Wish, ...]) -> None:
    manager.dialog_data[_GIVEN_UP] = Understood(wishes=wishes).as_stored()["wishes"]


def is_fresh(manager: DialogManager) -> bool:
    """Whether the wishes were typed just now; once, since what is shown again was not looked for
    in vain again."""
    return bool(manager.dialog_data.pop(_FRESH, False))


def make_fresh(manager: DialogManager) -> None:
    manager.dialog_data[_FRESH] = True


def order(manager: DialogManager) -> Sort:
    return Sort(manager.dialog_data.get(_SORT, Sort.FIT))


def put_in_order(manager: DialogManager, sort: Sort) -> None:
    manager.dialog_data[_SORT] = sort.value


def place(manager: DialogManager) -> Point | None:
    """Where the person is, to 500 metres; it goes with the conversation."""
    found = manager.dialog_data.get(_NEAR)
    return Point(latitude=found[0], longitude=found[1]) if found else None


def keep_place(manager: DialogManager, point: Point) -> None:
    manager.dialog_data[_NEAR] = [point.latitude, point.longitude]


def typed(manager: DialogManager) -> str:
    """What was typed and not understood, as it may be shown; empty when it was."""
    return str(manager.dialog_data.get(_TYPED, ""))


def keep_typed(manager: DialogManager, text: str) -> None:
    manager.dialog_data[_TYPED] = text
