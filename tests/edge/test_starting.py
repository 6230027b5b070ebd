"""A start takes nothing from a living process, knows its key, and says in one line what is wrong.

How the line reaches an operator is seen through `python -m bot run`, a process of its own.
"""

from __future__ import annotations

import asyncio
import base64
import signal
import socket
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiogram.exceptions import TelegramAPIError, TelegramNotFound
from aiogram.methods import GetMe
from pydantic import SecretStr, ValidationError
from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.engine import make_url

from bot.app import App, build_app
from bot.outgoing.introduction import TokenRefused, insist
from bot.sandbox.server import TOKEN, Sandbox
from bot.settings import Settings
from core.cipher import Cipher, DataKeyMalformed, WrongDataKey
from core.clock import MovableClock
from core.db import instance_lock
from core.db.data_key import check_data_key
from core.db.engine import Database, DatabaseAway, DatabaseRefuses
from core.db.instance_lock import AlreadyRunning, InstanceLock
from core.db.migrate import upgrade
from core.db.models import DataKeyMark, DialogueState, InboxRow
from tests.cli.commands import ROOT, Operator

OURS = base64.b64encode(b"o" * 32).decode()
OTHER = base64.b64encode(b"x" * 32).decode()
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance_lock, "PATIENCE_S", 0.0)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


def settings(
    api_url: str,
    *,
    key: str = OURS,
    instance: str = "main",
    token: str = TOKEN,
    port: int = 0,
    webhook: str = "",
) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=SecretStr(token),
        telegram_api_url=api_url,
        data_key=SecretStr(key),
        http_port=port,
        instance=instance,
        webhook_url=webhook,
    )


def app_of(chosen: Settings, url: str) -> App:
    return build_app(chosen, database_url=url, clock=MovableClock(NOON))


async def hold_an_update(database: Database, instance: str) -> None:
    """A row that a process of this name is handling just now."""
    async with database.write() as tx:
        await tx.execute(
            insert(InboxRow).values(
                bot_id=1,
                update_id=1,
                queue="1:1",
                kind="message",
                state="received",
                attempts=1,
                received_at=NOON,
                next_try_at=NOON + timedelta(days=1),
                lease_owner=instance,
                lease_epoch=1,
                lease_until=NOON + timedelta(minutes=1),
            )
        )


async def holder(database: Database) -> str | None:
    async with database.read() as tx:
        found: str | None = await tx.scalar(select(InboxRow.lease_owner))
        return found


async def marks(database: Database) -> int:
    async with database.read() as tx:
        return int(await tx.scalar(select(func.count()).select_from(DataKeyMark)) or 0)


# one process of a name


async def test_a_second_process_of_the_same_name_takes_nothing_and_is_refused(
    sandbox: Sandbox, database: Database
) -> None:
    url = database.url.render_as_string(hide_password=False)
    first = app_of(settings(sandbox.url), url)
    await first.start()
    try:
        await hold_an_update(database, "main")
        second = app_of(settings(sandbox.url), url)
        with pytest.raises(AlreadyRunning) as refused:
            await second.start()
        assert refused.value.instance == "main"
        assert await holder(database) == "main"
    finally:
        await first.stop()


async def test_a_taken_port_ends_the_start_before_anything_is_taken_back(
    sandbox: Sandbox, database: Database
) -> None:
    await hold_an_update(database, "main")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        chosen = settings(sandbox.url, port=taken.getsockname()[1])
        url = database.url.render_as_string(hide_password=False)
        with pytest.raises(OSError, match="address already in use"):
            await app_of(chosen, url).start()
    assert await holder(database) == "main"


async def test_after_a_stop_or_a_failed_start_the_name_is_free(
    sandbox: Sandbox, database_url: str
) -> None:
    failing = app_of(settings(sandbox.url, token="7000000001:AAunknown"), database_url)
    with pytest.raises(TokenRefused):
        await failing.start()
    for _ in range(2):
        app = app_of(settings(sandbox.url), database_url)
        await app.start()
        await app.stop()


async def test_processes_of_other_names_stand_side_by_side(database: Database) -> None:
    first, second = InstanceLock(database, "one"), InstanceLock(database, "../two")
    try:
        await first.take()
        await second.take()
    finally:
        await first.release()
        await second.release()
        await second.release()


