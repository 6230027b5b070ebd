"""A database somebody has lived in: every table holds rows that the product itself has written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from bot.intake.dialogue import store_changes
from bot.intake.inbox import Inbox
from bot.intake.updates import read_update
from core.clock import SeededChance
from core.db.data_key import check_data_key
from core.db.engine import Database
from core.db.models import AttachTask, AttachTry, Base
from core.domain.certificates import CertificateRefusal
from core.domain.consents import ConsentKind
from core.domain.desk import FileKind
from core.domain.knowledge import read_answer_text
from core.domain.staff import CardSubject, ChatPurpose, Role
from core.services.chats.bound_chats import BoundChats
from core.services.chats.steps import CardRef, card_placed
from core.services.desk.entrances import DeskEntrances
from core.services.desk.files import DeskFiles
from core.services.privacy.erasures import Erasures
from core.services.questions.editing import KnowledgeEditing
from core.services.questions.misses import note_miss as note_question
from core.services.registry_import import ProgrammeImport
from core.services.search.indexing import reindex
from core.services.search.misses import note_miss
from core.services.search.synonyms import Synonyms
from core.services.staff.staff import Staff
from tests.services.lived_in_family import gather_the_family
from tests.services.lived_in_points import work_at_a_point
from tests.services.lived_in_registry import carry_over
from tests.services.registries import tidy, workbook
from tests.services.town import SNILS, Town, found_town

Rows = dict[str, list[dict[str, Any]]]
"""Each table's rows, in the order of its key."""

FORUM = -1001


async def settle(database: Database, folder: Path) -> Town:
    """Families, staff, a forum with cards, a registry, decisions, what came in and waits to go."""
    town = await found_town(database)
    await check_data_key(database, town.cipher, town.clock.now())
    await _import(town, folder)
    await _open_forum(town)
    group = await town.group()
    parent, child = await town.family()
    applied = await town.applied(parent, child, group)
    await town.watches.watch(parent, applied.programme_id)
    await town.consents.give(parent, ConsentKind.MAILINGS, version="1", body="...", key=town.key())
    twin = await town.child(parent, "Петрова Анна Ивановна")
    await gather_the_family(town, parent, child.id, twin.id)
    await _refuse_somebody(town)
    await _receive_an_update(town)
    await _teach_the_search(town)
    await _teach_the_base(town)
    await _look_in_vain(town)
    await work_at_a_point(town)
    await _enter_the_desk(town)
    await carry_over(town)
    await _leave_for_good(town, folder)
    return town


async def _import(town: Town, folder: Path) -> None:
    file = workbook(folder / "registry.xlsx", [tidy(), tidy({"Группа": "Группа 2"})])
    report = await ProgrammeImport(town.database, town.clock, SeededChance(3)).run(file)
    assert report.new == 2


async def _open_forum(town: Town) -> None:
    staff = Staff(town.database, town.clock, town.chance, town.cipher)
    invited = await staff.invite(Role.HEAD, town.municipality.code, None, bot_username="kruzhok")
    head = await town.parent()
    await staff.accept_invitation(head, invited.code)
    chats = BoundChats(town.database, town.clock, town.chance, town.cipher)
    code = await chats.make_code(ChatPurpose.MODERATION, town.municipality.code)
    forum = await chats.bind(head, code.code, messenger="telegram", chat_id=FORUM, kind="forum")
    card = CardRef(subject=CardSubject.CERTIFICATES, subject_id=1, bound_chat_id=forum.id)
    async with town.database.write() as tx:
        await card_placed(tx, card, 77)


async def _refuse_somebody(town: Town) -> None:
    parent = await town.parent()
    child = await town.child(parent, "Белова Мария Олеговна")
    request = await town.requested(parent, child, snils=SNILS)
    await town.certificate_decisions.refuse(
        await town.staff(),
        request.id,
        version=request.version,
        reason=CertificateRefusal.NO_DOCUMENTS,
    )


async def _receive_an_update(town: Town) -> None:
    inbox = Inbox(town.database, town.cipher, town.clock, bot_id=42, instance="main")
    chat = {"id": 1, "type": "private"}
    said = {"message_id": 1, "date": 0, "chat": chat, "text": "hello"}
    await inbox.accept([read_update({"update_id": 1, "message": said})])
    async with town.database.write() as tx:
        await store_changes(
            tx, {"42:1:1": {"state": "Menu:main"}}, cipher=town.cipher, now=town.clock.now()
        )


async def _teach_the_search(town: Town) -> None:
    await reindex(town.database)
    synonyms = Synonyms(town.database, town.clock)
    await synonyms.add(await town.staff(), town.municipality.id, "железяки", "робототехника")
    async with town.database.write() as tx:
        await note_miss(tx, town.municipality.id, "керлинг", town.clock.now())


async def _teach_the_base(town: Town) -> None:
    editing = KnowledgeEditing(town.database, town.clock)
    answer = read_answer_text("Да. Телефон: {centre_phone}")
    await editing.add(await town.staff(), question="Есть ли хор?", answer=answer, key=town.key())
    async with town.database.write() as tx:
        await note_question(
            tx, town.municipality.id, "есть ли ушу", nearest_id=None, now=town.clock.now()
        )


async def _look_in_vain(town: Town) -> None:
    parent = await town.parent()
    now = town.clock.now()
    typed = town.cipher.seal_json("certificate", {"number": "1234567890", "born": "2017-03-05"})
    await town.execute(insert(AttachTry).values(person_id=parent.person_id, tried_at=now))
    await town.execute(
        insert(AttachTask).values(
            municipality_id=town.municipality.id,
            person_id=parent.person_id,
            typed_sealed=typed,
            made_at=now,
        )
    )


async def _leave_for_good(town: Town, folder: Path) -> None:
    parent, _child = await town.family()
    log = folder / "erasures.log"
    await Erasures(town.database, town.clock, town.cipher, log).erase(parent, key=town.key())


async def rows_of(database: Database) -> Rows:
    """Every row of every table of the models, whole."""
    found: Rows = {}
    async with database.read() as tx:
        for table in Base.metadata.sorted_tables:
            rows = await tx.execute(select(table).order_by(*table.primary_key.columns))
            found[table.name] = [dict(row._mapping) for row in rows]
    return found


async def _enter_the_desk(town: Town) -> None:
    staff = await town.staff()
    entrances = DeskEntrances(town.database, town.clock, town.chance)
    await entrances.enter((await entrances.invite(staff)).code)
    files = DeskFiles(town.database, town.clock, town.chance)
    await files.make(staff, FileKind.CERTIFICATES, town.municipality.id)
