"""All that is held, on one page and as a file; taking consents back; being erased."""

from __future__ import annotations

from aiogram_dialog import Dialog

from bot.dialogs.consents.gate import personal
from bot.dialogs.listening import Ear
from bot.dialogs.my_data import actions, getters
from bot.dialogs.my_data.states import Erased, MyDataPage
from bot.dialogs.questions.states import Questions
from bot.dialogs.screens import button, opening, rows, screen, switch
from bot.dialogs.widgets import Ready, T


def dialogs() -> list[Dialog]:
    return [_page(), _farewell()]


def _page() -> Dialog:
    return Dialog(
        screen(
            Ready("text"),
            button("my-data-file", MyDataPage.whole, actions.send_file),
            button("my-data-consents", MyDataPage.whole, switch(MyDataPage.consents)),
            button("my-data-erase", MyDataPage.whole, switch(MyDataPage.erase)),
            button("ask", MyDataPage.whole, opening(Questions.contacts)),
            state=MyDataPage.whole,
            getter=getters.held,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("my-data-take-back", when="something"),
            T("my-data-no-consents", when="nothing"),
            rows("consent", MyDataPage.consents, "standing", actions.choose_consent),
            state=MyDataPage.consents,
            getter=getters.consents,
            back=switch(MyDataPage.whole),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            Ready("text"),
            button("my-data-withdraw", MyDataPage.withdraw, actions.withdraw),
            button("my-data-keep", MyDataPage.withdraw, switch(MyDataPage.consents)),
            state=MyDataPage.withdraw,
            getter=getters.withdrawal,
            back=switch(MyDataPage.consents),
            ear=Ear(expects="expects-check", yes=actions.withdraw_by_word, no=actions.keep_consent),
        ),
        screen(
            Ready("text"),
            button("my-data-go-on", MyDataPage.erase, switch(MyDataPage.sure)),
            button("my-data-keep", MyDataPage.erase, switch(MyDataPage.whole)),
            state=MyDataPage.erase,
            getter=getters.farewell,
            back=switch(MyDataPage.whole),
            ear=Ear(expects="expects-buttons", no=actions.keep_data),
        ),
        screen(
            T("my-data-sure"),
            button("my-data-erase-all", MyDataPage.sure, actions.erase),
            button("my-data-keep", MyDataPage.sure, switch(MyDataPage.whole)),
            state=MyDataPage.sure,
            back=switch(MyDataPage.erase),
            ear=Ear(expects="expects-check", yes=actions.erase_by_word, no=actions.keep_data),
        ),
        on_start=personal(actions.begin),
    )


def _farewell() -> Dialog:
    return Dialog(
        screen(
            T("my-data-erased", "number", "day"),
            state=Erased.receipt,
            getter=getters.receipt,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
    )
