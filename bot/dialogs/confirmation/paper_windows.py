"""Windows of a family on paper, and of the family that follows its slip later."""

from __future__ import annotations

from typing import Any

from aiogram_dialog import Dialog, DialogManager, Window

from bot.dialogs.confirmation import joining, on_paper
from bot.dialogs.confirmation.states import SlipJoining, StaffPaper
from bot.dialogs.consents.gate import personal
from bot.dialogs.documents import Document
from bot.dialogs.family.states import Family
from bot.dialogs.given import given_from
from bot.dialogs.listening import Ear
from bot.dialogs.screens import button, opening, picks, screen
from bot.dialogs.widgets import T
from bot.views.choices import Pick

_FIELDS = ("last", "born", "snils", "guardian", "phone", "consent")


def dialogs() -> list[Dialog]:
    return [
        Dialog(*_child(), *_guardian(), *_entering(), on_start=personal()),
        Dialog(
            *_joining(), on_start=personal(joining.begin), on_process_result=joining.after_consent
        ),
    ]


def _child() -> list[Window]:
    return [
        screen(
            T("paper-name"),
            state=StaffPaper.name,
            back=on_paper.back,
            ear=Ear(expects="expects-name", text=on_paper.take_name),
        ),
        screen(
            T("paper-born"),
            state=StaffPaper.born,
            back=on_paper.back,
            ear=Ear(expects="expects-born", text=on_paper.take_birth_date),
        ),
        screen(
            T("paper-snils"),
            button("paper-no-snils", StaffPaper.snils, on_paper.no_snils),
            state=StaffPaper.snils,
            back=on_paper.back,
            ear=Ear(
                expects="expects-snils",
                text=on_paper.take_snils,
                no=on_paper.no_snils_by_word,
                takes=frozenset({Document.SNILS}),
            ),
        ),
    ]


def _guardian() -> list[Window]:
    return [
        screen(
            T("paper-guardian"),
            state=StaffPaper.guardian,
            back=on_paper.back,
            ear=Ear(expects="expects-paper-guardian", text=on_paper.take_guardian),
        ),
        screen(
            T("paper-phone"),
            button("paper-no-phone", StaffPaper.phone, on_paper.no_phone),
            state=StaffPaper.phone,
            back=on_paper.back,
            ear=Ear(
                expects="expects-paper-phone",
                text=on_paper.take_phone,
                no=on_paper.no_phone_by_word,
                takes=frozenset(Document),  # a phone may look like either
            ),
        ),
        screen(
            T("paper-consent"),
            state=StaffPaper.consent,
            back=on_paper.back,
            ear=Ear(expects="expects-paper-consent", text=on_paper.take_consent),
        ),
    ]


def _entering() -> list[Window]:
    return [
        screen(
            T("paper-check", "child", "born", "snils", "guardian", "phone", "number", "day"),
            button("paper-enter", StaffPaper.check, on_paper.enter),
            picks("mend", StaffPaper.check, "fields", on_paper.mend, width=3),
            button("drop-form", StaffPaper.check, on_paper.drop),
            state=StaffPaper.check,
            getter=_check,
            back_button=False,
            ear=Ear(expects="expects-check", yes=on_paper.enter_by_word),
        ),
        screen(
            T("paper-issued", "first", "id", "number", when="issued"),
            T("paper-elsewhere", "first", "id", when="elsewhere"),
            T("paper-doubtful", "first", "id", when="doubtful"),
            T("paper-slip", "link", "until"),
            button("paper-next", StaffPaper.done, on_paper.next_on_paper),
            state=StaffPaper.done,
            getter=on_paper.done,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
    ]


def _joining() -> list[Window]:
    return [
        screen(
            T("slip-offer"),
            button("slip-join", SlipJoining.offer, joining.join),
            state=SlipJoining.offer,
            back_button=False,
            ear=Ear(expects="expects-buttons", yes=joining.join_by_word),
        ),
        screen(
            T("slip-joined", "first"),
            button("family", SlipJoining.joined, opening(Family.overview)),
            state=SlipJoining.joined,
            getter=joining.joined,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("refusal-slip-invalid"),
            state=SlipJoining.invalid,
            back_button=False,
            ear=Ear(expects="expects-buttons"),
        ),
    ]


async def _check(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    say = given_from(data).speech.say_plain
    fields = [Pick(id=field, label=say("paper-field", field=field)) for field in _FIELDS]
    return {"fields": fields, **await on_paper.check(dialog_manager, **data)}
