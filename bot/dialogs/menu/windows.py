"""Menu, choice of the municipality, help, settings."""

from __future__ import annotations

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Group, Row

from bot.dialogs.certificates.states import Certificates
from bot.dialogs.confirmation.states import StaffPoint
from bot.dialogs.family.states import Family
from bot.dialogs.family_account.states import FamilyAccount, FamilyMove
from bot.dialogs.listening import Ear
from bot.dialogs.menu import actions, getters
from bot.dialogs.menu.states import Menu
from bot.dialogs.my_data.states import MyDataPage
from bot.dialogs.office.states import StaffOffice
from bot.dialogs.questions.states import Questions
from bot.dialogs.screens import button, opening, picks, rows, screen, switch
from bot.dialogs.search.states import Search
from bot.dialogs.typed_wishes import take_typed, take_typed_question
from bot.dialogs.widgets import T


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("menu-welcome", "centre", when="welcome"),
            T("menu-main", when="calm"),
            T("menu-draft", "draft", when="draft"),
            button("resume", Menu.main, actions.resume, when="draft"),
            Group(
                button("find", Menu.main, opening(Search.ask)),
                button("certificate", Menu.main, opening(Certificates.start)),
                width=2,
            ),
            button("family", Menu.main, opening(Family.overview)),
            button("ask", Menu.main, opening(Questions.ask)),
            button("point", Menu.main, opening(StaffPoint.find), when="officer"),
            button("office", Menu.main, opening(StaffOffice.doors), when="staff"),
            button("drop-draft", Menu.main, actions.drop, when="draft"),
            state=Menu.main,
            getter=getters.main,
            back_button=False,
            home=False,
            ear=Ear(
                expects="expects-menu",
                text=take_typed,
                question=take_typed_question,
                yes=actions.resume_by_word,
            ),
        ),
        screen(
            T("menu-municipality", when="something"),
            T("menu-no-municipality", when="nothing"),
            rows("pick", Menu.municipality, "municipalities", actions.choose_municipality),
            button("more", Menu.municipality, actions.more_municipalities, when="has_more"),
            state=Menu.municipality,
            getter=getters.municipalities,
            back_button=False,
            ear=Ear(expects="expects-municipality", text=actions.find_municipality),
        ),
        screen(
            T("menu-help"),
            Row(
                button("ask", Menu.help, opening(Questions.ask)),
                button("my-data", Menu.help, opening(MyDataPage.whole)),
            ),
            state=Menu.help,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("menu-settings", "municipality", "language"),
            button(
                "change-municipality", Menu.settings, switch(Menu.municipality), when="has_choice"
            ),
            button("family-move-open", Menu.settings, opening(FamilyMove.where), when="has_choice"),
            button("family-code", Menu.settings, opening(FamilyAccount.code)),
            button("change-language", Menu.settings, switch(Menu.language)),
            button("my-data", Menu.settings, opening(MyDataPage.whole)),
            state=Menu.settings,
            getter=getters.settings,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("menu-language"),
            picks("language", Menu.language, "languages", actions.choose_language, width=2),
            state=Menu.language,
            getter=getters.languages,
            back=switch(Menu.settings),
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=actions.settle_municipality,
    )
