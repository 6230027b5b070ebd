"""The bot about itself: who it is, its commands, names, descriptions, menu buttons."""

import json
import re
from typing import Any

from bot.sandbox.methods.registry import method
from bot.sandbox.refusals import bad_request
from bot.sandbox.rendering import user_json
from bot.sandbox.telegram import Call
from bot.sandbox.world import Fields

COMMAND = re.compile(r"^/?[a-z0-9_]{1,32}$")
COMMANDS = 100
DESCRIPTION = 256
SCOPES = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
)


@method("getMe")
async def get_me(call: Call) -> Fields:
    return {
        **user_json(call.world.bot),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }


@method("logOut")
async def log_out(call: Call) -> bool:
    return True


@method("close")
async def close(call: Call) -> bool:
    return True


def _scope(call: Call) -> str:
    value = call.params.json("scope", "can't parse BotCommandScope JSON object")
    if value is None:
        value = {"type": "default"}
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    if value.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if value["type"].startswith("chat"):
        if not value.get("chat_id"):
            raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
        if call.world.find_chat(str(value["chat_id"])) is None:
            raise bad_request("chat not found")
    return json.dumps(value, sort_keys=True)


def _key(call: Call, what: str, scope: str = "") -> str:
    return f"{what}|{scope}|{call.params.text('language_code')}"


@method("setMyCommands")
async def set_my_commands(call: Call) -> bool:
    scope = _scope(call)
    value = call.params.json("commands", "can't parse commands JSON object")
    if not isinstance(value, list):
        raise bad_request("expected an Array of BotCommand")
    if len(value) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.world.profile[_key(call, "commands", scope)] = [_command(item) for item in value]
    call.telegram.changes.touch()
    return True


def _command(item: Any) -> Fields:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if name not in item:
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    command, description = str(item["command"]), str(item["description"]).strip()
    if not command:
        raise bad_request("command must be non-empty")
    if not COMMAND.match(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command.lstrip("/"), "description": description}


@method("getMyCommands")
async def get_my_commands(call: Call) -> list[Fields]:
    found: list[Fields] = call.world.profile.get(_key(call, "commands", _scope(call)), [])
    return found


@method("deleteMyCommands")
async def delete_my_commands(call: Call) -> bool:
    call.world.profile.pop(_key(call, "commands", _scope(call)), None)
    call.telegram.changes.touch()
    return True


def _set(call: Call, what: str, limit: int, complaint: str) -> bool:
    text = call.params.text(what)
    if len(text) > limit:
        raise bad_request(complaint)
    call.world.profile[_key(call, what)] = text
    call.telegram.changes.touch()
    return True


def _get(call: Call, what: str) -> Fields:
    default = call.world.bot.first_name if what == "name" else ""
    return {what: call.world.profile.get(_key(call, what)) or default}


@method("setMyName")
async def set_my_name(call: Call) -> bool:
    return _set(call, "name", 64, "BOT_TITLE_INVALID")


@method("getMyName")
async def get_my_name(call: Call) -> Fields:
    return _get(call, "name")


@method("setMyDescription")
async def set_my_description(call: Call) -> bool:
    return _set(call, "description", 512, "BOT_DESCRIPTION_TOO_LONG")


@method("getMyDescription")
async def get_my_description(call: Call) -> Fields:
    return _get(call, "description")


@method("setMyShortDescription")
async def set_my_short_description(call: Call) -> bool:
    return _set(call, "short_description", 120, "BOT_SHORT_DESCRIPTION_TOO_LONG")


@method("getMyShortDescription")
async def get_my_short_description(call: Call) -> Fields:
    return _get(call, "short_description")


@method("setChatMenuButton")
async def set_chat_menu_button(call: Call) -> bool:
    value = call.params.json("menu_button", "can't parse menu button JSON object")
    button = value if value is not None else {"type": "default"}
    if not isinstance(button, dict):
        raise bad_request("can't parse MenuButton: MenuButton must be an Object")
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse MenuButton: MenuButton has unsupported type")
    call.world.profile[f"menu_button|{call.params.text('chat_id')}|"] = button
    call.telegram.changes.touch()
    return True


@method("getChatMenuButton")
async def get_chat_menu_button(call: Call) -> Fields:
    profile = call.world.profile
    own = profile.get(f"menu_button|{call.params.text('chat_id')}|")
    button: Fields = own or profile.get("menu_button||") or {"type": "commands"}
    return button


@method("setMyDefaultAdministratorRights")
async def set_my_default_administrator_rights(call: Call) -> bool:
    value = call.params.json("rights", "can't parse ChatAdministratorRights JSON object")
    call.world.profile[f"rights|{call.params.flag('for_channels')}|"] = value
    return True
