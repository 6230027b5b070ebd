"""Cards of the moderation chat as text and buttons: no personal data here.

A card that waits has buttons to decide; after «refuse» they become the reasons; a decided card
says who, when and what, and keeps only «open». A press carries (subject, id, version, action,
reason) and nothing else: it is input, services check it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.views.days import day_and_month
from core.domain.certificates import UNDECIDED as UNDECIDED_CERTIFICATES
from core.domain.certificates import CertificateRefusal, CertificateState, NeededData
from core.domain.enrolment import UNDECIDED as UNDECIDED_APPLICATIONS
from core.domain.enrolment import ApplicationRefusal
from core.domain.staff import CardSubject
from core.i18n import Speech
from core.services.certificates.views import CertificateCard
from core.services.enrolments.views import ApplicationCard

AnyCard = CertificateCard | ApplicationCard

CARD_PREFIX = "card"
_IN_ROW = 2


RowId = Annotated[int, Field(ge=1, lt=2**63)]
Version = Annotated[int, Field(ge=0, lt=2**31)]


class CardAction(StrEnum):
    """What a button of a card does."""

    OPEN = "o"
    ACCEPT = "y"
    REFUSE = "n"
    REASON = "r"
    TYPED = "t"
    BACK = "b"
    ASK = "d"
    NEEDED = "e"
    ASK_TYPED = "w"


class SubjectCode(StrEnum):
    """The subject in one letter."""

    CERTIFICATE = "c"
    APPLICATION = "a"

    @property
    def subject(self) -> CardSubject:
        if self is SubjectCode.CERTIFICATE:
            return CardSubject.CERTIFICATES
        return CardSubject.APPLICATIONS


class CardPress(CallbackData, prefix=CARD_PREFIX):
    """At most 64 bytes: ids of 19 digits, versions of 9, the longest reason fit."""

    subject: SubjectCode
    id: RowId
    version: Version
    action: CardAction
    reason: str = ""


class TaskPress(CallbackData, prefix="rtask"):
    """The button of a card whose subject waits to be entered into the registry kept elsewhere."""

    subject: SubjectCode
    id: RowId


class WriteReason(CallbackData, prefix="reason"):
    """The button in the private chat that begins the typed reason."""

    subject: SubjectCode
    id: RowId
    version: Version


class WriteNeed(CallbackData, prefix="need"):
    """The button in the private chat that begins the words of what the family is asked for."""

    id: RowId
    version: Version


def code_of(subject: CardSubject) -> SubjectCode:
    """The letter of a subject."""
    if subject is CardSubject.CERTIFICATES:
        return SubjectCode.CERTIFICATE
    return SubjectCode.APPLICATION


def waits(card: AnyCard) -> bool:
    """Whether a decision is still to be taken."""
    if isinstance(card, CertificateCard):
        return card.state in UNDECIDED_CERTIFICATES
    return card.state in UNDECIDED_APPLICATIONS


def card_text(card: AnyCard, speech: Speech) -> str:
    """The card as HTML."""
    lines = [_head(card, speech), _child(card, speech)]
    if isinstance(card, ApplicationCard):
        lines.append(
            speech.say(
                "card-application-about",
                programme=card.programme_title,
                group=card.group_name,
                organisation=card.organisation_name,
            )
        )
    if not waits(card):
        if card.decided_at is not None:
            lines.append(speech.say("card-decided", **_decision(card, speech)))
        if isinstance(card, CertificateCard) and card.point is not None:
            lines.append(speech.say("card-point", point=card.point))
        if isinstance(card, ApplicationCard) and card.to_enter:
            lines.append(speech.say("card-to-enter"))
        return "\n".join(lines)
    if isinstance(card, ApplicationCard):
        if card.answer_by is not None:
            lines.append(speech.say("card-answer-by", day=speech.day(card.answer_by)))
    elif card.possible_double:
        lines.append(speech.say("card-double"))
    return "\n".join(lines)


def reasons_text(card: AnyCard, speech: Speech) -> str:
    """The card while its reasons are shown."""
    return "\n".join([card_text(card, speech), speech.say("card-reasons")])


def decision_alert(card: AnyCard, speech: Speech) -> str:
    """Who decided, when and what: plain text of an alert."""
    if card.decided_at is None:
        return speech.say_plain("card-alert-changed")
    return speech.say_plain("card-alert-decided", **_decision(card, speech))


def decision_line(card: AnyCard, speech: Speech) -> str:
    """Who decided, when and what: a plain line; the state alone when nobody did."""
    if card.decided_at is None:
        return state_of(card, speech)
    return speech.say_plain("card-decided", **_decision(card, speech))


def state_of(card: AnyCard, speech: Speech) -> str:
    """The state in official words; a refusal's with its reason."""
    name = "certificate" if isinstance(card, CertificateCard) else "application"
    state = speech.say_plain(f"card-{name}-state", state=str(card.state))
    if card.refusal_reason is None:
        return state
    reason = speech.say_plain(f"card-{name}-reason", reason=str(card.refusal_reason))
    return f"{state}, {reason}"