async def test_a_killed_process_leaves_its_name_free(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = database.url.render_as_string(hide_password=False)
    script = (
        "import asyncio, sys\n"
        "from core.db.engine import Database\n"
        "from core.db.instance_lock import InstanceLock\n"
        "async def hold():\n"
        "    lock = InstanceLock(Database(sys.argv[1]), 'main')\n"
        "    await lock.take()\n"
        "    print('held', flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "asyncio.run(hold())\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    lock = InstanceLock(database, "main")
    try:
        assert await process.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning):
            await lock.take()
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()
    monkeypatch.setattr(instance_lock, "PATIENCE_S", 5.0)
    await lock.take()
    await lock.release()


@pytest.mark.postgres
async def test_a_session_that_the_server_ended_is_released_without_a_word(
    postgres_url: str,
) -> None:
    database = Database(postgres_url)
    lock = InstanceLock(database, "main")
    await lock.take()
    async with database.write() as tx:
        await tx.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks "
                "WHERE locktype = 'advisory' AND database = "
                "(SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        )
    await lock.release()
    await database.close()


# the key


async def test_another_key_does_not_start_and_takes_nothing(
    sandbox: Sandbox, database: Database
) -> None:
    url = database.url.render_as_string(hide_password=False)
    first = app_of(settings(sandbox.url), url)
    await first.start()
    await first.stop()
    await hold_an_update(database, "main")

    with pytest.raises(WrongDataKey):
        await app_of(settings(sandbox.url, key=OTHER), url).start()
    assert await holder(database) == "main"

    again = app_of(settings(sandbox.url), url)
    await again.start()
    await again.stop()
    assert await marks(database) == 1


async def test_a_database_without_a_mark_is_tried_by_what_it_holds(database: Database) -> None:
    ours, other = Cipher(b"o" * 32), Cipher(b"x" * 32)
    async with database.write() as tx:
        blob = ours.seal_json("dialogue", {})
        await tx.execute(insert(DialogueState).values(key="1", blob=blob, changed_at=NOON))

    with pytest.raises(WrongDataKey):
        await check_data_key(database, other, NOON)
    assert await marks(database) == 0

    await check_data_key(database, ours, NOON)
    async with database.write() as tx:
        await tx.execute(delete(DialogueState))
    with pytest.raises(WrongDataKey):
        await check_data_key(database, other, NOON)


async def test_two_first_starts_leave_one_mark(database: Database) -> None:
    ours = Cipher(b"o" * 32)
    await asyncio.gather(*(check_data_key(database, ours, NOON) for _ in range(3)))
    assert await marks(database) == 1


# what is refused


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bot_token", "abc"),
        ("data_key", "zzz"),
        ("data_key", base64.b64encode(b"short").decode()),
        ("database_url", "postgres://x"),
        ("database_url", "postgresql://kruzhok@127.0.0.1/kruzhok"),
        ("database_url", "kruzhok.db"),
        ("quiet_hours", "at night"),
        ("quiet_hours", "25:00-09:00"),
        ("quiet_hours", "09:00-21:00"),
        ("quiet_hours", "21:00+03:00-09:00"),
    ],
)
def test_a_setting_that_cannot_be_read_is_refused_at_once(name: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({name: value})
    assert [fault["loc"] for fault in refused.value.errors()] == [(name,)]


@pytest.mark.parametrize("value", ["21:00-09:00", "22:30-07:15", "off"])
def test_hours_over_midnight_are_taken(value: str) -> None:
    assert Settings(_env_file=None, quiet_hours=value).quiet_hours == value


async def test_a_spoilt_key_file_is_told_from_a_missing_one(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "kruzhok.key").write_text("ключ\n", encoding="utf-8")
    chosen = settings(sandbox.url).model_copy(update={"data_key": None})
    with pytest.raises(DataKeyMalformed):
        build_app(chosen, database_url=f"sqlite+aiosqlite:///{tmp_path}/kruzhok.db")


async def test_an_address_that_is_not_found_means_a_wrong_token() -> None:
    async def ask() -> None:
        raise TelegramNotFound(method=GetMe(), message="Not Found")

    with pytest.raises(TokenRefused):
        await insist(ask)


async def test_a_refused_webhook_ends_the_start(sandbox: Sandbox, sqlite_url: str) -> None:
    app = app_of(settings(sandbox.url, webhook="http://bot.example.ru"), sqlite_url)
    with pytest.raises(TelegramAPIError, match="HTTPS"):
        await app.start()


@pytest.mark.postgres
@pytest.mark.parametrize("wrong", [{"username": "nobody-here"}, {"database": "nothing-here"}])
async def test_a_server_that_lets_nobody_in_is_told_from_one_that_is_away(
    postgres_url: str, wrong: dict[str, str]
) -> None:
    database = Database(make_url(postgres_url).set(**wrong).render_as_string(hide_password=False))  # type: ignore[arg-type]
    with pytest.raises(DatabaseRefuses):
        await upgrade(database)
    with pytest.raises(DatabaseAway):
        async with database.read():
            pass
    await database.close()


# the line an operator sees


async def line_of_run(operator: Operator, **environment: str) -> str:
    """What `run` says when it refuses: one line, exit 1, no traceback."""
    async with asyncio.timeout(60):
        given = {"BOT_TOKEN": TOKEN, "DATA_KEY": OURS, "HTTP_PORT": "0", **environment}
        outcome = await operator.does("run", **given)
    assert outcome.code == 1, outcome.err
    assert "Traceback" not in outcome.err
    lines = [line for line in outcome.err.splitlines() if not line.startswith("{")]
    for secret in (TOKEN.partition(":")[2], OURS, OTHER, "tiptop"):
        assert secret not in outcome.err
    return lines[-1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"BOT_TOKEN": "abc"}, "BOT_TOKEN. Пример: BOT_TOKEN=1234567890:AA"),
        ({"DATA_KEY": "zzz"}, "DATA_KEY. DATA_KEY это base64 от 32 байт"),
        (
            {"DATABASE_URL": "postgres://a:tiptop@x"},
            "DATABASE_URL. Пример: DATABASE_URL=postgresql",
        ),
        ({"QUIET_HOURS": "night"}, "QUIET_HOURS. Пример: QUIET_HOURS=21:00-09:00"),
        ({"LOCALE": "fr"}, "LOCALE. Пример: LOCALE=ru"),
        ({"WEBHOOK_URL": "http://bot.example.ru"}, "WEBHOOK_URL=https://bot.example.ru"),
        ({"BOT_TOKEN": "7000000001:AAunknown"}, "Проверьте BOT_TOKEN"),
        ({"DATABASE_URL": "sqlite+aiosqlite:////proc/none/a.db"}, "Нет доступа к файлу /proc/none"),
    ],
)
async def test_a_start_that_fails_ends_in_one_line(
    sandbox: Sandbox, tmp_path: Path, environment: dict[str, str], words: str
) -> None:
    operator = Operator(folder=tmp_path, database_url=f"sqlite+aiosqlite:///{tmp_path}/kruzhok.db")
    assert words in await line_of_run(operator, TELEGRAM_API_URL=sandbox.url, **environment)


