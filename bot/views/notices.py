"""Buttons under notices: typed callback data, since a notice may be pressed at any later time.

The ids in them give nothing: whoever opens the page is asked for the right again.
"""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views.buttons import MENU
from bot.views.cards import RowId
from core.i18n import Speech


class OpenCertificate(CallbackData, prefix="n_cert"):
    """A child's certificate."""

    child_id: RowId


class OpenNumber(CallbackData, prefix="n_num"):
    """The whole number of a child's certificate."""

    child_id: RowId


class OpenPlaces(CallbackData, prefix="n_place"):
    """Where the documents of a child's request are shown."""

    child_id: RowId


class ReopenCertificate(CallbackData, prefix="n_reop"):
    """Open a child's closed request again."""

    child_id: RowId


class AnswerNeed(CallbackData, prefix="n_need"):
    """Answer what staff ask about a child's request."""

    child_id: RowId


class AttachCertificate(CallbackData, prefix="n_att"):
    """Attach a certificate the family has already."""


class OpenApplication(CallbackData, prefix="n_app"):
    """One application."""

    application_id: RowId


class OpenProgramme(CallbackData, prefix="n_prog"):
    """The card of a programme."""

    programme_id: RowId


class OpenSearch(CallbackData, prefix="n_find"):
    """Search."""


class OpenAdvice(CallbackData, prefix="n_adv"):
    """Clubs chosen for a child."""

    child_id: RowId


class OpenFamily(CallbackData, prefix="n_family"):
    """The family's page."""


class OpenFamilyMembers(CallbackData, prefix="n_members"):
    """Who stands by a child."""

    child_id: RowId


class OpenSuggested(CallbackData, prefix="n_sugg"):
    """Applying to a group a helper has chosen for a child."""

    child_id: RowId
    group_id: RowId


class OpenContacts(CallbackData, prefix="n_ask"):
    """Whom to ask."""


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    """One button a row."""
    return InlineKeyboardMarkup(inline_keyboard=[[button] for button in buttons])


def button(speech: Speech, name: str, data: CallbackData) -> InlineKeyboardButton:
    """A button with the words `button-<name>`."""
    return InlineKeyboardButton(text=speech.say_plain(f"button-{name}"), callback_data=data.pack())


def menu_button(speech: Speech) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=speech.say_plain("button-home"), callback_data=MENU)
