"""Links into the private chat, and the one that hands such a link to a friend."""

from __future__ import annotations

from urllib.parse import quote

SHARE = "https://t.me/share/url"


def programme_link(username: str, programme_id: int) -> str:
    """Opens the card of a programme. The id in it gives nothing that rights do not."""
    return f"https://t.me/{username}?start=p_{programme_id}"


def share_link(link: str, text: str) -> str:
    """Asks the messenger whom to send the link to, with `text` (plain) beside it."""
    return f"{SHARE}?url={quote(link, safe='')}&text={quote(text, safe='')}"
