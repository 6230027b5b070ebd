"""What an import would take away is said first: programmes a file lacks, answers staff changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.clock import SystemClock
from core.db.engine import Database
from core.domain.knowledge import read_answer_text
from core.domain.staff import Role
from core.services.municipalities.municipalities import Municipalities
from core.services.questions.editing import KnowledgeEditing
from tests.cli.commands import Operator
from tests.services.knowledge_files import ENTRIES, jsonl
from tests.services.registries import tidy, workbook
from tests.services.staff_scene import open_scene


async def test_much_that_a_registry_lacks_is_archived_only_when_that_is_said(
    tmp_path: Path, sqlite_url: str
) -> None:
    operator = Operator(folder=tmp_path, database_url=sqlite_url)
    await operator.does("municipality", "add", "krylovsky", "--name", "Крыловский район")
    clubs = [tidy({"Наименование программы": f"Кружок {number}"}) for number in range(12)]
    command = ("import", "programmes", "--municipality", "krylovsky", "--json")
    await operator.does(*command, workbook(tmp_path / "all.xlsx", clubs))
    less = workbook(tmp_path / "less.xlsx", clubs[:1])

    refused = await operator.does(*command, less, "--archive-missing")
    taken = await operator.does(*command, less, "--archive-missing", "--even-many")

    assert refused.code == 1
    assert "нет программ: 11 из 12 опубликованных" in refused.document["error"]
    assert (taken.code, taken.document["archived"]) == (0, 11)


async def test_what_staff_changed_is_named_and_taken_from_the_file_when_that_is_said(
    tmp_path: Path, sqlite_url: str
) -> None:
    operator = Operator(folder=tmp_path, database_url=sqlite_url)
    await operator.does("municipality", "add", "krylovsky", "--name", "Крыловский район")
    command = ("import", "knowledge", jsonl(tmp_path, ENTRIES), "--municipality", "krylovsky")
    await operator.does(*command)
    await change_the_first_answer(sqlite_url)

    kept = await operator.does(*command, "--json")
    told = await operator.does(*command)
    taken = await operator.does(*command, "--overwrite", "--json")

    assert (kept.document["unchanged"], kept.document["kept"]) == (4, ["q1"])
    assert "Изменено в боте, оставлено: 1 (q1)" in told.out
    assert (taken.document["changed"], taken.document["kept"]) == (1, [])


async def change_the_first_answer(url: str) -> None:
    database = Database(url)
    try:
        (place,) = await Municipalities(database, SystemClock()).list_all()
        scene = open_scene(database)
        head = await scene.person(5)
        await scene.holds(head, Role.HEAD, place.code)
        actor = replace(head, municipality_id=place.id)
        editing = KnowledgeEditing(database, SystemClock())
        lines = await editing.list_lines(actor)
        entry = await editing.get(actor, min(line.id for line in lines))
        await editing.set_answer(
            actor,
            entry.id,
            version=entry.version,
            terms=entry.answers[0].terms,
            text=read_answer_text("Нет."),
        )
    finally:
        await database.close()
