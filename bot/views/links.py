"""Links into the private chat, and the one that hands such a link to a friend."""

from __future__ import annotations

from urllib.parse import quote

SHARE = "https://t.me/share/url"
SLIP_PREFIX = "j_"


def programme_link(username: str, programme_id: int) -> str:
    """Opens the card of a programme. The id in it gives nothing that rights do not."""
    return f"https://t.me/{username}?start=p_{programme_id}"


def family_link(username: str, code: str) -> str:
    """Offers a place by a child's side to whoever follows it first."""
    return f"https://t.me/{username}?start=f_{code}"


def slip_link(username: str, code: str) -> str:
    """Leads a family on paper to its child, once."""
    return f"https://t.me/{username}?start={SLIP_PREFIX}{code}"


def share_link(link: str, text: str) -> str:
    """Asks the messenger whom to send the link to, with `text` (plain) beside it."""
    return f"{SHARE}?url={quote(link, safe='')}&text={quote(text, safe='')}"
