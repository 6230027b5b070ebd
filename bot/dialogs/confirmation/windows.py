"""Windows of a point: find, compare, mend, confirm; a class at once; plans of the points."""

from __future__ import annotations

from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.kbd import Row

from bot.dialogs.confirmation import actions, getters, in_class, plans
from bot.dialogs.confirmation.states import StaffClass, StaffPaper, StaffPlans, StaffPoint
from bot.dialogs.consents.gate import personal
from bot.dialogs.documents import Document
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.screens import button, opening, rows, screen, switch
from bot.dialogs.widgets import Label, Ready, T


def dialogs() -> list[Dialog]:
    return [
        Dialog(_find(), _compare(), *_deciding(), *_mending(), on_start=personal(actions.begin)),
        Dialog(*_class(), on_start=personal()),
        Dialog(*_plans(), on_start=personal()),
    ]


def _find() -> Window:
    return screen(
        Ready("figures"),
        T("point-find"),
        button("point-class", StaffPoint.find, opening(StaffClass.codes)),
        button("point-paper", StaffPoint.find, opening(StaffPaper.name)),
        state=StaffPoint.find,
        getter=getters.find,
        back_button=False,
        ear=Ear(expects="expects-found-by", text=actions.take_found_by),
    )


def _compare() -> Window:
    return screen(
        Ready("text"),
        button("point-confirm", StaffPoint.compare, actions.confirm, when="waits"),
        button("point-number", StaffPoint.compare, switch(StaffPoint.number), when="may_number"),
        button("point-add-snils", StaffPoint.compare, switch(StaffPoint.snils), when="lacks_snils"),
        Row(
            button("point-mend", StaffPoint.compare, switch(StaffPoint.mend)),
            button("point-differ", StaffPoint.compare, switch(StaffPoint.differ)),
            when="waits",
        ),
        state=StaffPoint.compare,
        getter=getters.compare,
        back=switch(StaffPoint.find),
        ear=Ear(expects="expects-compare", yes=actions.confirm_by_word),
    )


def _deciding() -> list[Window]:
    return [
        screen(
            T("point-number"),
            state=StaffPoint.number,
            back=switch(StaffPoint.compare),
            ear=Ear(
                expects="expects-registry-number",
                text=actions.take_number,
                takes=frozenset({Document.NUMBER}),
            ),
        ),
        screen(
            T("point-differ", "first"),
            button("point-hand-on", StaffPoint.differ, actions.hand_on),
            state=StaffPoint.differ,
            getter=getters.compare,
            back=switch(StaffPoint.compare),
            ear=Ear(
                expects="expects-buttons",
                yes=actions.hand_on_by_word,
                no=actions.back_to_compare,
            ),
        ),
        screen(
            T("point-done", "first", "id", "tail", when="numbered"),
            T("point-done-elsewhere", "first", "id", when="elsewhere"),
            Ready("figures"),
            button("point-next", StaffPoint.done, actions.next_family),
            state=StaffPoint.done,
            getter=getters.done,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
    ]


def _mending() -> list[Window]:
    return [
        screen(
            T("point-mend", "first"),
            button("point-name", StaffPoint.mend, switch(StaffPoint.name)),
            button("point-born", StaffPoint.mend, switch(StaffPoint.born)),
            button("point-snils", StaffPoint.mend, switch(StaffPoint.snils)),
            state=StaffPoint.mend,
            getter=getters.compare,
            back=switch(StaffPoint.compare),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("point-mend-name"),
            state=StaffPoint.name,
            back=switch(StaffPoint.mend),
            ear=Ear(expects="expects-name", text=actions.take_name),
        ),
        screen(
            T("point-mend-born"),
            state=StaffPoint.born,
            back=switch(StaffPoint.mend),
            ear=Ear(expects="expects-born", text=actions.take_birth_date),
        ),
        screen(
            T("point-mend-snils"),
            state=StaffPoint.snils,
            back=switch(StaffPoint.compare),
            ear=Ear(
                expects="expects-snils",
                text=actions.take_snils,
                takes=frozenset({Document.SNILS}),
            ),
        ),
    ]


def _class() -> list[Window]:
    return [
        screen(
            T("class-codes"),
            state=StaffClass.codes,
            ear=Ear(expects="expects-codes", text=in_class.take_codes),
        ),
        screen(
            Ready("text"),
            rows("family", StaffClass.ticks, "families", in_class.tick),
            page_turns(StaffClass.ticks),
            button(
                "class-confirm",
                StaffClass.ticks,
                in_class.confirm,
                text=Label("button-class-confirm", "ticked"),
                when="ticked",
            ),
            state=StaffClass.ticks,
            getter=in_class.ticks,
            back=in_class.back_to_codes,
            ear=Ear(
                expects="expects-more-codes",
                text=in_class.take_codes,
                yes=in_class.confirm_by_word,
            ),
        ),
        screen(
            Ready("text"),
            button("class-next", StaffClass.report, in_class.next_class),
            state=StaffClass.report,
            getter=in_class.report,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
    ]


def _plans() -> list[Window]:
    return [
        screen(
            Ready("text"),
            rows("point", StaffPlans.points, "points", plans.choose),
            page_turns(StaffPlans.points),
            state=StaffPlans.points,
            getter=plans.points,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("plans-ask", "point"),
            state=StaffPlans.plan,
            getter=plans.plan,
            back=switch(StaffPlans.points),
            ear=Ear(expects="expects-plan", text=plans.take_plan),
        ),
    ]
