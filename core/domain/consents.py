"""Consents (152-FZ): three separate acts, each with its text, version, hash and time.

`processing` comes before anything personal is stored; `transfer` is for one provider, at an
application; `mailings` is never needed for anything.
"""

from __future__ import annotations

from enum import StrEnum

from core.domain.refusals import Refusal


class ConsentKind(StrEnum):
    PROCESSING = "processing"
    TRANSFER = "transfer"
    MAILINGS = "mailings"


class ConsentNeeded(Refusal):
    """A consent has to be given first; params: `kind`, and `organisation_id` for a transfer."""


class ErasingNeeded(Refusal):
    """The consent to hold data is taken back by erasing the data: nothing else is left to do."""
