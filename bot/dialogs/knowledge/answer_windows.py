"""The answers of an entry and one of them."""

from __future__ import annotations

from aiogram_dialog import Window
from aiogram_dialog.widgets.kbd import Row

from bot.dialogs.knowledge import actions, getters
from bot.dialogs.knowledge import answer_actions as answering
from bot.dialogs.knowledge.states import StaffKnowledge
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.screens import button, rows, screen, switch
from bot.dialogs.widgets import Label, Ready, T


def answer_windows() -> list[Window]:
    return [
        screen(
            T("knowledge-answers", "question"),
            rows("answer", StaffKnowledge.answers, "answers", answering.choose_answer),
            page_turns(StaffKnowledge.answers),
            button(
                "own",
                StaffKnowledge.answers,
                answering.add_own_answer,
                text=Label("button-knowledge-own"),
                when="may_add",
            ),
            state=StaffKnowledge.answers,
            getter=getters.answers,
            back=actions.back_to_entry,
            home=False,
            ear=Ear(expects="expects-buttons"),
        ),
        _answer(),
        *_typing(),
    ]


def _answer() -> Window:
    return screen(
        Ready("page", when="there"),
        T("knowledge-answer-gone", when="gone"),
        T("knowledge-send-picture", when="mine"),
        Row(
            button(
                "text",
                StaffKnowledge.answer,
                switch(StaffKnowledge.text),
                text=Label("button-knowledge-text"),
                when="mine",
            ),
            button(
                "dates",
                StaffKnowledge.answer,
                switch(StaffKnowledge.dates),
                text=Label("button-knowledge-dates"),
                when="mine",
            ),
        ),
        Row(
            button(
                "link",
                StaffKnowledge.answer,
                switch(StaffKnowledge.link),
                text=Label("button-knowledge-link"),
                when="mine",
            ),
            button(
                "unpicture",
                StaffKnowledge.answer,
                answering.drop_picture,
                text=Label("button-knowledge-unpicture"),
                when="pictured",
            ),
        ),
        button(
            "remove",
            StaffKnowledge.answer,
            answering.end_answer,
            text=Label("button-knowledge-remove"),
            when="removable",
        ),
        state=StaffKnowledge.answer,
        getter=getters.answer,
        back=switch(StaffKnowledge.answers),
        ear=Ear(
            expects="expects-buttons",
            picture=answering.take_picture,
            file=answering.take_file,
        ),
    )


def _typing() -> list[Window]:
    return [
        screen(
            T("knowledge-text", "variables"),
            state=StaffKnowledge.text,
            getter=getters.typing,
            back=switch(StaffKnowledge.answers),
            ear=Ear(
                expects="expects-answer-text",
                text=answering.take_text,
                question=answering.text_too,
            ),
        ),
        screen(
            T("knowledge-dates"),
            state=StaffKnowledge.dates,
            back=switch(StaffKnowledge.answer),
            ear=Ear(expects="expects-answer-dates", text=answering.take_dates),
        ),
        screen(
            T("knowledge-link"),
            state=StaffKnowledge.link,
            back=switch(StaffKnowledge.answer),
            ear=Ear(expects="expects-answer-link", text=answering.take_link),
        ),
    ]
