"""The command line as an operator meets it: documents on stdout, one line on stderr, exit codes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from core.clock import MovableClock, SeededChance
from core.db.engine import Database
from core.services.programmes import Programmes
from core.services.registry_import import ProgrammeImport
from tests.cli.commands import ROOT, Operator
from tests.services.registries import tidy, workbook

DEMO = ROOT / "demo" / "registry_krylovsky.xlsx"
ADD = ("municipality", "add", "krylovsky", "--name", "Крыловский район")


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(folder=tmp_path, database_url=f"sqlite+aiosqlite:///{tmp_path}/kruzhok.db")


@pytest.fixture
def on_both(tmp_path: Path, database_url: str) -> Operator:
    """An operator of a migrated database, SQLite and PostgreSQL in turn."""
    return Operator(folder=tmp_path, database_url=database_url)


async def test_from_an_empty_folder_to_a_registry(operator: Operator) -> None:
    assert (await operator.does("db", "upgrade")).code == 0
    assert (await operator.does(*ADD)).code == 0

    first = await operator.does("import", "programmes", DEMO, "--json")
    second = await operator.does("import", "programmes", DEMO, "--json")

    assert (first.code, second.code) == (0, 0)
    counts = {"changed": 0, "refused": [], "warnings": []}
    assert first.document == {"read": 143, "new": 143, "unchanged": 0, **counts}
    assert second.document == {"read": 143, "new": 0, "unchanged": 143, **counts}
    assert (await operator.does("db", "check")).code == 0


@pytest.mark.slow
async def test_a_municipality_says_whom_parents_call(operator: Operator) -> None:
    centre = ("--centre-name", "ДДТ", "--centre-phone", "+7 86161 3-00-00")

    added = await operator.does(*ADD, *centre, "--json")

    assert added.document["centre"] == {"name": "ДДТ", "phone": "+7 86161 3-00-00"}


@pytest.mark.slow
async def test_an_empty_database_is_made_ready_by_the_first_command(operator: Operator) -> None:
    assert (await operator.does(*ADD)).code == 0


async def test_refused_rows_are_a_document_words_and_exit_code_1(operator: Operator) -> None:
    await operator.does(*ADD)
    file = workbook(
        operator.folder / "bad.xlsx",
        [tidy(), tidy({"Группа": "Группа 2", "Мест": "много", "Дата окончания": "31.02.2027"})],
    )

    refused = await operator.does("import", "programmes", file, "--json")

    assert refused.code == 1
    assert refused.document == {
        "read": 2,
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "refused": [
            {
                "row": 3,
                "column": "Мест",
                "value": "много",
                "reason": "не число; пример: 15",
                "more": [
                    {
                        "column": "Дата окончания",
                        "value": "31.02.2027",
                        "reason": "такого дня нет в календаре",
                    }
                ],
            }
        ],
        "warnings": [],
    }
    assert len(refused.err.splitlines()) == 1

    told = await operator.does("import", "programmes", file)
    assert "Строка 3, «Мест»: «много» — не число; пример: 15." in told.out

    skipped = await operator.does("import", "programmes", file, "--skip-bad", "--json")
    assert (skipped.code, skipped.document["new"]) == (0, 1)


@pytest.mark.slow
async def test_a_file_that_is_no_table_is_one_line_and_one_document(operator: Operator) -> None:
    await operator.does(*ADD)
    file = operator.folder / "page.xlsx"
    file.write_text("<html></html>")

    refused = await operator.does("import", "programmes", file, "--json")

    assert refused.code == 1
    assert (refused.document["read"], refused.document["refused"]) == (0, [])
    assert refused.err.splitlines() == [refused.document["error"]]
    assert "веб-страница" in refused.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import", "programmes"), 2),
        (("municipality", "add", "x", "--name", "x", "--regime", "monarchy"), 2),
        (("fly",), 2),
        (("municipality", "add", "x", "--name", "x", "--timezone", "Moon/Sea"), 1),
        (("staff", "invite", "--role", "head", "--municipality", "nowhere"), 1),
        (("chats", "bind", "--purpose", "moderation", "--municipality", "nowhere"), 1),
        (("staff", "revoke", "77"), 1),
    ],
)
async def test_a_wrong_call_is_2_and_a_refusal_is_1(
    operator: Operator, words: tuple[str, ...], code: int
) -> None:
    outcome = await operator.does(*words)

    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err
    if code == 1:
        assert len(outcome.err.splitlines()) == 1


@pytest.mark.slow
async def test_a_database_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    nowhere = Operator(folder=tmp_path, database_url="postgresql+asyncpg://u:secret@127.0.0.1:1/x")

    outcome = await nowhere.does("staff", "list")

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.splitlines() == ["База данных не отвечает. Проверьте DATABASE_URL."]


@pytest.mark.slow
async def test_wrong_settings_are_named(operator: Operator) -> None:
    outcome = await operator.does("staff", "list", HTTP_PORT="many")

    assert outcome.code == 1
    assert outcome.err.splitlines() == ["Неверные настройки: HTTP_PORT"]


@pytest.mark.slow
async def test_an_invitation_links_to_the_bot_that_telegram_names(operator: Operator) -> None:
    await operator.does(*ADD)
    invite = ("staff", "invite", "--role", "head", "--municipality", "krylovsky", "--json")
    token = "777000:" + "a" * 30

    async def get_me(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": {"username": "kruzhok_bot"}})

    telegram = web.Application()
    telegram.router.add_get(f"/bot{token}/getMe", get_me)
    runner = web.AppRunner(telegram)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        made = await operator.does(*invite, BOT_TOKEN=token, TELEGRAM_API_URL=address)
    finally:
        await runner.cleanup()

    assert (made.code, made.err) == (0, "")
    code = made.document["code"]
    assert made.document["link"] == f"https://t.me/kruzhok_bot?start=i_{code}"
    assert datetime.fromisoformat(made.document["expires_at"]).tzinfo is not None

    away = await operator.does(*invite, BOT_TOKEN=token, TELEGRAM_API_URL=address)
    assert (away.code, away.document["link"]) == (0, None)
    assert f"/start i_{away.document['code']}" in away.err
    assert token not in away.err


@pytest.mark.slow
async def test_a_chat_code_and_empty_lists(operator: Operator) -> None:
    await operator.does(*ADD)

    bound = await operator.does(
        "chats", "bind", "--purpose", "moderation", "--municipality", "krylovsky", "--json"
    )

    assert set(bound.document) == {"code", "expires_at"}
    assert (await operator.does("chats", "list", "--json")).document == []
    assert (await operator.does("staff", "list", "--json")).document == []


@pytest.mark.slow
async def test_the_doctor_finds_a_fresh_registry_well(on_both: Operator) -> None:
    await on_both.does(*ADD)
    await on_both.does("import", "programmes", DEMO)

    outcome = await on_both.does("doctor", "--json")

    assert (outcome.code, outcome.document) == (0, {"well": True, "findings": []})


@pytest.mark.slow
async def test_a_backup_comes_back_behind_a_fence(on_both: Operator, tmp_path: Path) -> None:
    await on_both.does(*ADD)
    await on_both.does("import", "programmes", DEMO)
    copy = tmp_path / "copy.backup"

    made = await on_both.does("db", "backup", copy)
    assert made.code == 0, made.err
    assert "DATA_KEY" in made.err
    assert copy.stat().st_mode & 0o077 == 0
    assert (await on_both.does("db", "backup", copy)).code == 1  # never over another file

    await on_both.does("municipality", "add", "later", "--name", "Позже")
    restored = await on_both.does("db", "restore", copy)
    assert restored.code == 0, restored.err

    fenced = await on_both.does("db", "check")
    assert (fenced.code, "unfence" in fenced.err) == (1, True)
    again = await on_both.does("municipality", "add", "later", "--name", "Позже")
    assert again.code == 0  # what came after the backup is gone
    after = await on_both.does(
        "import", "programmes", DEMO, "--municipality", "krylovsky", "--json"
    )
    assert after.document["unchanged"] == 143

    assert (await on_both.does("db", "unfence")).code == 0
    assert (await on_both.does("db", "check")).code == 0


@pytest.mark.slow
async def test_what_is_no_backup_leaves_the_database_alone(on_both: Operator) -> None:
    await on_both.does(*ADD)
    junk = on_both.folder / "junk"
    junk.write_bytes(b"SQLite format 3\0" + b"junk" * 1000)

    refused = await on_both.does("db", "restore", junk)

    assert refused.code == 1
    assert len(refused.err.splitlines()) == 1
    assert (await on_both.does("db", "check")).code == 0
    assert (await on_both.does(*ADD)).code == 1  # it is still there


@pytest.mark.slow
@pytest.mark.parametrize(
    ("crash", "seen"), [("before:2", 0), ("after:2", 0), ("before:3", 0), ("after:3", 143)]
)
async def test_an_import_that_is_killed_is_seen_whole_or_not_at_all(
    operator: Operator, crash: str, seen: int
) -> None:
    """Its commits: the turn, the rows, what makes them visible, the turn given back."""
    await operator.does(*ADD)

    killed = await operator.does("import", "programmes", DEMO, KRUZHOK_CRASH=crash)
    assert killed.code == 137

    busy = await operator.does("import", "programmes", DEMO, "--json")
    if not seen:
        assert "Сейчас идёт другая загрузка" in busy.document["error"]
    soon = MovableClock(datetime.now(UTC) + timedelta(minutes=1))
    database = Database(operator.database_url)
    try:
        found = await Programmes(database, soon).directions(municipality_id=1)
        assert sum(count for _, count in found) == seen
        again = await ProgrammeImport(database, soon, SeededChance(1)).run(DEMO)
    finally:
        await database.close()
    assert (again.new, again.unchanged) == (143 - seen, seen)
