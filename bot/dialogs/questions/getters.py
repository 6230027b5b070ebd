from __future__ import annotations

from typing import Any

from aiogram.enums import ContentType
from aiogram_dialog import DialogManager
from aiogram_dialog.api.entities import MediaAttachment, MediaId

from bot.dialogs.consents.getters import contacts
from bot.dialogs.given import Given, given_from
from bot.dialogs.questions.actions import CANDIDATES, ENTRY, asked_of, interrupts
from bot.views.questions import (
    answer_text,
    candidate_choices,
    candidate_lines,
    page_of,
    sent_as,
)
from core.domain.refusals import NotFound
from core.services.questions.views import CandidateView, Told


async def answered(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """The answer as it is now: it may have changed, or ended, since it was asked for."""
    given = given_from(data)
    told = await _told(given, int(dialog_manager.dialog_data.get(ENTRY, 0)))
    if told is None:
        return {"there": False, "gone": True, "media": None, "over_form": False, **_NOTHING}
    phone = given.settings.operator_phone
    return {
        "there": True,
        "gone": False,
        "question": told.question,
        "answer": answer_text(told, given.speech, phone=phone),
        "link": told.answer.link or "",
        "picture_page": page_of(told.answer.picture),
        "file_page": page_of(told.answer.file),
        "media": _media(told),
        "over_form": interrupts(dialog_manager),
    }


_NOTHING = {"question": "", "answer": "", "link": "", "picture_page": "", "file_page": ""}


async def clarify(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    offered = [
        CandidateView(entry_id=told.entry_id, code="", question=told.question, score=0.0)
        for entry_id in dialog_manager.dialog_data.get(CANDIDATES, [])
        if (told := await _told(given, int(entry_id))) is not None
    ]
    return {
        "lines": candidate_lines(offered, given.speech),
        "candidates": candidate_choices(offered, given.speech),
    }


async def person(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    return {
        **await contacts(dialog_manager, **data),
        "over_form": interrupts(dialog_manager),
    }


async def offered(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    return {"question": asked_of(dialog_manager)}


async def _told(given: Given, entry_id: int) -> Told | None:
    try:
        return await given.services.knowledge.answer(given.actor, entry_id)
    except NotFound:
        return None


def _media(told: Told) -> MediaAttachment | None:
    """A picture of staff's own goes above the answer, else a file of theirs."""
    for place, kind in (
        (told.answer.picture, ContentType.PHOTO),
        (told.answer.file, ContentType.DOCUMENT),
    ):
        name = sent_as(place)
        if name:
            return MediaAttachment(kind, file_id=MediaId(name))
    return None
