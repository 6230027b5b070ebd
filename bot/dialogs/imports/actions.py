"""What staff decide about a file they sent.

Where personal data is switched off registries of programmes and knowledge bases are taken as ever;
a file about families goes from the chat as soon as it is known for one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BufferedInputFile, CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.consents.gate import carries_personal_data
from bot.dialogs.given import Given, given
from bot.dialogs.imports.incoming import GREATEST_DOWNLOAD, DownloadFailed, Incoming
from bot.dialogs.imports.states import StaffImport
from bot.dialogs.refusing import refusal_text, say_refusal
from bot.dialogs.stack import go_home
from bot.dialogs.widgets import hint
from bot.views import imports as view
from core.domain.refusals import NotAllowed, NotFound, Refusal
from core.files.refusal import FileRefused
from core.services.registry_import import ImportReport
from core.services.registry_import.header import ColumnsMissing
from core.services.registry_import.vanished import ManyMissing
from core.services.sent_files import FileChanged, SentKind, Wish, recognise

TRIAL = "trial"
DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The message with the file."""

    file_id: str
    size: int
    message_id: int
    municipality_code: str
    municipality: str


def sent_in(manager: DialogManager) -> Sent:
    """Raises NotFound when the dialogue was opened with nothing."""
    start = manager.start_data
    if not isinstance(start, dict):
        raise NotFound()
    return Sent(**start)


async def begin(_start: Any, manager: DialogManager) -> None:
    """Look at the header, to propose what the file is."""
    if sent_in(manager).size > GREATEST_DOWNLOAD:
        await manager.switch_to(StaffImport.too_big)
        return
    try:
        async with _file(manager) as path:
            guess = await asyncio.to_thread(recognise, path)
    except DownloadFailed:
        await _say_not_given(manager)
    except FileRefused as refused:
        manager.dialog_data["refused"] = refusal_text(refused, given(manager).speech)
        await manager.switch_to(StaffImport.unreadable)
    else:
        if guess is not None and not may_load(guess, given(manager)):
            await _send_families_away(manager)
            return
        manager.dialog_data["guess"] = guess.value if guess else ""


def may_load(kind: SentKind, surroundings: Given) -> bool:
    """Whether files of this kind are taken through this transport."""
    return kind.family_file is None or carries_personal_data(surroundings.settings)


async def choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, chosen: str
) -> None:
    if chosen in set(SentKind):
        await _try_out(manager, SentKind(chosen))


async def agree(manager: DialogManager) -> None:
    """«Yes» to the proposed kind."""
    guess = manager.dialog_data.get("guess")
    if guess:
        await _try_out(manager, SentKind(guess))


