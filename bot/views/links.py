"""Links into the private chat, and the one that hands such a link to a friend."""

from __future__ import annotations

from urllib.parse import quote

SHARE = "https://t.me/share/url"
SLIP_PREFIX = "j_"
_SUPERGROUPS = 10**12  # their numbers stand below minus this


def programme_link(username: str, programme_id: int) -> str:
    """Opens the card of a programme. The id in it gives nothing that rights do not."""
    return f"https://t.me/{username}?start=p_{programme_id}"


def family_link(username: str, code: str) -> str:
    """Offers a place by a child's side to whoever follows it first."""
    return f"https://t.me/{username}?start=f_{code}"


def slip_link(username: str, code: str) -> str:
    """Leads a family on paper to its child, once."""
    return f"https://t.me/{username}?start={SLIP_PREFIX}{code}"


def certificate_link(username: str, token: str) -> str:
    """Opens a certificate for its guardian and for staff of the place, for nobody else."""
    return f"https://t.me/{username}?start=c_{token}"


def share_link(link: str, text: str) -> str:
    """Asks the messenger whom to send the link to, with `text` (plain) beside it."""
    return f"{SHARE}?url={quote(link, safe='')}&text={quote(text, safe='')}"


def message_link(chat_id: int, message_id: int | None) -> str | None:
    """To a message of a supergroup or a channel, for its members; a plain group has no such."""
    if message_id is None or chat_id > -_SUPERGROUPS:
        return None
    return f"https://t.me/c/{-chat_id - _SUPERGROUPS}/{message_id}"
