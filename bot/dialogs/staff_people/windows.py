"""Lists and one of each: people, invitations, what is handed over, chats."""

from __future__ import annotations

from aiogram_dialog import Dialog, Window

from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.screens import button, picks, rows, screen, switch
from bot.dialogs.staff_people import actions, getters
from bot.dialogs.staff_people.states import StaffPeople
from bot.dialogs.widgets import Label, T


def dialog() -> Dialog:
    return Dialog(_overview(), *_members(), *_invitation(), *_handing_over(), *_chats())


def _overview() -> Window:
    return screen(
        T("people-overview", "own"),
        button("people-members", StaffPeople.overview, switch(StaffPeople.members), when="head"),
        button("people-chats", StaffPeople.overview, switch(StaffPeople.chats), when="head"),
        button(
            "people-hand-over", StaffPeople.overview, actions.begin_handing_over, when="may_hand"
        ),
        rows("people-handed", StaffPeople.overview, "handed", actions.choose_member),
        state=StaffPeople.overview,
        getter=getters.overview,
        ear=Ear(expects="expects-buttons"),
    )


def _members() -> list[Window]:
    return [
        screen(
            T("people-members", "total"),
            rows("people-member", StaffPeople.members, "members", actions.choose_member),
            page_turns(StaffPeople.members),
            button("people-invite", StaffPeople.members, actions.begin_invitation),
            state=StaffPeople.members,
            getter=getters.members,
            back=switch(StaffPeople.overview),
            home=False,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("people-member", "name", "role", "term", "origin", when="there"),
            T("people-gone", when="gone"),
            button(
                "people-revoke",
                StaffPeople.member,
                switch(StaffPeople.revoking),
                when="may_revoke",
            ),
            state=StaffPeople.member,
            getter=getters.member,
            back=switch(StaffPeople.overview),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("people-revoking", "name", "role", when="there"),
            T("people-gone", when="gone"),
            button("people-revoke-now", StaffPeople.revoking, actions.revoke, when="may_revoke"),
            state=StaffPeople.revoking,
            getter=getters.member,
            back=switch(StaffPeople.member),
            ear=Ear(expects="expects-buttons"),
        ),
    ]


def _invitation() -> list[Window]:
    return [
        screen(
            T("people-roles"),
            picks("people-role", StaffPeople.roles, "roles", actions.choose_role),
            state=StaffPeople.roles,
            getter=getters.roles,
            back=switch(StaffPeople.members),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("people-organisations", when="something"),
            T("people-no-organisations", when="nothing"),
            rows(
                "org",
                StaffPeople.organisations,
                "organisations",
                actions.choose_organisation,
            ),
            page_turns(StaffPeople.organisations),
            state=StaffPeople.organisations,
            getter=getters.organisations,
            back=switch(StaffPeople.roles),
            home=False,
            ear=Ear(expects="expects-organisation-name", text=actions.filter_organisations),
        ),
        screen(
            T("people-term"),
            button("people-always", StaffPeople.term, actions.invite_always),
            state=StaffPeople.term,
            back=actions.back_from_term,
            ear=Ear(expects="expects-term", text=actions.take_term),
        ),
        screen(
            T("people-link", "role", "link"),
            state=StaffPeople.link,
            getter=getters.invited,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
    ]


def _handing_over() -> list[Window]:
    return [
        screen(
            T("people-rights"),
            rows("people-right", StaffPeople.rights, "rights", actions.choose_right),
            state=StaffPeople.rights,
            getter=getters.rights,
            back=switch(StaffPeople.overview),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("people-receivers", when="something"),
            T("people-no-receivers", when="nothing"),
            rows("people-to", StaffPeople.receivers, "receivers", actions.choose_receiver),
            page_turns(StaffPeople.receivers),
            state=StaffPeople.receivers,
            getter=getters.receivers,
            back=switch(StaffPeople.overview),
            home=False,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("people-days"),
            state=StaffPeople.days,
            back=switch(StaffPeople.receivers),
            ear=Ear(expects="expects-days", text=actions.take_days),
        ),
        screen(
            T("people-checking", "role", "name", "first", "last"),
            button("people-hand-now", StaffPeople.checking, actions.hand_over),
            button(
                "people-other-days",
                StaffPeople.checking,
                switch(StaffPeople.days),
                text=Label("button-people-other-days"),
            ),
            state=StaffPeople.checking,
            getter=getters.handing,
            back=switch(StaffPeople.days),
            ear=Ear(expects="expects-buttons", yes=actions.hand_over_by_word),
        ),
        screen(
            T("people-handed", "role", "name", "first", "last"),
            state=StaffPeople.handed,
            getter=getters.handing,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
    ]


def _chats() -> list[Window]:
    return [
        screen(
            T("people-chats", when="something"),
            T("people-no-chats", when="nothing"),
            rows("people-chat", StaffPeople.chats, "chats", actions.choose_chat),
            page_turns(StaffPeople.chats),
            state=StaffPeople.chats,
            getter=getters.chats,
            back=switch(StaffPeople.overview),
            home=False,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("people-chat", "purpose", "kind", "since", when="there"),
            T("people-gone", when="gone"),
            button("people-unbind", StaffPeople.chat, actions.unbind, when="there"),
            state=StaffPeople.chat,
            getter=getters.chat,
            back=switch(StaffPeople.chats),
            ear=Ear(expects="expects-buttons"),
        ),
    ]
