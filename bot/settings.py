"""One typed tree of settings, from the environment or `.env`."""

from __future__ import annotations

import base64
import os
import re
import secrets
from datetime import time
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from core.cipher import Cipher
from core.domain.silence import QuietHours
from core.i18n import LOCALES

_TOKEN = re.compile(r"\d+:\S+")  # number of the bot, colon, secret
TELEGRAM = "https://api.telegram.org"
DATA_FOLDER = "data"
DEFAULT_DATABASE = "sqlite+aiosqlite:///data/kruzhok.db"
DEMO_DATABASE = "sqlite+aiosqlite:///data/demo.db"


DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg")


class DataKeyMissing(Exception):
    """No DATA_KEY, and the database is not an embedded file beside which one could be made."""


class Settings(BaseSettings):
    """Names are those of the environment, in any case."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    bot_token: SecretStr | None = None
    telegram_api_url: str = TELEGRAM
    database_url: str = ""
    webhook_url: str = ""
    webhook_secret: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = 8080
    desk_url: str = ""  # how the desk of staff is reached from outside; https:// in production
    sandbox_port: int = 8081  # of the chat page, where there is no token
    data_key: SecretStr | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    locale: str = "ru"
    operator_name: str = ""
    operator_address: str = ""
    operator_phone: str = ""
    personal_flows: Literal["on", "off"] = "on"
    quiet_hours: str = "21:00-09:00"  # no messages that can wait; "off" for demos
    instance: str = "main"  # distinct names for processes that share one database
    bulk_rate: float = Field(default=30.0, gt=0)  # messages a second over all chats
    workers: int = Field(default=16, ge=1, le=256)  # updates handled at once

    @field_validator("bot_token", "webhook_secret", "data_key", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("bot_token")
    @classmethod
    def _shaped_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("not shaped like a token")
        return token

    @field_validator("data_key")
    @classmethod
    def _shaped_like_a_key(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None:
            Cipher.from_text(key.get_secret_value())
        return key

    @field_validator("database_url")
    @classmethod
    def _of_a_known_driver(cls, url: str) -> str:
        try:
            known = not url or make_url(url).drivername in DRIVERS
        except ArgumentError as error:
            raise ValueError("not an address") from error
        if not known:
            raise ValueError(f"the driver must be one of {DRIVERS}")
        return url

    @field_validator("locale")
    @classmethod
    def _with_texts(cls, locale: str) -> str:
        known = sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())
        if locale not in known:
            raise ValueError(f"must be one of {known}")
        return locale

    @field_validator("quiet_hours")
    @classmethod
    def _readable_hours(cls, text: str) -> str:
        read_quiet_hours(text)
        return text

    @property
    def operator_known(self) -> bool:
        """A consent text can be made only when the operator is named with address and phone."""
        return bool(self.operator_name and self.operator_address and self.operator_phone)

    def database(self, *, demo: bool = False) -> str:
        """The database's address; the demo has one of its own unless one is set."""
        return self.database_url or (DEMO_DATABASE if demo else DEFAULT_DATABASE)


def data_key_for(settings: Settings, database_url: str) -> str:
    """The key as base64; made at the first start of an embedded database, mode 600.

    It lies beside the database and is no part of a backup. Raises DataKeyMissing.
    """
    if settings.data_key is not None:
        return settings.data_key.get_secret_value()
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise DataKeyMissing("set DATA_KEY to base64 of 32 random bytes")
    place = Path(url.database).with_suffix(".key")
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text(encoding="ascii", errors="replace").strip()
    key = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key + "\n")
    return key


def incoming_folder(settings: Settings, database_url: str) -> Path:
    """Where files people send lie while they are looked at: beside an embedded database, else in
    the data folder; one folder an instance."""
    url = make_url(database_url)
    embedded = url.database if url.get_backend_name() == "sqlite" else None
    data = Path(embedded).parent if embedded else Path(DATA_FOLDER)
    return data / "incoming" / settings.instance


def read_quiet_hours(text: str) -> QuietHours | None:
    """`21:00-09:00` (over midnight) or `off`. Raises ValueError."""
    if text == "off":
        return None
    begins, dash, ends = text.partition("-")
    if not dash:
        raise ValueError("QUIET_HOURS must be like 21:00-09:00, or off")
    quiet = QuietHours(begins=time.fromisoformat(begins), ends=time.fromisoformat(ends))
    if quiet.begins.tzinfo or quiet.ends.tzinfo or quiet.begins <= quiet.ends:
        raise ValueError("QUIET_HOURS go over midnight, on the municipality's own clock")
    return quiet
