"""Refusals in the words of staff: those of the chats speak to parents."""

from __future__ import annotations

from markupsafe import Markup

from bot.dialogs.refusing import refusal_text
from core.domain.certificates import CertificateDouble
from core.domain.refusals import AlreadyDecided, BadValue, NotAllowed, NotFound, Refusal
from core.i18n import Speech


def staff_words(refusal: Refusal, speech: Speech) -> Markup:
    """HTML."""
    match refusal:
        case AlreadyDecided():
            return Markup(speech.say("desk-why-decided"))
        case NotFound() | NotAllowed():
            return Markup(speech.say("desk-why-nothing"))
        case CertificateDouble():
            return Markup(speech.say("desk-why-double"))
        case BadValue(params={"field": "number"}):
            return Markup(speech.say("desk-why-number"))
    return Markup(refusal_text(refusal, speech))
