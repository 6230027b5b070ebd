"""A question, its answer, three questions to choose from, the person who answers the rest; and a
question typed in the middle of a form, which keeps its answers."""

from __future__ import annotations

from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.kbd import Row, Url
from aiogram_dialog.widgets.media import DynamicMedia

from bot.dialogs.consents.getters import contacts
from bot.dialogs.listening import Ear
from bot.dialogs.questions import actions, getters
from bot.dialogs.questions.states import Questions
from bot.dialogs.screens import button, opening, rows, screen, switch, widget_id
from bot.dialogs.search.states import Search
from bot.dialogs.stack import go_back
from bot.dialogs.typed_wishes import take_question_while_asking, take_while_asking
from bot.dialogs.widgets import Label, Ready, T


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("questions-ask"),
            button("person", Questions.ask, switch(Questions.contacts)),
            state=Questions.ask,
            ear=Ear(
                expects="expects-typed-question",
                text=take_while_asking,
                question=take_question_while_asking,
            ),
        ),
        _answered(),
        _clarify(),
        screen(
            T("questions-person", "centre", "phone"),
            button("find", Questions.person, opening(Search.ask)),
            button("back-to-form", Questions.person, actions.back_to_form, when="over_form"),
            state=Questions.person,
            getter=getters.person,
            result=True,
            ear=Ear(
                expects="expects-other-question",
                text=take_while_asking,
                question=take_question_while_asking,
            ),
        ),
        screen(
            T("questions-danger", "centre", "phone"),
            button("back-to-form", Questions.danger, actions.back_to_form, when="over_form"),
            state=Questions.danger,
            getter=getters.person,
            result=True,
            ear=Ear(expects="expects-help"),
        ),
        screen(
            T("questions-contacts", "centre", "phone"),
            button("find", Questions.contacts, opening(Search.ask)),
            state=Questions.contacts,
            getter=contacts,
            ear=Ear(
                expects="expects-typed-question",
                text=take_while_asking,
                question=take_question_while_asking,
            ),
        ),
        screen(
            T("questions-offered", "question"),
            button("ask-this", Questions.offered, actions.ask_this),
            button("continue", Questions.offered, actions.go_on),
            state=Questions.offered,
            getter=getters.offered,
            ear=Ear(expects="expects-question", yes=actions.ask_this_by_word, no=go_back),
        ),
        on_start=actions.begin,
    )


def _answered() -> Window:
    return screen(
        DynamicMedia("media", when="media"),
        T("questions-answered", "question", "answer", when="there"),
        T("questions-gone", when="gone"),
        Url(
            Label("button-answer-link"),
            Ready("link"),
            id=widget_id("link", Questions.answered),
            when="link",
        ),
        Url(
            Label("button-answer-picture"),
            Ready("picture_page"),
            id=widget_id("picture", Questions.answered),
            when="picture_page",
        ),
        Url(
            Label("button-answer-file"),
            Ready("file_page"),
            id=widget_id("file", Questions.answered),
            when="file_page",
        ),
        Row(
            button("helped", Questions.answered, actions.helped),
            button("person", Questions.answered, actions.not_helped),
            when="there",
        ),
        button("back-to-form", Questions.answered, actions.back_to_form, when="over_form"),
        state=Questions.answered,
        getter=getters.answered,
        result=True,
        ear=Ear(
            expects="expects-helped",
            yes=actions.helped_by_word,
            no=actions.not_helped_by_word,
            text=take_while_asking,
            question=take_question_while_asking,
        ),
    )


def _clarify() -> Window:
    return screen(
        T("questions-clarify", "lines"),
        rows("entry", Questions.clarify, "candidates", actions.choose),
        button("none-fits", Questions.clarify, actions.none_fits),
        state=Questions.clarify,
        getter=getters.clarify,
        result=True,
        ear=Ear(
            expects="expects-candidate",
            no=actions.none_fits_by_word,
            text=take_while_asking,
            question=take_question_while_asking,
        ),
    )
