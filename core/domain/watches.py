"""Watching for a free seat: the one rule of it."""

from __future__ import annotations

from core.domain.refusals import Refusal

MOST_WATCHES = 20
"""What one person may wait for at a time: more is no wish any more."""


class TooManyWatches(Refusal):
    """The person waits for seats in as many programmes as one may; params: `most`."""
