"""An answer of the knowledge base as a person reads it, and the buttons that go with it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.choices import Choice
from bot.views.programmes import label
from core.domain.knowledge import MESSENGER_FILE, filled
from core.i18n import Speech
from core.services.questions.views import CandidateView, Told


def answer_text(told: Told, speech: Speech, *, phone: str) -> str:
    """The answer with its variables; `phone` is called where the centre has named none."""
    return filled(
        told.answer.text,
        {
            "centre_name": told.centre_name or speech.say_plain("questions-centre"),
            "centre_phone": told.centre_phone or phone or speech.say_plain("questions-phone"),
            "municipality": told.municipality or speech.say_plain("questions-district"),
        },
    )


def candidate_lines(candidates: Sequence[CandidateView], speech: Speech) -> str:
    """The questions whole, numbered as the buttons below."""
    return "\n".join(
        speech.say("questions-candidate", number=str(number), question=candidate.question)
        for number, candidate in enumerate(candidates, 1)
    )


def candidate_choices(candidates: Sequence[CandidateView], speech: Speech) -> list[Choice]:
    return [
        Choice(
            id=candidate.entry_id,
            label=label(
                speech.say_plain(
                    "questions-candidate", number=str(number), question=candidate.question
                )
            ),
        )
        for number, candidate in enumerate(candidates, 1)
    ]


def page_of(place: str | None) -> str:
    """The address of a picture or a file that lies somewhere in the web; '' for others."""
    return place if place and not place.startswith(MESSENGER_FILE) else ""


def sent_as(place: str | None) -> str:
    """The messenger's name of a file; '' for those that lie in the web."""
    return place.removeprefix(MESSENGER_FILE) if place and not page_of(place) else ""
