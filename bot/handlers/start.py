"""Commands of a private chat, and links into it: `p_<programme>`, `g_<group>`, `q_<question>`
(the id or the code of an entry), `k_<campaign>`, `c_<token>` (a certificate's card), `find`.

Staff invitations (`i_…`) are followed in `invitations.py`, which comes first.
"""

from __future__ import annotations

import re

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message
from aiogram_dialog import DialogManager

from bot.dialogs import show_menu
from bot.dialogs.certificates.states import Certificates
from bot.dialogs.confirmation.actions import FOUND
from bot.dialogs.confirmation.states import StaffPoint
from bot.dialogs.menu.states import Menu
from bot.dialogs.my_data.states import MyDataPage
from bot.dialogs.programmes.states import ProgrammePage
from bot.dialogs.questions.actions import ENTRY
from bot.dialogs.questions.states import Questions
from bot.dialogs.refusing import refusal_text
from bot.dialogs.search.states import Search
from bot.dialogs.stack import go_to
from bot.dialogs.widgets import hint
from bot.services import Services
from bot.views.inline import START_FINDING
from core.domain.actors import Actor
from core.domain.confirmation import TooManyTries
from core.domain.refusals import NotFound
from core.domain.staff import CardSubject
from core.i18n import Speech
from core.services.chats.cards import PrivateChatClosed

router = Router(name="start")
router.message.filter(F.chat.type == ChatType.PRIVATE, F.edit_date.is_(None))

_LINK = re.compile(r"(?P<kind>[pg])_(?P<id>[0-9]{1,18})")
_QUESTION = re.compile(r"q_(?P<name>[A-Za-z0-9_-]+)", re.ASCII)
_CARD = re.compile(r"c_(?P<token>[A-Za-z0-9_-]{16,40})", re.ASCII)
_CAMPAIGN = re.compile(r"k_[A-Za-z0-9_-]+", re.ASCII)


@router.message(CommandStart())
async def on_start(
    _message: Message,
    command: CommandObject,
    dialog_manager: DialogManager,
    speech: Speech,
    services: Services,
    actor: Actor | None,
) -> None:
    """Greet, or open what the link names; a link that says nothing is told so."""
    payload = command.args or ""
    if payload == START_FINDING:
        await _open_search(dialog_manager, actor)
    elif _CAMPAIGN.fullmatch(payload):
        # who came by which invitation is noted nowhere
        hint(dialog_manager, speech.say("link-campaign"))
        await show_menu(dialog_manager, welcome=True)
    elif (question := _QUESTION.fullmatch(payload)) is not None and actor is not None:
        await _open_answer(dialog_manager, question["name"], services, actor, speech)
    elif (card := _CARD.fullmatch(payload)) is not None and actor is not None:
        await _open_certificate(dialog_manager, card["token"], services, actor, speech, _message)
    elif (link := _LINK.fullmatch(payload)) is not None:
        await _open_programme(dialog_manager, link["kind"], int(link["id"]), services)
    else:
        if payload:
            hint(dialog_manager, speech.say("link-unknown"))
        await show_menu(dialog_manager, welcome=not payload)


async def _open_certificate(
    manager: DialogManager,
    token: str,
    services: Services,
    actor: Actor,
    speech: Speech,
    message: Message,
) -> None:
    """The guardian's own page; staff get the details below; everybody else what junk gets."""
    try:
        holder = await services.certificate_cards.find_by_token(actor, token)
        if holder.mine:
            await go_to(manager, Certificates.status, {"child_id": holder.child_id})
            return
        if await services.confirmation_points.find_point(actor) is not None:
            # an officer: only those who came, so the look is a find like any other
            found = await services.point_visits.find_by_link(actor, token)
            await go_to(manager, StaffPoint.find, {FOUND: found})
            return
        await services.cards.look(
            actor,
            CardSubject.CERTIFICATES,
            holder.certificate_id,
            tap=f"start:{message.chat.id}:{message.message_id}",
        )
        hint(manager, speech.say("link-certificate-staff"))
        await show_menu(manager)
    except TooManyTries as refusal:
        hint(manager, refusal_text(refusal, speech))
        await show_menu(manager)
    except (NotFound, PrivateChatClosed):
        hint(manager, speech.say("link-unknown"))
        await show_menu(manager)


async def _open_programme(
    manager: DialogManager, kind: str, number: int, services: Services
) -> None:
    programme_id = number if kind == "p" else await services.programmes.programme_of(number)
    await go_to(manager, ProgrammePage.card, {"programme_id": programme_id})


async def _open_answer(
    manager: DialogManager, name: str, services: Services, actor: Actor, speech: Speech
) -> None:
    """What the person may hear. An answer for others looks as one that never was; the answers of a
    district are told where that district is chosen."""
    try:
        told = await services.knowledge.answer_named(actor, name)
    except NotFound:
        unplaced = actor.municipality_id is None
        hint(manager, speech.say("link-answer-district" if unplaced else "link-answer-gone"))
        await show_menu(manager)
    else:
        await go_to(manager, Questions.answered, {ENTRY: told.entry_id})


async def _open_search(manager: DialogManager, actor: Actor | None) -> None:
    """Where there are several municipalities, the menu asks which first."""
    if actor is None or actor.municipality_id is None:
        await show_menu(manager, welcome=True)
    else:
        await go_to(manager, Search.ask, {})


@router.message(Command("menu"))
async def on_menu(_message: Message, dialog_manager: DialogManager) -> None:
    await show_menu(dialog_manager)


@router.message(Command("help"))
async def on_help(_message: Message, dialog_manager: DialogManager) -> None:
    await go_to(dialog_manager, Menu.help, {})


@router.message(Command("settings"))
async def on_settings(_message: Message, dialog_manager: DialogManager) -> None:
    await go_to(dialog_manager, Menu.settings, {})


@router.message(Command("mydata"))
async def on_my_data(_message: Message, dialog_manager: DialogManager) -> None:
    """What is held, as text and as a file; taking consents back."""
    await go_to(dialog_manager, MyDataPage.whole, {})


@router.message(Command("delete"))
async def on_delete(_message: Message, dialog_manager: DialogManager) -> None:
    """What being erased would end; nothing is done before it is said twice."""
    await go_to(dialog_manager, MyDataPage.erase, {})
