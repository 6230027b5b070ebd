"""Buttons that may be pressed at any later time: under notices, and the two of the edge itself.

They open a window in a new message, so the notice stays readable.
"""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.dialogs import show_menu, show_present
from bot.dialogs.advice.states import Advice
from bot.dialogs.applications.states import ApplicationPage, Apply
from bot.dialogs.attaching.states import AttachForm
from bot.dialogs.certificates.actions import reopen_child
from bot.dialogs.certificates.states import Certificates
from bot.dialogs.family.states import Family
from bot.dialogs.family_members.states import FamilyMembers
from bot.dialogs.missing_data.states import MissingDataForm
from bot.dialogs.programmes.states import ProgrammePage
from bot.dialogs.questions.states import Questions
from bot.dialogs.search.states import Search
from bot.dialogs.stack import go_to
from bot.views.buttons import MENU, RESUME
from bot.views.notices import (
    AnswerNeed,
    AttachCertificate,
    OpenAdvice,
    OpenApplication,
    OpenCertificate,
    OpenContacts,
    OpenFamily,
    OpenFamilyMembers,
    OpenNumber,
    OpenPlaces,
    OpenProgramme,
    OpenSearch,
    OpenSuggested,
    ReopenCertificate,
)

router = Router(name="notices")
router.callback_query.filter(F.message.chat.type == ChatType.PRIVATE)


@router.callback_query(F.data == MENU)
async def on_menu(_callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    await show_menu(dialog_manager)


@router.callback_query(F.data == RESUME)
async def on_resume(_callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    await show_present(dialog_manager)


@router.callback_query(OpenCertificate.filter())
async def on_certificate(
    _callback: CallbackQuery, callback_data: OpenCertificate, dialog_manager: DialogManager
) -> None:
    await go_to(dialog_manager, Certificates.status, {"child_id": callback_data.child_id})


@router.callback_query(OpenNumber.filter())
async def on_number(
    _callback: CallbackQuery, callback_data: OpenNumber, dialog_manager: DialogManager
) -> None:
    await go_to(dialog_manager, Certificates.number, {"child_id": callback_data.child_id})


@router.callback_query(OpenPlaces.filter())
async def on_places(
    _callback: CallbackQuery, callback_data: OpenPlaces, dialog_manager: DialogManager
) -> None:
    await go_to(dialog_manager, Certificates.places, {"child_id": callback_data.child_id})


@router.callback_query(ReopenCertificate.filter())
async def on_reopen(
    _callback: CallbackQuery, callback_data: ReopenCertificate, dialog_manager: DialogManager
) -> None:
    await reopen_child(dialog_manager, callback_data.child_id)
    await go_to(dialog_manager, Certificates.status, {"child_id": callback_data.child_id})


@router.callback_query(AnswerNeed.filter())
async def on_need(
    _callback: CallbackQuery, callback_data: AnswerNeed, dialog_manager: DialogManager
) -> None:
    await go_to(dialog_manager, MissingDataForm.answer, {"child_id": callback_data.child_id})


@router.callback_query(AttachCertificate.filter())
async def on_attach(_callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    await go_to(dialog_manager, AttachForm.number, {})


@router.callback_query(OpenApplication.filter())
async def on_application(
    _callback: CallbackQuery, callback_data: OpenApplication, dialog_manager: DialogManager
) -> None:
    data = {"application_id": callback_data.application_id}
    await go_to(dialog_manager, ApplicationPage.status, data)


@router.callback_query(OpenProgramme.filter())
async def on_programme(
    _callback: CallbackQuery, callback_data: OpenProgramme, dialog_manager: DialogManager
) -> None:
    await go_to(dialog_manager, ProgrammePage.card, {"programme_id": callback_data.programme_id})


@router.callback_query(OpenSearch.filter())
async def on_search(_callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    await go_to(dialog_manager, Search.ask, {})


@router.callback_query(OpenAdvice.filter())
async def on_advice(
    _callback: CallbackQuery, callback_data: OpenAdvice, dialog_manager: DialogManager
) -> None:
    await go_to(dialog_manager, Advice.who, {"child_id": callback_data.child_id})


@router.callback_query(OpenContacts.filter())
async def on_contacts(_callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    await go_to(dialog_manager, Questions.contacts, {})


@router.callback_query(OpenFamily.filter())
async def on_family(_callback: CallbackQuery, dialog_manager: DialogManager) -> None:
    await go_to(dialog_manager, Family.overview, {})


@router.callback_query(OpenFamilyMembers.filter())
async def on_family_members(
    _callback: CallbackQuery, callback_data: OpenFamilyMembers, dialog_manager: DialogManager
) -> None:
    await go_to(dialog_manager, FamilyMembers.members, {"child_id": callback_data.child_id})


@router.callback_query(OpenSuggested.filter())
async def on_suggested(
    _callback: CallbackQuery, callback_data: OpenSuggested, dialog_manager: DialogManager
) -> None:
    data = {"child_id": callback_data.child_id, "group_id": callback_data.group_id}
    await go_to(dialog_manager, Apply.check, data)
