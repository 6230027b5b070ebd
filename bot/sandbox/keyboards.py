"""Keyboards under messages: how Telegram reads them and what it refuses.

Reading (types and fields) is refused before the chat is looked at, values (64 bytes of data, links)
after, as Telegram does.
"""

import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.formatting.entities import checked_link, mentioned_user
from bot.sandbox.formatting.text import is_utf8
from bot.sandbox.refusals import Refusal, bad_request
from bot.sandbox.wire import Params

DATA_BYTES = 64
BUTTONS = 100
MARKUP_BYTES = 10 * 1024
ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
NONE = "none"
INLINE = "inline"
INLINE_ERROR = "can't parse inline keyboard button: "
REPLY_ERROR = "can't parse keyboard button: "


@dataclass(frozen=True, kw_only=True)
class Markup:
    """``kind`` is none, inline, reply, remove or force; ``fields`` as sent, cleaned."""

    kind: str = NONE
    fields: dict[str, Any] | None = None

    @property
    def inline(self) -> dict[str, Any] | None:
        return self.fields if self.kind == INLINE else None


def read_markup(params: Params, name: str = "reply_markup") -> Markup:
    """The keyboard of a request; refuses what is not a keyboard at all."""
    value = params.json(name, "can't parse reply keyboard markup JSON object")
    if value is None:
        return Markup()
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    keyboard = _rows(value, "keyboard", 'field "keyboard" must be an Array of Arrays')
    inline = _rows(
        value,
        "inline_keyboard",
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    )
    for button in (button for row in keyboard for button in row):
        _reply_button(button)
    for button in (button for row in inline for button in row):
        _inline_button(button)
    if keyboard:
        return Markup(kind="reply", fields=value)
    if inline:
        return Markup(kind=INLINE, fields={"inline_keyboard": [row for row in inline if row]})
    if value.get("remove_keyboard") or value.get("hide_keyboard"):
        return Markup(kind="remove", fields=value)
    if value.get("force_reply"):
        return Markup(kind="force", fields=value)
    return Markup()


def _rows(value: dict[str, Any], name: str, complaint: str) -> list[list[Any]]:
    rows = value.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(complaint)
    return rows


def _text_of(button: dict[str, Any], complaint: str) -> str:
    if "text" not in button:
        raise bad_request(f'{complaint}Can\'t find field "text"')
    text = button["text"]
    if not isinstance(text, (str, int, float)) or isinstance(text, bool):
        raise bad_request(f'{complaint}Field "text" must be of type String')
    return str(text)


def _inline_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad_request(f"{INLINE_ERROR}InlineKeyboardButton must be an Object")
    _text_of(button, INLINE_ERROR)
    if not any(button.get(action) is not None for action in ACTIONS):
        raise bad_request(f"{INLINE_ERROR}Text buttons are unallowed in the inline keyboard")


def _reply_button(button: Any) -> None:
    if isinstance(button, str):
        return
    if not isinstance(button, dict):
        raise bad_request(f"{REPLY_ERROR}KeyboardButton must be a String or an Object")
    _text_of(button, REPLY_ERROR)


def check_markup(markup: Markup, chat_type: str) -> None:
    """Refuse what only the server refuses: lengths, links, kinds of button by kind of chat."""
    if markup.kind == "reply":
        _check_reply(markup, chat_type)
    if markup.kind != INLINE or markup.fields is None:
        return
    rows = markup.fields["inline_keyboard"]
    size = len(json.dumps(markup.fields, ensure_ascii=False).encode("utf-8", "replace"))
    if sum(len(row) for row in rows) > BUTTONS or size > MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    for button in (button for row in rows for button in row):
        _check_inline(button, chat_type)


def _check_inline(button: dict[str, Any], chat_type: str) -> None:
    # A space is a text: calendars draw their empty cells with it.
    if not button["text"]:
        raise bad_request("inline keyboard button text must be non-empty")
    if not is_utf8(str(button["text"])):
        raise bad_request("inline keyboard button text must be encoded in UTF-8")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode("utf-8", "replace")) <= DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and checked_link(str(url)) is None and mentioned_user(str(url)) is None:
        raise bad_request("BUTTON_URL_INVALID")
    if "web_app" in button:
        if chat_type != "private":
            raise bad_request("BUTTON_TYPE_INVALID")
        address = str(dict(button["web_app"]).get("url", ""))
        if not address.startswith("https://") or checked_link(address) is None:
            raise bad_request(
                f"inline keyboard button Web App URL '{address}' is invalid: "
                "Only HTTPS links are allowed"
            )


def _check_reply(markup: Markup, chat_type: str) -> None:
    fields = markup.fields or {}
    for button in (button for row in fields["keyboard"] for button in row):
        if isinstance(button, str) or chat_type == "private":
            continue
        if button.get("request_contact"):
            raise _private_only("phone number")
        if button.get("request_location"):
            raise _private_only("location")
        if button.get("web_app"):
            raise bad_request("BUTTON_TYPE_INVALID")


def _private_only(what: str) -> Refusal:
    return bad_request(f"{what} can be requested in private chats only")


def buttons_of(markup: dict[str, Any] | None) -> list[dict[str, Any]]:
    """All buttons of an inline keyboard, row after row."""
    rows = (markup or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]
