"""All conversations, for whoever wires the dispatcher; the way home, for whoever must show it."""

from __future__ import annotations

from aiogram_dialog import Dialog, DialogManager, ShowMode

from bot.dialogs.advice import windows as advice
from bot.dialogs.applications import windows as applications
from bot.dialogs.attaching import windows as attaching
from bot.dialogs.audit import windows as audit
from bot.dialogs.certificates import windows as certificates
from bot.dialogs.children import windows as children
from bot.dialogs.confirmation import paper_windows
from bot.dialogs.confirmation import windows as confirmation
from bot.dialogs.consents import windows as consents
from bot.dialogs.family import windows as family
from bot.dialogs.family_account import moving as family_moving
from bot.dialogs.family_account import windows as family_account
from bot.dialogs.family_joining import windows as family_joining
from bot.dialogs.family_members import windows as family_members
from bot.dialogs.family_record import windows as family_record
from bot.dialogs.family_staff import windows as family_staff
from bot.dialogs.halting import windows as halting
from bot.dialogs.imports import windows as imports
from bot.dialogs.knowledge import windows as knowledge
from bot.dialogs.library import mend_library
from bot.dialogs.menu import windows as menu
from bot.dialogs.missing_data import windows as missing_data
from bot.dialogs.my_data import windows as my_data
from bot.dialogs.office import windows as office
from bot.dialogs.programmes import windows as programmes
from bot.dialogs.questions import windows as questions
from bot.dialogs.registry_differences import windows as registry_differences
from bot.dialogs.registry_tasks import windows as registry_tasks
from bot.dialogs.search import windows as search
from bot.dialogs.stack import go_home
from bot.dialogs.staff_people import windows as staff_people
from bot.dialogs.staff_reason import windows as staff_reason
from bot.dialogs.synonyms import windows as synonyms


def dialogs() -> list[Dialog]:
    """Fresh routers at each call: a router belongs to one dispatcher."""
    mend_library()
    return [
        menu.dialog(),
        search.dialog(),
        advice.dialog(),
        *programmes.dialogs(),
        consents.dialog(),
        children.dialog(),
        *certificates.dialogs(),
        attaching.dialog(),
        halting.dialog(),
        *missing_data.dialogs(),
        *applications.dialogs(),
        family.dialog(),
        family_members.dialog(),
        family_joining.dialog(),
        family_record.dialog(),
        family_account.dialog(),
        family_moving.dialog(),
        family_staff.dialog(),
        questions.dialog(),
        *my_data.dialogs(),
        staff_reason.dialog(),
        staff_people.dialog(),
        office.dialog(),
        audit.dialog(),
        *confirmation.dialogs(),
        *paper_windows.dialogs(),
        imports.dialog(),
        registry_tasks.dialog(),
        registry_differences.dialog(),
        synonyms.dialog(),
        *knowledge.dialogs(),
    ]


async def show_menu(manager: DialogManager, *, welcome: bool = False) -> None:
    """A new message with the menu; a draft stays beneath it and is offered."""
    await go_home(manager, show_mode=ShowMode.SEND, welcome=welcome)


async def show_present(manager: DialogManager) -> None:
    """A new message with the present window; the menu when there is none."""
    if manager.has_context():
        await manager.show(ShowMode.SEND)
    else:
        await show_menu(manager)
