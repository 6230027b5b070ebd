"""A knowledge base comes in as a file; on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.db.models import KnowledgeEntry
from core.domain.actors import Actor
from core.domain.knowledge import Audience, read_answer_text
from core.domain.municipality import Regime
from core.domain.refusals import NotAllowed
from core.domain.staff import Role
from core.files.refusal import FileRefused
from core.services.municipalities.municipalities import Municipalities
from core.services.questions.editing import KnowledgeEditing
from core.services.questions.importing import KnowledgeImport
from core.services.questions.knowledge import Knowledge
from core.services.questions.views import EntryView
from core.services.registry_import import ImportReport
from core.services.registry_import.importer import Importer
from tests.services.knowledge_files import ENTRIES, jsonl, sheet
from tests.services.town import Town

DEMO = Path(__file__).parents[2] / "demo" / "knowledge_base.jsonl"


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.read, report.new, report.changed, report.unchanged, len(report.refused)


@pytest.fixture
def importing(town: Town) -> KnowledgeImport:
    return KnowledgeImport(town.database, town.clock)


async def codes(town: Town) -> list[tuple[str, str]]:
    async with town.database.read() as tx:
        rows = await tx.execute(
            select(KnowledgeEntry.code, KnowledgeEntry.audience).order_by(KnowledgeEntry.id)
        )
        return [(row.code, row.audience) for row in rows]


async def test_a_second_import_changes_nothing_and_a_changed_row_one(
    town: Town, importing: KnowledgeImport, tmp_path: Path
) -> None:
    file = jsonl(tmp_path, ENTRIES)
    assert counts(await importing.run(file, dry_run=True)) == (4, 4, 0, 0, 0)
    assert await codes(town) == []
    assert counts(await importing.run(file)) == (4, 4, 0, 0, 0)
    assert counts(await importing.run(file)) == (4, 0, 0, 4, 0)
    assert (await codes(town))[-1] == ("o1", Audience.ORGANISERS), "staff's topic is organisers'"

    changed = [{**ENTRIES[0], "answer": "Нет."}, *ENTRIES[1:]]
    assert counts(await importing.run(jsonl(tmp_path, changed))) == (4, 0, 1, 3, 0)


async def test_what_staff_added_stays(
    town: Town, importing: KnowledgeImport, tmp_path: Path
) -> None:
    file = jsonl(tmp_path, ENTRIES)
    await importing.run(file)
    head = replace(await town.staff(Role.HEAD), municipality_id=town.municipality.id)
    knowledge = Knowledge(town.database, town.clock)
    (found, *_) = await knowledge.find(head, "обналичить сертификат")
    editing = KnowledgeEditing(town.database, town.clock)
    await editing.add_examples(head, found.entry_id, ["кэш"])

    assert counts(await importing.run(file)) == (4, 0, 0, 4, 0)
    assert "кэш" in (await editing.get(head, found.entry_id)).examples


async def test_one_bad_row_keeps_everything_out_unless_told(
    town: Town, importing: KnowledgeImport, tmp_path: Path
) -> None:
    bad: list[Mapping[str, Any] | str] = [
        ENTRIES[0],
        "{broken",
        {**ENTRIES[1], "answer": "Спросите {директора}"},
        {"id": "q9", "question": "Вопрос?"},
        {**ENTRIES[0], "question": "Другой?"},
        {**ENTRIES[2], "valid_from": "31.02.2026", "link": "pfdo"},
        {**ENTRIES[3], "picture": "map.png"},
    ]
    file = jsonl(tmp_path, bad)

    report = await importing.run(file)

    assert counts(report) == (7, 1, 0, 0, 6)
    assert not report.written
    assert await codes(town) == []
    faults = [(row.row, row.column, row.reason) for row in report.refused]
    assert faults == [
        (2, "", "not-json"),
        (3, "answer", "knowledge-variable"),
        (4, "ответ", "knowledge-empty"),
        (5, "id", "code-twice"),
        (6, "valid_from", "no-such-day"),
        (7, "picture", "knowledge-unreadable"),
    ]
    assert counts(await importing.run(file, skip_bad=True)) == (7, 1, 0, 0, 6)
    assert await codes(town) == [("q1", Audience.PARENTS)]


async def test_a_sheet_with_russian_columns(
    town: Town, importing: KnowledgeImport, tmp_path: Path
) -> None:
    file = sheet(
        tmp_path,
        [
            ["База знаний района"],
            ["Код", "Тема", "Вопрос", "Ответ", "Примеры", "Кому", "Режим", "Действует до"],
            [
                "1",
                "деньги",
                "Сколько денег?",
                "По-разному.",
                "сколько дают; какая сумма",
                "",
                "",
                "",
            ],
            ["2", "", "Как сдать счёт?", "До 5-го.", "", "организаторам", "соцзаказ", "31.12.2026"],
            ["3", "", "Что?", "То.", "", "марсианам", "", ""],
        ],
    )

    report = await importing.run(file, municipality_code="krylovsky", skip_bad=True)

    assert counts(report) == (3, 2, 0, 0, 1)
    assert (report.refused[0].row, report.refused[0].column) == (5, "Кому")
    head = replace(await town.staff(Role.HEAD), municipality_id=town.municipality.id)
    editing = KnowledgeEditing(town.database, town.clock)
    views = [await editing.get(head, line.id) for line in await editing.list_lines(head)]
    by_code = {view.code: view for view in views}
    assert by_code["1"].examples == ("сколько дают", "какая сумма")
    assert by_code["1"].municipality_id == town.municipality.id
    assert by_code["2"].audience is Audience.ORGANISERS
    assert by_code["2"].answers[0].terms.regime is Regime.SOCIAL_ORDER


async def test_variants_and_an_own_entry_of_a_municipality(
    town: Town, importing: KnowledgeImport, tmp_path: Path
) -> None:
    common = {
        **ENTRIES[0],
        "variants": [{"answer": "В боте никак.", "registry_mode": "own"}],
    }
    await importing.run(jsonl(tmp_path, [common, *ENTRIES[1:]]))
    knowledge = Knowledge(town.database, town.clock)
    parent = replace(await town.parent(), municipality_id=town.municipality.id)
    asked = await knowledge.ask(parent, "можно ли обналичить сертификат")
    assert asked.told is not None
    assert asked.told.answer.text == "В боте никак."

    own = [{**ENTRIES[0], "answer": "У нас никак."}]
    await importing.run(jsonl(tmp_path, own), municipality_code="krylovsky")

    asked = await knowledge.ask(parent, "можно ли обналичить сертификат")
    assert asked.told is not None
    assert asked.told.answer.text == "У нас никак."
    assert [one.code for one in asked.candidates].count("q1") == 1


async def test_the_demo_base_is_whole(importing: KnowledgeImport) -> None:
    report = await importing.run(DEMO, dry_run=True)

    assert report.refused == ()
    assert report.new >= 87 + 25 + 20


class Editor:
    """The head at work on the entry about money."""

    def __init__(self, town: Town, actor: Actor) -> None:
        self._editing = KnowledgeEditing(town.database, town.clock)
        self._knowledge = Knowledge(town.database, town.clock)
        self.actor = actor

    async def entry(self) -> EntryView:
        (found, *_) = await self._knowledge.find(self.actor, "обналичить сертификат")
        return await self._editing.get(self.actor, found.entry_id)

    async def answer(self) -> str:
        return (await self.entry()).answers[0].text.text

    async def says(self, text: str) -> None:
        entry = await self.entry()
        (answer,) = entry.answers
        await self._editing.set_answer(
            self.actor,
            entry.id,
            version=entry.version,
            terms=answer.terms,
            text=read_answer_text(text),
            instead_of=answer.id,
        )

    async def adds_example(self, text: str) -> None:
        await self._editing.add_examples(self.actor, (await self.entry()).id, [text])

    async def restores(self, number: int) -> None:
        entry = await self.entry()
        await self._editing.restore(self.actor, entry.id, version=entry.version, number=number)


@pytest.fixture
async def editor(town: Town) -> Editor:
    head = await town.staff(Role.HEAD)
    return Editor(town, replace(head, municipality_id=town.municipality.id))


async def test_an_answer_staff_have_changed_stays_theirs_until_the_file_is_to_win(
    importing: KnowledgeImport, editor: Editor, tmp_path: Path
) -> None:
    file = jsonl(tmp_path, ENTRIES)
    await importing.run(file)
    await editor.says("Нет. Подробнее: {centre_phone}")
    await editor.adds_example("кэш")

    for trial in (True, False):
        report = await importing.run(file, dry_run=trial)
        assert (counts(report), report.kept) == ((4, 0, 0, 4, 0), ("q1",))
    assert await editor.answer() == "Нет. Подробнее: {centre_phone}"

    taken = await importing.run(file, overwrite=True)
    assert (counts(taken), taken.kept) == ((4, 0, 1, 3, 0), ())
    assert await editor.answer() == ENTRIES[0]["answer"]
    assert "кэш" in (await editor.entry()).examples
    assert counts(await importing.run(file, overwrite=True)) == (4, 0, 0, 4, 0)


async def test_a_newer_file_is_taken_where_staff_have_only_added_or_gone_back(
    importing: KnowledgeImport, editor: Editor, tmp_path: Path
) -> None:
    await importing.run(jsonl(tmp_path, ENTRIES))
    await editor.adds_example("кэш")

    newer = [{**ENTRIES[0], "answer": "Нет, нельзя."}, *ENTRIES[1:]]
    report = await importing.run(jsonl(tmp_path, newer))
    assert (counts(report), report.kept) == ((4, 0, 1, 3, 0), ())

    await editor.says("Своё.")
    await editor.restores(3)
    newest = [{**ENTRIES[0], "answer": "Никак."}, *ENTRIES[1:]]
    report = await importing.run(jsonl(tmp_path, newest))
    assert (counts(report), report.kept) == ((4, 0, 1, 3, 0), ())
    assert await editor.answer() == "Никак."
    assert "кэш" in (await editor.entry()).examples


async def test_staff_bring_entries_of_their_own_municipality_only(
    town: Town, importing: KnowledgeImport, tmp_path: Path
) -> None:
    file = jsonl(tmp_path, ENTRIES)
    brings = Importer(actor=await town.staff())

    with pytest.raises(NotAllowed):
        await importing.run(file, importer=brings)
    await Municipalities(town.database, town.clock).add("other", "Другой район")
    with pytest.raises(NotAllowed):
        await importing.run(file, municipality_code="other", importer=brings)

    assert await codes(town) == []
    report = await importing.run(file, municipality_code="krylovsky", importer=brings)
    assert report.new == 4


async def test_what_no_database_or_reader_can_take_is_refused_by_its_own_column(
    town: Town, importing: KnowledgeImport, tmp_path: Path
) -> None:
    deep = '{"id": "d", "question": "Где?", "answer": "там", "variants": ' + "[" * 3000
    bad: list[Mapping[str, Any] | str] = [
        ENTRIES[0],
        deep + "]" * 3000 + "}",
        deep,
        {"id": "n1", "question": "Вопрос\0?", "answer": "да"},
        '{"id": "n2", "question": "Где вход?", "answer": "там \\ud800"}',
        {"id": "n3", "question": "Где вход?", "answer": "там", "topic": "a\0b"},
        {"id": "n4", "question": "Где вход?", "answer": "там", "paraphrases": ["где\0"]},
        {"id": "n5", "question": "Где вход?", "answer": "там", "variants": [{}]},
        '{"id": "n6", "question": "Где вход?", "answer": "там", "valid_from": 1e400}',
        {"id": "n7", "question": "Где вход?", "answer": "там", "link": "http://pfdo.ru/a"},
        {"id": "n8", "question": "Где?", "answer": "там", "variants": [{"answer": "а", "по": "?"}]},
        {"id": "", "question": "Где вход?", "answer": "там"},
        ENTRIES[1],
    ]

    report = await importing.run(jsonl(tmp_path, bad), skip_bad=True)

    assert [(row.row, row.column, row.reason) for row in report.refused] == [
        (2, "", "json-deep"),
        (3, "", "json-deep"),
        (4, "question", "broken-text"),
        (5, "answer", "broken-text"),
        (6, "topic", "broken-text"),
        (7, "paraphrases", "broken-text"),
        (8, "variants", "knowledge-empty"),
        (9, "valid_from", "not-date"),
        (10, "link", "knowledge-insecure"),
        (11, "variants", "not-date"),
        (12, "id", "knowledge-empty"),
    ]
    assert report.refused[-2].value == "действует до: ?"
    assert report.refused[-3].params["offered"] == "https://pfdo.ru/a"
    assert [code for code, _ in await codes(town)] == ["q1", "q2"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[{"id": "q1", "question": "Где?", "answer": "Тут"}]'.encode(), "json-list"),
        ('[\n {"id": "q1"}\n]'.encode("utf-8-sig"), "json-list"),
        (
            '{"id": "q1", "question": "Где вход?", "answer": "С торца"}'.encode("cp1251"),
            "json-encoding",
        ),
        (
            '{"id": "q1", "question": "Где вход?", "answer": "С торца"}'.encode("utf-16"),
            "json-encoding",
        ),
        (b"MZ\x90\x00" + b"\0" * 60, "program"),
    ],
)
async def test_another_shape_is_refused_by_what_was_seen(
    importing: KnowledgeImport, tmp_path: Path, content: bytes, reason: str
) -> None:
    file = tmp_path / "base.json"
    file.write_bytes(content)

    with pytest.raises(FileRefused) as refused:
        await importing.run(file)

    assert refused.value.reason == reason
