"""Counters and gauges at /metrics: kinds and outcomes only, never who."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()

UPDATES_ENDED = Counter(
    "kruzhok_updates_ended", "Updates by kind and end", ["kind", "end"], registry=REGISTRY
)
UPDATES_ACCEPTED = Counter(
    "kruzhok_updates_accepted", "Updates committed to the inbox", ["way"], registry=REGISTRY
)
REQUESTS = Counter(
    "kruzhok_telegram_requests",
    "Requests to Telegram by method and fate",
    ["method", "fate"],
    registry=REGISTRY,
)
REQUEST_SECONDS = Histogram(
    "kruzhok_telegram_request_seconds", "Time of a request to Telegram", registry=REGISTRY
)
OUTBOX_ENDED = Counter(
    "kruzhok_outbox_ended", "Outbox rows by kind and end", ["kind", "end"], registry=REGISTRY
)
INBOX_ROWS = Gauge("kruzhok_inbox_rows", "Inbox rows by state", ["state"], registry=REGISTRY)
OUTBOX_ROWS = Gauge("kruzhok_outbox_rows", "Outbox rows by state", ["state"], registry=REGISTRY)
INBOX_AGE = Gauge(
    "kruzhok_inbox_oldest_seconds", "Age of the oldest update not ended", registry=REGISTRY
)
OUTBOX_AGE = Gauge(
    "kruzhok_outbox_oldest_seconds", "How long the oldest due row has waited", registry=REGISTRY
)
COMMITS = Gauge("kruzhok_commits", "Commits of this process so far", registry=REGISTRY)
