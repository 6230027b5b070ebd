from __future__ import annotations

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Url

from bot.dialogs.consents.gate import personal
from bot.dialogs.family_members import actions, getters
from bot.dialogs.family_members.states import FamilyMembers
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.screens import button, rows, screen, switch, widget_id
from bot.dialogs.stack import go_back
from bot.dialogs.widgets import Label, Ready, T
from core.domain.family import FamilyRole


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("family-members", "first"),
            Ready("lines"),
            T("family-waiting", "waiting", when="waiting"),
            rows("member", FamilyMembers.members, "members", actions.choose_member),
            page_turns(FamilyMembers.members),
            button("family-invite", FamilyMembers.members, switch(FamilyMembers.invite)),
            button("family-revoke", FamilyMembers.members, actions.revoke, when="waiting"),
            button("child-record", FamilyMembers.members, actions.open_record),
            state=FamilyMembers.members,
            getter=getters.members,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("family-member", "line", "since", when="there"),
            T("family-member-gone", when="gone"),
            button("family-end", FamilyMembers.member, actions.end_access, when="there"),
            state=FamilyMembers.member,
            getter=getters.member,
            back=switch(FamilyMembers.members),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("family-invite-whom", "first"),
            button("invite-guardian", FamilyMembers.invite, actions.inviting(FamilyRole.GUARDIAN)),
            button("invite-helper", FamilyMembers.invite, actions.inviting(FamilyRole.HELPER)),
            button(
                "invite-child",
                FamilyMembers.invite,
                actions.inviting(FamilyRole.CHILD),
                when="grown",
            ),
            state=FamilyMembers.invite,
            getter=getters.invite,
            back=switch(FamilyMembers.members),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("family-invite-children", "chosen"),
            rows("child", FamilyMembers.children, "children", actions.toggle_child),
            page_turns(FamilyMembers.children),
            button("family-make-link", FamilyMembers.children, actions.make_link),
            state=FamilyMembers.children,
            getter=getters.children,
            back=switch(FamilyMembers.invite),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("family-link", "role"),
            T("family-link-itself", "link", when="fresh"),
            T("family-link-above", when="seen"),
            Url(
                Label("button-family-send"),
                Ready("share"),
                id=widget_id("share", FamilyMembers.link),
                when="fresh",
            ),
            button("family-revoke", FamilyMembers.link, actions.revoke),
            state=FamilyMembers.link,
            getter=getters.link,
            back=switch(FamilyMembers.members),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("family-leaving", "first"),
            button("family-leave", FamilyMembers.leaving, actions.leave),
            button("continue", FamilyMembers.leaving, actions.stay),
            state=FamilyMembers.leaving,
            getter=getters.leaving,
            ear=Ear(expects="expects-check", yes=actions.leave_by_word, no=go_back),
        ),
        on_start=personal(),
    )