@pytest.mark.slow
@pytest.mark.postgres
async def test_a_wrong_database_name_ends_in_one_line(
    sandbox: Sandbox, postgres_url: str, tmp_path: Path
) -> None:
    wrong = make_url(postgres_url).set(database="nothing-here", password="tiptop")
    operator = Operator(folder=tmp_path, database_url=wrong.render_as_string(hide_password=False))
    line = await line_of_run(operator, TELEGRAM_API_URL=sandbox.url)
    assert "Проверьте в DATABASE_URL" in line


@pytest.mark.slow
async def test_a_second_start_and_another_key_end_in_one_line(
    sandbox: Sandbox, sqlite_url: str, tmp_path: Path
) -> None:
    operator = Operator(folder=tmp_path, database_url=sqlite_url)
    app = app_of(settings(sandbox.url), sqlite_url)
    await app.start()
    try:
        said = await line_of_run(operator, TELEGRAM_API_URL=sandbox.url)
    finally:
        await app.stop()
    assert "INSTANCE=main уже запущен" in said
    assert "другим" in await line_of_run(operator, TELEGRAM_API_URL=sandbox.url, DATA_KEY=OTHER)
    listing = await operator.does("chats", "list", DATA_KEY=OTHER)
    assert (listing.code, len(listing.err.splitlines())) == (1, 1)
    assert "DATA_KEY" in listing.err
