"""Files that staff send: recognised by their header, accepted only as they were tried."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.db.engine import Database
from core.domain.actors import Actor
from core.domain.refusals import NotAllowed
from core.domain.staff import Role
from core.services.family_import import FamilyImport
from core.services.municipalities.municipalities import Municipalities
from core.services.questions.importing import KnowledgeImport
from core.services.registry_import import ProgrammeImport
from core.services.sent_files import FileChanged, SentFiles, SentKind, Wish, recognise
from tests.services.registers import ALICE, BORIS, CERTIFICATE, ENROLMENT, written
from tests.services.registries import tidy
from tests.services.town import Town


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    """What a file is does not depend on the database."""
    database = Database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
def sent(town: Town) -> SentFiles:
    return SentFiles(
        town.database,
        town.clock,
        ProgrammeImport(town.database, town.clock, town.chance),
        FamilyImport(town.database, town.clock, town.chance, town.cipher),
        KnowledgeImport(town.database, town.clock),
    )


NUMBERED = {"№ сертификата": "2300000110"} | {
    name: said for name, said in ENROLMENT.items() if name not in ALICE
}


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (ALICE, SentKind.CHILDREN),
        (CERTIFICATE, SentKind.CERTIFICATES),
        (ENROLMENT, SentKind.ENROLMENTS),
        ({**ENROLMENT, "Номер": "2300000110"}, SentKind.ENROLMENTS),
        (NUMBERED, SentKind.ENROLMENTS),
        (tidy(), SentKind.PROGRAMMES),
        (tidy({"Номер": "1"}), SentKind.PROGRAMMES),
        ({"Код": "1", "Вопрос": "Что?", "Ответ": "То."}, SentKind.KNOWLEDGE),
        ({"Имя": "Алиса", "Цвет": "синий"}, None),
    ],
)
def test_a_file_is_known_by_its_header(
    tmp_path: Path, row: dict[str, object], kind: SentKind | None
) -> None:
    assert recognise(written(tmp_path / "sent", [row])) is kind


async def test_only_the_file_that_was_tried_is_accepted(
    town: Town, sent: SentFiles, tmp_path: Path
) -> None:
    head = await town.staff(Role.HEAD)
    file = written(tmp_path / "sent", [ALICE])
    trial = await sent.try_out(head, SentKind.CHILDREN, file, municipality_code="krylovsky")
    written(file, [BORIS])

    with pytest.raises(FileChanged):
        await sent.accept(
            head,
            SentKind.CHILDREN,
            file,
            municipality_code="krylovsky",
            sha256=trial.sha256,
            wish=Wish(),
        )


async def test_staff_load_into_a_municipality_of_theirs_only(
    town: Town, sent: SentFiles, tmp_path: Path
) -> None:
    other = await Municipalities(town.database, town.clock).add("other", "Другой район")
    consultant = await town.staff(municipality_id=other.id)
    looking_here = Actor(
        person_id=consultant.person_id, locale="ru", municipality_id=town.municipality.id
    )
    file = written(tmp_path / "sent", [ALICE])

    place = await sent.find_place(looking_here)

    assert place is not None
    assert place.code == "other"
    assert await sent.find_place(await town.staff(Role.TEACHER)) is None
    with pytest.raises(NotAllowed):
        await sent.try_out(looking_here, SentKind.CHILDREN, file, municipality_code="krylovsky")
