"""The base by topic or by words, one entry of it, its examples and versions."""

from __future__ import annotations

from typing import Any

from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.kbd import Row

from bot.dialogs.knowledge import actions, getters
from bot.dialogs.knowledge.answer_windows import answer_windows
from bot.dialogs.knowledge.new_entry import new_entry_dialog
from bot.dialogs.knowledge.states import StaffKnowledge
from bot.dialogs.knowledge.unanswered import unanswered_dialog
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.screens import button, rows, screen, switch
from bot.dialogs.widgets import Label, Ready, T


def dialogs() -> list[Dialog]:
    base = Dialog(_overview(), *_lists(), _entry(), *_changes(), *answer_windows(), *_versions())
    return [base, unanswered_dialog(), new_entry_dialog()]


def _overview() -> Window:
    return screen(
        T("knowledge-overview", "entries"),
        button(
            "topics",
            StaffKnowledge.overview,
            switch(StaffKnowledge.topics),
            text=Label("button-knowledge-topics"),
        ),
        button(
            "misses",
            StaffKnowledge.overview,
            actions.open_misses,
            text=Label("button-unanswered", "misses"),
        ),
        button(
            "new", StaffKnowledge.overview, actions.open_new, text=Label("button-knowledge-new")
        ),
        state=StaffKnowledge.overview,
        getter=getters.overview,
        back_button=False,
        ear=Ear(expects="expects-entry-words", text=actions.find, question=_find_too),
    )


async def _find_too(manager: Any, text: str) -> bool:
    await actions.find(manager, text)
    return True


def _lists() -> list[Window]:
    return [
        screen(
            T("knowledge-topics"),
            rows("topic", StaffKnowledge.topics, "topics", actions.choose_topic),
            page_turns(StaffKnowledge.topics),
            state=StaffKnowledge.topics,
            getter=getters.topics,
            back=switch(StaffKnowledge.overview),
            home=False,
            ear=Ear(expects="expects-entry-words", text=actions.find, question=_find_too),
        ),
        screen(
            T("knowledge-entries", "topic", "lines"),
            rows("entry", StaffKnowledge.entries, "entries", actions.choose_entry),
            page_turns(StaffKnowledge.entries),
            state=StaffKnowledge.entries,
            getter=getters.entries,
            back=switch(StaffKnowledge.topics),
            home=False,
            ear=Ear(expects="expects-entry-words", text=actions.find, question=_find_too),
        ),
        screen(
            T("knowledge-found", "typed", "lines", when="something"),
            T("knowledge-nothing", "typed", when="nothing"),
            rows("entry", StaffKnowledge.found, "entries", actions.choose_entry),
            state=StaffKnowledge.found,
            getter=getters.found,
            back=switch(StaffKnowledge.overview),
            ear=Ear(expects="expects-entry-words", text=actions.find, question=_find_too),
        ),
    ]


def _entry() -> Window:
    return screen(
        Ready("page"),
        T("knowledge-common", when="foreign"),
        Row(
            button(
                "answers",
                StaffKnowledge.entry,
                switch(StaffKnowledge.answers),
                text=Label("button-knowledge-answers", "answers"),
            ),
            button(
                "examples",
                StaffKnowledge.entry,
                switch(StaffKnowledge.examples),
                text=Label("button-knowledge-examples", "examples"),
            ),
        ),
        Row(
            button(
                "question",
                StaffKnowledge.entry,
                switch(StaffKnowledge.question),
                text=Label("button-knowledge-question"),
                when="whole",
            ),
            button(
                "versions",
                StaffKnowledge.entry,
                switch(StaffKnowledge.versions),
                text=Label("button-knowledge-versions"),
            ),
        ),
        button(
            "end",
            StaffKnowledge.entry,
            switch(StaffKnowledge.ending),
            text=Label("button-knowledge-end"),
            when="whole",
        ),
        state=StaffKnowledge.entry,
        getter=getters.entry,
        back=switch(StaffKnowledge.overview),
        ear=Ear(expects="expects-entry-words", text=actions.find, question=_find_too),
    )


def _changes() -> list[Window]:
    return [
        screen(
            T("knowledge-question", "question"),
            state=StaffKnowledge.question,
            getter=getters.question,
            back=actions.back_to_entry,
            ear=Ear(
                expects="expects-entry-question",
                text=actions.take_question,
                question=actions.question_too,
            ),
        ),
        screen(
            T("knowledge-examples", "question"),
            rows(
                "example",
                StaffKnowledge.examples,
                "examples",
                actions.remove_example,
                when="something",
            ),
            page_turns(StaffKnowledge.examples),
            state=StaffKnowledge.examples,
            getter=getters.examples,
            back=actions.back_to_entry,
            home=False,
            ear=Ear(
                expects="expects-entry-example",
                text=actions.take_example,
                question=actions.example_too,
            ),
        ),
        screen(
            T("knowledge-ending", "question"),
            button(
                "end-yes",
                StaffKnowledge.ending,
                actions.end_entry,
                text=Label("button-knowledge-end-yes"),
            ),
            state=StaffKnowledge.ending,
            getter=getters.question,
            back=actions.back_to_entry,
            ear=Ear(
                expects="expects-buttons",
                yes=actions.end_entry_by_word,
                no=actions.back_to_entry_by_word,
            ),
        ),
    ]


def _versions() -> list[Window]:
    return [
        screen(
            T("knowledge-versions", "question", "lines"),
            rows("version", StaffKnowledge.versions, "versions", actions.choose_version),
            page_turns(StaffKnowledge.versions),
            state=StaffKnowledge.versions,
            getter=getters.versions,
            back=actions.back_to_entry,
            home=False,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("knowledge-old-version", "line", "question"),
            button(
                "restore",
                StaffKnowledge.version,
                actions.restore,
                text=Label("button-knowledge-restore"),
                when="restorable",
            ),
            state=StaffKnowledge.version,
            getter=getters.version,
            back=switch(StaffKnowledge.versions),
            ear=Ear(expects="expects-buttons"),
        ),
    ]