async def accept(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _accept(manager, Wish())


async def accept_good(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _accept(manager, Wish(skip_bad=True))


async def accept_archiving(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    """With what the file lacks; when that is much, it is asked again."""
    if manager.dialog_data[TRIAL]["missing"]["many"]:
        await manager.switch_to(StaffImport.many)
    else:
        await _accept(manager, Wish(archive_missing=True))


async def accept_archiving_many(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await _accept(manager, Wish(archive_missing=True, even_many=True))


async def agree_to_all(manager: DialogManager) -> None:
    """«Yes» to the whole file; with refused rows a button has to say it."""
    trial = manager.dialog_data[TRIAL]
    if trial["refused"] or trial.get("missing"):
        hint(manager, given(manager).speech.say("expects-import-decision"))
    else:
        await _accept(manager, Wish())


async def leave(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Home: the file is not kept for a decision nobody takes."""
    await _forget(manager)
    await go_home(manager)


async def cancel(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await cancel_by_word(manager)


async def cancel_by_word(manager: DialogManager) -> None:
    await _forget(manager)
    hint(manager, given(manager).speech.say("imports-cancelled"))
    await go_home(manager, show_mode=ShowMode.SEND)


async def _try_out(manager: DialogManager, kind: SentKind) -> None:
    surroundings = given(manager)
    if not may_load(kind, surroundings):
        await _send_families_away(manager)
        return
    code = sent_in(manager).municipality_code
    try:
        async with _file(manager) as path:
            trial = await surroundings.services.sent_files.try_out(
                surroundings.actor, kind, path, municipality_code=code
            )
    except DownloadFailed:
        await _say_not_given(manager)
    except NotAllowed:
        await _leave_without_right(manager)
    except (FileRefused, ColumnsMissing) as refusal:
        say_refusal(manager, refusal)
    else:
        await _show_trial(manager, kind, trial.report, sha256=trial.sha256)


async def _show_trial(
    manager: DialogManager, kind: SentKind, report: ImportReport, *, sha256: str
) -> None:
    """A report is a result: a new message, with all refused rows as a file above it."""
    speech = given(manager).speech
    if len(report.refused) > view.FIRST_SHOWN:
        table = BufferedInputFile(
            view.all_rows(report, speech), speech.say_plain("imports-file-name")
        )
        await _bot(manager).send_document(_chat_id(manager), table)
    manager.dialog_data[TRIAL] = {
        "kind": kind.value,
        "sha256": sha256,
        "counts": view.counts(report, speech),
        "rows": view.first_rows(report, speech),
        "refused": len(report.refused),
        "useful": bool(report.new or report.changed),
        "missing": _missing(report),
    }
    await manager.switch_to(StaffImport.trial, show_mode=ShowMode.SEND)


def _missing(report: ImportReport) -> dict[str, int] | None:
    """What may go to the archive; None: nothing."""
    found = report.missing
    if found is None or not found.programmes + found.groups:
        return None
    return asdict(found)


async def _accept(manager: DialogManager, wish: Wish) -> None:
    surroundings = given(manager)
    trial = manager.dialog_data[TRIAL]
    kind = SentKind(trial["kind"])
    if not may_load(kind, surroundings):
        await _send_families_away(manager)
        return
    try:
        async with _file(manager) as path:
            report = await surroundings.services.sent_files.accept(
                surroundings.actor,
                kind,
                path,
                municipality_code=sent_in(manager).municipality_code,
                sha256=trial["sha256"],
                wish=wish,
            )
    except DownloadFailed:
        await _say_not_given(manager)
    except FileChanged as refusal:
        say_refusal(manager, refusal)
        await manager.switch_to(StaffImport.kind)
    except NotAllowed:
        await _leave_without_right(manager)
    except ManyMissing as refusal:  # others have published more since the trial
        numbers = {
            "programmes": refusal.params["missing"],
            "published": refusal.params["published"],
            "groups": refusal.params["groups"],
            "listed": refusal.params["listed"],
        }
        trial["missing"] = {**numbers, "many": True}
        await manager.switch_to(StaffImport.many)
    except Refusal as refusal:
        say_refusal(manager, refusal)
    else:
        if not report.written:  # rows are refused now that were fine at the trial
            await _show_trial(manager, kind, report, sha256=trial["sha256"])
            return
        await _forget(manager)
        manager.dialog_data[DONE] = {
            "kind": kind.value,
            "counts": view.counts(report, surroundings.speech),
            "changed": bool(report.new or report.changed or report.archived or report.closed),
        }
        await manager.switch_to(StaffImport.done, show_mode=ShowMode.SEND)


async def _leave_without_right(manager: DialogManager) -> None:
    """Nothing is left to do here for who may not any more."""
    await _forget(manager)
    hint(manager, given(manager).speech.say("imports-right-gone"))
    await go_home(manager, show_mode=ShowMode.SEND)


async def _send_families_away(manager: DialogManager) -> None:
    manager.dialog_data.pop(TRIAL, None)
    await _delete_file(manager)
    await manager.switch_to(StaffImport.families_off)


async def _forget(manager: DialogManager) -> None:
    """A file about families does not stay in the chat; nor does its report in our state."""
    trial = manager.dialog_data.pop(TRIAL, None)
    if trial is not None and SentKind(trial["kind"]).family_file is None:
        return
    await _delete_file(manager)


async def _delete_file(manager: DialogManager) -> None:
    try:
        await _bot(manager).delete_message(_chat_id(manager), sent_in(manager).message_id)
    except (TelegramBadRequest, TelegramForbiddenError):
        return


async def _say_not_given(manager: DialogManager) -> None:
    hint(manager, given(manager).speech.say("imports-not-given"))


@asynccontextmanager
async def _file(manager: DialogManager) -> AsyncIterator[Path]:
    incoming: Incoming = manager.middleware_data["incoming"]
    async with incoming.file(_bot(manager), sent_in(manager).file_id) as path:
        yield path


def _bot(manager: DialogManager) -> Bot:
    bot: Bot = manager.middleware_data["bot"]
    return bot


def _chat_id(manager: DialogManager) -> int:
    chat_id: int = manager.middleware_data["event_chat"].id
    return chat_id
