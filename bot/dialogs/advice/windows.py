"""Whom for, what they like, how it should be; then the five."""

from __future__ import annotations

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Row

from bot.dialogs.advice import actions, getters
from bot.dialogs.advice.states import Advice
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.programmes.actions import choose_programme
from bot.dialogs.screens import button, picks, rows, screen, switch
from bot.dialogs.stack import go_back
from bot.dialogs.widgets import Label, Ready, T


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("advice-who", when="known"),
            T("advice-age", when="unknown"),
            rows("child", Advice.who, "children", actions.choose_child, width=2),
            page_turns(Advice.who),
            state=Advice.who,
            getter=getters.who,
            ear=Ear(expects="expects-age", text=actions.take_age, back=go_back),
        ),
        screen(
            T("advice-likes"),
            picks("theme", Advice.likes, "themes", actions.choose_theme, width=2),
            button(
                "next",
                Advice.likes,
                switch(Advice.how),
                text=Label("button-advice-next", "chosen"),
            ),
            state=Advice.likes,
            getter=getters.likes,
            back=actions.back_from_likes,
            home=False,
            ear=Ear(
                expects="expects-themes",
                text=actions.take_theme,
                back=actions.back_from_likes_by_word,
            ),
        ),
        screen(
            T("advice-how"),
            button(
                "free",
                Advice.how,
                actions.change_free,
                text=Label("button-advice-free", "free"),
            ),
            Row(
                button(
                    "workdays",
                    Advice.how,
                    actions.change_workdays,
                    text=Label("button-advice-workdays", "workdays"),
                ),
                button(
                    "weekend",
                    Advice.how,
                    actions.change_weekend,
                    text=Label("button-advice-weekend", "weekend"),
                ),
            ),
            button("advice-show", Advice.how, actions.show),
            state=Advice.how,
            getter=getters.how,
            back=switch(Advice.likes),
            ear=Ear(
                expects="expects-how",
                yes=actions.show_by_word,
                no=actions.show_by_word,
                back=actions.back_to_likes,
            ),
        ),
        screen(
            Ready("text"),
            rows("programme", Advice.result, "programmes", choose_programme),
            state=Advice.result,
            getter=getters.result,
            back=switch(Advice.how),
            ear=Ear(expects="expects-programme", back=actions.back_to_how),
        ),
        on_start=actions.begin,
    )