def age(years: int, speech: Speech) -> str:
    """«9 years» with the right plural."""
    return speech.say_plain("card-age", years=years)


def card_keyboard(card: AnyCard, speech: Speech) -> InlineKeyboardMarkup:
    """The buttons of a card: to decide while it waits, else only to open it."""
    opening = [_button(card, CardAction.OPEN, speech.say_plain("card-button-open"))]
    if not waits(card):
        return InlineKeyboardMarkup(inline_keyboard=[opening, *_entering(card, speech)])
    yes = "confirm" if isinstance(card, CertificateCard) else "accept"
    rows = [
        opening,
        [
            _button(card, CardAction.ACCEPT, speech.say_plain(f"card-button-{yes}")),
            _button(card, CardAction.REFUSE, speech.say_plain("card-button-refuse")),
        ],
    ]
    if isinstance(card, CertificateCard) and card.state is not CertificateState.NEEDS_DATA:
        rows.append([_button(card, CardAction.ASK, speech.say_plain("card-button-ask"))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def needs_text(card: AnyCard, speech: Speech) -> str:
    """The card while what may be asked of the family is shown."""
    return "\n".join([card_text(card, speech), speech.say("card-needs")])


def needs_keyboard(card: AnyCard, speech: Speech) -> InlineKeyboardMarkup:
    """What may be asked of the family, two in a row, then in words and the way back."""
    listed = [
        _button(
            card,
            CardAction.NEEDED,
            _sentence(speech.say_plain("card-needed", needed=needed.value)),
            needed.value,
        )
        for needed in NeededData
        if needed is not NeededData.OTHER  # that one is typed
    ]
    rows = [listed[start : start + _IN_ROW] for start in range(0, len(listed), _IN_ROW)]
    rows.append(
        [
            _button(card, CardAction.ASK_TYPED, speech.say_plain("card-button-ask-other")),
            _button(card, CardAction.BACK, speech.say_plain("card-button-back")),
        ]
    )
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _entering(card: AnyCard, speech: Speech) -> list[list[InlineKeyboardButton]]:
    """The row of a card whose subject waits to be entered elsewhere; none otherwise."""
    if isinstance(card, CertificateCard):
        waiting, code = card.state is CertificateState.TO_ENTER, SubjectCode.CERTIFICATE
    else:
        waiting, code = card.to_enter, SubjectCode.APPLICATION
    if not waiting:
        return []
    press = TaskPress(subject=code, id=card.id).pack()
    text = speech.say_plain("button-registry-enter")
    return [[InlineKeyboardButton(text=text, callback_data=press)]]


def reasons_keyboard(card: AnyCard, speech: Speech) -> InlineKeyboardMarkup:
    """Reasons two in a row, then a typed one and the way back."""
    certificate = isinstance(card, CertificateCard)
    name = "certificate" if certificate else "application"
    reasons: Iterable[CertificateRefusal | ApplicationRefusal]
    reasons = CertificateRefusal if certificate else ApplicationRefusal
    listed = [
        _button(
            card,
            CardAction.REASON,
            _sentence(speech.say_plain(f"card-{name}-reason", reason=str(reason))),
            str(reason),
        )
        for reason in reasons
        if reason.value != CertificateRefusal.OTHER.value  # that one is typed
    ]
    rows = [listed[start : start + _IN_ROW] for start in range(0, len(listed), _IN_ROW)]
    rows.append(
        [
            _button(card, CardAction.TYPED, speech.say_plain("card-button-other")),
            _button(card, CardAction.BACK, speech.say_plain("card-button-back")),
        ]
    )
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _head(card: AnyCard, speech: Speech) -> str:
    name = "certificate" if isinstance(card, CertificateCard) else "application"
    return speech.say(
        f"card-{name}",
        id=str(card.id),
        state=speech.say_plain(f"card-{name}-state", state=str(card.state)),
    )


def _child(card: AnyCard, speech: Speech) -> str:
    """The age, and since when the family has been waiting: a card is not written anew each day."""
    child = speech.say("card-child", age=age(card.age_years, speech))
    if not waits(card):
        return child
    waiting = speech.say("card-waiting", day=day_and_month(card.waiting_since, speech))
    return f"{child} \N{MIDDLE DOT} {waiting}"


def _decision(card: AnyCard, speech: Speech) -> dict[str, str]:
    if card.decided_at is None:
        raise ValueError("nobody has decided yet")
    return {
        "state": state_of(card, speech),
        "who": card.decided_by_name or speech.say_plain("card-decider-unknown"),
        "when": speech.moment(card.decided_at),
    }


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _button(card: AnyCard, action: CardAction, text: str, reason: str = "") -> InlineKeyboardButton:
    subject = (
        SubjectCode.CERTIFICATE if isinstance(card, CertificateCard) else SubjectCode.APPLICATION
    )
    press = CardPress(
        subject=subject, id=card.id, version=card.version, action=action, reason=reason
    )
    return InlineKeyboardButton(text=text, callback_data=press.pack())
