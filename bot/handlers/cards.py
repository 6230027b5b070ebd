"""Presses on staff cards: several people press one message, and the first decision wins.

Who may not decide, what does not exist and what stands in another chat get one and the same
alert. A press on a card that has moved on shows its present state and says who decided. The card
of a decision just taken is edited by the outbox, like every other copy of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.dialogs.consents.gate import carries_personal_data
from bot.services import Services
from bot.settings import Settings
from bot.views.cards import (
    CARD_PREFIX,
    AnyCard,
    CardAction,
    CardPress,
    card_keyboard,
    card_text,
    decision_alert,
    needs_keyboard,
    needs_text,
    reasons_keyboard,
    reasons_text,
    waits,
)
from core.domain.actors import Actor, Messenger
from core.domain.certificates import CertificateDouble, CertificateRefusal, NeededData
from core.domain.enrolment import ApplicationRefusal
from core.domain.refusals import AlreadyDecided, BadValue, NotAllowed, NotFound, Refusal
from core.domain.staff import CardSubject
from core.i18n import Speech
from core.services.certificates.views import CertificateCard
from core.services.chats.cards import PrivateChatClosed

router = Router(name="cards")

_Reason = TypeVar("_Reason", CertificateRefusal, ApplicationRefusal, NeededData)
_ASKING = (CardAction.ASK, CardAction.NEEDED, CardAction.ASK_TYPED)

MESSENGER: Messenger = "telegram"
_HARMLESS = ("message is not modified", "message to edit not found", "message can't be edited")


@dataclass(frozen=True, kw_only=True)
class _Press:
    """One press with all it needs."""

    callback: CallbackQuery
    data: CardPress
    bot: Bot
    services: Services
    actor: Actor
    speech: Speech


@router.callback_query(CardPress.filter())
async def on_press(
    callback: CallbackQuery,
    callback_data: CardPress,
    bot: Bot,
    services: Services,
    actor: Actor,
    speech: Speech,
    settings: Settings,
) -> None:
    """One press of one person."""
    if not carries_personal_data(settings):
        await callback.answer(speech.say_plain("card-alert-personal-off"), show_alert=True)
        return
    press = _Press(
        callback=callback,
        data=callback_data,
        bot=bot,
        services=services,
        actor=actor,
        speech=speech,
    )
    subject = callback_data.subject.subject
    try:
        await services.cards.check_press(
            actor,
            subject,
            callback_data.id,
            messenger=MESSENGER,
            chat_id=callback.message.chat.id if callback.message else 0,
        )
        card = await read_card(services, subject, callback_data.id)
    except (NotFound, NotAllowed):
        await _alert(press, speech.say_plain("card-alert-none"))
        return
    if callback_data.action is CardAction.OPEN:
        await _open(press, card)
    elif card.version != callback_data.version or not waits(card):
        await _alert(press, decision_alert(card, speech))
        await _show(press, card_text(card, speech), card_keyboard(card, speech))
    else:
        await _decide(press, card)


@router.callback_query((F.data == CARD_PREFIX) | F.data.startswith(f"{CARD_PREFIX}:"))
async def on_unreadable(callback: CallbackQuery, speech: Speech) -> None:
    """Cut, forged, or from a release whose buttons are no more."""
    await callback.answer(speech.say_plain("card-alert-outdated"), show_alert=True)


async def read_card(services: Services, subject: CardSubject, subject_id: int) -> AnyCard:
    """The card as it is now. Raises NotFound."""
    if subject is CardSubject.CERTIFICATES:
        return await services.certificate_decisions.card(subject_id)
    return await services.application_decisions.card(subject_id)


async def _open(press: _Press, card: AnyCard) -> None:
    try:
        await press.services.cards.look(
            press.actor, _subject_of(card), card.id, tap=press.callback.id
        )
    except PrivateChatClosed:
        await _alert_closed(press)
    except NotFound:
        await _alert(press, press.speech.say_plain("card-alert-none"))
    else:
        await press.callback.answer(press.speech.say_plain("card-toast-details"))


async def _decide(press: _Press, card: AnyCard) -> None:
    if press.data.action is CardAction.REFUSE:
        await press.callback.answer()
        await _show(press, reasons_text(card, press.speech), reasons_keyboard(card, press.speech))
    elif press.data.action is CardAction.BACK:
        await press.callback.answer()
        await _show(press, card_text(card, press.speech), card_keyboard(card, press.speech))
    elif press.data.action is CardAction.TYPED:
        await _ask_for_words(press, card)
    elif isinstance(card, CertificateCard) and press.data.action in _ASKING:
        await _ask_family(press, card)
    else:
        await _settle(press, card)


async def _ask_for_words(press: _Press, card: AnyCard) -> None:
    try:
        await press.services.cards.ask_reason(
            press.actor, _subject_of(card), card.id, version=card.version, tap=press.callback.id
        )
    except PrivateChatClosed:
        await _alert_closed(press)
        return
    except NotFound:
        await _alert(press, press.speech.say_plain("card-alert-none"))
        return
    await press.callback.answer(press.speech.say_plain("card-toast-reason"))
    # somebody else may decide meanwhile
    await _show(press, card_text(card, press.speech), card_keyboard(card, press.speech))


async def _ask_family(press: _Press, card: CertificateCard) -> None:
    missing = press.services.missing_data
    if press.data.action is CardAction.ASK:
        await press.callback.answer()
        await _show(press, needs_text(card, press.speech), needs_keyboard(card, press.speech))
        return
    try:
        if press.data.action is CardAction.ASK_TYPED:
            await missing.ask_for_words(
                press.actor, card.id, version=card.version, tap=press.callback.id
            )
            await _show(press, card_text(card, press.speech), card_keyboard(card, press.speech))
        else:
            needed = _listed(NeededData, press.data.reason)
            await missing.ask(press.actor, card.id, version=press.data.version, needed=needed)
    except AlreadyDecided:
        await _alert(press, press.speech.say_plain("card-alert-changed"))
    except PrivateChatClosed:
        await _alert_closed(press)
    except (NotFound, NotAllowed):
        await _alert(press, press.speech.say_plain("card-alert-none"))
    else:
        typed = press.data.action is CardAction.ASK_TYPED
        await press.callback.answer(press.speech.say_plain("card-toast-reason") if typed else None)


async def _settle(press: _Press, card: AnyCard) -> None:
    try:
        await _write_decision(press)
    except AlreadyDecided:
        await press.callback.answer()
    except (NotFound, NotAllowed):
        await _alert(press, press.speech.say_plain("card-alert-none"))
        return
    except Refusal as refusal:
        await _alert(press, press.speech.say_plain(_words_for(refusal)))
        return
    else:
        await press.callback.answer()
        return
    present = await read_card(press.services, _subject_of(card), card.id)
    await _show(press, card_text(present, press.speech), card_keyboard(present, press.speech))


async def _write_decision(press: _Press) -> None:
    certificate = press.data.subject.subject is CardSubject.CERTIFICATES
    if press.data.action is CardAction.ACCEPT and certificate:
        await press.services.certificate_decisions.confirm(
            press.actor, press.data.id, version=press.data.version
        )
    elif press.data.action is CardAction.ACCEPT:
        await press.services.application_decisions.accept(
            press.actor, press.data.id, version=press.data.version
        )
    elif certificate:
        await press.services.certificate_decisions.refuse(
            press.actor,
            press.data.id,
            version=press.data.version,
            reason=_listed(CertificateRefusal, press.data.reason),
        )
    else:
        await press.services.application_decisions.refuse(
            press.actor,
            press.data.id,
            version=press.data.version,
            reason=_listed(ApplicationRefusal, press.data.reason),
        )


def _listed(reasons: type[_Reason], code: str) -> _Reason:
    """A reason of the list. Raises NotFound for a forged one; words are typed in private."""
    for reason in reasons:
        if reason.value == code and code != "other":
            return reason
    raise NotFound()


def _words_for(refusal: Refusal) -> str:
    if isinstance(refusal, CertificateDouble):
        return "card-alert-double"
    if isinstance(refusal, BadValue):
        return "card-alert-number"
    return "card-alert-refused"


def _subject_of(card: AnyCard) -> CardSubject:
    if isinstance(card, CertificateCard):
        return CardSubject.CERTIFICATES
    return CardSubject.APPLICATIONS


async def _alert(press: _Press, text: str) -> None:
    await press.callback.answer(text, show_alert=True)


async def _alert_closed(press: _Press) -> None:
    link = f"t.me/{(await press.bot.me()).username}"
    await _alert(press, press.speech.say_plain("card-alert-private-closed", link=link))


async def _show(press: _Press, text: str, keyboard: InlineKeyboardMarkup) -> None:
    """Edit the pressed message; one that shows this already, or is gone, is no fault."""
    message = press.callback.message
    if message is None:
        return
    try:
        await press.bot.edit_message_text(
            text, chat_id=message.chat.id, message_id=message.message_id, reply_markup=keyboard
        )
    except TelegramBadRequest as error:
        if not any(words in error.message for words in _HARMLESS):
            raise
