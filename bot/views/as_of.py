"""Where the registry is kept elsewhere: how old what is shown may be."""

from __future__ import annotations

from datetime import datetime

from core.i18n import Speech


def with_moment(text: str, moment: datetime | None, speech: Speech) -> str:
    """`text` (HTML) with a last line that says as of when it is; as it was for None."""
    if moment is None:
        return text
    return f"{text}\n\n{speech.say('as-of', moment=speech.moment(moment))}"
