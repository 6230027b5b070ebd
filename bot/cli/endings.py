"""How a command ends when something is wrong: one line that names the setting and what to do.

No traceback and nothing of what was set: a setting may be a secret, and so may the words of an
error from below. What only a running bot meets is in `living.py`.
"""

from __future__ import annotations

from pydantic import ValidationError

from bot.logs import frames_of
from bot.settings import DataKeyMissing
from core.cipher import DataKeyMalformed, WrongDataKey
from core.db.engine import DatabaseAway, DatabaseRefuses
from core.db.instance_lock import AlreadyRunning
from core.db.migrate import SchemaAhead
from core.domain.refusals import Refusal
from core.i18n import Speech


def line_of(error: Exception, voice: Speech) -> str:
    """The words for whatever ended a command."""
    if isinstance(error, Refusal):
        return line_of_refusal(error, voice)
    match error:
        case AlreadyRunning():
            return voice.say_plain("cli-already-running", instance=error.instance)
        case WrongDataKey():
            return voice.say_plain("cli-wrong-data-key")
        case DataKeyMalformed():
            return voice.say_plain("cli-data-key-malformed")
        case DataKeyMissing():
            return voice.say_plain("cli-no-data-key")
        case SchemaAhead():
            return voice.say_plain("cli-refusal-schema-ahead")
        case DatabaseRefuses():
            return voice.say_plain("cli-database-refuses")
        case DatabaseAway():
            return voice.say_plain("cli-database-away")
        case OSError() if error.filename is not None:
            return voice.say_plain(
                "cli-file-refused", file=str(error.filename), why=error.strerror or ""
            )
        case OSError():
            return voice.say_plain("cli-port-taken", why=error.strerror or type(error).__name__)
    where = (frames_of(error) or ["?"])[-1]
    return voice.say_plain("cli-unexpected", error=type(error).__name__, where=where)


def line_of_refusal(refusal: Refusal, voice: Speech) -> str:
    """Words for an operator where there are any, else those everybody gets."""
    for key in (f"cli-refusal-{refusal.code}", f"refusal-{refusal.code}"):
        if voice.has(key):
            return voice.say_plain(key, **refusal.params)
    return str(refusal)


def line_of_settings(error: ValidationError, voice: Speech) -> str:
    """Which settings cannot be read, each with an example where its form is not plain."""
    names = sorted({".".join(str(part) for part in fault["loc"]) for fault in error.errors()})
    line = voice.say_plain("cli-settings-wrong", names=", ".join(names).upper())
    examples = [
        voice.say_plain(key)
        for name in names
        if voice.has(key := f"cli-example-{name.replace('_', '-')}")
    ]
    return ". ".join([line, *examples])
