"""The head sees who looked and changed; nobody else does, and no family is named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from core.db.models import Person, StaffRight
from core.domain.actors import Actor
from core.domain.refusals import NotAllowed, NotFound
from core.domain.staff import Role
from core.services.audit.viewing import AuditView
from tests.services.town import Town


def view(town: Town) -> AuditView:
    return AuditView(town.database, town.clock)


async def test_a_look_and_a_decision_stand_with_the_staffs_name(town: Town) -> None:
    head, consultant = await town.staff(Role.HEAD), await town.staff()
    await town.execute(
        update(Person).where(Person.id == consultant.person_id).values(name="Анна Петровна")
    )
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    await town.certificate_decisions.open(consultant, request.id)
    await town.certificate_decisions.confirm(consultant, request.id, version=request.version)
    lines = await view(town).of_child(head, town.municipality.id, request.id)
    seen = [(line.action, line.name, line.person_id) for line in reversed(lines)]
    assert seen[:4] == [
        ("child.registered", None, None),
        ("certificate.requested", None, None),
        ("certificate.opened", "Анна Петровна", consultant.person_id),
        ("certificate.confirmed", "Анна Петровна", consultant.person_id),
    ]
    by_person = await view(town).of_person(head, town.municipality.id, consultant.person_id)
    assert {"certificate.opened", "certificate.confirmed"} <= {one.action for one in by_person}
    assert "audit.looked" in await town.actions("children", child.id)


async def test_a_child_is_found_by_the_request_or_the_tail(town: Town) -> None:
    head = await town.staff(Role.HEAD)
    parent = await town.parent()
    child = await town.child(parent)
    certificate = await town.certified(parent, child)
    find = view(town).find_children
    here = town.municipality.id
    for typed in (str(certificate.id), f"№ {certificate.id}", certificate.number_tail or ""):
        assert [one.child_id for one in await find(head, here, typed)] == [child.id], typed
    for typed in ("4040", "Алиса", "", "9" * 30, "٣"):
        assert await find(head, here, typed) == [], typed


async def test_older_than_thirty_days_is_not_shown(town: Town) -> None:
    head = await town.staff(Role.HEAD)
    parent = await town.parent()
    request = await town.requested(parent, await town.child(parent))
    town.clock.move(timedelta(days=31))
    lines = await view(town).of_child(head, town.municipality.id, request.id)
    assert [line.action for line in lines] == []


DEEDS: dict[str, Any] = {
    "find": lambda one, who, here, _number, _person: one.find_children(who, here, "1"),
    "staff": lambda one, who, here, _number, _person: one.list_staff(who, here),
    "child": lambda one, who, here, number, _person: one.of_child(who, here, number),
    "person": lambda one, who, here, _number, person: one.of_person(who, here, person),
}


@pytest.mark.parametrize("deed", DEEDS)
async def test_only_the_head_of_this_very_centre_looks(town: Town, deed: str) -> None:
    parent = await town.parent()
    request = await town.requested(parent, await town.child(parent))
    former = await town.staff(Role.HEAD)
    await town.execute(
        update(StaffRight)
        .where(StaffRight.person_id == former.person_id)
        .values(revoked_at=town.clock.now())
    )
    for who in (parent, await town.staff(), former):
        with pytest.raises(NotAllowed):
            await DEEDS[deed](view(town), who, town.municipality.id, request.id, former.person_id)


async def test_foreign_and_absent_are_one_by_as_many_statements(town: Town) -> None:
    head = await town.staff(Role.HEAD)
    stranger = await town.parent()
    asked: dict[str, list[int]] = {}
    for kind, numbers in (("of_child", (4040, 4041)), ("of_person", (stranger.person_id, 4040))):
        for number in numbers:
            asked.setdefault(kind, []).append(await statements(town, head, kind, number))
    assert all(len(set(counts)) == 1 for counts in asked.values()), asked


async def statements(town: Town, head: Actor, kind: str, number: int) -> int:
    said: list[str] = []

    def hear(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    engine = town.database.writer.sync_engine
    event.listen(engine, "before_cursor_execute", hear)
    with pytest.raises(NotFound):
        await getattr(view(town), kind)(head, town.municipality.id, number)
    event.remove(engine, "before_cursor_execute", hear)
    return len(said)
