"""How long each thing is kept, and why: the one table of it.

Consents stand until they are taken back, and what is held on them goes with them at once; this is
about what would else lie about. Times count from the moment named in `since`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Kept:
    """`what` and `since` are terms of the code; `source` is where the term comes from."""

    what: str
    since: str
    kept: timedelta
    source: str


DEAD_PAYLOADS: Final = Kept(
    what="payload of an update that was set aside",
    since="set aside",
    kept=timedelta(days=7),
    source="domain, section 8",
)
ENDED_UPDATES: Final = Kept(
    what="number and kind of an update",
    since="ended",
    kept=timedelta(days=30),
    source="Telegram repeats an update for a day; numbers of failures are asked for longer",
)
DRAFTS: Final = Kept(
    what="state of a conversation, with the answers of a form",
    since="touched",
    kept=timedelta(days=30),
    source="domain, section 8",
)
MISSES: Final = Kept(
    what="words and questions that found nothing",
    since="asked last",
    kept=timedelta(days=180),
    source="half a year covers the autumn and the winter admission",
)
TRIES: Final = Kept(
    what="tries at a certificate's number or a family code",
    since="tried",
    kept=timedelta(days=1),
    source="the brake counts an hour",
)
CODES: Final = Kept(
    what="invitations and one-time codes, as hashes",
    since="expired",
    kept=timedelta(days=30),
    source="whoever comes late is told that the code has expired, not that it never was",
)
REFUSAL_NOTES: Final = Kept(
    what="notes staff typed with a decision",
    since="decided",
    kept=timedelta(days=365),
    source="a refusal may be appealed against within a year",
)
ALL: Final = (DEAD_PAYLOADS, ENDED_UPDATES, DRAFTS, MISSES, TRIES, CODES, REFUSAL_NOTES)
