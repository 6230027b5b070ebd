"""Whoever says /delete is nowhere afterwards but in an act that names nobody."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, delete, insert, select, update

from bot.intake.dialogue import store_changes
from bot.intake.inbox import Inbox
from bot.intake.updates import read_update
from core.db.engine import Database
from core.db.models import (
    Application,
    AuditRecord,
    Base,
    Certificate,
    Child,
    Consent,
    DialogueState,
    Erasure,
    Guardianship,
    InboxRow,
    OutboxRow,
    Person,
    StaffRight,
)
from core.domain.actors import Actor
from core.domain.consents import ConsentKind
from core.services.privacy.erasures import Erasures
from tests.services.test_secrets_at_rest import files_of
from tests.services.town import Town, found_town

NAME = "Щуроглазова Велемудра Путятишна"
GUARDIAN = "Ратибора"
SNILS = "84739162040"
PHONE = "+79398047162"


def erasures(town: Town, folder: Path) -> Erasures:
    return Erasures(town.database, town.clock, town.cipher, folder / "erasures.log")


async def second_guardian(town: Town, child_id: int) -> Actor:
    other = await town.parent()
    await town.execute(
        insert(Guardianship).values(
            child_id=child_id, person_id=other.person_id, since=town.clock.now()
        )
    )
    return other


async def test_the_last_guardian_takes_the_child_along(town: Town, tmp_path: Path) -> None:
    await town.moderation_chat()
    group = await town.group()
    parent, child = await town.family()
    applied = await town.applied(parent, child, group)
    receipt = await erasures(town, tmp_path).erase(parent, key="act")
    assert (receipt.children, receipt.applications, receipt.certificates) == (1, 1, 1)
    assert await town.taken(group) == 0
    async with town.database.read() as tx:
        person = (await tx.execute(select(Person).where(Person.id == parent.person_id))).one()
        held = (await tx.execute(select(Child).where(Child.id == child.id))).one()
        paper = (
            await tx.execute(select(Certificate).where(Certificate.child_id == child.id))
        ).one()
        state = await tx.scalar(select(Application.state).where(Application.id == applied.id))
        consents = (
            await tx.execute(
                select(Consent.id).where(
                    Consent.person_id == parent.person_id, Consent.withdrawn_at.is_(None)
                )
            )
        ).all()
        act = (await tx.execute(select(Erasure))).one()
    assert (person.name, person.phone_sealed, person.municipality_id) == (None, None, None)
    assert (person.messenger, person.messenger_id) == ("erased", -parent.person_id)
    assert (held.last_name, held.first_name, held.patronymic, held.born) == (None,) * 4
    assert (held.name_key, held.snils_sealed, held.snils_index) == (None,) * 3
    assert (paper.state, paper.number_sealed, paper.number_tail) == ("annulled", None, None)
    assert (state, consents) == ("withdrawn", [])
    assert (act.id, act.person_id, act.children) == (receipt.number, parent.person_id, [child.id])
    assert "application.withdrawn" in await town.actions("applications", applied.id)
    assert {one.invariant for one in await town.doctor.examine() if one.count} <= {"schema"}


async def test_the_child_stays_with_the_other_guardian(town: Town, tmp_path: Path) -> None:
    group = await town.group()
    parent, child = await town.family()
    applied = await town.applied(parent, child, group)
    other = await second_guardian(town, child.id)
    receipt = await erasures(town, tmp_path).erase(parent, key="act")
    assert (receipt.children, receipt.applications, receipt.certificates) == (0, 0, 0)
    assert await town.taken(group) == 1
    assert (await town.children.get_mine(other, child.id)).name == child.name
    async with town.database.read() as tx:
        hears = await tx.scalar(select(Application.applied_by).where(Application.id == applied.id))
    assert hears == other.person_id


async def test_two_guardians_who_leave_at_once_leave_no_child(town: Town, tmp_path: Path) -> None:
    parent, child = await town.family()
    other = await second_guardian(town, child.id)
    service = erasures(town, tmp_path)
    acts = await asyncio.gather(service.erase(parent, key="one"), service.erase(other, key="other"))
    assert sorted(act.children for act in acts) == [0, 1]


async def test_the_same_act_again_is_the_same_act(town: Town, tmp_path: Path) -> None:
    parent, _child = await town.family()
    service = erasures(town, tmp_path)
    first = await service.erase(parent, key="act")
    again = await service.erase(parent, key="act")
    elsewhere = await service.erase(parent, key="second device")
    back = await town.people.meet("telegram", 1001, "ru")
    assert back.person_id != parent.person_id
    assert await service.erase(back, key="act") == first == again == elsewhere
    assert await town.count(Erasure) == 1
    assert (await town.my_data.of(back)).consents == ()


async def test_whoever_comes_back_is_somebody_new(town: Town, tmp_path: Path) -> None:
    parent, _child = await town.family()
    held = await town.my_data.of(parent)
    await erasures(town, tmp_path).erase(parent, key="act")
    back = await town.people.meet("telegram", held.messenger_id, "ru")
    assert back.person_id != parent.person_id
    assert await town.children.list_mine(back) == []
    assert not await town.consents.holds(back, ConsentKind.PROCESSING)


async def test_what_was_on_its_way_goes_too(town: Town, tmp_path: Path) -> None:
    parent, stranger = await town.parent(), await town.parent()
    accounts = [(await town.my_data.of(one)).messenger_id for one in (parent, stranger)]
    inbox = Inbox(town.database, town.cipher, town.clock, bot_id=42, instance="main")
    for number, account in enumerate(accounts):
        chat = {"id": account, "type": "private"}
        said = {"message_id": 1, "date": 0, "chat": chat, "from": {"id": account}, "text": NAME}
        await inbox.accept([read_update({"update_id": number, "message": said})])
        async with town.database.write() as tx:
            told: dict[str, dict[str, Any]] = {
                f"42:{account}:{account}::stack": {"a": NAME},
                f"42:-7:{account}::x": {"a": 1},
            }
            await store_changes(tx, told, cipher=town.cipher, now=town.clock.now())
    for claimed in await inbox.claim(5):
        await inbox.bury(claimed, "Fault")
    child = await town.child(parent)
    request = await town.requested(parent, child)
    await town.certificate_decisions.confirm(
        await town.staff(), request.id, version=request.version
    )
    keep = ["stack"]
    await erasures(town, tmp_path).erase(parent, key="act", keep=keep)
    async with town.database.read() as tx:
        states = list((await tx.execute(select(DialogueState.key))).scalars())
        letters = (await tx.execute(select(InboxRow.queue, InboxRow.payload))).all()
        outgoing = (
            await tx.execute(
                select(OutboxRow.state, OutboxRow.params).where(
                    OutboxRow.person_id == parent.person_id
                )
            )
        ).all()
    left = [f"42:{accounts[0]}:{accounts[0]}::stack", f"42:{accounts[1]}:{accounts[1]}::stack"]
    assert sorted(states) == sorted([*left, f"42:-7:{accounts[1]}::x"])
    assert [row.queue for row in letters if row.payload is None] == [f"erased:{parent.person_id}"]
    assert outgoing
    assert {tuple(row) for row in outgoing} == {("dropped", None)}


async def test_a_staff_person_loses_the_rights(town: Town, tmp_path: Path) -> None:
    consultant = await town.staff()
    assert (await erasures(town, tmp_path).foresee(consultant)).staff
    await erasures(town, tmp_path).erase(consultant, key="act")
    async with town.database.read() as tx:
        held = (
            await tx.execute(
                select(StaffRight.id).where(
                    StaffRight.person_id == consultant.person_id, StaffRight.revoked_at.is_(None)
                )
            )
        ).all()
    assert held == []


async def test_what_would_end_is_named_before(town: Town, tmp_path: Path) -> None:
    group = await town.group()
    parent, child = await town.family()
    await town.applied(parent, child, group)
    shared = await town.child(parent, "Петрова Белла Ивановна")
    await second_guardian(town, shared.id)
    seen = await erasures(town, tmp_path).foresee(parent)
    assert seen.children_erased == (child.name.full,)
    assert seen.children_left == (shared.name.full,)
    assert [one.group_id for one in seen.applications] == [group]
    assert [one.child_id for one in seen.certificates] == [child.id]
    assert not seen.staff


async def test_the_audit_of_an_erasure_names_nobody(town: Town, tmp_path: Path) -> None:
    parent, _child = await town.family()
    receipt = await erasures(town, tmp_path).erase(parent, key="act")
    async with town.database.read() as tx:
        record = (
            await tx.execute(select(AuditRecord).where(AuditRecord.action == "person.erased"))
        ).one()
    assert record.actor == f"person:{parent.person_id}"
    assert record.details["erasure_id"] == receipt.number
    assert all(isinstance(value, int) for value in record.details.values())


async def test_erased_bytes_are_in_no_file(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    town = await found_town(database)
    parent = await town.parent(consented=False)
    await town.consents.give(
        parent, ConsentKind.PROCESSING, version="1", body="...", name=GUARDIAN, key="consent"
    )
    child = await town.child(parent, NAME)
    await town.requests.request(parent, child.id, snils=SNILS, phone=PHONE, key="request")
    account = (await town.my_data.of(parent)).messenger_id
    secrets = [*NAME.split(), GUARDIAN]
    held = files_of(database)
    assert all(one.encode() in held for one in secrets)
    log = Path(str(database.url.database)).with_suffix(".erasures.log")
    await Erasures(database, town.clock, town.cipher).erase(parent, key="act")
    held = files_of(database) + log.read_bytes()
    for one in (*secrets, SNILS, "847-391-620 40", PHONE, PHONE[1:], "2017-03-05"):
        assert one.encode() not in held
        assert one.encode("utf-16-le") not in held
    assert str(account).encode() not in held
    await database.close()


async def test_an_older_copy_learns_of_the_act(town: Town, tmp_path: Path) -> None:
    """As after a restore: the act is gone from the database, the family is back in it."""
    parent, child = await town.family()
    service = erasures(town, tmp_path)
    await service.erase(parent, key="act")
    await town.execute(delete(Erasure))
    await town.execute(
        update(Person)
        .where(Person.id == parent.person_id)
        .values(messenger="telegram", messenger_id=1001, name="Мария")
    )
    await town.execute(
        update(Child).where(Child.id == child.id).values(last_name="Петрова", born=child.born)
    )
    assert await service.replay() == 1
    assert await service.replay() == 0
    async with town.database.read() as tx:
        name = await tx.scalar(select(Person.name).where(Person.id == parent.person_id))
        born = await tx.scalar(select(Child.born).where(Child.id == child.id))
        act = (await tx.execute(select(Erasure))).one()
    assert (name, born, act.key, act.children) == (None, None, "act", [child.id])


async def test_an_act_that_was_not_written_down_is_written_later(
    town: Town, tmp_path: Path
) -> None:
    parent, _child = await town.family()
    service = erasures(town, tmp_path)
    await service.erase(parent, key="act")
    log = tmp_path / "erasures.log"
    log.write_text('{"key": "cut o')
    await town.execute(update(Erasure).values(exported_at=None))
    assert await service.settle() == 1
    assert await service.settle() == 0
    await town.execute(delete(Erasure))
    assert await service.replay() == 1


async def test_an_act_about_people_the_copy_does_not_hold_does_nothing(
    town: Town, tmp_path: Path
) -> None:
    line = '{"key": "k", "person": 4040, "children": [4041], "at": "2026-08-24T09:00:00+00:00"}\n'
    (tmp_path / "erasures.log").write_text(line + "not a line\n")
    assert await erasures(town, tmp_path).replay() == 0


REACHED = {
    "applications",
    "attach_tasks",
    "attach_tries",
    "certificates",
    "child_changes",
    "child_merges",
    "children",
    "consents",
    "desk_entries",
    "desk_files",
    "desk_sessions",
    "dialogue_states",
    "family_codes",
    "family_invitations",
    "guardianships",
    "inbox",
    "join_slips",
    "outbox",
    "paper_consents",
    "people",
    "recovery_tries",
    "registry_differences",
    "seat_watches",
    "staff_rights",
}
"""Tables an erasure empties, ends or deletes from."""
IDS_ONLY = {
    "bound_chats",
    "erasures",
    "family_invitation_children",
    "knowledge_versions",
    "point_confirmations",
    "point_lookups",
    "registry_tasks",
    "staff_invitations",
}
"""Tables that point to people or children by id and hold nothing else of them."""


def test_of_every_table_with_people_in_it_somebody_has_decided() -> None:
    """A new table that points to people or children, or holds anything sealed, is named here."""
    people = {"people.id", "children.id"}
    found = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(
            isinstance(column.type, LargeBinary)
            or any(key.target_fullname in people for key in column.foreign_keys)
            for column in table.columns
        )
    }
    assert found - {"data_key_marks"} == REACHED | IDS_ONLY
